import { randomUUID } from "node:crypto";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { getItem } from "../table/items.ts";
import { reconciliationKey, workspaceKey } from "../table/keys.ts";
import { emptySummary, type ReconciliationSummary, summarySchema, withinBytes } from "./summary.ts";

/**
 * A reconciliation that goes on in steps: what it has found so far, and where it goes on. A workspace has one at a time, which it names; those that
 * are done stay for a month.
 */

/** How a reconciliation in steps stands. */
export interface ReconciliationJob extends DayRange {
  readonly id: string;
  readonly repair: boolean;
  /** Raised by every step. */
  readonly version: number;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly steppedAt: string;
  /** The first day of the next step; after `to` the totals of years are left. */
  readonly next: Day;
  /** How many days the next step looks at. */
  readonly days: number;
  readonly isDone: boolean;
  readonly found: ReconciliationSummary;
}

const storedJob = z.object({
  ...{ id: z.string(), from: z.string(), to: z.string(), repair: z.boolean(), version: z.int() },
  ...{ startedAt: z.string(), steppedAt: z.string(), next: z.string(), days: z.int(), isDone: z.boolean() },
  found: z.string().transform((text) => summarySchema.parse(JSON.parse(text))),
});

const daysKept = 30;
const maxFoundBytes = 300_000;

/** So many days are looked at in the first step. */
const firstDays = 31;

/**
 * Begins a reconciliation in steps.
 * @param found what was put right before
 * @returns `undefined` where another one has begun meanwhile
 */
export async function beginJob(
  table: Table,
  { id: workspace }: Workspace,
  { from, to }: DayRange,
  repair: boolean,
  found: ReconciliationSummary = emptySummary,
): Promise<ReconciliationJob | undefined> {
  const now = new Date().toISOString();
  const job: ReconciliationJob = {
    ...{ id: randomUUID(), from, to, repair, version: 1, startedAt: now, steppedAt: now },
    ...{ next: from, days: firstDays, isDone: false, found },
  };
  await table.client.send(new PutCommand({ TableName: table.name, Item: itemOf(workspace, job) }));
  const isBegun = await updateWorkspace(table, workspace, {
    UpdateExpression: "SET reconciling = :running",
    ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(reconciling)",
    ExpressionAttributeValues: { ":running": { id: job.id, steppedAt: now } },
  });
  return isBegun ? job : undefined;
}

/** A reconciliation in steps; `undefined` where none has this id. */
export async function readJob(
  table: Table,
  workspace: string,
  id: string,
): Promise<ReconciliationJob | undefined> {
  const item = await getItem(table, reconciliationKey(workspace, id));
  return item && storedJob.parse(item);
}

/**
 * Notes what a step has found.
 * @returns the job as it is now; `undefined` where another run was faster
 */
export async function noteStep(
  table: Table,
  workspace: string,
  job: ReconciliationJob,
  change: Pick<ReconciliationJob, "next" | "days" | "isDone" | "found">,
): Promise<ReconciliationJob | undefined> {
  const next = { ...job, ...change, version: job.version + 1, steppedAt: new Date().toISOString() };
  const isNoted = await isWritten(
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: itemOf(workspace, next),
        ConditionExpression: "#version = :seen",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":seen": job.version },
      }),
    ),
  );
  if (!isNoted) return undefined;
  if (next.isDone) await endJob(table, workspace, job.id);
  else await noteWorking(table, workspace, next);
  return next;
}

/** Says that a workspace is not reconciled any more. */
export async function endJob(table: Table, workspace: string, id: string): Promise<void> {
  await updateWorkspace(table, workspace, {
    UpdateExpression: "REMOVE reconciling",
    ConditionExpression: "reconciling.id = :id",
    ExpressionAttributeValues: { ":id": id },
  });
}

async function noteWorking(table: Table, workspace: string, { id, steppedAt }: ReconciliationJob) {
  await updateWorkspace(table, workspace, {
    UpdateExpression: "SET reconciling.steppedAt = :now",
    ConditionExpression: "reconciling.id = :id",
    ExpressionAttributeValues: { ":id": id, ":now": steppedAt },
  });
}

function itemOf(workspace: string, job: ReconciliationJob): Record<string, unknown> {
  return {
    ...reconciliationKey(workspace, job.id),
    ...job,
    found: JSON.stringify(withinBytes(job.found, maxFoundBytes)),
    expiresAt: Math.floor(Date.now() / 1_000) + daysKept * 86_400,
  };
}

function updateWorkspace(
  table: Table,
  workspace: string,
  change: {
    readonly UpdateExpression: string;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Record<string, unknown>;
  },
): Promise<boolean> {
  const where = { TableName: table.name, Key: { ...workspaceKey(workspace) } };
  return isWritten(table.client.send(new UpdateCommand({ ...where, ...change })));
}
