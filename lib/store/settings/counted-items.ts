import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Action } from "../table/action.ts";
import type { ItemSize } from "../table/budget.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { getItem, type Item, queryItems } from "../table/items.ts";
import type { Key } from "../table/keys.ts";
import { backOff, type Deadline } from "../table/retries.ts";

/** Items of a workspace that its clients name, and one that counts them, so that there are never too many. */

/** One kind of them, for example goals. */
export interface CountedKind {
  /** At most so many a workspace. */
  readonly max: number;
  key(workspace: string, id: string): Key;
  countKey(workspace: string): Key;
  /** The attribute of the item that counts. */
  readonly counter: string;
  /** Bytes of one at most: what reading costs is set aside by it. */
  readonly size: ItemSize;
}

/** The attributes that say how often an item was changed, and when. */
export const itemHistory = { version: z.int(), createdAt: z.string(), updatedAt: z.string() };

/** How often an item was changed, and when. */
export interface ItemHistory {
  /** Raised by every change. */
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An item of a kind. */
export interface CountedItem {
  readonly id: string;
  /** Raised by every change. */
  readonly version: number;
}

/** The history of an item that changes now; `undefined` before its first version. */
export function nextVersion(before: ItemHistory | undefined): ItemHistory {
  const updatedAt = new Date().toISOString();
  return { version: (before?.version ?? 0) + 1, createdAt: before?.createdAt ?? updatedAt, updatedAt };
}

/** The outcome of setting an item; `full` says that the workspace has as many as it can have. */
export type SetItem<Value> =
  | { readonly outcome: "created" | "replaced" | "unchanged"; readonly value: Value }
  | { readonly outcome: "full" };

/** How values of a kind are stored. */
export interface CountedForm<Value extends CountedItem> extends CountedKind {
  /** Without the key. */
  toItem(value: Value): Item;
  /** @param item with its key */
  fromItem(item: Item): Value;
  /**
   * What else is written when one is set or deleted, in the same transaction and without conditions; nothing when absent.
   * @param value what it is to be; `undefined` when it is deleted
   */
  beside?(tableName: string, workspace: string, id: string, value: Value | undefined): Action[];
}

/** The id of an item, which ends its sort key. */
export function idOf(item: Item): string {
  const sortKey = String(item["sk"]);
  return sortKey.slice(sortKey.indexOf("#") + 1);
}

/** One as it is now, or `undefined`. */
export async function readCounted<Value extends CountedItem>(
  table: Table,
  workspace: string,
  form: CountedForm<Value>,
  id: string,
): Promise<Value | undefined> {
  const item = await getItem(table, form.key(workspace, id), form.size);
  return item && form.fromItem(item);
}

/**
 * All of a workspace, by id.
 * @param after only those after this id
 */
export async function listCounted<Value extends CountedItem>(
  table: Table,
  workspace: string,
  form: CountedForm<Value>,
  after = "",
): Promise<Value[]> {
  const { pk, sk } = form.key(workspace, after);
  const items = queryItems(table, {
    // Every id sorts before ~.
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :after AND :end",
    ExpressionAttributeValues: { ":pk": pk, ":after": sk, ":end": form.key(workspace, "~").sk },
    ConsistentRead: true,
    size: form.size,
  });
  const values: Value[] = [];
  for await (const item of items) values.push(form.fromItem(item));
  return values.filter(({ id }) => id > after);
}

/**
 * Makes one, or replaces it.
 * @param plan what it is to be, given what it replaces; the same object where nothing is to change
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function setCounted<Value extends CountedItem>(
  table: Table,
  workspace: string,
  form: CountedForm<Value>,
  id: string,
  plan: (before: Value | undefined) => Value,
  deadline: Deadline,
): Promise<SetItem<Value>> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await readCounted(table, workspace, form, id);
    const value = plan(before);
    if (value === before) return { outcome: "unchanged", value };
    const item = { ...form.key(workspace, id), ...form.toItem(value) };
    const beside = form.beside?.(table.name, workspace, id, value) ?? [];
    const written = before
      ? await replace(table, item, before.version, beside)
      : await create(table, workspace, form, item, beside);
    if (written === "full") return { outcome: "full" };
    if (written === "done") return { outcome: before ? "replaced" : "created", value };
    await backOff(attempt, deadline, undefined);
  }
}

/** Whether a write was done; `overtaken` by another one; or refused, since there are too many. */
type Written = "done" | "overtaken" | "full";

async function create(
  table: Table,
  workspace: string,
  kind: CountedKind,
  item: Item,
  beside: readonly Action[],
): Promise<Written> {
  const isNew = "attribute_not_exists(pk)";
  const hasRoom = "attribute_not_exists(#count) OR #count < :max";
  const actions = [
    { Put: { TableName: table.name, Item: item, ConditionExpression: isNew } },
    counting(table, workspace, kind, 1, {
      ConditionExpression: hasRoom,
      values: { ":max": kind.max },
    }),
    ...beside,
  ];
  const [isTaken, isFull] = await refusals(table, actions);
  if (isTaken === undefined) return "done";
  return isFull && !isTaken ? "full" : "overtaken";
}

async function replace(table: Table, item: Item, seen: number, beside: readonly Action[]): Promise<Written> {
  const isUnchanged = "version = :seen";
  const put = {
    TableName: table.name,
    Item: item,
    ConditionExpression: isUnchanged,
    ExpressionAttributeValues: { ":seen": seen },
  };
  try {
    if (beside.length === 0) await table.client.send(new PutCommand(put));
    else await table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...beside] }));
    return "done";
  } catch (error) {
    if (isWriteConflict(error)) return "overtaken";
    throw error;
  }
}

/**
 * Deletes one.
 * @returns whether there was one with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function deleteCounted<Value extends CountedItem>(
  table: Table,
  workspace: string,
  kind: CountedForm<Value>,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  const isThere = "attribute_exists(pk)";
  const Key = { ...kind.key(workspace, id) };
  const actions = [
    { Delete: { TableName: table.name, Key, ConditionExpression: isThere } },
    counting(table, workspace, kind, -1),
    ...(kind.beside?.(table.name, workspace, id, undefined) ?? []),
  ];
  for (let attempt = 1; ; attempt += 1) {
    const [isGone] = await refusals(table, actions);
    if (isGone === undefined) return true;
    if (isGone) return false;
    await backOff(attempt, deadline, undefined);
  }
}

function counting(
  table: Table,
  workspace: string,
  kind: CountedKind,
  change: 1 | -1,
  condition?: { readonly ConditionExpression: string; readonly values: Readonly<Record<string, number>> },
) {
  const { values, ...expression } = condition ?? {};
  return {
    Update: {
      TableName: table.name,
      Key: { ...kind.countKey(workspace) },
      UpdateExpression: "ADD #count :change",
      ExpressionAttributeNames: { "#count": kind.counter },
      ExpressionAttributeValues: { ":change": change, ...values },
      ...expression,
    },
  };
}

/**
 * Commits a transaction.
 * @returns for each action whether its condition refused it; empty where all were done. None of them refused: try again
 */
async function refusals(table: Table, actions: Action[]): Promise<boolean[]> {
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
