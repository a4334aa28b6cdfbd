import { randomUUID } from "node:crypto";
import { type CopiedFile, readMonthCopy, writeMonthCopy } from "../../domain/archive/month-copy.ts";
import { daysPrefix, monthPath, type TableMonth } from "../../domain/archive/paths.ts";
import { describeError, logger } from "../../telemetry/logger.ts";
import { type Files, type ListedFile, listFiles, openFile, overwriteFile, putFile } from "./bucket.ts";
import { readInOrder } from "./read-in-order.ts";

/** Copies of whole months beside the files of days: a question over a year reads twelve of them for each table, where it would read 365 files. */

/** Larger files are read by themselves: of these, requests are the smaller part of the cost. */
export const maxCopiedBytes = 128 * 1024;

/** Another run may write the same copy: after so many tries it is left to that one. */
const maxTries = 3;

/** The months of which a run has written files. */
export class WrittenMonths {
  readonly #months = new Map<string, TableMonth>();

  add(month: TableMonth): void {
    this.#months.set(monthPath(month), month);
  }

  /** Writes the copies of these months anew, each once. A copy that is as it should be is left alone. */
  async copy(files: Files): Promise<void> {
    const months = [...this.#months.values()];
    this.#months.clear();
    for await (const _ of readInOrder(months, (month) => copyMonth(files, month), 4));
  }
}

/**
 * Empties the copies that hold a file which was replaced. Whoever is writing one from what was there before is refused: each emptied copy
 * is unlike every other.
 */
export async function emptyCopies(files: Files, months: readonly TableMonth[]): Promise<void> {
  const paths = new Set(months.map(monthPath));
  await Promise.all([...paths].map((path) => overwriteFile(files, path, writeMonthCopy([], randomUUID()))));
}

/** The files of a month's copy, by path; none where there is no copy, or one that is not whole. */
export async function readCopy(files: Files, month: TableMonth): Promise<ReadonlyMap<string, CopiedFile>> {
  return filesIn(await openFile(files, monthPath(month)));
}

/** A copy holds nothing that its days' files do not: one that cannot be read, as a machine leaves it that lost its power, counts as empty, and is written anew. */
function filesIn(copy: { readonly content: Uint8Array } | undefined): ReadonlyMap<string, CopiedFile> {
  if (!copy) return new Map();
  try {
    return readMonthCopy(copy.content);
  } catch (error) {
    logger.warn("month copy not read", describeError(error));
    return new Map();
  }
}

/** Writes a copy from files that were read after the current copy was looked at, so that a run that was overtaken never brings back what was replaced. */
async function copyMonth(files: Files, month: TableMonth): Promise<void> {
  const path = monthPath(month);
  for (let tried = 0; tried < maxTries; tried += 1) {
    const before = await openFile(files, path);
    const known = filesIn(before);
    const listed: ListedFile[] = [];
    for await (const file of listFiles(files, daysPrefix(month))) {
      if (file.bytes <= maxCopiedBytes) listed.push(file);
    }
    const isCurrent = listed.every((one) => known.get(one.path)?.etag === one.etag);
    if (isCurrent && known.size === listed.length) return;
    const copied: CopiedFile[] = [];
    for await (const [, file] of readInOrder(listed, (one) => copyOf(files, one, known), 8)) {
      if (file) copied.push(file);
    }
    if (await putFile(files, path, writeMonthCopy(copied), before?.etag)) return;
  }
}

async function copyOf(
  files: Files,
  { path, etag }: ListedFile,
  known: ReadonlyMap<string, CopiedFile>,
): Promise<CopiedFile | undefined> {
  const before = known.get(path);
  if (before?.etag === etag) return before;
  const found = await openFile(files, path);
  return found && { path, ...found };
}
