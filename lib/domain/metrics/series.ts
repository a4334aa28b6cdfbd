import { addDays, countDays, type Day, earlierDay, laterDay } from "../calendar/days.ts";
import type { DayRange, Interval } from "../calendar/intervals.ts";
import { type Change, changeBetween } from "./change.ts";
import type { AnyMetric, Components, Measurement, MetricSettings } from "./metric.ts";
import { createTimeline, emptyPeriod, observe, type Period, periodOf, type Timeline } from "./period.ts";
import { isUnreliable } from "./sample.ts";
import type { SeriesPlan } from "./windows.ts";

/** Series: what a metric says of each interval of a range. */

/** One interval of a series. */
export interface SeriesEntry extends Omit<Measurement, "sample" | "maturesAfterDays"> {
  readonly from: Day;
  readonly to: Day;
  readonly components: Components;
  /** Whether there are too few data to rely on the value. */
  readonly lowSample: boolean;
  /** Whether the interval is not over, not settled, or not snapshotted as it is now. */
  readonly provisional: boolean;
}

/** The earlier interval of a comparison, and the change since. */
export interface ComparisonEntry extends Pick<Measurement, "value" | "n">, Change {
  readonly from: Day;
  readonly to: Day;
  readonly lowSample: boolean;
  /** How many days it is about, and from how many of them on anything was ever recorded. */
  readonly days: number;
  readonly daysKnown: number;
}

/** A series with its comparison: the comparison has one entry for each interval, in the same order; it is empty where none was asked for. */
export interface Series {
  readonly series: readonly SeriesEntry[];
  readonly comparison: readonly ComparisonEntry[];
  /**
   * Whether any counter that the values follow from is not 0, in one of the intervals or, of a balance, before it. A value can have
   * counts where its `n` is 0: refunds without orders, spend that won nobody.
   */
  readonly hasCounts: boolean;
  /** The intervals with their samples, to compare them with others. */
  readonly measured: readonly Measured[];
}

/** An interval, and what a metric says of it. */
export interface Measured {
  readonly interval: Interval;
  readonly measurement: Measurement;
}

/** Decides whether an interval is final. */
export interface Progress {
  /** The day that is running. */
  readonly today: Day;
  /** Every day up to this one has its snapshot; undefined where none has. */
  readonly snapshotsThrough: Day | undefined;
  /** Days whose counters changed after their snapshot. */
  readonly staleDays: ReadonlySet<Day>;
  /** The first day on which anything was recorded that the metric could count; absent where that does not matter. */
  readonly firstDay?: Day | undefined;
}

/**
 * Computes a metric for each interval of a plan, and for what each is compared with.
 * @param timelineOf the timeline that holds a counter, over the plan's span at least
 */
export function seriesOf(
  metric: AnyMetric,
  timelineOf: (counter: string) => Timeline,
  plan: Pick<SeriesPlan, "intervals" | "previous">,
  settings: MetricSettings,
  progress: Progress,
): Series {
  let hasCounts = false;
  const measure = (interval: Interval) => {
    const isOwn = (name: string) =>
      metric.counters.some((own) => own === name || (own.endsWith(":") && name.startsWith(own)));
    const counts = metric.groupsByOwn ? isOwn : undefined;
    const observed = observe(knownOf(metric, timelineOf, interval, progress), counts);
    const measurement = metric.compute(observed.period, settings);
    hasCounts ||= observed.hasCounts();
    return measurement;
  };
  const measured = plan.intervals.map((interval) => ({ interval, measurement: measure(interval) }));
  const series = measured.map(({ interval: { from, to }, measurement }) => ({
    ...{ from, to },
    ...withoutSample(measurement),
    lowSample: isLowSample(metric, measurement),
    provisional: isProvisional({ from, to }, progress, daysToSettle(metric, settings)),
  }));
  const compare = comparing(metric, settings, progress);
  const comparison = measured.flatMap((later, index) => {
    const interval = plan.previous[index];
    return interval ? [compare(later, { interval, measurement: measure(interval) })] : [];
  });
  return { series, comparison, hasCounts, measured };
}

