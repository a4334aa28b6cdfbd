/**
 * The copy of a month: the files of its days, one behind the other, after a line that says which they are. It is read where many days are asked
 * for, and each day of it counts only as long as its ETag is that of the day's own file.
 */

/** A file of a day as it is copied. */
export interface CopiedFile {
  readonly path: string;
  /** Identifies the content. */
  readonly etag: string;
  readonly content: Uint8Array;
}

/** What the first line says of each file, in the order of their contents. */
type Entry = readonly [path: string, etag: string, bytes: number];

const newline = 10;

/**
 * Writes a copy.
 * @param mark makes it unlike every other one, where it has no files
 */
export function writeMonthCopy(files: readonly CopiedFile[], mark?: string): Uint8Array {
  const entries = files.map(({ path, etag, content }): Entry => [path, etag, content.byteLength]);
  const header = `${JSON.stringify({ files: entries, ...(mark === undefined ? {} : { mark }) })}\n`;
  return Buffer.concat([Buffer.from(header), ...files.map(({ content }) => content)]);
}

/**
 * Reads a copy.
 * @returns its files by path; each content has memory of its own
 * @throws Error where it was not written by `writeMonthCopy`, or is not whole
 */
export function readMonthCopy(bytes: Uint8Array): Map<string, CopiedFile> {
  const end = bytes.indexOf(newline);
  const header: { readonly files: readonly Entry[] } = JSON.parse(
    Buffer.from(bytes.subarray(0, Math.max(0, end))).toString(),
  );
  let start = end + 1;
  const files = new Map<string, CopiedFile>();
  for (const [path, etag, length] of header.files) {
    files.set(path, { path, etag, content: new Uint8Array(bytes.subarray(start, start + length)) });
    start += length;
  }
  if (start !== bytes.byteLength) throw new Error("the copy of a month is not whole");
  return files;
}
