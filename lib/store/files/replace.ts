import { createHash } from "node:crypto";
import { backOff, type Deadline } from "../table/retries.ts";
import { etagOf, type Files, putFile } from "./bucket.ts";

/** Files that should be in the bucket, by path. */
export type WantedFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Brings files to what they should be. A file is replaced only by one that was made from what was read after the file was looked at:
 * so a run that was overtaken never puts what it knew earlier in the place of what another one knew later.
 * @param first what was read for the first try: it is written where there are no files yet
 * @param read reads again what the files should be
 * @returns the paths at which there was a file before
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function replaceFiles(
  files: Files,
  first: WantedFiles,
  read: () => Promise<WantedFiles>,
  deadline: Deadline,
): Promise<readonly string[]> {
  const present = await unwritten([...first.keys()], (path) => {
    return putFile(files, path, contentOf(first, path), undefined);
  });
  let open = present;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const seen = new Map(
      await Promise.all(open.map(async (path) => [path, await etagOf(files, path)] as const)),
    );
    // Nothing to read again where the files are what they should have been at first.
    const isSettled = open.every((path) => seen.get(path) === etagOfContent(contentOf(first, path)));
    if (isSettled) break;
    const wanted = await read();
    open = await unwritten(open, async (path) => {
      const content = contentOf(wanted, path);
      return seen.get(path) === etagOfContent(content) || putFile(files, path, content, seen.get(path));
    });
    if (open.length > 0) await backOff(attempt, deadline, undefined);
  }
  return present;
}

async function unwritten(
  paths: readonly string[],
  write: (path: string) => Promise<boolean>,
): Promise<string[]> {
  const done = await Promise.all(paths.map(write));
  return paths.filter((_, index) => !done[index]);
}

/** Facts are never removed: what was wanted once is wanted still. */
function contentOf(wanted: WantedFiles, path: string): Uint8Array {
  const content = wanted.get(path);
  if (!content) throw new RangeError(`nothing was read for ${path}`);
  return content;
}

/** The ETag that S3 gives to what is put in one piece and encrypted with a key of its own: the content's MD5. */
function etagOfContent(content: Uint8Array): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}
