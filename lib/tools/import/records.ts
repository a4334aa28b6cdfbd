/** The records of a CSV text (RFC 4180), read as far as they can be: what is wrong with one of them is no reason to refuse the others. */

export interface CsvRecord {
  readonly cells: readonly string[];
  /** The fault of the line; its cells are then those of its line alone, with quotes as they stand. */
  readonly fault?: string;
}

/** More characters in one record mean a quote that is never closed. */
const maxRecordLength = 1_000_000;

/** So much is kept of a record that is longer. */
const keptLength = 1_000;

/** A record with the place behind it. */
interface Scanned {
  readonly record: CsvRecord;
  readonly end: number;
}

/** A cell with the place behind it; `unclosed` where its quote is never closed, `more` where the text ends too early to say. */
type ScannedCell = { readonly text: string; readonly end: number } | "unclosed" | "more";

const unclosed = "a quote is opened and not closed before the row ends";
const tooLong = `the row is longer than ${maxRecordLength} characters`;

/**
 * Cuts a text that comes in pieces into records. Lines end with LF, CRLF or CR, also mixed. A quote inside a cell that does
 * not begin with one is text; so is one inside a quoted cell that neither a delimiter nor a line end follows, in its first line.
 */
export class RecordReader {
  readonly #delimiter: string;
  #text = "";
  /** Whether the rest of a line that was too long is still to come. */
  #skipping = false;
  /** Characters of the records so far. */
  consumed = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The records that are complete with this piece. */
  *push(piece: string): Generator<CsvRecord, undefined> {
    this.#text += piece;
    yield* this.#records(false);
  }

  /** The last records. */
  *end(): Generator<CsvRecord, undefined> {
    yield* this.#records(true);
  }

  *#records(isLast: boolean): Generator<CsvRecord, undefined> {
    let from = 0;
    const advance = (end: number) => {
      this.consumed += end - from;
      from = end;
    };
    while (from < this.#text.length) {
      if (this.#skipping) {
        const end = lineEndAfter(this.#text, from, isLast);
        this.#skipping = end === undefined;
        advance(end?.next ?? this.#text.length);
        continue;
      }
      const found = this.#scan(from, isLast);
      if (found === undefined) break;
      advance(found.end);
      yield found.record;
    }
    this.#text = this.#text.slice(from);
  }

  #scan(from: number, isLast: boolean): Scanned | undefined {
    const text = this.#text;
    const cells: string[] = [];
    for (let at = from; ; ) {
      const cell =
        text[at] === '"'
          ? quotedCell(text, at, this.#delimiter, isLast)
          : plainCell(text, at, this.#delimiter, isLast);
      if (cell === "more")
        return text.length - from > maxRecordLength ? this.#faulty(from, isLast) : undefined;
      if (cell === "unclosed") return this.#faulty(from, isLast);
      cells.push(cell.text);
      if (text[cell.end] !== this.#delimiter) return { record: { cells }, end: afterLineEnd(text, cell.end) };
      at = cell.end + 1;
    }
  }

  /** The line on which a record begins that is none. */
  #faulty(from: number, isLast: boolean): Scanned {
    const end = lineEndAfter(this.#text, from, isLast);
    if (end !== undefined && end.at - from <= maxRecordLength) {
      const cells = this.#text.slice(from, end.at).split(this.#delimiter);
      return { record: { cells, fault: unclosed }, end: end.next };
    }
    this.#skipping = end === undefined;
    const cells = this.#text.slice(from, from + keptLength).split(this.#delimiter);
    return { record: { cells, fault: tooLong }, end: end?.next ?? this.#text.length };
  }
}

const lineEnd = /\r\n?|\n/g;

/** The next line end; `undefined` where there is none yet, or none for sure. */
function lineEndAfter(text: string, from: number, isLast: boolean): { at: number; next: number } | undefined {
  lineEnd.lastIndex = from;
  const match = lineEnd.exec(text);
  if (match === null) return isLast ? { at: text.length, next: text.length } : undefined;
  const next = match.index + match[0].length;
  return match[0] === "\r" && next === text.length && !isLast ? undefined : { at: match.index, next };
}

function afterLineEnd(text: string, at: number): number {
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : Math.min(at + 1, text.length);
}

function plainCell(text: string, from: number, delimiter: string, isLast: boolean): ScannedCell {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return isSure(text, at, isLast) ? { text: text.slice(from, at), end: at } : "more";
}

function quotedCell(text: string, open: number, delimiter: string, isLast: boolean): ScannedCell {
  let value = "";
  for (let at = open + 1; ; ) {
    const close = text.indexOf('"', at);
    if (close < 0) return isLast ? "unclosed" : "more";
    value += text.slice(at, close);
    if (text[close + 1] === '"') {
      value += '"';
      at = close + 2;
      continue;
    }
    let end = close + 1;
    while (text[end] === " " && delimiter !== " ") end += 1;
    if (!isSure(text, end, isLast)) return "more";
    if (end === text.length || text[end] === delimiter || text[end] === "\n" || text[end] === "\r") {
      return { text: value, end };
    }
    // A quote in the wrong place after a line end: most likely that of another row, and this one was never closed.
    if (/[\r\n]/.test(value)) return "unclosed";
    value += '"';
    at = close + 1;
  }
}

/** Whether what stands at a place is all there: neither the end of a piece, nor a CR whose LF may come with the next one. */
function isSure(text: string, at: number, isLast: boolean): boolean {
  return isLast || (at < text.length && !(text[at] === "\r" && at + 1 === text.length));
}
