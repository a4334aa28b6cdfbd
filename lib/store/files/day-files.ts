import { customerDaysTable, writeCustomerDays } from "../../domain/archive/customer-days.ts";
import { writeFacts } from "../../domain/archive/parquet.ts";
import { filePath, monthOfPath, snapshotsTable } from "../../domain/archive/paths.ts";
import type { ArchivedFact } from "../../domain/archive/rows.ts";
import { type ArchivedSnapshot, writeSnapshots } from "../../domain/archive/snapshots.ts";
import { tableOfType } from "../../domain/archive/tables.ts";
import type { Day } from "../../domain/calendar/days.ts";
import { customerDaysOf } from "../../domain/entities/customer-days.ts";
import type { StoreContext } from "../table/context.ts";
import type { Files } from "./bucket.ts";
import { archivedCustomerDay } from "./customer-days.ts";
import { DayFacts } from "./day-facts.ts";
import { emptyCopies, type WrittenMonths } from "./month-copies.ts";
import { replaceFiles, type WantedFiles } from "./replace.ts";

/** The contents of a day's files. */
export interface DayContent {
  readonly facts: readonly ArchivedFact[];
  readonly snapshots: Iterable<ArchivedSnapshot>;
}

/**
 * Brings the files of a closed day to what the table says. Repeated, overtaken or killed and done again it leaves the same bytes.
 * @param readFirst reads the day the first time
 * @param readSnapshots reads its snapshots again
 * @param months takes the months whose copies are to be written. Where a file was replaced, its copy is empty when this ends
 * @throws StoreError `unavailable` when other runs keep being faster until the deadline
 */
export async function writeDayFiles(
  context: StoreContext & { readonly files: Files },
  date: Day,
  readFirst: () => Promise<DayContent>,
  readSnapshots: () => Promise<Iterable<ArchivedSnapshot>>,
  months: WrittenMonths,
): Promise<void> {
  const { files, workspace, deadline } = context;
  // A day's facts are held no longer than either of these takes.
  const filesAtFirst = async () => filesOf(workspace.id, date, await readFirst());
  const filesAgain = async () => {
    const facts = await new DayFacts(context, [date]).on(date);
    return filesOf(workspace.id, date, { facts, snapshots: await readSnapshots() });
  };
  const wanted = await filesAtFirst();
  const replaced = await replaceFiles(files, wanted, filesAgain, deadline);
  // Also of files that were found as they should be: the run that replaced them may have been killed before it came to this.
  await emptyCopies(
    files,
    replaced.flatMap((path) => monthOfPath(path) ?? []),
  );
  for (const path of wanted.keys()) {
    const month = monthOfPath(path);
    if (month) months.add(month);
  }
}

function filesOf(workspace: string, date: Day, { facts, snapshots }: DayContent): WantedFiles {
  const byTable = Map.groupBy(facts, ({ fact }) => tableOfType(fact.type));
  return new Map([
    ...[...byTable].map(
      ([table, own]) => [filePath(table.name, workspace, date), writeFacts(table, own)] as const,
    ),
    [
      filePath(customerDaysTable, workspace, date),
      writeCustomerDays(customerDaysOf(date, facts).map(archivedCustomerDay)),
    ] as const,
    [filePath(snapshotsTable, workspace, date), writeSnapshots([...snapshots])] as const,
  ]);
}
