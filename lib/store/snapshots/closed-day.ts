import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Day } from "../../domain/calendar/days.ts";
import type { PlainAnnouncement } from "../../domain/webhooks/announcement.ts";
import { isAnyTold } from "../../domain/webhooks/subscription.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { announce, type OutboxEntry } from "../outbox/outbox.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { getItem } from "../table/items.ts";
import { snapshotDayKey } from "../table/keys.ts";
import { type Deadline, retryOnWriteConflict } from "../table/retries.ts";
import type { Snapshot } from "./stored-snapshot.ts";

/**
 * A day that has its snapshot, and what webhooks are told of it. Which revision of each metric they know is noted in the same transaction as what they
 * are told: whatever runs meet or end half-way, each change is told once.
 */

const stored = z.object({
  takenAt: z.string(),
  /** The revision of each metric that was told; absent where nobody listened. */
  told: z.record(z.string(), z.int()).optional(),
});

type StoredDay = z.output<typeof stored>;

/** What a run has found of a day. */
export interface FoundDay {
  readonly date: Day;
  readonly snapshots: readonly Snapshot[];
  /** The ids of the metrics that this run restated. */
  readonly restated: ReadonlySet<string>;
}

/**
 * Marks a day as one that has its snapshot.
 * @returns what was announced, to be handed over
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function markTaken(
  table: Table,
  workspace: Workspace,
  found: FoundDay,
  deadline: Deadline,
): Promise<readonly OutboxEntry[]> {
  const key = snapshotDayKey(workspace.id, found.date);
  const takenAt = new Date().toISOString();
  if (!isAnyTold(workspace.subscriptions, "snapshot.taken", "snapshot.restated")) {
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...key, takenAt } }));
    return [];
  }
  return retryOnWriteConflict(deadline, async () => {
    const item = await getItem(table, key);
    const before = item && stored.parse(item);
    const announcement = announcementOf(found, before);
    const { actions, entries } = announcement
      ? announce({ tableName: table.name, workspace }, announcement)
      : { actions: [], entries: [] };
    const isNew = "attribute_not_exists(pk)";
    const isUnchanged = "takenAt = :seen";
    const put = {
      TableName: table.name,
      Item: { ...key, takenAt, told: revisionsOf(found, before) },
      ...(before
        ? { ConditionExpression: isUnchanged, ExpressionAttributeValues: { ":seen": before.takenAt } }
        : { ConditionExpression: isNew }),
    };
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...actions] }));
      return entries;
    } catch (error) {
      if (isWriteConflict(error)) return undefined;
      throw error;
    }
  });
}

function revisionsOf({ snapshots }: FoundDay, before: StoredDay | undefined): Record<string, number> {
  const told = before?.told ?? {};
  const revisions = snapshots.map(({ metric, revision }) => [metric, Math.max(told[metric] ?? 0, revision)]);
  return { ...told, ...Object.fromEntries(revisions) };
}

/** What there is to tell; nothing where the day is as it was told. */
export function announcementOf(
  { date, snapshots, restated }: FoundDay,
  before: StoredDay | undefined,
): PlainAnnouncement | undefined {
  const at = Date.now();
  if (!before) return { type: "snapshot.taken", at, data: { date, metrics: snapshots.map(shown) } };
  const { told } = before;
  const changed = snapshots.filter(({ metric, revision }) => {
    // A metric that is new since then has nothing to correct.
    return told ? (told[metric] ?? 1) < revision : restated.has(metric);
  });
  if (changed.length === 0) return undefined;
  return { type: "snapshot.restated", at, data: { date, metrics: changed.map(shown) } };
}

function shown({ metric, value, low, high, n, revision }: Snapshot) {
  return { metric, value, low, high, n, revision };
}
