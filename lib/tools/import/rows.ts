import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform } from "node:stream";
import { CsvError, type Parser, parse } from "csv-parse";
import { UsageError } from "./problems.ts";
import type { Row } from "./scope.ts";

/** How a CSV file is written. */
export interface CsvStyle {
  /** Default: comma. */
  readonly delimiter?: string | undefined;
  /** Default: utf-8. */
  readonly encoding?: "utf-8" | "windows-1252" | "utf-16le" | undefined;
}

/** A CSV file that is being read, row by row, in constant memory. */
export interface CsvFile {
  readonly header: readonly string[];
  /** The rows after the header. Throws UsageError where the file is not CSV or not in its encoding. */
  readonly rows: AsyncIterable<Row>;
  /** How many bytes of the file the rows so far took. */
  position(): number;
  close(): void;
}

/** Small, so that the progress shown does not run far ahead of what is answered for. */
const readBytes = 16_384;

/** More characters in one row mean a quote that is never closed. */
const longestRow = 1_000_000;

/**
 * Opens a CSV file (RFC 4180, with or without a byte order mark) and reads its header.
 * @throws UsageError when the file cannot be read or has no header.
 */
export async function openCsv(path: string, style: CsvStyle): Promise<CsvFile> {
  const encoding = style.encoding ?? "utf-8";
  await checkStart(path, encoding);
  const source = createReadStream(path, { highWaterMark: readBytes });
  const decoder = decode(path, encoding);
  const parser = parse({
    bom: true,
    delimiter: style.delimiter ?? ",",
    relax_column_count: true,
    max_record_size: longestRow,
  });
  source.on("error", (error) => parser.destroy(error));
  decoder.on("error", (error) => parser.destroy(error));
  source.pipe(decoder).pipe(parser);
  const records = read(parser, path);
  const first = await records.next();
  const header = first.done ? [] : first.value.map((name) => name.trim());
  if (header.every((name) => name === "")) throw new UsageError(`${path} has no header row`);
  return {
    header,
    rows: numbered(records),
    position: () => parser.info.bytes,
    close: () => {
      source.destroy();
      parser.destroy();
    },
  };
}

async function* read(parser: Parser, path: string): AsyncGenerator<readonly string[], undefined> {
  try {
    for await (const record of parser) yield record as readonly string[];
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof CsvError)
      throw new UsageError(`${path} is not CSV: ${error.message}`, { cause: error });
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function* numbered(
  records: AsyncGenerator<readonly string[], undefined>,
): AsyncGenerator<Row, undefined> {
  let index = 0;
  for await (const cells of records) {
    yield { number: index + 2, index, cells };
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

/** Makes the file's bytes UTF-8, and stops at the first that are not in the encoding. */
function decode(path: string, encoding: string): Transform {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        const text = decoder.decode(chunk, { stream: true });
        seen += chunk.length;
        done(null, text);
      } catch (error) {
        const about = `there is a byte that does not fit between bytes ${seen} and ${seen + chunk.length}`;
        done(new UsageError(notEncoded(path, encoding, about), { cause: error }));
      }
    },
    flush(done) {
      try {
        done(null, decoder.decode());
      } catch (error) {
        done(new UsageError(notEncoded(path, encoding, "it ends within a character"), { cause: error }));
      }
    },
  });
}

function notEncoded(path: string, encoding: string, about: string): string {
  return `${path} is not ${encoding}: ${about}. Save it as UTF-8, or say csv.encoding in the mapping (windows-1252, utf-16le)`;
}
