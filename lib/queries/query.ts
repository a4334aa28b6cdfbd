import type { Day } from "../domain/calendar/days.ts";
import type { Filters } from "../domain/facts/characteristics.ts";
import type { AnyMetric, MetricSettings } from "../domain/metrics/metric.ts";
import type { Remark } from "../domain/metrics/remark.ts";
import type { ComparisonEntry, Measured, Series, SeriesEntry } from "../domain/metrics/series.ts";
import type { SeriesPlan } from "../domain/metrics/windows.ts";
import type { AskedSettings } from "../domain/workspace/settings.ts";
import type { CounterSource, SourceName } from "./source.ts";

/** A question about metrics, and its answer: what `runQuery` takes and gives. */

/** By what groups are ranked: `n` over the range, the value of the last interval, or its change. */
export const sortings = ["n", "value", "change"] as const;

/** By what groups are ranked. */
export type Sorting = (typeof sortings)[number];

/** How groups are ranked and which are shown. */
export interface Ranking {
  /** `n` when absent. */
  readonly sort?: Sorting | undefined;
  /** The greatest first, as when absent, or the smallest. */
  readonly order?: "asc" | "desc" | undefined;
  /** At most so many values are groups of their own: all others are one group. Absent for all values. */
  readonly top?: number | undefined;
  /** Groups with less than this `n` over the range are no groups of their own; absent for none. */
  readonly minimum?: number | undefined;
}

/** A question, without the metrics that it is about. */
export interface Question extends Ranking {
  /** The intervals, and those that each is compared with. */
  readonly plan: SeriesPlan;
  /** The day that is running. */
  readonly today: Day;
  /** Only facts with these values count. */
  readonly filters: Filters;
  /** The dimensions each combination of whose values has a series of its own; all is one where they are absent. */
  readonly groupBy?: readonly string[] | undefined;
  /**
   * Only so many groups, the first in order, have all intervals: the others have the first interval alone, and all of them are ranked by it. All groups have
   * all intervals when absent.
   */
  readonly maxDetailed?: number | undefined;
  /** Where facts are counted for this question: at most so many values are groups of their own, the most frequent ones; 200 when absent. */
  readonly maxGroups?: number | undefined;
  /** By which settings it is computed; the workspace's own when absent. */
  readonly settings?: AskedSettings;
  /** The sources to try, the cheapest first; all when absent. */
  readonly sources?: readonly CounterSource[];
}

/** A question about one metric. */
export interface Query extends Question {
  readonly metric: AnyMetric;
}

/** A question about several metrics, answered with one reading of what they share. */
export interface BroadQuery extends Question {
  readonly metrics: readonly AnyMetric[];
}

/** The series of one group by its name (`lib/queries/group-names.ts`), which is absent where nothing was grouped. */
export interface MeasuredGroup {
  readonly group?: string;
  readonly series: readonly SeriesEntry[];
  /** One entry for each of the series, in the same order; empty where nothing was compared. */
  readonly comparison: readonly ComparisonEntry[];
  /** See `Series`. */
  readonly measured: readonly Measured[];
}

/** The answer for one metric. */
export interface MetricSeries {
  readonly metric: AnyMetric;
  /** The settings by which it was computed. */
  readonly settings: MetricSettings;
  /** Those with the most data first; one where nothing was grouped. */
  readonly groups: readonly MeasuredGroup[];
  /** Where there are no groups: what one has in which nothing was counted, for the names of its fields. */
  readonly blank?: Series;
  readonly source: SourceName;
  /** How many facts and entities were looked at; absent where the rolling counters answered. */
  readonly looked?: number;
  /** Days that changed after they were stated, and are not stated again yet. */
  readonly changedDays: readonly Day[];
  /** How many comparisons were judged together, in this answer and those that were asked for with it; absent for fewer than two. */
  readonly comparedTogether?: number;
  readonly remarks: readonly Remark[];
}
