import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../calendar/days.ts";
import type { Table } from "../table/client.ts";
import { getItems, queryItems } from "../table/items.ts";
import { snapshotKey, snapshotRevisionKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import { type Snapshot, snapshotOfItem } from "./stored-snapshot.ts";

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
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": pk, ":from": from, ":to": to },
    ConsistentRead: true,
    ...(Number.isFinite(limit) ? { Limit: limit } : {}),
  });
  const snapshots: Snapshot[] = [];
  for await (const item of items) {
    snapshots.push(snapshotOfItem(item));
    if (snapshots.length >= limit) break;
  }
  return snapshots;
}
