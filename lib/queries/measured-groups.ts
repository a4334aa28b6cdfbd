import type { Day } from "../calendar/days.ts";
import type { AnyMetric, MetricSettings } from "../metrics/metric.ts";
import { createTimeline } from "../metrics/period.ts";
import { seriesOf } from "../metrics/series.ts";
import type { SeriesPlan } from "../metrics/windows.ts";
import { together } from "../store/counters/combined-counters.ts";
import { noValue } from "../store/records/dimensions.ts";
import { otherValue } from "../store/records/value-list.ts";
import { isUnavailable, StoreError } from "../store/table/errors.ts";
import type { MeasuredGroup } from "./query.ts";
import type { CounterGroup } from "./source.ts";
import type { Statement } from "./statement.ts";

/** Computing the series of groups from their counters. */

/** What is computed for each group. */
export interface GroupPlan {
  readonly plan: Pick<SeriesPlan, "intervals" | "previous">;
  readonly settings: MetricSettings;
  /** Which days are stated. */
  readonly statement: Statement;
  readonly today: Day;
  /** At most so many values are groups of their own: all others are one group. Absent for all values. */
  readonly top?: number | undefined;
}

interface Candidate {
  readonly counted: CounterGroup;
  readonly measured: MeasuredGroup;
  /** The sum of `n` over the series. */
  readonly size: number;
  /** See `Series`. */
  readonly hasCounts: boolean;
}

/** Those of some groups that have counters at all: the others have no data on any day. */
export function withCounters(metric: AnyMetric, groups: readonly CounterGroup[]): CounterGroup[] {
  const names = [metric, ...metric.uses].flatMap(({ counters }) => counters);
  return groups.filter(
    ({ group, counters }) =>
      group === undefined ||
      names.some((name) => counters.timelineOf(name).names()[Symbol.iterator]().next().done !== true),
  );
}

/** Computes the series of each group, those with the most data first; groups in which nothing was counted are left out. */
export function measureGroups(
  metric: AnyMetric,
  groups: readonly CounterGroup[],
  { plan, settings, statement, today, top }: GroupPlan,
): MeasuredGroup[] {
  const progress = { today, snapshotsThrough: statement.through, staleDays: statement.staleDays };
  const measure = (counted: CounterGroup): Candidate => {
    const { group, counters } = counted;
    const { series, comparison, hasCounts } = computeFrom(counted, () =>
      seriesOf(metric, counters.timelineOf, plan, settings, progress),
    );
    return {
      counted,
      measured: { ...(group === undefined ? {} : { group }), series, comparison },
      size: series.reduce((sum, { n }) => sum + Math.abs(n), 0),
      hasCounts,
    };
  };
  const all = withCounters(metric, groups)
    .flatMap((counted) =>
      counted.group === noValue ? measuredRest(() => measure(counted)) : [measure(counted)],
    )
    .filter(({ measured, hasCounts }) => measured.group === undefined || hasCounts);
  const { kept, rest } = top === undefined ? { kept: all, rest: [] } : divide(all, top);
  // Before anything is computed: counters add, and rates do not.
  const folded = rest.length === 0 ? [] : [measure({ group: otherValue, counters: together(rest) })];
  return [...kept, ...folded].sort((a, b) => b.size - a.size).map(({ measured }) => measured);
}

/** What a series says of an interval in which nothing was counted: whatever the interval, its entries have the same fields. */
export function measureNothing(
  metric: AnyMetric,
  { isCompared, span }: Pick<SeriesPlan, "isCompared" | "span">,
  settings: MetricSettings,
  today: Day,
): MeasuredGroup {
  const interval = { ...span, calendar: null };
  const timeline = createTimeline(interval, new Map(), {});
  const plan = { intervals: [interval], previous: isCompared ? [interval] : [] };
  const progress = { today, snapshotsThrough: undefined, staleDays: new Set<Day>() };
  const { series, comparison } = seriesOf(metric, () => timeline, plan, settings, progress);
  return { series, comparison };
}

/** What the values leave of the whole, where that makes sense at the moment: the other groups do. */
function measuredRest(measure: () => Candidate): Candidate[] {
  try {
    return [measure()];
  } catch (error) {
    if (isUnavailable(error)) return [];
    throw error;
  }
}

/** The largest values and what has none, and the counters of all others. */
function divide(all: readonly Candidate[], top: number) {
  const isValue = ({ measured: { group } }: Candidate) => group !== noValue && group !== otherValue;
  const bySize = all.filter(isValue).sort((a, b) => b.size - a.size);
  const largest = new Set(bySize.slice(0, top));
  const isKept = (candidate: Candidate) => candidate.measured.group === noValue || largest.has(candidate);
  const others = all.filter((candidate) => !isKept(candidate));
  return { kept: all.filter(isKept), rest: others.map(({ counted }) => counted.counters) };
}

/**
 * Computes something from the counters of a group. Where nearly everything has a value, a fact that is counted while the sums are read
 * can leave a rest with an end and no beginning.
 * @throws StoreError `unavailable` when that is so: it passes
 */
function computeFrom<Result>({ isRest }: CounterGroup, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!isRest || !(error instanceof RangeError)) throw error;
    throw new StoreError("unavailable", "facts were counted while their rest was read", error);
  }
}
