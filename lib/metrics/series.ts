import type { Day } from "../calendar/days.ts";
import { type DayRange, type Granularity, splitIntoIntervals } from "../calendar/intervals.ts";
import type { AnyMetric, Components, Measurement, MetricSettings } from "./metric.ts";
import { periodOf, type Timeline } from "./period.ts";

/** Series: what a metric says of each interval of a range. */

/** One interval of a series. */
export interface SeriesEntry extends Measurement {
  readonly from: Day;
  readonly to: Day;
  readonly components: Components;
  /** Whether there are too few data to rely on the value. */
  readonly lowSample: boolean;
  /** Whether the interval is not over, or not snapshotted as it is now. */
  readonly provisional: boolean;
}

/** What decides whether an interval is final. */
export interface Progress {
  /** The day that is running. */
  readonly today: Day;
  /** Every day up to this one has its snapshot; undefined where none has. */
  readonly snapshotsThrough: Day | undefined;
  /** Days whose counters changed after their snapshot. */
  readonly staleDays: ReadonlySet<Day>;
}

/**
 * Computes a metric for each interval of a range that has begun; for the total always.
 * @param timelineOf the timeline that holds a counter
 */
export function seriesOf(
  metric: AnyMetric,
  timelineOf: (counter: string) => Timeline,
  range: DayRange,
  granularity: Granularity | "total",
  settings: MetricSettings,
  progress: Progress,
): SeriesEntry[] {
  return splitIntoIntervals(range, granularity)
    .filter(({ from }) => from <= progress.today || granularity === "total")
    .map((interval) => {
      const measurement = metric.compute(periodOf(timelineOf, interval), settings);
      return {
        from: interval.from,
        to: interval.to,
        ...measurement,
        lowSample: isLowSample(metric, measurement),
        provisional: isProvisional(interval, progress),
      };
    });
}

/** Whether a measurement rests on fewer data than its metric asks for. */
export function isLowSample(metric: AnyMetric, { n }: Pick<Measurement, "n">): boolean {
  return n < metric.minimumSample;
}

function isProvisional({ from, to }: DayRange, { today, snapshotsThrough, staleDays }: Progress): boolean {
  if (to >= today || snapshotsThrough === undefined || to > snapshotsThrough) return true;
  for (const day of staleDays) if (day >= from && day <= to) return true;
  return false;
}
