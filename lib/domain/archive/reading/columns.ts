import { readNested } from "../parquet.ts";
import { type CodedColumn, columnOf, emptyColumn } from "./coded-column.ts";
import { type FlatColumn, type Footer, readFooter } from "./footer.ts";
import { decodeColumn, decodeTexts, isKnown } from "./pages.ts";
import { TextBytes, type TextColumn, UnknownPage } from "./values.ts";

/** Reading some columns of a table's file. */

/** Columns of a table's file. */
export interface TableColumns {
  readonly rows: number;
  /** A column that was asked for; one without values where the file does not have it. */
  column(name: string): CodedColumn;
  /** A column that was asked for as texts; one without values where the file does not have it. */
  texts(name: string): TextColumn;
  /** A column that was asked for late: what it gives keeps the file in memory, and none of the other columns. */
  later(name: string): () => CodedColumn;
}

/** Which columns are read. */
export interface AskedColumns {
  /** Those whose values matter. Lists and maps take many times as long as others. */
  readonly whole: Iterable<string>;
  /** Those of which only matters whether there is a value: it is read as some text. */
  readonly presence?: Iterable<string>;
  /** Those of texts that are read as bytes. */
  readonly texts?: Iterable<string>;
  /** Those of which mostly no value is needed: each is decoded when it comes to that. */
  readonly late?: Iterable<string>;
}

/**
 * Reads some columns of a table, without making rows of them.
 * @throws Error when the bytes are no Parquet file
 */
export async function readColumns(bytes: Uint8Array, asked: AskedColumns): Promise<TableColumns> {
  const file = new File(bytes);
  const read = new Map<string, CodedColumn>();
  const texts = new Map<string, TextColumn>();
  const others = new Set<string>();
  const whole = new Set(asked.whole);
  const late = new Set([...(asked.late ?? [])].filter((name) => !whole.has(name) && file.knows(name)));
  for (const name of asked.texts ?? []) {
    const column = file.texts(name);
    if (column) texts.set(name, column);
    else if (file.has(name)) others.add(name);
  }
  for (const name of new Set([...whole, ...(asked.presence ?? []), ...(asked.late ?? [])])) {
    if (late.has(name)) continue;
    const column = file.decoded(name, whole.has(name) || others.has(name));
    if (column) read.set(name, column);
    else if (file.has(name)) others.add(name);
  }
  for (const [name, values] of await readNested(bytes, [...others])) {
    const column = columnOf(values);
    if (!read.has(name)) read.set(name, column);
    if (!texts.has(name)) texts.set(name, textsOf(column));
  }
  const none = emptyColumn(file.rows);
  const column = (name: string) => read.get(name) ?? none;
  return {
    ...{ rows: file.rows, column },
    texts: (name) => texts.get(name) ?? { codes: none.codes, texts: new TextBytes() },
    later: (name) => (late.has(name) ? decodingOnce(file, name) : keeping(column(name))),
  };
}

function decodingOnce(file: File, name: string): () => CodedColumn {
  let known: CodedColumn | undefined;
  return () => {
    known ??= file.decoded(name, true) ?? emptyColumn(file.rows);
    return known;
  };
}

function keeping(column: CodedColumn): () => CodedColumn {
  return () => column;
}

function textsOf(column: CodedColumn): TextColumn {
  const texts = column.values.map((value) => String(value ?? ""));
  return { codes: column.codes, texts: TextBytes.of(texts) };
}

/** A file's columns, as far as this reader knows what they are made of. */
class File {
  readonly #buffer: Buffer;
  readonly #footer: Footer;

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#footer = readFooter(this.#buffer);
  }

  get rows(): number {
    return this.#footer.rows;
  }

  has(name: string): boolean {
    return this.#footer.flat.has(name) || this.#footer.nested.has(name);
  }

  knows(name: string): boolean {
    const column = this.#footer.flat.get(name);
    return column !== undefined && isKnown(this.#buffer, column);
  }

  /** A column; `undefined` for one that takes the library to read. */
  decoded(name: string, hasValues: boolean): CodedColumn | undefined {
    const { rows } = this;
    return this.#unlessUnknown(name, (column) => decodeColumn(this.#buffer, column, { rows, hasValues }));
  }

  texts(name: string): TextColumn | undefined {
    return this.#unlessUnknown(name, (column) => decodeTexts(this.#buffer, column, this.rows));
  }

  #unlessUnknown<Result>(name: string, decode: (column: FlatColumn) => Result): Result | undefined {
    const column = this.#footer.flat.get(name);
    if (!column) return undefined;
    try {
      return decode(column);
    } catch (error) {
      if (error instanceof UnknownPage) return undefined;
      throw error;
    }
  }
}
