import { isDeepStrictEqual } from "node:util";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Goal, type GoalDefinition, type GoalScope, storedGoalSchema } from "../../goals/goal.ts";
import type { ItemSize } from "../table/budget.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { getItem, queryItems } from "../table/items.ts";
import { goalCountKey, goalKey } from "../table/keys.ts";
import { backOff, type Deadline } from "../table/retries.ts";

/** Goals as they are stored: one item each, and one that counts them, so that a workspace never has too many. */

/** At most so many goals a workspace. */
export const maxGoals = 50;

const storedGoal = z.object({
  sk: z.string(),
  /** Raised by every change. */
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  // As text: a client's numbers go further than those of the table.
  definition: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(storedGoalSchema),
  windowDays: z.int(),
  base: z.object({ from: z.string(), to: z.string() }),
  convention: z.string(),
  currency: z.string(),
});

/** A goal with what is known of its history. */
export interface StoredGoal extends Goal {
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

function fromItem(item: unknown): StoredGoal {
  const { sk, ...goal } = storedGoal.parse(item);
  return { ...goal, id: sk.slice(sk.indexOf("#") + 1) };
}

/** Bytes of a goal at most: ten dimensions, each with a value of 100 characters. */
const goalSize: ItemSize = { name: "goal", maxBytes: 8 * 1024 };

/** A goal as it is now, or `undefined`. */
export async function readGoal(table: Table, workspace: string, id: string): Promise<StoredGoal | undefined> {
  const item = await getItem(table, goalKey(workspace, id), goalSize);
  return item && fromItem(item);
}

/**
 * The goals of a workspace, by id.
 * @param after only those after this id
 */
export async function listGoals(table: Table, workspace: string, after = ""): Promise<StoredGoal[]> {
  const { pk, sk } = goalKey(workspace, after);
  const items = queryItems(table, {
    // Every id sorts before ~.
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :after AND :end",
    ExpressionAttributeValues: { ":pk": pk, ":after": sk, ":end": goalKey(workspace, "~").sk },
    ConsistentRead: true,
    size: goalSize,
  });
  const goals: StoredGoal[] = [];
  for await (const item of items) goals.push(fromItem(item));
  return goals.filter(({ id }) => id > after);
}

/** What became of a goal that was set; `full` says that the workspace has as many as it can have. */
export type SetGoal =
  | { readonly outcome: "created" | "replaced" | "unchanged"; readonly goal: StoredGoal }
  | { readonly outcome: "full" };

/**
 * Sets a goal: makes it, or replaces it. The same definition again changes nothing.
 * @param settle what it measures, given the goal that it replaces
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function setGoal(
  table: Table,
  workspace: string,
  id: string,
  definition: GoalDefinition,
  settle: (before: Goal | undefined) => GoalScope,
  deadline: Deadline,
): Promise<SetGoal> {
  const asStored: unknown = JSON.parse(JSON.stringify(definition));
  for (let attempt = 1; ; attempt += 1) {
    const before = await readGoal(table, workspace, id);
    if (before && isDeepStrictEqual(before.definition, asStored)) {
      return { outcome: "unchanged", goal: before };
    }
    const updatedAt = new Date().toISOString();
    const goal: StoredGoal = {
      ...settle(before),
      id,
      definition,
      version: (before?.version ?? 0) + 1,
      createdAt: before?.createdAt ?? updatedAt,
      updatedAt,
    };
    const written = before
      ? await replace(table, workspace, goal, before.version)
      : await create(table, workspace, goal);
    if (written === "full") return { outcome: "full" };
    if (written === "done") return { outcome: before ? "replaced" : "created", goal };
    await backOff(attempt, deadline, undefined);
  }
}

/** Whether a write was done; `overtaken` by another one; or refused, since there are too many goals. */
type Written = "done" | "overtaken" | "full";

function toItem(workspace: string, { id, definition, ...goal }: StoredGoal): Record<string, unknown> {
  return { ...goalKey(workspace, id), ...goal, definition: JSON.stringify(definition) };
}

async function create(table: Table, workspace: string, goal: StoredGoal): Promise<Written> {
  const isNew = "attribute_not_exists(pk)";
  const hasRoom = "attribute_not_exists(goals) OR goals < :most";
  const actions = [
    { Put: { TableName: table.name, Item: toItem(workspace, goal), ConditionExpression: isNew } },
    {
      Update: {
        TableName: table.name,
        Key: { ...goalCountKey(workspace) },
        UpdateExpression: "ADD goals :one",
        ConditionExpression: hasRoom,
        ExpressionAttributeValues: { ":one": 1, ":most": maxGoals },
      },
    },
  ];
  const [isTaken, isFull] = await refusals(table, actions);
  if (isTaken === undefined) return "done";
  return isFull && !isTaken ? "full" : "overtaken";
}

async function replace(table: Table, workspace: string, goal: StoredGoal, seen: number): Promise<Written> {
  const isUnchanged = "version = :seen";
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: toItem(workspace, goal),
        ConditionExpression: isUnchanged,
        ExpressionAttributeValues: { ":seen": seen },
      }),
    );
    return "done";
  } catch (error) {
    if (isWriteConflict(error)) return "overtaken";
    throw error;
  }
}

/**
 * Deletes a goal.
 * @returns whether there was one with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function deleteGoal(
  table: Table,
  workspace: string,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  const isThere = "attribute_exists(pk)";
  const actions = [
    { Delete: { TableName: table.name, Key: { ...goalKey(workspace, id) }, ConditionExpression: isThere } },
    {
      Update: {
        TableName: table.name,
        Key: { ...goalCountKey(workspace) },
        UpdateExpression: "ADD goals :less",
        ExpressionAttributeValues: { ":less": -1 },
      },
    },
  ];
  for (let attempt = 1; ; attempt += 1) {
    const [isGone] = await refusals(table, actions);
    if (isGone === undefined) return true;
    if (isGone) return false;
    await backOff(attempt, deadline, undefined);
  }
}

/**
 * Commits a transaction.
 * @returns for each action whether its condition refused it; empty where all were done. None of them refused: try again
 */
async function refusals(
  table: Table,
  actions: NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]["TransactItems"]>,
): Promise<boolean[]> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: actions }));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (codes.includes("ValidationError")) throw error;
    return actions.map((_, index) => codes[index] === "ConditionalCheckFailed");
  }
}
