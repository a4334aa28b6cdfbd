import type { DayRange } from "../domain/calendar/intervals.ts";
import type { Filters } from "../domain/facts/characteristics.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { Remark } from "../domain/metrics/remark.ts";
import type { MetricCounters } from "../store/counters/counters.ts";
import { valuesPerDimension } from "../store/records/value-lists.ts";
import type { QueryContext } from "./context.ts";

/** Where the counters of a question are from. Every source gives the same counters of what it can answer. */

/** The source's name in answers. */
export type SourceName = "counters" | "facts" | "files";

/** Somewhere to read counters from. */
export interface CounterSource {
  /**
   * Reads the counters of some metrics, each family once where they share it.
   * @returns `undefined` where this source cannot answer
   * @throws QueryRefusal when that would cost more than one question may
   * @throws StoreError `unavailable` when the table keeps throttling
   */
  read(context: QueryContext, scope: CounterScope): Promise<CountersByMetric | undefined>;
}

/** Which counters are read. */
export interface CounterScope {
  readonly metrics: readonly AnyMetric[];
  /** The values that facts must have. */
  readonly filters: Filters;
  readonly groupBy?: readonly string[] | undefined;
  readonly range: DayRange;
  /** How many values are computed from one group of one metric: what groups are refused by before they are read. */
  readonly entriesPerGroup: number;
  /** See `Question`. */
  readonly maxGroups?: number | undefined;
  /** Whether some of them are of what the others are compared with. */
  readonly isCompared: boolean;
}

/** The counters of each metric that was asked for. */
export type CountersByMetric = ReadonlyMap<AnyMetric, SourcedCounters>;

/** The counters of one metric, and where they are from. */
export interface SourcedCounters {
  readonly groups: readonly CounterGroup[];
  readonly source: SourceName;
  /** How many facts and entities were looked at; absent where the rolling counters answered. */
  readonly looked?: number;
  readonly remarks: readonly Remark[];
}

/** The counters of one group by its name, which is absent where nothing was grouped. */
export interface CounterGroup {
  readonly group?: string;
  readonly counters: MetricCounters;
  /** Only these parts of the metric's value (see `Parts`); absent for the whole. */
  readonly parts?: readonly string[];
  /** That they are what all values leave of the whole: a difference of sums that are read one after the other. */
  readonly isRest?: boolean;
}

/** Says that the values past the limit are one group. */
export function remarkOnOthers(
  dimension: string,
  which: "later" | "rarest",
  other: string,
  most = valuesPerDimension,
): Remark {
  return { id: "remark.otherValues", values: { dimension, which, other, most } };
}
