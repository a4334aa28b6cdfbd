import { isDeepStrictEqual } from "node:util";
import { TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  storedWebhookSchema,
  subscriptionOf,
  type WebhookDefinition,
} from "../../domain/webhooks/definition.ts";
import { newSecret } from "../../domain/webhooks/signature.ts";
import type { Action } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import {
  webhookCountKey,
  webhookKey,
  webhookSecretsKey,
  webhookStateKey,
  workspaceKey,
} from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import * as counted from "./counted-items.ts";
import { untilForgotten } from "./remembering.ts";
import { firstSecretItem } from "./webhook-secrets.ts";

/**
 * Webhooks as they are stored. What an enabled one hears of stands in the settings of its workspace as well, written in the same
 * transaction: whoever records facts reads those anyway.
 */

/** At most so many webhooks a workspace: what they hear of is read with every request that records facts. */
export const maxWebhooks = 10;

/** Why a webhook was switched off. */
export const offReasons = ["gone", "failing"] as const;

export type OffReason = (typeof offReasons)[number];

const storedWebhook = z.object({
  ...counted.itemHistory,
  definition: storedWebhookSchema,
  /** Absent where nobody but its owner has disabled it. */
  switchedOff: z.object({ at: z.string(), because: z.enum(offReasons) }).optional(),
});

/** A webhook. */
export interface StoredWebhook extends z.output<typeof storedWebhook> {
  readonly id: string;
  /** Made with it, shown once, and then only in `webhook-secrets.ts`. */
  readonly newSecret?: string;
}

const webhooks: counted.CountedForm<StoredWebhook> = {
  max: maxWebhooks,
  key: webhookKey,
  countKey: webhookCountKey,
  counter: "webhooks",
  size: { name: "webhook", maxBytes: 8 * 1024, isAlike: true },
  toItem: ({ id: _, newSecret: __, ...webhook }) => webhook,
  fromItem: (item) => ({ ...storedWebhook.parse(item), id: counted.idOf(item) }),
  beside: (tableName, workspace, id, value) => {
    const remove = (Key: object): Action => ({ Delete: { TableName: tableName, Key: { ...Key } } });
    return [
      subscribing(tableName, workspace, id, value?.definition),
      ...(value?.newSecret === undefined
        ? []
        : [{ Put: { TableName: tableName, Item: firstSecretItem(workspace, id, value.newSecret) } }]),
      ...(value ? [] : [remove(webhookSecretsKey(workspace, id))]),
      // One that is set is taken to be mended.
      remove(webhookStateKey(workspace, id)),
    ];
  },
};

/** Notes in the settings of its workspace what a webhook hears of. */
function subscribing(
  tableName: string,
  workspace: string,
  id: string,
  definition: WebhookDefinition | undefined,
): Action {
  const subscription = definition && subscriptionOf(definition);
  return {
    Update: {
      TableName: tableName,
      Key: { ...workspaceKey(workspace) },
      UpdateExpression: subscription ? "SET subscriptions.#id = :hears" : "REMOVE subscriptions.#id",
      ExpressionAttributeNames: { "#id": id },
      ...(subscription ? { ExpressionAttributeValues: { ":hears": subscription } } : {}),
    },
  };
}

/** A webhook as it is now, or `undefined`. */
export function readWebhook(table: Table, workspace: string, id: string): Promise<StoredWebhook | undefined> {
  return counted.readCounted(table, workspace, webhooks, id);
}

/** The webhooks of a workspace, by id. */
export function listWebhooks(table: Table, workspace: string): Promise<StoredWebhook[]> {
  return counted.listCounted(table, workspace, webhooks);
}

/**
 * Sets a webhook: makes it, or replaces it; the same definition again changes nothing, unless it was switched off. Takes as long as those who record may
 * remember the settings from before.
 * @returns with `newSecret` where it was given one: only webhooks with a URL have secrets
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function setWebhook(
  table: Table,
  workspace: string,
  id: string,
  definition: WebhookDefinition,
  deadline: Deadline,
): Promise<counted.SetItem<StoredWebhook>> {
  await ensureSubscriptions(table, workspace);
  const plan = (before: StoredWebhook | undefined): StoredWebhook => {
    const isSame = before && !before.switchedOff && isDeepStrictEqual(before.definition, definition);
    if (isSame) return before;
    const isSignedAnew = definition.url !== undefined && before?.definition.url === undefined;
    return {
      ...{ id, definition, ...counted.nextVersion(before) },
      ...(isSignedAnew ? { newSecret: newSecret() } : {}),
    };
  };
  const set = await counted.setCounted(table, workspace, webhooks, id, plan, deadline);
  if (set.outcome === "created" || set.outcome === "replaced") await untilForgotten();
  return set;
}

/**
 * Deletes a webhook, and what waits for it is sent no more.
 * @returns whether there was one with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function deleteWebhook(
  table: Table,
  workspace: string,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  await ensureSubscriptions(table, workspace);
  const isDeleted = await counted.deleteCounted(table, workspace, webhooks, id, deadline);
  if (isDeleted) await untilForgotten();
  return isDeleted;
}

/**
 * Switches a webhook off, unless somebody has set or deleted it meanwhile.
 * @param off why, and when: milliseconds since 1970-01-01T00:00:00Z
 */
export async function switchOff(
  table: Table,
  workspace: string,
  { id, version }: StoredWebhook,
  { because, at: now }: { readonly because: OffReason; readonly at: number },
): Promise<void> {
  const at = new Date(now).toISOString();
  const isUnchanged = "version = :seen";
  const update = {
    TableName: table.name,
    Key: webhookKey(workspace, id),
    UpdateExpression: "SET #definition.enabled = :no, switchedOff = :off, updatedAt = :at, version = :next",
    ConditionExpression: isUnchanged,
    ExpressionAttributeNames: { "#definition": "definition" },
    ExpressionAttributeValues: {
      ...{ ":no": false, ":off": { at, because }, ":at": at, ":seen": version, ":next": version + 1 },
    },
  };
  const actions = [{ Update: update }, subscribing(table.name, workspace, id, undefined)];
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: actions }));
  } catch (error) {
    // The next delivery that fails tries again.
    if (!isWriteConflict(error)) throw error;
  }
}

/** Workspaces that were made before there were webhooks have no room for what they hear of. */
async function ensureSubscriptions(table: Table, workspace: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: workspaceKey(workspace),
      UpdateExpression: "SET subscriptions = if_not_exists(subscriptions, :none)",
      ExpressionAttributeValues: { ":none": {} },
    }),
  );
}
