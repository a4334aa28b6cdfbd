import { open } from "node:fs/promises";
import { type Encoding, encodingShownBy } from "./encodings.ts";
import { UsageError } from "./problems.ts";
import { type CsvRecord, RecordReader } from "./records.ts";

/** How a CSV file is to be read. Whatever is not said is found out from the file's beginning. */
export interface CsvStyle {
  /** Default: the sign that a line `sep=;` names, or the one that parts the first lines best. */
  readonly delimiter?: string | undefined;
  /** Default: what the file's first bytes show, else UTF-8. */
  readonly encoding?: Encoding | undefined;
  /** Lines that begin so are left out, wherever they are. */
  readonly comment?: string | undefined;
  /** Lines before the header. Empty ones and comments before it are left out without being counted. */
  readonly skipBefore?: number | undefined;
  /** Rows of the header; the first one names the columns. Default: 1. */
  readonly headerRows?: number | undefined;
  /** Lines after the last row: totals, a signature. */
  readonly skipAfter?: number | undefined;
  /** The beginning of the line with which the rows end, `Total` for example; empty: an empty line. */
  readonly endAt?: string | undefined;
}

/** How a CSV file is written, so that another one can be written alike. */
export interface CsvForm {
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** Whether it begins with a byte order mark. */
  readonly bom: boolean;
  /** The end of its first line. */
  readonly lineEnd: string;
  /** Whether its column names stand in quotes. */
  readonly quoted: boolean;
  /** Whether its first line names the delimiter (`sep=;`). */
  readonly namesDelimiter: boolean;
}

/** The column of a file of rejects that says which row of the data file each was. */
export const rejectedRow = "import_row";

/** The columns that stand before the original ones in a file of rejects. */
export const rejectColumns: readonly string[] = [rejectedRow, "import_reason"];

const sampleBytes = 65_536;

/** The signs that are looked for, the most common first. */
const delimiters = [",", ";", "\t", "|"];

/** So many of a file's first rows show how its columns are parted. */
const rowsOfSample = 20;

/** The first 64 KB of a file. @throws UsageError when it cannot be read */
export async function readBeginning(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(sampleBytes);
      const { bytesRead } = await file.read(buffer, 0, sampleBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot read ${path}: ${reason}`, { cause: error });
  }
}

/**
 * Finds out how a file is written.
 * @param start its first bytes
 */
export function formOf(start: Uint8Array, style: CsvStyle): CsvForm {
  const shown = encodingShownBy(start);
  const encoding = shown ?? style.encoding ?? "utf-8";
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(start);
  const bom = text.startsWith("\ufeff");
  const content = bom ? text.slice(1) : text;
  const named = /^"?sep=([^\r\n])"?(?:\r|\n)/i.exec(content)?.[1];
  const delimiter = style.delimiter ?? named ?? findDelimiter(content, style, start.length === sampleBytes);
  return {
    delimiter,
    encoding,
    bom,
    lineEnd: /\r\n?|\n/.exec(content)?.[0] ?? "\n",
    quoted: content.startsWith('"'),
    namesDelimiter: named !== undefined,
  };
}

/** Whether a record is a line `sep=;`. */
export function isSeparatorLine({ cells }: CsvRecord): boolean {
  return /^sep=.?$/i.test(cells.join("")) && (cells[0] ?? "").toLowerCase().startsWith("sep=");
}

/** Whether a record is left out wherever it stands. */
export function isComment({ cells }: CsvRecord, { comment }: CsvStyle): boolean {
  return comment !== undefined && (cells[0] ?? "").trimStart().startsWith(comment);
}

/** Whether the rows end before a record. */
export function isEnd(record: CsvRecord, { endAt }: CsvStyle): boolean {
  if (endAt === undefined) return false;
  return endAt === "" ? isEmpty(record) : (record.cells[0] ?? "").trimStart().startsWith(endAt);
}

/** Whether a record has nothing in any cell. */
export function isEmpty({ cells }: CsvRecord): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** The sign with which most rows have as many cells as the header, and of those the one that gives the most cells. */
function findDelimiter(content: string, style: CsvStyle, isCut: boolean): string {
  const rated = delimiters.map((delimiter) => {
    const widths = sampleWidths(content, delimiter, style, isCut);
    const [header = 1, ...others] = widths;
    const alike = others.filter((width) => width === header).length;
    return { delimiter, header, share: others.length === 0 ? 1 : alike / others.length };
  });
  const parted = rated.filter(({ header }) => header > 1);
  const [best] = parted.sort((a, b) => b.share - a.share || b.header - a.header);
  return best?.delimiter ?? ",";
}

function sampleWidths(content: string, delimiter: string, style: CsvStyle, isCut: boolean): number[] {
  const reader = new RecordReader(delimiter);
  const widths: number[] = [];
  let before = style.skipBefore ?? 0;
  const records = [...reader.push(content), ...(isCut ? [] : reader.end())];
  for (const record of records) {
    if (isSeparatorLine(record) || isComment(record, style)) continue;
    if (before > 0) before -= 1;
    else if (!isEmpty(record)) widths.push(record.cells.length);
    if (widths.length === rowsOfSample) break;
  }
  return widths;
}
