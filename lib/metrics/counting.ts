import type { Day } from "../calendar/days.ts";
import type { Occurrence } from "../entities/occurrences.ts";
import type { AnyMetric } from "./metric.ts";
import { metrics } from "./registry.ts";

/** From occurrences to increments of counters: which counters there are follows from the registry. */

/** The segment in which everything counts. */
export const totalSegment = "all";

/** The segment of one value of a tracked dimension. */
export function segmentOf(dimension: string, value: string): string {
  return `${dimension}=${value}`;
}

/** The family under which a metric's counters are stored, for one currency where they hold money. */
export function familyOf(metric: AnyMetric, currency: string): string {
  return metric.perCurrency ? `${metric.family}:${currency}` : metric.family;
}

/** A counter's name in its family, unique over the workspace: where increments go. */
export interface CounterBucket {
  readonly family: string;
  readonly segment: string;
  readonly day: Day;
}

/** Increments of many counters, added up. */
export class Tally {
  readonly #buckets = new Map<string, { bucket: CounterBucket; counts: Map<string, bigint> }>();

  /** Counts an occurrence, or takes it back with a weight of −1. */
  count(occurrence: Occurrence, weight: 1 | -1 = 1): void {
    const segments = [
      totalSegment,
      ...Object.entries(occurrence.segments).map(([name, value]) => segmentOf(name, value)),
    ];
    const currency = "currency" in occurrence ? occurrence.currency : "";
    for (const metric of metrics) {
      for (const [counter, amount] of Object.entries(metric.increments(occurrence))) {
        for (const segment of segments) {
          this.add(
            { family: familyOf(metric, currency), segment, day: occurrence.day },
            counter,
            BigInt(amount) * BigInt(weight),
          );
        }
      }
    }
  }

  /** Adds an amount to one counter. */
  add(bucket: CounterBucket, counter: string, amount: bigint): void {
    const key = `${bucket.family}\n${bucket.day}\n${bucket.segment}`;
    let entry = this.#buckets.get(key);
    if (!entry) {
      entry = { bucket, counts: new Map() };
      this.#buckets.set(key, entry);
    }
    entry.counts.set(counter, (entry.counts.get(counter) ?? 0n) + amount);
  }

  /** Adds everything of another tally. */
  addAll(other: Tally): void {
    for (const { bucket, counts } of other.#buckets.values()) {
      for (const [counter, amount] of counts) this.add(bucket, counter, amount);
    }
  }

  /** The buckets whose counters change, without those that cancelled out. */
  changes(): { bucket: CounterBucket; counts: ReadonlyMap<string, bigint> }[] {
    return [...this.#buckets.values()]
      .map(({ bucket, counts }) => ({
        bucket,
        counts: new Map([...counts].filter(([, amount]) => amount !== 0n)),
      }))
      .filter(({ counts }) => counts.size > 0);
  }
}

const cumulativeCounters = Map.groupBy(
  metrics.flatMap((metric) => metric.cumulative.map((counter) => ({ family: metric.family, counter }))),
  ({ family }) => family,
);

/** The counters of a family (with or without a currency) whose sums since the beginning are kept. */
export function cumulativeOf(family: string): ReadonlySet<string> {
  const name = family.split(":")[0] ?? family;
  return new Set((cumulativeCounters.get(name) ?? []).map(({ counter }) => counter));
}
