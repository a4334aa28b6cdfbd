import type { DayRange } from "../domain/calendar/intervals.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { MetricCounters } from "../store/counters/counters.ts";
import type { FirstDays } from "../store/counters/first-day.ts";

type Counters = ReadonlyMap<AnyMetric, MetricCounters>;

/** Counters that one request has read, for its next questions about the same days: whole beside groups, one metric in another convention. */
export class KeptCounters {
  /** Since when families have counters, where that was looked up. */
  readonly firstDays: FirstDays = new Map();
  readonly #kept = new Map<string, Map<AnyMetric, MetricCounters>>();

  /** What was kept of these metrics in a segment, and perhaps of others, or what is read now. */
  async of(
    metrics: readonly AnyMetric[],
    segment: string,
    range: DayRange,
    read: () => Promise<Counters>,
  ): Promise<Counters> {
    const name = `${segment} ${range.from} ${range.to}`;
    const known = this.#kept.get(name) ?? new Map<AnyMetric, MetricCounters>();
    this.#kept.set(name, known);
    if (!metrics.every((metric) => known.has(metric))) {
      for (const [metric, counters] of await read()) known.set(metric, counters);
    }
    return known;
  }
}
