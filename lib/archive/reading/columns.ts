import { readNested } from "../parquet.ts";
import { type CodedColumn, columnOf, emptyColumn } from "./coded-column.ts";
import { type FlatColumn, type Footer, readFooter } from "./footer.ts";
import { decodeColumn, UnknownPage } from "./pages.ts";

/** Reading some columns of a table's file. */

/** Columns of a table's file. */
export interface TableColumns {
  readonly rows: number;
  /** A column that was asked for; one without values where the file does not have it. */
  column(name: string): CodedColumn;
}

/** Which columns are read. */
export interface AskedColumns {
  /** Those whose values matter. Lists and maps take many times as long as others. */
  readonly whole: Iterable<string>;
  /** Those of which only matters whether there is a value: it is read as some text. */
  readonly presence?: Iterable<string>;
}

/**
 * Reads some columns of a table, without making rows of them.
 * @throws Error when the bytes are no Parquet file
 */
export async function readColumns(bytes: Uint8Array, asked: AskedColumns): Promise<TableColumns> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footer = readFooter(buffer);
  const { rows } = footer;
  const read = new Map<string, CodedColumn>();
  const others: string[] = [];
  const whole = new Set(asked.whole);
  for (const name of new Set([...whole, ...(asked.presence ?? [])])) {
    const column = decoded(buffer, footer, name, whole.has(name));
    if (column) read.set(name, column);
    else if (footer.flat.has(name) || footer.nested.has(name)) others.push(name);
  }
  for (const [name, values] of await readNested(bytes, others)) read.set(name, columnOf(values));
  const none = emptyColumn(rows);
  return { rows, column: (name) => read.get(name) ?? none };
}

/** A column; `undefined` for one that takes the library to read. */
function decoded(
  buffer: Buffer,
  { rows, flat }: Footer,
  name: string,
  hasValues: boolean,
): CodedColumn | undefined {
  const column: FlatColumn | undefined = flat.get(name);
  if (!column) return undefined;
  try {
    return decodeColumn(buffer, column, { rows, hasValues });
  } catch (error) {
    if (error instanceof UnknownPage) return undefined;
    throw error;
  }
}
