import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { hasCumulative } from "../../domain/metrics/counting.ts";
import type { Table } from "../table/client.ts";
import { tooSlow } from "../table/errors.ts";
import { type Item, queryItems } from "../table/items.ts";
import { counterPartition, type Key } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import { countersOf } from "./counter-item.ts";
import { type Place, placeKey } from "./place.ts";

/** Counters as they are stored, item by item, so that a repair can be conditional on them. */

/** One shard, with how often it had been written; `undefined` where the item does not say. */
export interface CounterItem extends Key {
  readonly writes: number | undefined;
}

/** All shards of one place, added up. */
export interface StoredCounters {
  readonly place: Place;
  readonly counts: Map<string, bigint>;
  readonly items: CounterItem[];
}

/** The items of one family and segment. */
export interface Partition {
  readonly family: string;
  readonly segment: string;
}

/** How many queries run at the same time. */
const concurrency = 16;

/**
 * Reads the counters of partitions over a range of days, with the totals of the years; strongly consistent.
 * @param range `undefined` where only the totals are asked for
 * @throws StoreError `too-slow` when the deadline passes
 */
export async function readCounterItems(
  table: Table,
  workspace: string,
  partitions: readonly Partition[],
  range: DayRange | undefined,
  years: ReadonlySet<string>,
  deadline: Deadline,
): Promise<Map<string, StoredCounters>> {
  const found = new Map<string, StoredCounters>();
  const queries = partitions.flatMap((partition) => [
    ...(range ? [{ partition, from: `${range.from}#`, to: `${range.to}#~` }] : []),
    ...(years.size > 0 && hasCumulative(partition.family)
      ? [{ partition, from: "years#", to: "years#~" }]
      : []),
  ]);
  const waiting = queries.values();
  const work = async () => {
    for (const { partition, from, to } of waiting) {
      if (deadline.remaining() <= 0) throw tooSlow("more counters than can be read in time");
      const pk = counterPartition(workspace, partition.family, partition.segment);
      for await (const item of itemsBetween(table, pk, from, to)) add(found, partition, item, years);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return found;
}

/** Those of some families that have counters in a segment, on whatever days. */
export async function familiesWithCounters(
  table: Table,
  workspace: string,
  families: readonly string[],
  segment: string,
): Promise<string[]> {
  const having = families.map(async (family) => {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": counterPartition(workspace, family, segment) },
        ConsistentRead: true,
        Limit: 1,
      }),
    );
    return Items.map(() => family);
  });
  return (await Promise.all(having)).flat();
}

function itemsBetween(table: Table, pk: string, from: string, to: string): AsyncGenerator<Item> {
  return queryItems(table, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": pk, ":from": from, ":to": to },
    ConsistentRead: true,
  });
}

function add(
  found: Map<string, StoredCounters>,
  { family, segment }: Partition,
  { pk, sk, w, ...attributes }: Record<string, unknown>,
  years: ReadonlySet<string>,
): void {
  const item = { pk: String(pk), sk: String(sk), writes: w === undefined ? undefined : Number(w) };
  const isTotal = item.sk.startsWith("years#");
  const countersAt = (when: string): StoredCounters => {
    const place = { family, segment, when };
    const known = found.get(placeKey(place)) ?? { place, counts: new Map(), items: [] };
    found.set(placeKey(place), known);
    return known;
  };
  const places = isTotal ? [...years] : [item.sk.slice(0, 10)];
  for (const when of places) countersAt(when).items.push(item);
  for (const [name, sum] of countersOf(attributes)) {
    // Of a total it is the year, and the counter, which may be a cell with a colon of its own.
    const [year, ofYear] = [name.slice(0, 4), name.slice(5)];
    if (isTotal && !years.has(year)) continue;
    const { counts } = countersAt(isTotal ? year : item.sk.slice(0, 10));
    const counter = isTotal ? ofYear : name;
    counts.set(counter, (counts.get(counter) ?? 0n) + sum);
  }
}
