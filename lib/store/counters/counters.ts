import { addDays, beginning, type Day, earlierDay } from "../../domain/calendar/days.ts";
import { type DayRange, intervalEnd, intervalStart } from "../../domain/calendar/intervals.ts";
import { declaredCounter, hasCumulative, isCumulative, isFromModel } from "../../domain/metrics/counting.ts";
import type { AnyMetric } from "../../domain/metrics/metric.ts";
import { type Counts, createTimeline, type Timeline } from "../../domain/metrics/period.ts";
import type { ItemSize } from "../table/budget.ts";
import type { Table } from "../table/client.ts";
import { queryItems } from "../table/items.ts";
import { counterPartition, type Key, yearsKey } from "../table/keys.ts";
import { ReadAhead } from "../table/read-ahead.ts";
import { eachCounter } from "./counter-item.ts";
import { daysHeld, heldStates } from "./held-states.ts";
import { isUnpacked, type UnpackedItem } from "./pack-days.ts";
import { yearShards } from "./place.ts";

/** Reading counters: any range of days of a family and segment is one query, strongly consistent. */

/** Bytes of a counter item at most: five sums in each of 180 currencies, or all cells of a sketch, that are not packed yet. */
const counterSize: ItemSize = { name: "counter", maxBytes: 64 * 1024, isAlike: true };

/** A counter item that changed after its day's snapshot. */
export interface StaleMark {
  readonly key: { readonly pk: string; readonly sk: string };
  readonly day: Day;
  /** How often the item had been written when it was read. */
  readonly writes: number;
}

/** The counters of one family and segment over a span of days. */
export interface FamilyCounters {
  readonly timeline: Timeline;
  readonly stale: readonly StaleMark[];
  /** Items that would take less room if their counters were packed. */
  readonly unpacked: readonly UnpackedItem[];
  /** The first of the days read that has any; absent where none has. */
  readonly firstDay?: Day | undefined;
}

/**
 * Reads the counters of a family over a range of days, with the sums before it where the family needs them.
 * @param ahead may hold the yearly totals already
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readFamily(
  table: Table,
  workspace: string,
  family: string,
  segment: string,
  range: DayRange,
  ahead = new ReadAhead(),
): Promise<FamilyCounters> {
  const partition = counterPartition(workspace, family, segment);
  const read = (from: Day) => readDays(table, partition, { from, to: range.to });
  if (isFromModel(family)) {
    const { days, stale, unpacked } = await read(addDays(range.from, -daysHeld));
    const isIn = ({ day }: { readonly day: Day }) => day >= range.from;
    const firstDay = [...days.keys()].find((day) => day >= range.from);
    const timeline = heldStates(range, days);
    return { timeline, stale: stale.filter(isIn), unpacked: unpacked.filter(isIn), firstDay };
  }
  if (!hasCumulative(family)) {
    const { days, ...found } = await read(range.from);
    return { timeline: createTimeline(range, days, {}), ...found };
  }
  const year = Number(range.from.slice(0, 4));
  const yearEnd = intervalEnd("year", range.from);
  const keys = yearsKeys(workspace, family, segment);
  const totalsBefore = (before: number) => readTotalsBefore(table, keys, before, ahead);
  if (range.to <= yearEnd) {
    const from = intervalStart("year", range.from);
    const [{ days, ...found }, before] = await Promise.all([read(from), totalsBefore(year)]);
    return { timeline: createTimeline({ from, to: range.to }, days, before), ...found };
  }
  // The range holds the rest of its first year: taken off the year's total, that leaves what came before.
  const { days, ...found } = await read(range.from);
  const rest = createTimeline(range, days, {});
  const totals = await totalsBefore(year + 1);
  // A counter whose changes all cancelled out has no total, and yet a sum before.
  const counters = new Set([...Object.keys(totals), ...rest.names()]);
  const before = [...counters]
    .filter((counter) => isCumulative(family, counter))
    .map(
      (counter) =>
        [counter, (totals[counter] ?? 0n) - rest.sumBetween(counter, range.from, yearEnd)] as const,
    );
  return { timeline: createTimeline(range, days, Object.fromEntries(before)), ...found };
}

/** Reads the counters of a family on all days up to the end of a range: for metrics that depend on all of them. */
async function readWholeFamily(
  table: Table,
  workspace: string,
  family: string,
  segment: string,
  range: DayRange,
): Promise<FamilyCounters> {
  const partition = counterPartition(workspace, family, segment);
  const { days, ...found } = await readDays(table, partition, { from: beginning, to: range.to });
  const first = [...days.keys()].reduce(earlierDay, range.from);
  return { timeline: createTimeline({ from: first, to: range.to }, days, {}), ...found };
}

