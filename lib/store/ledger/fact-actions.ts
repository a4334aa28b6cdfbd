import { instantText } from "../../domain/calendar/instants.ts";
import { mattersOfUnnamed } from "../../domain/facts/matters.ts";
import { announcementOf } from "../../domain/webhooks/announcement.ts";
import { type Subscriptions, subscribersOf } from "../../domain/webhooks/subscription.ts";
import { announce, entryItem } from "../outbox/outbox.ts";
import type { StoredEntity } from "../records/stored-entity.ts";
import { type FactKind, factCustomerKey, factKey, factTimelineKey, unnamedTextKey } from "../table/keys.ts";
import type { PendingFact, RecordingContext } from "./pending-fact.ts";
import type { LedgerAction } from "./plan-context.ts";

/** Storing a fact. */

/** How many items a fact takes, those included that tell of it. */
export function itemsOfFact(
  pending: PendingFact,
  { workspace }: Pick<RecordingContext, "workspace">,
): number {
  return 1 + mattersOfUnnamed(pending.fact).length + subscribersTo(pending, workspace.subscriptions).length;
}

/**
 * The actions that store a fact, if its id is new.
 * @param entities those that the fact is about
 */
export function factActions(
  pending: PendingFact,
  entities: readonly StoredEntity[],
  context: RecordingContext,
): LedgerAction[] {
  return [
    putFact(pending, entities, context),
    ...textActions(pending, context),
    ...outboxActions(pending, context),
  ];
}

/** An answer that never counts, since a later one is known, is news to nobody. */
function subscribersTo({ fact, out }: PendingFact, subscriptions: Subscriptions = {}): string[] {
  return out === undefined ? subscribersOf(subscriptions, announcementOf(fact, 0)) : [];
}

function outboxActions(
  pending: PendingFact,
  { tableName, workspace, now }: RecordingContext,
): LedgerAction[] {
  if (pending.out !== undefined) return [];
  const { entries } = announce({ tableName, workspace }, announcementOf(pending.fact, now));
  return entries.map((entry) => ({
    about: { kind: "outbox", entry },
    action: { Put: { TableName: tableName, Item: entryItem(entry, now) } },
  }));
}

function putFact(
  { fact, day, segments, countedAs, orderKey, publicKey, contentHash, out }: PendingFact,
  entities: readonly StoredEntity[],
  { tableName, workspace, now, commit }: RecordingContext,
): LedgerAction {
  const kind: FactKind = fact.type === "response" ? "responses" : "events";
  const { id, occurredAt, ...body } = fact;
  const instant = instantText(occurredAt);
  const person = entities.find((entity) => entity.person !== undefined)?.person;
  // What only some facts have is added after: a literal with a spread for each takes longer, and every fact comes by.
  const item: Record<string, unknown> = {
    ...factKey(workspace.id, id),
    id,
    day,
    occurredAt,
    recordedAt: now,
    contentHash,
    commit,
    body,
  };
  Object.assign(item, factTimelineKey(workspace.id, kind, day, instant, id));
  if (fact.customerId !== undefined) {
    Object.assign(item, factCustomerKey(workspace.id, fact.customerId, instant, id));
  }
  if (entities.some(({ recount }) => recount)) item["inSteps"] = true;
  if (person !== undefined) item["person"] = person;
  if (Object.keys(segments).length > 0) item["segments"] = segments;
  if (countedAs !== undefined) item["countedAs"] = countedAs;
  if (orderKey !== undefined) item["orderKey"] = orderKey;
  if (publicKey !== undefined) item["publicKey"] = publicKey;
  if (out !== undefined) Object.assign(item, { excluded: true, ...out });
  const put = {
    TableName: tableName,
    Item: item,
    ConditionExpression: "attribute_not_exists(pk)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  return { about: { kind: "fact", id }, action: { Put: put } };
}

/** Where it names no customer, it is found when the customer of its ticket, its order or its invitation is erased. */
function textActions({ fact }: PendingFact, { tableName, workspace }: RecordingContext): LedgerAction[] {
  return mattersOfUnnamed(fact).map(({ kind, id }) => ({
    about: { kind: "text" },
    action: { Put: { TableName: tableName, Item: { ...unnamedTextKey(workspace.id, kind, id, fact.id) } } },
  }));
}
