import { addDays, countDays, type Day, earlierDay, laterDay } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { readMarkedDays } from "../../store/counters/stale-marks.ts";
import type { StoreContext } from "../../store/table/context.ts";
import { statedThrough } from "../progress.ts";

/** Which days are read from the table, as no file has them as they are now. */

/** Marks of changed days that are looked at: some 50 read units. */
const maxMarks = 5_000;

/** Days with no more than so many others between them are read with these: one more query costs as much as some days. */
const maxGapDays = 3;

/**
 * The days of a range that have no file, or one that is older than their last change, as ranges in order. Every other day has a file of
 * each table in which it has facts.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function findOpenDays(
  { table, workspace }: Pick<StoreContext, "table" | "workspace">,
  { from, to }: DayRange,
): Promise<DayRange[]> {
  const through = statedThrough(workspace);
  if (through === undefined || through < from) return [{ from, to }];
  const last = earlierDay(to, through);
  const marks = await readMarkedDays(table, workspace.id, { from, to: last }, maxMarks);
  const marked = [...marks.families.keys()].map((day) => ({ from: day, to: day }));
  const known = earlierDay(last, marks.through);
  const rest = known < to ? [{ from: laterDay(from, addDays(known, 1)), to }] : [];
  return joinedRanges([...marked.filter((range) => range.from <= known), ...rest]);
}

/** @param ranges in any order */
function joinedRanges(ranges: readonly DayRange[]): DayRange[] {
  const joined: DayRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1);
    if (last && (range.from <= last.to || countDays(last.to, range.from) <= maxGapDays + 2)) {
      joined[joined.length - 1] = { from: last.from, to: laterDay(last.to, range.to) };
    } else joined.push(range);
  }
  return joined;
}

/** Whether one of some ranges has a day. */
export function isIn(ranges: readonly DayRange[], day: Day): boolean {
  return ranges.some(({ from, to }) => from <= day && day <= to);
}

/** The parts of some ranges that lie within another. */
export function within(ranges: readonly DayRange[], { from, to }: DayRange): DayRange[] {
  return ranges
    .map((range) => ({ from: laterDay(range.from, from), to: earlierDay(range.to, to) }))
    .filter((range) => range.from <= range.to);
}
