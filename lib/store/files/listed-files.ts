import { monthOfPath, monthPath } from "../../domain/archive/paths.ts";
import { type Files, type ListedFile, readFile } from "./bucket.ts";
import { isKept, keepListed, readListed } from "./kept-files.ts";
import { maxCopiedBytes, readCopy } from "./month-copies.ts";
import { readInOrder } from "./read-in-order.ts";

/** Reading many files of days as they were listed: from the copies of their months where these have them. */

/** From so many files of a month on its copy is read. */
const minForCopy = 4;

/** At most so many months are read at the same time, and so many files of each. */
const concurrency = { months: 6, files: 6 };

/** How files are read. */
interface Reading<Item> {
  /** The file of an item. */
  readonly fileOf: (item: Item) => ListedFile;
  /** Whether this process keeps them for the next question. */
  readonly keeps: boolean;
}

/**
 * Reads files, in their order, many at the same time.
 * @returns each with its content; without one where it is gone
 */
export async function* readListedFiles<Item>(
  files: Files,
  items: readonly Item[],
  reading: Reading<Item>,
): AsyncGenerator<readonly [item: Item, content: Uint8Array | undefined]> {
  const runs = runsOf(items, reading);
  const read = (run: readonly Item[]) => readRun(files, run, reading);
  for await (const [run, contents] of readInOrder(runs, read, concurrency.months)) {
    for (const [index, item] of run.entries()) yield [item, contents[index]];
  }
}

/** Items that follow each other and lie in one month of one table. */
function runsOf<Item>(items: readonly Item[], { fileOf }: Reading<Item>): Item[][] {
  const runs: Item[][] = [];
  let last: string | undefined;
  for (const item of items) {
    const month = monthOfPath(fileOf(item).path);
    const name = month && monthPath(month);
    const run = runs.at(-1);
    if (run && name !== undefined && name === last) run.push(item);
    else runs.push([item]);
    last = name;
  }
  return runs;
}

async function readRun<Item>(
  files: Files,
  run: readonly Item[],
  { fileOf, keeps }: Reading<Item>,
): Promise<(Uint8Array | undefined)[]> {
  const listed = run.map(fileOf);
  const copied = await readCopied(files, listed);
  const read = async (file: ListedFile) => {
    const content = copied.get(file);
    if (!content) return keeps ? readListed(files, file) : readFile(files, file.path);
    if (keeps) keepListed(files, file, content);
    return content;
  };
  const contents: (Uint8Array | undefined)[] = [];
  for await (const [, content] of readInOrder(listed, read, concurrency.files)) contents.push(content);
  return contents;
}

/** What the copy of a month has of some of its files, where so many are not known that one request is less than theirs. */
async function readCopied(
  files: Files,
  listed: readonly ListedFile[],
): Promise<ReadonlyMap<ListedFile, Uint8Array>> {
  const copied = new Map<ListedFile, Uint8Array>();
  const [first] = listed;
  const month = first && monthOfPath(first.path);
  const unknown = listed.filter((file) => file.bytes <= maxCopiedBytes && !isKept(files, file));
  if (!month || unknown.length < minForCopy) return copied;
  const copy = await readCopy(files, month);
  for (const file of unknown) {
    const found = copy.get(file.path);
    // Another one than was listed: it was replaced since it was copied.
    if (found?.etag === file.etag) copied.set(file, found.content);
  }
  return copied;
}
