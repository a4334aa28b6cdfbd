import type { Day } from "../../domain/calendar/days.ts";

/** The attributes of a fact, but for the log of its exclusions and what only the ledger reads. */
const factAttributes = [
  ...["id", "day", "occurredAt", "recordedAt", "person", "body", "segments", "countedAs"],
  ...["orderKey", "publicKey", "hadComment", "hadCustomer", "excluded", "erasedAt", "supersededBy"],
] as const;

/**
 * The key schema, in one place. The stack makes the deployed table from `tableSchema`, the local cloud makes the
 * local one from the synthesized template, and every item's keys are built by the functions below.
 *
 * `attributes` are what an index holds beside the keys. By time and by customer whole facts can be read in one go, for a twentieth of what reading each
 * by its key costs; whatever else that index lists has none of these attributes, or a short one.
 */
export const tableSchema = {
  partitionKey: "pk",
  sortKey: "sk",
  timeToLive: "expiresAt",
  indexes: [
    { name: "timeline", partitionKey: "gsi1pk", sortKey: "gsi1sk", attributes: factAttributes },
    { name: "customers", partitionKey: "gsi2pk", sortKey: "gsi2sk", attributes: factAttributes },
  ],
} as const;

export type IndexName = (typeof tableSchema)["indexes"][number]["name"];

/** Index of facts by workspace, kind and time; of a workspace's entities; of stale days; of workspaces. */
export const timelineIndex = tableSchema.indexes[0].name;

/** Index of a customer's facts by time. */
export const customersIndex = tableSchema.indexes[1].name;

/** The primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The key of an item in the `timeline` index. */
export interface TimelineKey {
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

/** The key of an item in the `customers` index. */
export interface CustomerKey {
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}

/**
 * Over how many partitions of the `timeline` index a workspace's facts of one kind spread, and its entities of one kind, and its
 * stale marks. Each takes 1,000 write units a second, and an index that is full throttles the table: 10,000 new facts a second
 * put 625 on each, 800 at the very most where ids fall unevenly. Every list reads all of them.
 */
export const timelinePartitions = 16;

/** All partitions of the `timeline` index over which something spreads: `0` to `f`. */
export const timelineSpread: readonly string[] = Array.from({ length: timelinePartitions }, (_, index) =>
  index.toString(16),
);

/** The partition of the `timeline` index for something with this name: the same one always. */
export function timelinePartitionOf(name: string): string {
  // FNV-1a of its UTF-16 units, mixed so that ids that differ in any place spread. Nothing here needs what SHA-256 costs.
  let bits = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    bits = Math.imul(bits ^ name.charCodeAt(index), 0x01000193);
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return timelineSpread[(bits ^ (bits >>> 16)) & (timelinePartitions - 1)] ?? "0";
}

/** Facts that share a route: each is listed apart from the other in the timeline. */
export type FactKind = "responses" | "events";

/** The segment of the counters that every fact counts in. */
export const everything = "all";

/** A workspace's settings. */
export function workspaceKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "settings" };
}

/** Lists all workspaces. */
export function workspaceTimelineKey(workspace: string): TimelineKey {
  return { gsi1pk: "workspaces", gsi1sk: workspace };
}

/** The values of a tracked dimension that have counters of their own. */
export function dimensionKey(workspace: string, dimension: string): Key {
  return { pk: `W#${workspace}`, sk: `dimension#${dimension}` };
}

/** An API key, found by the SHA-256 of its text (hexadecimal). */
export function apiKeyKey(sha256: string): Key {
  return { pk: `K#${sha256}`, sk: "key" };
}

/** Lists the keys of a workspace by their ids. */
export function apiKeyListingKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `key#${id}` };
}

/** How many keys a workspace has. */
export function apiKeyCountKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "keys" };
}

/** How every partition begins that holds a browser's session, and none else. */
export const sessionPrefix = "B#";

/** A browser's session, found by the SHA-256 of its token (hexadecimal). */
export function sessionKey(sha256: string): Key {
  return { pk: `${sessionPrefix}${sha256}`, sk: "session" };
}

/** A goal; a workspace's goals are listed by their ids. */
export function goalKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `goal#${id}` };
}

/** How many goals a workspace has. */
export function goalCountKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "goals" };
}

/** An alert; a workspace's alerts are listed by their ids. */
export function alertKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `alert#${id}` };
}

/** How many alerts a workspace has. */
export function alertCountKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "alerts" };
}

/** An annotation; a workspace's annotations are listed by their ids. */
export function annotationKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `annotation#${id}` };
}