interface DaysRead extends Omit<FamilyCounters, "timeline"> {
  readonly days: Map<Day, Record<string, bigint>>;
}

async function readDays(table: Table, partition: string, { from, to }: DayRange): Promise<DaysRead> {
  const days = new Map<Day, Record<string, bigint>>();
  const stale: StaleMark[] = [];
  const unpacked: UnpackedItem[] = [];
  const items = queryItems(table, {
    KeyConditionExpression: "pk = :partition AND sk BETWEEN :from AND :to",
    // Every shard's suffix sorts between # and ~.
    ExpressionAttributeValues: { ":partition": partition, ":from": `${from}#`, ":to": `${to}#~` },
    ConsistentRead: true,
    size: counterSize,
  });
  for await (const item of items) {
    const sk = String(item["sk"]);
    const day = sk.slice(0, 10);
    const counts = days.get(day) ?? {};
    addCounts(counts, item);
    days.set(day, counts);
    if (item["gsi1pk"] !== undefined) {
      stale.push({ key: { pk: partition, sk }, day, writes: Number(item["w"]) });
    }
    if (isUnpacked(item)) unpacked.push({ day, item });
  }
  // The table answers days in order.
  const [firstDay] = days.keys();
  return { days, stale, unpacked, firstDay };
}

function addCounts(sums: Record<string, bigint>, item: Record<string, unknown>): void {
  eachCounter(item, (name, sum) => {
    sums[name] = (sums[name] ?? 0n) + sum;
  });
}

/** The keys of the yearly totals that a metric reads in a segment. */
export function yearsKeysOf(workspace: string, metric: AnyMetric, segment: string): Key[] {
  const families = new Set([metric, ...metric.uses].map(({ family }) => family));
  return [...families].filter(hasCumulative).flatMap((family) => yearsKeys(workspace, family, segment));
}

function yearsKeys(workspace: string, family: string, segment: string): Key[] {
  return Array.from({ length: yearShards }, (_, shard) => yearsKey(workspace, family, segment, shard));
}

async function readTotalsBefore(
  table: Table,
  keys: readonly Key[],
  year: number,
  ahead: ReadAhead,
): Promise<Counts> {
  const totals: Record<string, bigint> = {};
  const items = ahead.all(keys) ?? listYears(table, keys);
  for await (const item of items) addCounts(totals, item);
  const before: Record<string, bigint> = {};
  for (const [name, amount] of Object.entries(totals)) {
    const [ofYear, counter] = [name.slice(0, 4), name.slice(5)];
    if (Number(ofYear) < year) before[counter] = (before[counter] ?? 0n) + amount;
  }
  return before;
}

/** The yearly totals of one partition, in one query: by key each of them would cost as much as all together. */
function listYears(table: Table, keys: readonly Key[]): AsyncIterable<Record<string, unknown>> {
  const [first, last] = [keys[0], keys.at(-1)];
  return queryItems(table, {
    KeyConditionExpression: "pk = :partition AND sk BETWEEN :first AND :last",
    ExpressionAttributeValues: { ":partition": first?.pk, ":first": first?.sk, ":last": last?.sk },
    ConsistentRead: true,
    size: counterSize,
  });
}

