import { addDays, type Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { type Counts, createTimeline, type Timeline } from "../../domain/metrics/period.ts";

/** What a model says on a day holds until it says something else: as counters it is how that changes from one day to another. */

/** For so many days what a model said holds at most: after that nothing is known. */
export const daysHeld = 31;

/**
 * The counters of a range: what held before it, and on its days the changes.
 * @param days what was said on the days of the range, and on as many before it as something holds
 */
export function heldStates(range: DayRange, days: ReadonlyMap<Day, Counts>): Timeline {
  const inOrder = [...days].map(([day, counts]) => ({ day, ...divided(counts) }));
  inOrder.sort((a, b) => (a.day < b.day ? -1 : 1));
  const changes = new Map<Day, Record<string, bigint>>();
  let [before, held]: [Counts, Counts] = [{}, {}];
  const change = (day: Day, next: Counts, causes: Counts = {}) => {
    if (day < range.from) before = next;
    else if (day <= range.to) changes.set(day, { ...less(next, held), ...causes });
    held = next;
  };
  for (const [index, { day, state, causes }] of inOrder.entries()) {
    change(day, state, causes);
    const ends = addDays(day, daysHeld);
    const next = inOrder[index + 1]?.day;
    if (next === undefined || next > ends) change(ends, {});
  }
  return createTimeline(range, changes, before);
}

/** What was said, and how often that was changed afterwards, which counts on its own day alone. */
function divided(counts: Counts): { readonly state: Counts; readonly causes: Counts } {
  const [causes = [], state = []] = [true, false].map((are) =>
    Object.entries(counts).filter(([name]) => name.startsWith("~") === are),
  );
  return { state: Object.fromEntries(state), causes: Object.fromEntries(causes) };
}

/** How one state differs from another. */
function less(next: Counts, held: Counts): Record<string, bigint> {
  const names = new Set([...Object.keys(next), ...Object.keys(held)]);
  return Object.fromEntries([...names].map((name) => [name, (next[name] ?? 0n) - (held[name] ?? 0n)]));
}
