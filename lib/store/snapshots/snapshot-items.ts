import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { Table } from "../table/client.ts";
import { getItems, type ItemQuery, queryItems } from "../table/items.ts";
import { snapshotKey, snapshotRevisionKey } from "../table/keys.ts";
import { queryMerged } from "../table/merged-queries.ts";
import type { Deadline } from "../table/retries.ts";
import { type Snapshot, snapshotOfItem, snapshotSize } from "./stored-snapshot.ts";

/** Reading snapshots: one item a metric and day, earlier revisions apart. */

/** The newest snapshot of a metric on a day. */
export async function readSnapshot(
  table: Table,
  workspace: string,
  metric: string,
  date: Day,
): Promise<Snapshot | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: snapshotKey(workspace, metric, date),
      ConsistentRead: true,
    }),
  );
  return Item ? snapshotOfItem(Item) : undefined;
}

/**
 * The newest snapshots of metrics on a day, by metric; those that are not there are left out.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readSnapshots(
  table: Table,
  workspace: string,
  metrics: readonly string[],
  date: Day,
  deadline: Deadline,
): Promise<Map<string, Snapshot>> {
  const keys = metrics.map((metric) => snapshotKey(workspace, metric, date));
  const snapshots = new Map<string, Snapshot>();
  for await (const item of getItems(table, keys, deadline)) {
    const snapshot = snapshotOfItem(item);
    snapshots.set(snapshot.metric, snapshot);
  }
  return snapshots;
}

/**
 * The newest snapshots of a metric, by day.
 * @param limit at most so many
 */
export async function listSnapshots(
  table: Table,
  workspace: string,
  metric: string,
  range: { readonly from: Day; readonly to: Day },
  limit: number,
): Promise<Snapshot[]> {
  return listItems(table, snapshotKey(workspace, metric, range.from).pk, range.from, range.to, limit);
}

/** The earlier revisions of a metric's snapshots, by day and revision. */
export async function listRevisions(
  table: Table,
  workspace: string,
  metric: string,
  range: { readonly from: Day; readonly to: Day },
): Promise<Snapshot[]> {
  const { pk } = snapshotRevisionKey(workspace, metric, range.from, 0);
  return listItems(table, pk, `${range.from}#`, `${range.to}#~`, Number.POSITIVE_INFINITY);
}

async function listItems(
  table: Table,
  pk: string,
  from: string,
  to: string,
  limit: number,
): Promise<Snapshot[]> {
  const items = queryItems(table, {
    ...snapshotQuery(pk, from, to),
    ...(Number.isFinite(limit) ? { Limit: limit } : {}),
  });
  const snapshots: Snapshot[] = [];
  for await (const item of items) {
    snapshots.push(snapshotOfItem(item));
    if (snapshots.length >= limit) break;
  }
  return snapshots;
}

/** A snapshot in a list of several metrics. */
export interface ListedSnapshot {
  readonly metric: string;
  readonly snapshot: Snapshot;
  readonly isNewest: boolean;
}

/** Where a list of snapshots goes on: with this metric on this day. */
export interface SnapshotPlace {
  readonly date: Day;
  readonly metric: string;
}

export interface SnapshotListing {
  /** Ids, in the order in which a day's snapshots are listed. */
  readonly metrics: readonly string[];
  readonly range: DayRange;
  /** Whether earlier revisions are listed as well, before the newest one. */
  readonly hasRevisions: boolean;
  readonly start?: SnapshotPlace | undefined;
  /** About how many are wanted. */
  readonly expected: number;
}

/**
 * Lists snapshots by day, then by metric, as they are asked for: little more is read than is wanted.
 * @throws StoreError `over-budget` when the table's budget is spent
 */
export async function* listInOrder(
  table: Table,
  workspace: string,
  { metrics, range, hasRevisions, start, expected }: SnapshotListing,
): AsyncGenerator<ListedSnapshot> {
  const startIndex = metrics.indexOf(start?.metric ?? "");
  const queries = metrics.flatMap((metric, index) => {
    const first = start && (index < startIndex ? addDays(start.date, 1) : start.date);
    const from = first ?? range.from;
    if (from > range.to) return [];
    const newest = snapshotQuery(snapshotKey(workspace, metric, from).pk, from, range.to);
    const { pk } = snapshotRevisionKey(workspace, metric, from, 0);
    return hasRevisions ? [snapshotQuery(pk, `${from}#`, `${range.to}#~`), newest] : [newest];
  });
  const merging = { sort: "date", newestFirst: false, expected, fewest: 2 };
  for await (const item of queryMerged(table, queries, merging)) {
    const snapshot = snapshotOfItem(item);
    yield { metric: snapshot.metric, snapshot, isNewest: item["sk"] === snapshot.date };
  }
}

function snapshotQuery(pk: string, from: string, to: string): ItemQuery {
  return {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": pk, ":from": from, ":to": to },
    ConsistentRead: true,
    size: snapshotSize,
  };
}
