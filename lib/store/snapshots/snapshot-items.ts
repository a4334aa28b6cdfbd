import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Day } from "../../calendar/days.ts";
import { statedSettingsSchema } from "../../workspace/settings.ts";
import { lateCauses } from "../counters/late.ts";
import type { Table } from "../table/client.ts";
import { getItems, queryItems } from "../table/items.ts";
import { snapshotKey, snapshotRevisionKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import type { Reason, Seen } from "./restatement.ts";

/** Snapshots as they are stored: one item a metric and day, earlier revisions apart. */

const number = z.union([z.number(), z.bigint()]);
const value = z.union([z.number(), z.string()]).nullable();

const storedSnapshot = z.object({
  metric: z.string(),
  date: z.string(),
  version: z.number(),
  value,
  low: value,
  high: value,
  n: z.number(),
  components: z.record(z.string(), value),
  method: z.string().optional(),
  counts: z.record(z.string(), number),
  /** Absent in snapshots that were taken before it was kept. */
  settings: statedSettingsSchema.optional(),
  revision: z.int(),
  takenAt: z.string(),
  restatedBecause: z
    .object({
      facts: z.int(),
      ids: z.array(z.string()),
      causes: z.array(z.enum(lateCauses)),
      counters: z.record(z.string(), number),
    })
    .optional(),
  seen: z
    .object({
      causes: z.partialRecord(z.enum(lateCauses), z.number()),
      families: z.array(z.string()),
      log: z.array(z.string()),
    })
    // Earlier revisions no longer need it.
    .default({ causes: {}, families: [], log: [] }),
  checks: z.int(),
});

/** A snapshot of one metric on one day. */
export interface Snapshot
  extends Omit<z.output<typeof storedSnapshot>, "counts" | "restatedBecause" | "seen"> {
  /** The counters of the day from which it was computed. */
  readonly counts: Readonly<Record<string, bigint>>;
  /** Why there is a new revision, and by how much each counter differs from the one before. */
  readonly restatedBecause?: Reason & { readonly counters: Readonly<Record<string, number>> };
  /** What the run knew that wrote it. */
  readonly seen: Seen;
  /** Raised by every write. */
  readonly checks: number;
}

function fromItem(item: unknown): Snapshot {
  const { counts, restatedBecause, ...snapshot } = storedSnapshot.parse(item);
  return {
    ...snapshot,
    counts: Object.fromEntries(Object.entries(counts).map(([counter, sum]) => [counter, BigInt(sum)])),
    ...(restatedBecause
      ? {
          restatedBecause: {
            ...restatedBecause,
            counters: Object.fromEntries(
              Object.entries(restatedBecause.counters).map(([counter, change]) => [counter, Number(change)]),
            ),
          },
        }
      : {}),
  };
}

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
  return Item ? fromItem(Item) : undefined;
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
    const snapshot = fromItem(item);
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
    snapshots.push(fromItem(item));
    if (snapshots.length >= limit) break;
  }
  return snapshots;
}