/** The counters that one metric reads. */
export interface MetricCounters {
  /** The timeline that holds a counter. */
  timelineOf(counter: string): Timeline;
  readonly stale: readonly StaleMark[];
  readonly unpacked: readonly UnpackedItem[];
  /** By family, the first of the days read that has counters; absent where that is not known. */
  readonly firstDays?: ReadonlyMap<string, Day>;
  /** The counters of one day, as they are: counter → sum. */
  countsOn(day: Day): Record<string, bigint>;
}

/** Which counters to read. */
export interface CounterScope {
  readonly segment: string;
  readonly range: DayRange;
}

/**
 * Reads everything that a metric needs over a range of days, in one segment.
 * @param ahead may hold the yearly totals already
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readMetricCounters(
  table: Table,
  workspace: string,
  metric: AnyMetric,
  scope: CounterScope,
  ahead = new ReadAhead(),
): Promise<MetricCounters> {
  return countersFrom(metric, await readFamilies(table, workspace, [metric], scope, ahead));
}

/**
 * Reads everything that several metrics need: each family once, however many of them share it.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readCountersOfAll(
  table: Table,
  workspace: string,
  metrics: readonly AnyMetric[],
  scope: CounterScope,
  ahead = new ReadAhead(),
): Promise<ReadonlyMap<AnyMetric, MetricCounters>> {
  const read = await readFamilies(table, workspace, metrics, scope, ahead);
  return new Map(metrics.map((metric) => [metric, countersFrom(metric, read)]));
}

/** Reads families: one that a metric needs from the beginning on serves the others as well. */
async function readFamilies(
  table: Table,
  workspace: string,
  metrics: readonly AnyMetric[],
  { segment, range }: CounterScope,
  ahead: ReadAhead,
): Promise<ReadonlyMap<string, FamilyCounters>> {
  const whole = new Set(metrics.filter(({ wholeHistory }) => wholeHistory).flatMap(familiesOf));
  const read = [...new Set(metrics.flatMap(familiesOf))].map(async (family) => {
    const readOne = whole.has(family) ? readWholeFamily : readFamily;
    return [family, await readOne(table, workspace, family, segment, range, ahead)] as const;
  });
  return new Map(await Promise.all(read));
}

/** The families whose counters a metric reads. */
export function familiesOf(metric: AnyMetric): string[] {
  return [...new Set([metric, ...metric.uses].map(({ family }) => family))];
}

function countersFrom(metric: AnyMetric, read: ReadonlyMap<string, FamilyCounters>): MetricCounters {
  const families = familiesOf(metric);
  const familyByCounter = new Map(
    [metric, ...metric.uses].flatMap((owner) =>
      owner.counters.map((counter) => [counter, owner.family] as const),
    ),
  );
  const familyOf = (counter: string) =>
    declaredCounter(counter)
      .map((declared) => familyByCounter.get(declared))
      .find((family) => family !== undefined);
  // Asked for the same counters in every interval of a series.
  const timelines = new Map<string, Timeline>();
  const timelineOf = (counter: string): Timeline => {
    const known = timelines.get(counter);
    if (known) return known;
    const counters = read.get(familyOf(counter) ?? "");
    if (!counters) throw new RangeError(`${metric.id} reads an undeclared counter: ${counter}`);
    timelines.set(counter, counters.timeline);
    return counters.timeline;
  };
  return {
    timelineOf,
    stale: families.flatMap((family) => read.get(family)?.stale ?? []),
    unpacked: families.flatMap((family) => read.get(family)?.unpacked ?? []),
    firstDays: new Map(
      families.flatMap((family) => {
        const day = read.get(family)?.firstDay;
        return day === undefined ? [] : [[family, day] as const];
      }),
    ),
    countsOn: (day) =>
      Object.fromEntries(
        families.flatMap((family) =>
          Object.entries(read.get(family)?.timeline.on(day) ?? {}).filter(
            ([counter]) => familyOf(counter) === family,
          ),
        ),
      ),
  };
}