/** The series of days on which nothing was counted: its entries have the same fields as those of all others. */
export function emptySeries(
  metric: AnyMetric,
  { isCompared, span }: Pick<SeriesPlan, "isCompared" | "span">,
  settings: MetricSettings,
  today: Day,
): Series {
  const interval = { ...span, calendar: null };
  const timeline = createTimeline(interval, new Map(), {});
  const plan = { intervals: [interval], previous: isCompared ? [interval] : [] };
  const progress = { today, snapshotsThrough: undefined, staleDays: new Set<Day>() };
  return seriesOf(metric, () => timeline, plan, settings, progress);
}

/**
 * The known part of an interval. Of a running interval these are its days up to today, and rates per day or month refer to them. Of one
 * that has not begun nothing is known, except for balances: today's shares say nothing about future days.
 */
function knownOf(
  metric: AnyMetric,
  timelineOf: (counter: string) => Timeline,
  interval: Interval,
  { today }: Progress,
): Period {
  if (interval.from <= today)
    return periodOf(timelineOf, { ...interval, to: earlierDay(interval.to, today) });
  return metric.carriesOver ? periodOf(timelineOf, interval) : emptyPeriod(interval);
}

/** A measurement without the fields that are never part of an answer. */
export function withoutSample({
  sample: _sample,
  maturesAfterDays: _maturesAfterDays,
  ...measurement
}: Measurement): Omit<Measurement, "sample" | "maturesAfterDays"> {
  return measurement;
}

/** Compares intervals of one metric, the later one with the earlier one. */
export function comparing(
  metric: AnyMetric,
  settings: MetricSettings,
  { today, firstDay }: Pick<Progress, "today" | "firstDay">,
): (later: Measured, earlier: Measured) => ComparisonEntry {
  const smallestChange = settings.smallestChange ?? metric.smallestChange?.value ?? 0;
  return (later, { interval: { from, to }, measurement: earlier }) => {
    const { value, n } = earlier;
    const lowSample = isLowSample(metric, earlier);
    const baseline = { days: countDays(from, to), daysKnown: daysFrom(firstDay ?? from, { from, to }) };
    const needed = [
      daysToSettle(metric, settings),
      earlier.maturesAfterDays,
      later.measurement.maturesAfterDays,
    ];
    const circumstances = {
      isLow: lowSample || isLowSample(metric, later.measurement),
      isEarly: isEarly(later.interval.to, Math.max(...needed.map((days = 0) => days)), today),
      ...{ baseline, smallestChange, convention: settings.convention },
    };
    const change = changeBetween(metric, earlier, later.measurement, circumstances);
    return { from, to, value, n, lowSample, ...baseline, ...change };
  };
}

/** How many of some days lie on a day or after it. */
function daysFrom(day: Day, { from, to }: DayRange): number {
  return Math.max(0, countDays(laterDay(day, from), to));
}

/** Whether what is counted on a day has not had its time yet. */
function isEarly(day: Day, neededDays: number, today: Day): boolean {
  if (neededDays === 0) return false;
  return neededDays === Number.POSITIVE_INFINITY || addDays(day, neededDays) >= today;
}

/** Whether a measurement rests on fewer data than its metric asks for, or than how skewed or clustered they are asks for. */
export function isLowSample(metric: AnyMetric, { n, sample }: Pick<Measurement, "n" | "sample">): boolean {
  return n < metric.minimumSample || isUnreliable(sample);
}

/** For how many days after a day what counts on it can still be changed by what happens later. */
export function daysToSettle({ settlesAfterDays = 0 }: AnyMetric, settings: MetricSettings): number {
  return typeof settlesAfterDays === "number" ? settlesAfterDays : settlesAfterDays(settings);
}

function isProvisional(
  { from, to }: DayRange,
  { today, snapshotsThrough, staleDays }: Progress,
  settlesAfterDays: number,
): boolean {
  if (addDays(to, settlesAfterDays) >= today) return true;
  if (snapshotsThrough === undefined || to > snapshotsThrough) return true;
  for (const day of staleDays) if (day >= from && day <= to) return true;
  return false;
}
