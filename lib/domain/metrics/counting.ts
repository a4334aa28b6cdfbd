import type { Day } from "../calendar/days.ts";
import type { Occurrence } from "../entities/occurrences/occurrence.ts";
import { type AnyMetric, metricsByKind, noIncrements } from "./metric.ts";
import { metrics } from "./registry.ts";

/** From occurrences to increments of counters: which counters there are follows from the registry. */

/** The segment in which everything counts. */
export const totalSegment = "all";

/** The segment of one value of a tracked dimension. */
export function segmentOf(dimension: string, value: string): string {
  return `${dimension}=${value}`;
}

/** The declared counter that a counter's name belongs to: itself, or the one ending with `:` that it begins with. */
export function declaredCounter(name: string): string[] {
  const end = name.indexOf(":") + 1;
  return end === 0 ? [name] : [name, name.slice(0, end)];
}

/** A counter's name in its family, unique over the workspace: where increments go. */
export interface CounterBucket {
  readonly family: string;
  readonly segment: string;
  readonly day: Day;
}

interface TallyEntry {
  /** Names the bucket in the tally, and in every other one. */
  readonly key: string;
  readonly bucket: CounterBucket;
  readonly counts: Map<string, bigint>;
  /** How many of them are not 0. */
  changing: number;
}

/** The metrics that have counters of their own: no other one counts anything. */
const countingMetrics = metrics.filter(({ counters }) => counters.length > 0);
const countingByKind = metricsByKind(countingMetrics);

/** The segments that an occurrence counts in. */
function segmentsOf({ segments, timesBeside }: Occurrence): string[] {
  const own = Object.entries(segments).map(([name, value]) => segmentOf(name, value));
  return timesBeside === undefined ? [totalSegment, ...own] : own;
}

function noteTotal(totals: Map<Day, number>, { segment, day }: CounterBucket, difference: number): void {
  if (segment !== totalSegment) return;
  const buckets = (totals.get(day) ?? 0) + difference;
  if (buckets === 0) totals.delete(day);
  else totals.set(day, buckets);
}

/** Increments of many counters, added up. */
export class Tally {
  readonly #buckets = new Map<string, TallyEntry>();
  #size = 0;
  /** As many counters as ever changed in one bucket. */
  #widest = 0;
  /** What `daysOfTotals` answers: kept since somebody asked, as a long transaction asks for each of its facts. */
  #totals: Map<Day, number> | undefined;

  /** How many buckets have counters that change. */
  get size(): number {
    return this.#size;
  }

  /** Whether more counters than these change in one bucket. */
  isWiderThan(most: number): boolean {
    if (this.#widest <= most) return false;
    for (const { changing } of this.#buckets.values()) if (changing > most) return true;
    return false;
  }

  /** Counts an occurrence, or takes it back with a weight of −1. */
  count(occurrence: Occurrence, weight: 1 | -1 = 1): void {
    const { day } = occurrence;
    const segments = segmentsOf(occurrence);
    const factor = BigInt(weight * (occurrence.timesBeside ?? 1));
    for (const { family, increments } of countingByKind.get(occurrence.kind) ?? []) {
      const brought = increments(occurrence);
      // An answer to another survey, for example.
      if (brought === noIncrements) continue;
      const amounts = Object.entries(brought);
      if (amounts.length === 0) continue;
      for (const segment of segments) {
        const entry = this.#entryOf({ family, segment, day });
        for (const [counter, amount] of amounts) {
          this.#addTo(entry, counter, BigInt(amount) * factor);
        }
      }
    }
  }

  add(bucket: CounterBucket, counter: string, amount: bigint): void {
    this.#addTo(this.#entryOf(bucket), counter, amount);
  }

  #entryOf(bucket: CounterBucket, key = `${bucket.family}\n${bucket.day}\n${bucket.segment}`): TallyEntry {
    let entry = this.#buckets.get(key);
    if (!entry) {
      entry = { key, bucket, counts: new Map(), changing: 0 };
      this.#buckets.set(key, entry);
    }
    return entry;
  }

  #addTo(entry: TallyEntry, counter: string, amount: bigint): void {
    const before = entry.counts.get(counter) ?? 0n;
    const after = before + amount;
    entry.counts.set(counter, after);
    const wasChanging = entry.changing > 0;
    entry.changing += Number(after !== 0n) - Number(before !== 0n);
    this.#widest = Math.max(this.#widest, entry.changing);
    const difference = Number(entry.changing > 0) - Number(wasChanging);
    this.#size += difference;
    if (difference !== 0 && this.#totals) noteTotal(this.#totals, entry.bucket, difference);
  }

  /** Adds everything of another tally, or takes it back with a weight of −1. */
  addAll(other: Tally, weight: 1 | -1 = 1): void {
    const sign = BigInt(weight);
    for (const { key, bucket, counts } of other.#buckets.values()) {
      const entry = this.#entryOf(bucket, key);
      for (const [counter, amount] of counts) this.#addTo(entry, counter, sign * amount);
    }
  }

  /** The days on which counters of the total change now, with the number of their buckets: to be read before more is added. */
  daysOfTotals(): ReadonlyMap<Day, number> {
    if (this.#totals) return this.#totals;
    const totals = new Map<Day, number>();
    for (const { bucket, changing } of this.#buckets.values()) {
      if (changing > 0) noteTotal(totals, bucket, 1);
    }
    this.#totals = totals;
    return totals;
  }

  /** The buckets whose counters change now, without those that cancelled out: to be read before more is added. */
  changes(): { bucket: CounterBucket; counts: ReadonlyMap<string, bigint> }[] {
    const found: { bucket: CounterBucket; counts: ReadonlyMap<string, bigint> }[] = [];
    for (const { bucket, counts, changing } of this.#buckets.values()) {
      if (changing === 0) continue;
      const isWhole = changing === counts.size;
      found.push({
        bucket,
        counts: isWhole ? counts : new Map([...counts].filter(([, amount]) => amount !== 0n)),
      });
    }
    return found;
  }
}

/** The declared counters: family → counter → metric. */
const declarations = new Map<string, Map<string, AnyMetric>>();
for (const metric of countingMetrics) {
  const ofFamily = declarations.get(metric.family) ?? new Map<string, AnyMetric>();
  declarations.set(metric.family, ofFamily);
  for (const counter of metric.counters) ofFamily.set(counter, metric);
}

/** The metric that declares a counter of a family, or `undefined` where none does. */
export function declaringMetric(family: string, counter: string): AnyMetric | undefined {
  const declared = declarations.get(family);
  return declared?.get(counter) ?? declared?.get(counter.slice(0, counter.indexOf(":") + 1));
}

/** Whether the sum of a counter since the beginning is kept. */
export function isCumulative(family: string, counter: string): boolean {
  const cumulative = declaringMetric(family, counter)?.cumulative ?? [];
  return declaredCounter(counter).some((declared) => cumulative.includes(declared));
}

const modelFamilies = new Set(metrics.flatMap((one) => (one.isFromModel === true ? [one.family] : [])));

/** Whether a family's counters are what a model says, which holds until it says something else. */
export function isFromModel(family: string): boolean {
  return modelFamilies.has(family);
}

const cumulativeFamilies = new Set(
  metrics.flatMap(({ family, cumulative }) => (cumulative.length > 0 ? [family] : [])),
);

/** Whether a family has counters whose sums since the beginning are kept. */
export function hasCumulative(family: string): boolean {
  return cumulativeFamilies.has(family);
}
