import { createReadStream, type ReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { bytesIn, type Encoding } from "./encodings.ts";
import { UsageError } from "./problems.ts";
import { type CsvRecord, RecordReader } from "./records.ts";
import type { Row } from "./scope.ts";

/** How a CSV file is to be read. */
export interface CsvStyle {
  /** Default: comma. */
  readonly delimiter?: string | undefined;
  /** Default: utf-8. */
  readonly encoding?: Encoding | undefined;
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
}

/** A CSV file that is being read, row by row, in constant memory. */
export interface CsvFile {
  readonly header: readonly string[];
  readonly form: CsvForm;
  /** The rows after the header. Throws UsageError where the file is not in its encoding. */
  readonly rows: AsyncIterable<Row>;
  /** How many bytes of the file the rows so far took. */
  position(): number;
  close(): void;
}

/** The column of a file of rejects that says which row of the data file each was. */
export const rejectedRow = "import_row";

/** Small, so that the progress shown does not run far ahead of what is answered for. */
const readBytes = 16_384;

/**
 * Opens a CSV file (RFC 4180, with or without a byte order mark) and reads its header.
 * @throws UsageError when the file cannot be read or has no header.
 */
export async function openCsv(path: string, style: CsvStyle): Promise<CsvFile> {
  const encoding = style.encoding ?? "utf-8";
  const delimiter = style.delimiter ?? ",";
  await checkStart(path, encoding);
  const source = createReadStream(path, { highWaterMark: readBytes });
  const file = new RecordFile(path, source, delimiter, encoding);
  const records = file.records();
  const first = await records.next();
  const header = first.done ? [] : first.value.cells.map((name) => name.trim());
  if (header.every((name) => name === "")) throw new UsageError(`${path} has no header row`);
  if (first.value?.fault) throw new UsageError(`${path} is not CSV: in its first row ${first.value.fault}`);
  return {
    header,
    form: { delimiter, encoding, ...file.beginning },
    rows: numbered(records, header.indexOf(rejectedRow)),
    position: () => file.position,
    close: () => source.destroy(),
  };
}

/** A file's bytes as records. */
class RecordFile {
  readonly #path: string;
  readonly #source: ReadStream;
  readonly #encoding: Encoding;
  readonly #reader: RecordReader;
  #decoded = { characters: 0, bytes: 0 };
  beginning = { bom: false, lineEnd: "\n", quoted: false };

  constructor(path: string, source: ReadStream, delimiter: string, encoding: Encoding) {
    this.#path = path;
    this.#source = source;
    this.#encoding = encoding;
    this.#reader = new RecordReader(delimiter);
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
    const decoder = new TextDecoder(this.#encoding, { fatal: true, ignoreBOM: true });
    let seen = 0;
    for await (const chunk of this.#source as AsyncIterable<Buffer>) {
      const about = () =>
        `there is a byte that does not fit between bytes ${seen} and ${seen + chunk.length}`;
      const text = this.#decode(() => decoder.decode(chunk, { stream: true }), about);
      yield this.#note(text, seen === 0);
      seen += chunk.length;
    }
    yield this.#note(
      this.#decode(
        () => decoder.decode(),
        () => "it ends within a character",
      ),
      false,
    );
  }

  #decode(decode: () => string, about: () => string): string {
    try {
      return decode();
    } catch (error) {
      throw new UsageError(notEncoded(this.#path, this.#encoding, about()), { cause: error });
    }
  }

  /** Takes note of how the file is written, and takes its mark away. */
  #note(text: string, isFirst: boolean): string {
    const bom = isFirst && text.startsWith("\ufeff");
    const content = bom ? text.slice(1) : text;
    if (isFirst) {
      const lineEnd = /\r\n?|\n/.exec(content)?.[0] ?? "\n";
      this.beginning = { bom, lineEnd, quoted: content.startsWith('"') };
    }
    const { characters, bytes } = this.#decoded;
    this.#decoded = {
      characters: characters + content.length,
      bytes: bytes + bytesIn(text, this.#encoding),
    };
    return content;
  }
}

/** @param originals the column of the numbers that the rows of a file of rejects had where they came from; -1 for none */
async function* numbered(
  records: AsyncGenerator<CsvRecord, undefined>,
  originals: number,
): AsyncGenerator<Row, undefined> {
  let index = 0;
  for await (const { cells, fault } of records) {
    const original = Number(cells[originals] ?? Number.NaN);
    yield {
      ...{ number: index + 2, index, cells },
      ...(Number.isInteger(original) && original >= 2 ? { original } : {}),
      ...(fault === undefined ? {} : { fault }),
    };
    index += 1;
  }
}

async function checkStart(path: string, encoding: string): Promise<void> {
  const start = Buffer.alloc(4);
  try {
    const file = await open(path);
    await file.read(start, 0, 4, 0).finally(() => file.close());
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  if (utf16 && encoding !== "utf-16le") throw new UsageError(notEncoded(path, encoding, "it is UTF-16"));
}

function notEncoded(path: string, encoding: string, about: string): string {
  return `${path} is not ${encoding}: ${about}. Save it as UTF-8, or say csv.encoding in the mapping (windows-1252, utf-16le)`;
}