/** How many annotations a workspace has. */
export function annotationCountKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "annotations" };
}

/** A shared link; a workspace's are listed by their ids. */
export function shareKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `share#${id}` };
}

/** How many shared links a workspace has. */
export function shareCountKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "shares" };
}

/** Whose shared link a token is, found by its SHA-256 (hexadecimal). */
export function shareTokenKey(sha256: string): Key {
  return { pk: `${sessionPrefix}${sha256}`, sk: "share" };
}

/** A webhook; a workspace's are listed by their ids. */
export function webhookKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `webhook#${id}` };
}

/** How many webhooks a workspace has. */
export function webhookCountKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "webhooks" };
}

/** The secrets that a webhook's deliveries are signed with: nothing but signing and making them reads these items. */
export function webhookSecretsKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}#secrets`, sk: id };
}

/** How the deliveries of a webhook fare. */
export function webhookStateKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}#H#${id}`, sk: "state" };
}

/** Something that is told to a webhook, or was. */
export interface DeliveryReference {
  readonly workspace: string;
  readonly webhook: string;
  /** Begins with its kind, then sorts by when it was made. */
  readonly id: string;
}

/** A delivery: an entry of the outbox until it has been made. */
export function deliveryKey({ workspace, webhook, id }: DeliveryReference): Key {
  return { pk: deliveryPartition(workspace, webhook, timelinePartitionOf(id)), sk: id };
}

/** One of the partitions that together hold all deliveries of a webhook: one for each of `timelineSpread`. */
export function deliveryPartition(workspace: string, webhook: string, part: string): string {
  return `W#${workspace}#H#${webhook}#${part}`;
}

/** Lists the deliveries of all workspaces that wait, by when they are due in each of the partitions over which they spread. */
export function deliveryTimelineKey(
  { workspace, webhook, id }: DeliveryReference,
  dueAt: number,
): TimelineKey {
  return {
    gsi1pk: dueDeliveriesPartition(timelinePartitionOf(id)),
    gsi1sk: `${new Date(dueAt).toISOString()}#${workspace}#${webhook}#${id}`,
  };
}

/** One of the partitions that together hold all deliveries that wait. */
export function dueDeliveriesPartition(part: string): string {
  return `outbox#${part}`;
}

/** A source of webhooks; a workspace's are listed by their ids. */
export function sourceKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `source#${id}` };
}

/** How many sources a workspace has. */
export function sourceCountKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: "sources" };
}

/** Whose source an address is, found by its SHA-256 (hexadecimal). */
export function sourceAddressKey(sha256: string): Key {
  return { pk: `A#${sha256}`, sk: "source" };
}

/** A delivery of which something could not be mapped; a source's are listed by when they came. */
export function unmappedKey(workspace: string, source: string, unique: string): Key {
  return { pk: `W#${workspace}#U#${source}`, sk: unique };
}

/** A source that is deleted, while there can be deliveries of it. */
export function deletedSourceKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `deleted-source#${id}` };
}

/** How far kept deliveries were searched for somebody whose erasure was not done in one request. */
export function deliverySearchKey(workspace: string, sha256: string): Key {
  return { pk: `W#${workspace}`, sk: `delivery-search#${sha256}` };
}

/** A reconciliation in steps. */
export function reconciliationKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}`, sk: `reconciliation#${id}` };
}

/** What customers were predicted to bring, by what was known through a day. */
export function predictionKey(workspace: string, through: string): Key {
  return { pk: `W#${workspace}`, sk: `prediction#${through}` };
}

/** How every partition begins that counts requests, and none else. */
export const requestCountPrefix = "L#";

/** How many requests an API key has made lately. */
export function requestCountKey(workspace: string, keyId: string): Key {
  return { pk: `${requestCountPrefix}${workspace}#${keyId}`, sk: "requests" };
}

/** A fact. The partition key is made from workspace and id alone: one id is one fact for ever. */
export function factKey(workspace: string, id: string): Key {
  return { pk: `W#${workspace}#F#${id}`, sk: "fact" };
}

/** A fact's place in time, sorted by the day it counts on, then by instant and id. */
export function factTimelineKey(
  workspace: string,
  kind: FactKind,
  day: Day,
  occurredAt: string,
  id: string,
): TimelineKey {
  return {
    gsi1pk: factTimelinePartition(workspace, kind, timelinePartitionOf(id)),
    gsi1sk: `${day}#${occurredAt}#${id}`,
  };
}

