import { PutCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../domain/calendar/days.ts";
import type { AnyMetric, Measurement } from "../../domain/metrics/metric.ts";
import type { StatedSettings } from "../../domain/workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { snapshotKey } from "../table/keys.ts";
import type { Reason, Seen } from "./restatement-reason.ts";
import { earlierRevisionItem, fittingSnapshot, type Snapshot, snapshotItem } from "./stored-snapshot.ts";

/** Writing snapshots: each write is conditional on nobody having written since the snapshot was read. */

/** A metric's snapshot of a day, as it was found, and what the run has seen. */
export interface SnapshotPlace {
  readonly workspace: string;
  readonly metric: AnyMetric;
  readonly date: Day;
  readonly before: Snapshot | undefined;
  readonly seen: Seen;
}

/** The contents of a new revision. */
export interface NewRevision {
  readonly counts: Readonly<Record<string, bigint>>;
  readonly measurement: Measurement;
  readonly settings: StatedSettings;
  readonly restatedBecause: (Reason & { readonly counters: Readonly<Record<string, bigint>> }) | undefined;
}

/**
 * Writes a snapshot's first or next revision, and keeps the one before.
 * @returns what was written; `undefined` where another run was faster
 */
export async function writeRevision(
  table: Table,
  { workspace, metric, date, before, seen }: SnapshotPlace,
  { counts, measurement, settings, restatedBecause }: NewRevision,
): Promise<Snapshot | undefined> {
  const { value, low, high, n, components, method } = measurement;
  const next = fittingSnapshot({
    ...{ metric: metric.id, date, version: metric.version },
    ...{ value, low, high, n, components, method, counts, settings },
    revision: (before?.revision ?? 0) + 1,
    takenAt: new Date().toISOString(),
    ...{ restatedBecause, seen },
    checks: (before?.checks ?? 0) + 1,
  });
  const put = {
    TableName: table.name,
    Item: snapshotItem(workspace, next),
    ...(before ? isUnchanged(before) : { ConditionExpression: "attribute_not_exists(pk)" }),
  };
  const isWritten = await unlessOvertaken(async () => {
    if (!before) return table.client.send(new PutCommand(put));
    const archive = { TableName: table.name, Item: earlierRevisionItem(workspace, before) };
    return table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, { Put: archive }] }));
  });
  return isWritten ? next : undefined;
}

/**
 * Notes on a snapshot that stays as it is what a run has seen: facts whose effects cancelled out are no reason for a
 * later revision.
 * @returns whether the snapshot is as it was read
 */
export async function acknowledge(
  table: Table,
  { workspace, metric, date, before, seen }: SnapshotPlace,
): Promise<boolean> {
  if (!before || isSame(before.seen, seen)) return true;
  const condition = isUnchanged(before);
  return unlessOvertaken(() =>
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: snapshotKey(workspace, metric.id, date),
        UpdateExpression: "SET seen = :now, checks = :next",
        ...condition,
        ExpressionAttributeValues: {
          ...condition.ExpressionAttributeValues,
          ":now": seen,
          ":next": before.checks + 1,
        },
      }),
    ),
  );
}

function isSame(before: Seen, now: Seen): boolean {
  const text = ({ causes, families }: Seen) => JSON.stringify([Object.entries(causes).sort(), families]);
  return text(before) === text(now) && now.log.every((key) => before.log.includes(key));
}

function isUnchanged({ revision, checks }: Snapshot) {
  return {
    ConditionExpression: "revision = :revision AND checks = :checks",
    ExpressionAttributeValues: { ":revision": revision, ":checks": checks },
  };
}

async function unlessOvertaken(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}
