import { dayOfPath, filePath, workspacePrefix } from "../../domain/archive/paths.ts";
import { readColumns, type TableColumns } from "../../domain/archive/reading/columns.ts";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import { type Files, type ListedFile, listFiles } from "../../store/files/bucket.ts";
import { isKept } from "../../store/files/kept-files.ts";
import { readListedFiles } from "../../store/files/listed-files.ts";
import { StoreError, tooSlow } from "../../store/table/errors.ts";
import type { Deadline } from "../../store/table/retries.ts";
import type { WantedTable } from "./wanted-tables.ts";

/** The files of closed days: which there are, how long reading them takes, and reading them. */

/** A file of one table's day. */
export interface DayFile {
  readonly wanted: WantedTable;
  readonly day: Day;
  readonly file: ListedFile;
}

/** What a question is taken to need: about twice what was measured with a million purchases on a busy machine (`docs/measurements.md`). */
const millisecondsPerFile = 4;
const bytesPerMillisecond = { counted: 12_000, ofEntities: 10_000 };

/** Histories are made of at most so many bytes of files: some 1.9 million facts, and 800 MB of memory. */
const maxBytesOfEntities = 60 * 1024 * 1024;

/** The part of a request's time that may be needed for reading. */
const usableTime = 0.8;

/**
 * The files of some tables, one list each a thousand days.
 * @param isWanted whether a day is read from its file
 */
export async function listDayFiles(
  files: Files,
  workspace: string,
  tables: readonly WantedTable[],
  isWanted: (day: Day) => boolean,
): Promise<DayFile[]> {
  const lists = await Promise.all(
    tables.map(async (wanted) => {
      const { span, table } = wanted;
      const found: DayFile[] = [];
      const after = filePath(table.name, workspace, addDays(span.from, -1));
      for await (const file of listFiles(files, workspacePrefix(table.name, workspace), after)) {
        const day = dayOfPath(file.path);
        if (day === undefined || day < span.from) continue;
        if (day > span.to) break;
        if (isWanted(day)) found.push({ wanted, day, file });
      }
      return found;
    }),
  );
  return lists.flat();
}

/**
 * Refuses what would take longer than there is time, or more memory, before any of it is read.
 * @throws StoreError `over-budget`
 */
export function refuseTooManyFiles(files: Files, all: readonly DayFile[], deadline: Deadline): void {
  const bytes = (weigh: (wanted: WantedTable) => number) =>
    all.reduce((sum, { wanted, file }) => sum + file.bytes * weigh(wanted), 0);
  const fetched = all.filter(({ file }) => !isKept(files, file)).length;
  const ofEntities = bytes(({ isOfEntities }) => Number(isOfEntities));
  const milliseconds =
    fetched * millisecondsPerFile +
    bytes(({ countedFor }) => (countedFor + 1) / 2) / bytesPerMillisecond.counted +
    ofEntities / bytesPerMillisecond.ofEntities;
  if (milliseconds > deadline.remaining() * usableTime || ofEntities > maxBytesOfEntities)
    // The same at any moment: no quieter one helps.
    throw new StoreError("over-budget", "it takes more of the archive than one request may read");
}

/** Ends what takes too long. @throws StoreError `too-slow` when the deadline has passed */
export function refuseTooLate(deadline: Deadline): void {
  if (deadline.remaining() <= 0) throw tooSlow("more files than can be read in time");
}

const reading = { fileOf: ({ file }: DayFile) => file, keeps: true };

/**
 * Reads the wanted columns of some files, in their order, many files at a time.
 * @throws StoreError `too-slow` when the deadline passes
 */
export async function* readDayFiles(
  files: Files,
  all: readonly DayFile[],
  deadline: Deadline,
): AsyncGenerator<DayFile & { readonly columns: TableColumns }> {
  for await (const [file, content] of readListedFiles(files, all, reading)) {
    refuseTooLate(deadline);
    // Files are replaced, and never removed while a workspace is there.
    if (content) yield { ...file, columns: await readColumns(content, file.wanted.columns) };
  }
}
