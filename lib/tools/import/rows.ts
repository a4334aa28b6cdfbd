import { createReadStream, type ReadStream } from "node:fs";
import {
  type CsvForm,
  type CsvStyle,
  formOf,
  isComment,
  isEmpty,
  isEnd,
  isSeparatorLine,
  readBeginning,
  rejectedRow,
} from "./csv-form.ts";
import { bytesIn } from "./encodings.ts";
import { UsageError } from "./problems.ts";
import { type CsvRecord, RecordReader } from "./records.ts";
import type { Row } from "./scope.ts";

/** A CSV file that is being read, row by row, in constant memory. */
export interface CsvFile {
  /** The column names. */
  readonly header: readonly string[];
  /** Further rows of the header. */
  readonly subheaders: readonly (readonly string[])[];
  readonly form: CsvForm;
  /** The rows after the header. Throws UsageError where the file is not in its encoding. */
  readonly rows: AsyncIterable<Row>;
  /** How many bytes of the file the rows so far took. */
  position(): number;
  close(): void;
}

/** Small, so that the progress shown does not run far ahead of what is answered for. */
const readBytes = 16_384;

/**
 * Opens a CSV file (RFC 4180, with or without a byte order mark) and reads its header.
 * @throws UsageError when the file cannot be read or has no header.
 */
export async function openCsv(path: string, style: CsvStyle): Promise<CsvFile> {
  const form = formOf(await readBeginning(path), style);
  if (style.encoding && form.encoding !== style.encoding && form.encoding.startsWith("utf-16")) {
    throw new UsageError(`${path} is not ${style.encoding}: it is UTF-16`);
  }
  const source = createReadStream(path, { highWaterMark: readBytes });
  const file = new RecordFile(path, source, form);
  const records = numbered(file.records());
  const { names, isRejects } = await readHeader(records, style, path);
  const [header = [], ...subheaders] = names;
  const data = isRejects ? { ...style, skipAfter: 0, endAt: undefined } : style;
  return {
    ...{ header, subheaders, form },
    rows: rowsOf(records, data, header.indexOf(rejectedRow)),
    position: () => file.position,
    close: () => source.destroy(),
  };
}

interface NumberedRecord {
  readonly record: CsvRecord;
  /** From 1. */
  readonly number: number;
}

async function* numbered(
  records: AsyncGenerator<CsvRecord, undefined>,
): AsyncGenerator<NumberedRecord, undefined> {
  let number = 0;
  for await (const record of records) {
    number += 1;
    yield { record, number };
  }
}

/** Reads up to the last row of the header. A file of rejects has nothing before it. */
async function readHeader(
  records: AsyncGenerator<NumberedRecord, undefined>,
  style: CsvStyle,
  path: string,
): Promise<{ names: string[][]; isRejects: boolean }> {
  let before = style.skipBefore ?? 0;
  const names: string[][] = [];
  let isRejects = false;
  while (names.length < (style.headerRows ?? 1)) {
    const next = await records.next();
    if (next.done) break;
    const { record, number } = next.value;
    if (number === 1 && isSeparatorLine(record)) continue;
    if (names.length === 0 && record.cells[0]?.trim() === rejectedRow) isRejects = true;
    else if (before > 0) {
      before -= 1;
      continue;
    }
    if (isComment(record, style) || (names.length === 0 && isEmpty(record))) continue;
    if (record.fault) throw new UsageError(`${path} is not CSV: in its first row ${record.fault}`);
    names.push(record.cells.map((name) => name.trim()));
    if (isRejects) before = 0;
  }
  if (names.length === 0) throw new UsageError(`${path} has no header row`);
  return { names, isRejects };
}

/** @param originals the column of the numbers that the rows of a file of rejects had where they came from; -1 for none */
async function* rowsOf(
  records: AsyncGenerator<NumberedRecord, undefined>,
  style: CsvStyle,
  originals: number,
): AsyncGenerator<Row, undefined> {
  const held: NumberedRecord[] = [];
  let index = 0;
  for await (const next of records) {
    if (isComment(next.record, style)) continue;
    if (isEnd(next.record, style)) break;
    held.push(next);
    // The last ones are known only at the end.
    const ready = held.length > (style.skipAfter ?? 0) ? held.shift() : undefined;
    if (ready === undefined) continue;
    const { cells, fault } = ready.record;
    const original = Number(cells[originals] ?? Number.NaN);
    yield {
      ...{ number: ready.number, index, cells },
      ...(Number.isInteger(original) && original >= 2 ? { original } : {}),
      ...(fault === undefined ? {} : { fault }),
    };
    index += 1;
  }
}

/** A file's bytes as records. */
class RecordFile {
  readonly #path: string;
  readonly #source: ReadStream;
  readonly #form: CsvForm;
  readonly #reader: RecordReader;
  #decoded = { characters: 0, bytes: 0 };

  constructor(path: string, source: ReadStream, form: CsvForm) {
    this.#path = path;
    this.#source = source;
    this.#form = form;
    this.#reader = new RecordReader(form.delimiter);
  }

  /** Bytes of the records so far: exactly at the end of the file, nearly so before. */
  get position(): number {
    const { characters, bytes } = this.#decoded;
    return characters === 0 ? 0 : Math.round((this.#reader.consumed / characters) * bytes);
  }

  async *records(): AsyncGenerator<CsvRecord, undefined> {
    try {
      for await (const text of this.#texts()) yield* this.#reader.push(text);
      yield* this.#reader.end();
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`cannot read ${this.#path}: ${reason}`, { cause: error });
    }
  }

  async *#texts(): AsyncGenerator<string, undefined> {
    const decoder = new TextDecoder(this.#form.encoding, { fatal: true, ignoreBOM: true });
    let seen = 0;
    for await (const chunk of this.#source as AsyncIterable<Buffer>) {
      const about = () =>
        `there is a byte that does not fit between bytes ${seen} and ${seen + chunk.length}`;
      const text = this.#decode(() => decoder.decode(chunk, { stream: true }), about);
      yield this.#note(text, seen === 0);
      seen += chunk.length;
    }
    const rest = this.#decode(
      () => decoder.decode(),
      () => "it ends within a character",
    );
    yield this.#note(rest, false);
  }

  #decode(decode: () => string, about: () => string): string {
    try {
      return decode();
    } catch (error) {
      const { encoding } = this.#form;
      throw new UsageError(
        `${this.#path} is not ${encoding}: ${about()}. Save it as UTF-8, or say --encoding or csv.encoding in the mapping (windows-1252, utf-16le …)`,
        { cause: error },
      );
    }
  }

  /** Takes the mark away, and counts. */
  #note(text: string, isFirst: boolean): string {
    const content = isFirst && this.#form.bom ? text.slice(1) : text;
    const { characters, bytes } = this.#decoded;
    this.#decoded = {
      characters: characters + content.length,
      bytes: bytes + bytesIn(text, this.#form.encoding),
    };
    return content;
  }
}