/** One of the partitions that together hold all facts of a kind: one for each of `timelineSpread`. */
export function factTimelinePartition(workspace: string, kind: FactKind, part: string): string {
  return `W#${workspace}#${kind}#${part}`;
}

/** A fact's place among its customer's facts. */
export function factCustomerKey(
  workspace: string,
  customerId: string,
  occurredAt: string,
  id: string,
): CustomerKey {
  return { gsi2pk: `W#${workspace}#customer#${customerId}`, gsi2sk: `${occurredAt}#${id}` };
}

/**
 * Says that a fact that names no customer has a text about something, for example about a ticket: whoever erases the ticket's customer finds it.
 * @param matter what kind of thing it is, without `#`
 */
export function unnamedTextKey(workspace: string, matter: string, matterId: string, factId: string): Key {
  return { pk: `W#${workspace}#T#${matter}#${matterId}`, sk: factId };
}

/**
 * Which answer of an invitation counts, where only the latest one does.
 * @param survey without `#`
 * @param surveyId the client's own name of it, where it has one
 * @param sender the id of a public key; empty for all who are trusted. Without `#`
 */
export function latestAnswerKey(
  workspace: string,
  invitationId: string,
  { survey, surveyId }: { readonly survey: string; readonly surveyId?: string | undefined },
  sender: string,
): Key {
  const own = surveyId === undefined ? "" : `#${surveyId}`;
  return { pk: `W#${workspace}#I#${invitationId}`, sk: `latest#${survey}#${sender}${own}` };
}

/** The compact history of an entity, for example of a customer. */
export function entityKey(workspace: string, entity: string, id: string): Key {
  return { pk: `W#${workspace}#E#${entity}#${id}`, sk: "state" };
}

/** How far an entity has been counted anew, while that takes several transactions. */
export function progressKey(workspace: string, entity: string, id: string): Key {
  return { ...entityKey(workspace, entity, id), sk: "recount" };
}

/** Lists a workspace's entities of one kind, by id in each of the partitions over which they spread. */
export function entityTimelineKey(workspace: string, entity: string, id: string): TimelineKey {
  return { gsi1pk: entityTimelinePartition(workspace, entity, timelinePartitionOf(id)), gsi1sk: id };
}

/** One of the partitions that together hold all entities of a kind: one for each of `timelineSpread`. */
export function entityTimelinePartition(workspace: string, entity: string, part: string): string {
  return `W#${workspace}#E#${entity}#${part}`;
}

/** The partition of one family's counters in one segment. */
export function counterPartition(workspace: string, family: string, segment: string): string {
  return `W#${workspace}#C#${family}#${segment}`;
}

/** One shard of a day's counters. */
export function counterKey(workspace: string, family: string, segment: string, day: Day, shard: number): Key {
  return { pk: counterPartition(workspace, family, segment), sk: `${day}#${shard.toString(36)}` };
}

/** One shard of the yearly totals of a family's cumulative counters. */
export function yearsKey(workspace: string, family: string, segment: string, shard: number): Key {
  return { pk: counterPartition(workspace, family, segment), sk: `years#${shard.toString(36)}` };
}

/** Lists the counter items that changed after their day's snapshot, by day in each of the partitions over which they spread. */
export function staleTimelineKey(workspace: string, day: Day, family: string, shard: number): TimelineKey {
  const name = `${day}#${family}#${shard.toString(36)}`;
  return { gsi1pk: staleTimelinePartition(workspace, timelinePartitionOf(name)), gsi1sk: name };
}

/** One of the partitions that together hold all stale marks of a workspace: one for each of `timelineSpread`. */
export function staleTimelinePartition(workspace: string, part: string): string {
  return `W#${workspace}#stale#${part}`;
}

/** An entry of the log of facts that changed a day after its snapshot: a partition for each day. */
export function lateKey(workspace: string, day: Day, unique: string): Key {
  return { pk: `W#${workspace}#late#${day}`, sk: unique };
}

/** The newest snapshot of a metric on a day. */
export function snapshotKey(workspace: string, metric: string, day: Day): Key {
  return { pk: `W#${workspace}#S#${metric}`, sk: day };
}

/** An earlier revision of a snapshot. */
export function snapshotRevisionKey(workspace: string, metric: string, day: Day, revision: number): Key {
  return { pk: `W#${workspace}#R#${metric}`, sk: `${day}#${String(revision).padStart(6, "0")}` };
}

/** Says that a workspace's day has been snapshotted. */
export function snapshotDayKey(workspace: string, day: Day): Key {
  return { pk: `W#${workspace}#days`, sk: day };
}
