import type { Day } from "../../domain/calendar/days.ts";
import { readMarkedDays } from "../counters/stale-marks.ts";
import type { Files } from "../files/bucket.ts";
import { listCustomerDays } from "../files/customer-days.ts";
import type { StoreContext } from "../table/context.ts";
import { daysWithoutSnapshot, lastClosedDay } from "./snapshot-plan.ts";

/** How far the archive of closed days has come. */

/** Some days: how many, the first and the last of them. */
export interface SomeDays {
  readonly days: number;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** How far the archive has come. */
export interface ArchiveProgress {
  /** The last day that is over. */
  readonly closedThrough: Day;
  /** Days that have files. */
  readonly archived: SomeDays;
  /** Days whose files are to be written: those that `daysToSnapshot` plans, without its bounds. */
  readonly waiting: SomeDays & {
    /** How many of them have files already, which are older than the day's last change. */
    readonly changed: number;
    /** Whether these are all: not where very many counters have changed. */
    readonly complete: boolean;
  };
}

/** At most so many marks of changed days are looked at: some 200 read units. */
const maxMarks = 20_000;

/**
 * Reads how far the archive has come: of every archived day there is a file with its customers, and a day that changed has a mark.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 */
export async function readArchiveProgress(
  { table, workspace }: Pick<StoreContext, "table" | "workspace">,
  files: Files,
  now: number,
): Promise<ArchiveProgress> {
  const closedThrough = lastClosedDay(now, workspace.timeZone);
  // The marks first: a run takes a mark off after it has written the file.
  const whole = { from: workspace.earliestDay, to: closedThrough };
  const marked = await readMarkedDays(table, workspace.id, whole, maxMarks);
  const archived = (await listCustomerDays(files, workspace.id)).map(({ day }) => day);
  const known = new Set(archived);
  const waiting = new Set(marked.families.keys());
  for (const day of await daysWithoutSnapshot(table, workspace, closedThrough)) waiting.add(day);
  return {
    closedThrough,
    archived: spanOf(archived),
    waiting: {
      ...spanOf([...waiting].sort()),
      changed: [...waiting].filter((day) => known.has(day)).length,
      complete: marked.through >= closedThrough,
    },
  };
}

/** @param days in order */
function spanOf(days: readonly Day[]): SomeDays {
  return { days: days.length, from: days[0] ?? null, to: days.at(-1) ?? null };
}
