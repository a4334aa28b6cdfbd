import { v7 as uuid } from "uuid";
import {
  type Announcement,
  maxDataBytes,
  type Telling,
  type WebhookMessage,
} from "../../domain/webhooks/announcement.ts";
import { subscribersOf } from "../../domain/webhooks/subscription.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { Action } from "../table/action.ts";
import { deliveryKey, deliveryTimelineKey, tableSchema } from "../table/keys.ts";
import { handOverMilliseconds } from "./timing.ts";

/**
 * The outbox: what is to be told, written in the transaction of what it tells of (see `lib/domain/webhooks/announcement.ts`). There is one entry for
 * each webhook that hears of an event, and it is at the same time the delivery that `GET /v1/webhooks/{id}/deliveries` lists. While it
 * waits it is in the index by when it is due, where the sweep finds what nobody handed over.
 */

/** So long entries are kept, whatever became of them. */
export const keptDays = 10;

/** In place of a webhook: the alarm topic. No webhook can have this id. */
export const topicReceiver = "~topic";

/** Names an entry. */
export interface EntryReference {
  readonly workspace: string;
  /** The webhook that is told, or `topicReceiver`. */
  readonly webhook: string;
  /** The `webhook-id` of all its deliveries. */
  readonly id: string;
}

/** An entry that waits. */
export interface OutboxEntry extends EntryReference {
  readonly type: WebhookMessage["type"];
  /** When it happened: milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** The id of the fact that it tells of. */
  readonly fact?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly telling?: Telling;
  /** Whether somebody asked for it: it is sent although the webhook is disabled. */
  readonly byHand?: true;
}

/** Where entries are written. */
export interface OutboxContext {
  readonly tableName: string;
  readonly workspace: Pick<Workspace, "id" | "subscriptions">;
}

/** An event that is announced: what to put into the transaction, and what to hand over after it. Both are empty where nobody hears of it. */
export interface Announced {
  readonly actions: readonly Action[];
  readonly entries: readonly OutboxEntry[];
}

/** Who else is told, or is not. */
export interface Receivers {
  /** Whether webhooks that subscribe are told. Default: yes. */
  readonly webhooks?: boolean | undefined;
  /** Whether the alarm topic is told. Default: no. */
  readonly topic?: boolean | undefined;
}

/**
 * Announces an event to each enabled webhook that subscribes to it, and to the alarm topic where that is asked for.
 * @throws RangeError where its data is too large
 */
export function announce(
  { tableName, workspace }: OutboxContext,
  announcement: Announcement,
  { webhooks = true, topic = false }: Receivers = {},
): Announced {
  const subscribers = webhooks ? subscribersOf(workspace.subscriptions ?? {}, announcement) : [];
  const receivers = [...subscribers, ...(topic ? [topicReceiver] : [])];
  const entries = receivers.map((webhook) => entryOf({ workspace: workspace.id, webhook }, announcement));
  return {
    entries,
    actions: entries.map((entry) => ({ Put: { TableName: tableName, Item: entryItem(entry) } })),
  };
}

/** The entry that tells one webhook of an event. @throws RangeError where its data is too large */
export function entryOf(to: Omit<EntryReference, "id">, announcement: Announcement): OutboxEntry {
  const { type, at } = announcement;
  // Sorts by when it was made.
  const own = { ...to, id: `msg_${uuid()}`, type, at };
  if ("fact" in announcement) return { ...own, fact: announcement.fact.id };
  const { data, telling } = announcement;
  if (Buffer.byteLength(JSON.stringify([data, telling])) > maxDataBytes) {
    throw new RangeError(`the data of ${type} is too large`);
  }
  return { ...own, data, ...(telling === undefined ? {} : { telling }) };
}

/** How a new entry is stored. */
export function entryItem(entry: OutboxEntry, now = Date.now()) {
  const { type, at, fact, data, telling, byHand } = entry;
  return {
    ...deliveryKey(entry),
    ...deliveryTimelineKey(entry, now + handOverMilliseconds()),
    ...{ type, at, state: "pending", tries: 0, createdAt: now },
    ...(fact === undefined ? {} : { fact }),
    // As text: what is sent is exactly what was announced.
    ...(data === undefined ? {} : { data: JSON.stringify({ data, telling }) }),
    ...(byHand ? { byHand } : {}),
    [tableSchema.timeToLive]: Math.floor(now / 1000) + keptDays * 86_400,
  };
}
