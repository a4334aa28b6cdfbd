import { addDays, type Day, earlierDay } from "../domain/calendar/days.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { readFirstDay } from "../store/counters/first-day.ts";
import type { QueryContext } from "./context.ts";
import type { FirstDays } from "./kept-counters.ts";
import type { Question } from "./query.ts";
import type { CountersByMetric, SourcedCounters } from "./source.ts";

/** Since when there is anything to count: two periods can only be compared from then on. */

/**
 * Since when there is anything that a metric could count: tomorrow where nothing was ever counted, the first day on which it can be.
 * @param known is added to
 * @throws StoreError `over-budget` when it would cost more than is left
 */
export async function readFirstDayOf(
  { table, workspace }: QueryContext,
  metric: AnyMetric,
  today: Day,
  known: FirstDays,
): Promise<Day> {
  const days = familiesOf(metric).map((family) => {
    const day = known.get(family) ?? readFirstDay(table, workspace.id, family);
    known.set(family, day);
    return day;
  });
  return (await Promise.all(days)).flatMap((day) => day ?? []).reduce(earlierDay, addDays(today, 1));
}

/**
 * Since when there is anything that each metric could count, where that matters: where something is compared. What was counted on the
 * first of the days that were read is known to be no later; else it is looked up.
 * @throws StoreError `over-budget` when it would cost more than is left
 */
export async function readFirstDays(
  context: QueryContext,
  counters: CountersByMetric,
  { plan, today, filters }: Pick<Question, "plan" | "today" | "filters">,
): Promise<ReadonlyMap<AnyMetric, Day>> {
  if (!plan.isCompared) return new Map();
  const { from } = plan.span;
  const known: FirstDays = context.kept?.firstDays ?? new Map();
  const { countedFrom } = context.workspace;
  // Of the whole everything was read that there is.
  if (countedFrom !== undefined && countedFrom >= from && Object.keys(filters).length === 0) {
    noteFirstDays(counters, known);
  }
  const isKnown = ({ groups }: SourcedCounters) =>
    groups.some((group) => Object.keys(group.counters.countsOn(from)).length > 0);
  const days = [...counters].map(
    async ([metric, read]) =>
      [metric, isKnown(read) ? from : await readFirstDayOf(context, metric, today, known)] as const,
  );
  return new Map(await Promise.all(days));
}

/** Takes the first days from counters that were read since there are any. */
function noteFirstDays(counters: CountersByMetric, known: FirstDays): void {
  for (const { groups, source } of counters.values()) {
    if (source !== "counters") continue;
    for (const [family, day] of groups.flatMap((group) => [...(group.counters.firstDays ?? [])])) {
      known.set(family, earliestOf(known.get(family), day));
    }
  }
}

async function earliestOf(known: Promise<Day | undefined> | undefined, day: Day): Promise<Day> {
  return earlierDay((await known) ?? day, day);
}
