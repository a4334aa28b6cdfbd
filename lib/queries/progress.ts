import { addDays, type Day, earlierDay } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import { dayOf } from "../domain/calendar/zones.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { Workspace } from "../domain/workspace/settings.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { type FirstDays, readEarliestDay } from "../store/counters/first-day.ts";
import { type MarkedDays, readMarkedDays } from "../store/counters/stale-marks.ts";
import type { QueryContext } from "./context.ts";
import type { Question } from "./query.ts";
import { adviceAfterReading, orRefuse } from "./refusal.ts";
import type { CountersByMetric, SourcedCounters } from "./source.ts";

/**
 * Which days of a question are known, and which are stated. Two periods can only be compared since there has been anything to count. A day
 * is stated once it has its snapshot and has not changed since: what is not is provisional.
 */

/** What is known of the days of a metric's counters. */
export interface KnownDays {
  /** The first day on which anything was recorded that the metric could count; `undefined` where nothing is compared. */
  readonly firstDay: Day | undefined;
  /** Up to which day all that has not changed is stated; `undefined` for none. */
  readonly statedThrough: Day | undefined;
  /** Day → the families that changed since or were never stated. Absent where the counters carry these marks themselves. */
  readonly marked?: MarkedDays["families"];
}

/**
 * Reads what is known of the days of each metric's counters.
 * @throws QueryRefusal when that would cost more than is left for the question
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readProgress(
  context: QueryContext,
  counters: CountersByMetric,
  question: Question,
): Promise<ReadonlyMap<AnyMetric, KnownDays>> {
  const { table, workspace } = context;
  const { today, plan } = question;
  const through = statedThrough(workspace);
  const known: FirstDays = context.kept?.firstDays ?? new Map();
  noteFirstDays(counters, known, workspace, question);
  const lookedUp = plan.isCompared ? metricsToLookUp(counters, plan.span.from) : [];
  const unmarked = metricsWithoutMarks(counters, question);
  const range = unmarked.size > 0 ? statedDays(plan.span, through) : undefined;
  const advise = () => adviceAfterReading(counters, workspace, question);
  const [days, marks] = await orRefuse(
    () =>
      Promise.all([
        Promise.all(lookedUp.map((metric) => readEarliestDay(context, familiesOf(metric), known))),
        range && readMarkedDays(table, workspace.id, range),
      ]),
    advise,
  );
  const found = new Map(lookedUp.map((metric, index) => [metric, days[index] ?? addDays(today, 1)]));
  const isWhole = marks === undefined || marks.through === range?.to;
  const byMarks = {
    statedThrough: isWhole ? through : marks.through,
    marked: marks?.families ?? new Map<Day, never>(),
  };
  return new Map(
    [...counters.keys()].map((metric): [AnyMetric, KnownDays] => {
      const firstDay = plan.isCompared ? (found.get(metric) ?? plan.span.from) : undefined;
      return [metric, { firstDay, ...(unmarked.has(metric) ? byMarks : { statedThrough: through }) }];
    }),
  );
}

/**
 * Up to which day all that is not stale is stated; `undefined` for none. Each day from the workspace's first on has to have its snapshot.
 * On days before that there were no facts when the workspace was made, and what came later has marked its day until that had a
 * snapshot: once the first run of snapshots is over they are stated, and those without facts need none.
 */
export function statedThrough({
  snapshotsThrough,
  snapshotsTo,
  createdAt,
  timeZone,
}: Workspace): Day | undefined {
  if (snapshotsThrough !== undefined || snapshotsTo === undefined) return snapshotsThrough;
  return addDays(dayOf(Date.parse(createdAt), timeZone), -1);
}

/**
 * Takes the first days of families from counters of everything that were read since there are any: those of the whole hold all that was
 * ever counted.
 * @param known is added to
 */
function noteFirstDays(
  counters: CountersByMetric,
  known: FirstDays,
  { countedFrom }: Workspace,
  { plan, filters }: AskedDays,
): void {
  const isAll = countedFrom !== undefined && countedFrom >= plan.span.from;
  if (!plan.isCompared || !isAll || Object.keys(filters).length > 0) return;
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

/** Metrics of which nothing was counted on the first of the days that were read: where something was, there is something since then. */
function metricsToLookUp(counters: CountersByMetric, from: Day): AnyMetric[] {
  const isKnown = ({ groups }: SourcedCounters) =>
    groups.some((group) => Object.keys(group.counters.countsOn(from)).length > 0);
  return [...counters].flatMap(([metric, read]) => (isKnown(read) ? [] : [metric]));
}

/** The part of a question that decides what has to be looked up. */
type AskedDays = Pick<Question, "filters" | "plan">;

/** Metrics whose counters do not carry the marks of changed days: those of everything do, and those of a part of it do not. */
function metricsWithoutMarks(counters: CountersByMetric, { filters }: AskedDays): ReadonlySet<AnyMetric> {
  const isPart = Object.keys(filters).length > 0;
  return new Set(
    [...counters].flatMap(([metric, { source }]) => (isPart || source !== "counters" ? [metric] : [])),
  );
}

/** Those of some days that can be stated; `undefined` for none. */
function statedDays({ from, to }: DayRange, through: Day | undefined): DayRange | undefined {
  return through !== undefined && through >= from ? { from, to: earlierDay(to, through) } : undefined;
}
