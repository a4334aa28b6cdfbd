import { type FileHandle, open, readFile, rm, truncate } from "node:fs/promises";
import { stringify } from "csv-stringify/sync";
import { type CsvForm, rejectColumns } from "./csv-form.ts";
import { encode } from "./encodings.ts";
import type { Problem } from "./make.ts";
import { UsageError } from "./problems.ts";
import type { Row } from "./scope.ts";

/** A row that is rejected, in whole or in part, and why. */
export interface Reject {
  readonly row: Row;
  readonly problems: readonly Problem[];
}

/** The CSV file of rejected rows, written as the data file is, so that the same mapping reads it. It is made when the first row is rejected. */
export class RejectsFile {
  readonly #path: string;
  /** The rows of its header. */
  readonly #headers: readonly (readonly string[])[];
  readonly #form: CsvForm;
  /** Which of the data file's cells are copied. */
  readonly #copied: readonly number[];
  #handle: FileHandle | undefined;
  #bytes: number;

  /** Use {@link openRejects}. */
  constructor(path: string, headers: readonly (readonly string[])[], form: CsvForm, keep: number) {
    this.#path = path;
    this.#headers = headers;
    const [header = []] = headers;
    this.#form = form;
    // A rejects file that is imported again has the own columns already: those speak of the earlier import.
    this.#copied = header.flatMap((name, index) => (rejectColumns.includes(name) ? [] : [index]));
    this.#bytes = keep;
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds rows, and returns when they are on the disk. */
  async add(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length === 0) return;
    const records = rejects.flatMap(({ row, problems }) =>
      (row.members ?? [row]).map((member) => [
        String(member.original ?? member.number),
        problems.map(describe).join("; "),
        ...this.#copy(member),
      ]),
    );
    const head = this.#bytes === 0 ? this.#headers.map((names) => this.#headOf(names)) : [];
    const bytes = this.#bytesOf([...head, ...records]);
    const handle = await this.#open();
    await handle.appendFile(bytes);
    await handle.datasync();
    this.#bytes += bytes.length;
  }

  /** Closes the file. */
  async close(): Promise<void> {
    await this.#handle?.close();
  }

  #bytesOf(records: readonly (readonly string[])[]): Buffer {
    const { delimiter, encoding, bom, lineEnd, quoted, namesDelimiter } = this.#form;
    const text = stringify([...records], {
      delimiter,
      record_delimiter: lineEnd,
      quoted,
      // Each of them ends a row, whichever the file's own is.
      quoted_match: /[\r\n]/,
    });
    if (this.#bytes > 0) return encode(text, encoding);
    return encode(
      `${bom ? "\ufeff" : ""}${namesDelimiter ? `sep=${delimiter}${lineEnd}` : ""}${text}`,
      encoding,
    );
  }

  #headOf(names: readonly string[]): string[] {
    return [...rejectColumns, ...this.#copied.map((index) => names[index] ?? "")];
  }

  /** A row with another number of cells than the header keeps all of them. */
  #copy({ cells }: Row): readonly string[] {
    const width = this.#headers[0]?.length ?? 0;
    const own = width - this.#copied.length;
    return cells.length === width
      ? this.#copied.map((index) => cells[index] ?? "")
      : cells.slice(Math.min(own, cells.length - 1));
  }

  async #open(): Promise<FileHandle> {
    this.#handle ??= await open(this.#path, "a");
    return this.#handle;
  }
}

/**
 * Opens the rejects file.
 * @param keep how many bytes of an interrupted run stay; 0 begins anew
 * @throws UsageError when there is a file of that name that is no rejects file.
 */
export async function openRejects(
  path: string,
  headers: readonly (readonly string[])[],
  form: CsvForm,
  keep: number,
): Promise<RejectsFile> {
  if (keep === 0) await removeOld(path);
  // Rejects that an interrupted run wrote after its last noted state come again.
  else await truncate(path, keep);
  return new RejectsFile(path, headers, form, keep);
}

/** Says what is wrong with a fact: `nps: /score must be an integer from 0 to 10`. */
export function describe({ name, pointer, detail }: Problem): string {
  return `${name ? `${name}: ` : ""}${pointer ? `${pointer} ` : ""}${detail}`;
}

async function removeOld(path: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(path, "latin1");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw new UsageError(`cannot write the rejects to ${path}: ${String(error)}`, { cause: error });
  }
  if (text !== "" && !isRejects(text)) {
    throw new UsageError(`${path} is there already and is no rejects file: name another with --rejects`);
  }
  await rm(path);
}

/** Whether a text begins as a rejects file does, whatever its encoding, its delimiter and its quotes. */
function isRejects(text: string): boolean {
  const plain = text.slice(0, 200).replaceAll("\0", "");
  return new RegExp(`^[^a-z]{0,3}(sep=.[\\r\\n]+"?)?${rejectColumns.join(".{1,3}")}`).test(plain);
}
