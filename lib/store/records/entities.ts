import { randomBytes } from "node:crypto";
import type { QueryCommandOutput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { AnyEntity, Dependencies } from "../../entities/entity.ts";
import type { History, Origin, Step } from "../../entities/history.ts";
import type { Occurrence } from "../../entities/occurrences/occurrence.ts";
import type { Subject } from "../../entities/registry.ts";
import { defaultSettings, type Workspace } from "../../workspace/settings.ts";
import type { Table } from "../table/client.ts";
import type { StoreContext } from "../table/context.ts";
import { entrySize, getItems, queryPage } from "../table/items.ts";
import {
  entityKey,
  entityTimelineKey,
  entityTimelinePartition,
  progressKey,
  timelineIndex,
  timelineSpread,
} from "../table/keys.ts";
import { queryMerged } from "../table/merged-queries.ts";
import { backOff } from "../table/retries.ts";

/** Entities as they are stored: their history, and the settings under which it has been counted. */

/** What the counters of an entity follow from. */
export interface CountedState {
  readonly history: History;
  /** The settings with which its occurrences have been counted. */
  readonly dependencies: Dependencies;
}

/** A change that has been counted up to a day only, since it takes more counters than one transaction. */
export interface PartialRecount {
  /** Occurrences up to this day, included, are counted as they are now; empty for none yet. */
  readonly through: string;
  /** Later ones are still counted as they follow from this. */
  readonly previous: CountedState;
}

/** An entity with its place in the ledger. */
export interface StoredEntity extends Subject, CountedState {
  /**
   * A random name of the person behind a customer's id, which each fact of its history carries too: a customer who is erased
   * and comes back is another person under the same id.
   */
  readonly person?: string | undefined;
  readonly recount?: PartialRecount | undefined;
  /** 0 for an entity that is not stored yet; raised by every change. */
  readonly version: number;
}

const segments = z.record(z.string(), z.string());
const dependencies = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.null(), z.array(z.string()).readonly()]),
);

const storedState = {
  /** By the code of their kind, flat: day, instant and detail (see `encodeText`) where the kind has them, times, and again. */
  steps: z.record(z.string(), z.array(z.union([z.number(), z.string()]))),
  origin: z.object({ rank: z.number(), at: z.number(), factId: z.string(), segments }).nullable(),
  dependencies,
};

const storedItem = z.object({
  entityId: z.string(),
  person: z.string().optional(),
  version: z.int(),
  ...storedState,
  recount: z.object({ previous: z.object(storedState) }).optional(),
});

/** How far an entity of this version has been counted anew. */
const progressItem = z.object({ version: z.int(), through: z.string() });

/** A text that names an entity, for maps. */
export function subjectKey({ entity, id }: Subject): string {
  return `${entity.name}\n${id}`;
}

/** What follows from an entity after one fact of a batch is what it is compared with after the next. */
const counted = new WeakMap<StoredEntity, readonly Occurrence[]>();

/** What has been counted for an entity. */
export function countedOccurrences(stored: StoredEntity): readonly Occurrence[] {
  const known = counted.get(stored);
  if (known) return known;
  const occurrences = occurrencesIn(stored);
  counted.set(stored, occurrences);
  return occurrences;
}

function occurrencesIn(stored: StoredEntity): readonly Occurrence[] {
  const { entity, history, recount } = stored;
  const previous = recount && previousOccurrences(entity, recount.previous);
  if (previous && recount.through === "") return previous;
  const current = entity.derive(history, stored.dependencies);
  if (!previous) return current;
  return [
    ...current.filter(({ day }) => day <= recount.through),
    ...previous.filter(({ day }) => day > recount.through),
  ];
}

const countedBefore = new WeakMap<CountedState, readonly Occurrence[]>();

/** The same for all facts that an entity gets while nothing of its change has been counted. */
function previousOccurrences(entity: AnyEntity, previous: CountedState): readonly Occurrence[] {
  const occurrences = countedBefore.get(previous) ?? entity.derive(previous.history, previous.dependencies);
  countedBefore.set(previous, occurrences);
  return occurrences;
}

/** The item of an entity, with one version more than it was read with. */
export function entityItem(workspace: string, stored: StoredEntity): Record<string, unknown> {
  return {
    ...entityKey(workspace, stored.entity.name, stored.id),
    ...entityTimelineKey(workspace, stored.entity.name, stored.id),
    entityId: stored.id,
    ...(stored.person === undefined ? {} : { person: stored.person }),
    version: stored.version + 1,
    ...encodeState(stored.entity, stored),
    ...(stored.recount ? { recount: { previous: encodeState(stored.entity, stored.recount.previous) } } : {}),
  };
}

function encodeState(entity: AnyEntity, { history, dependencies: settings }: CountedState) {
  return { steps: encodeSteps(entity, history), origin: history.origin, dependencies: settings };
}

function encodeSteps({ steps: kinds }: AnyEntity, { steps }: History): Record<string, (number | string)[]> {
  const encoded = Object.entries(kinds).map(([kind, { code, instant, detail }]) => {
    const texts = new Map<string, number>();
    const flat = (steps[kind] ?? []).flatMap((step) => [
      step.day,
      ...(instant ? [step.at] : []),
      ...(detail ? [encodeText(step.detail, texts)] : []),
      step.times,
    ]);
    return [code, flat] as const;
  });
  return Object.fromEntries(encoded.filter(([, flat]) => flat.length > 0));
}

/** A text where it comes for the first time, its number afterwards: few different ones come again and again. */
function encodeText(text: string, numbers: Map<string, number>): string | number {
  const number = numbers.get(text);
  if (number === undefined) numbers.set(text, numbers.size);
  return number ?? text;
}

function decodeText(encoded: string | number | undefined, texts: string[]): string {
  if (typeof encoded === "number") return texts[encoded] ?? "";
  texts.push(encoded ?? "");
  return encoded ?? "";
}

function decodeSteps({ steps: kinds }: AnyEntity, encoded: z.output<typeof storedItem>["steps"]) {
  const decoded = Object.entries(kinds).map(([kind, { code, instant, detail }]) => {
    const flat = (encoded[code] ?? []).values();
    const texts: string[] = [];
    const steps: Step[] = [];
    for (const day of flat) {
      const at = instant ? Number(flat.next().value) : 0;
      const text = detail ? decodeText(flat.next().value, texts) : "";
      steps.push({ day: Number(day), at, detail: text, times: Number(flat.next().value) });
    }
    return [kind, steps] as const;
  });
  return Object.fromEntries(decoded);
}

function decodeState(
  entity: AnyEntity,
  { steps, origin, dependencies: settings }: Omit<z.output<typeof storedItem>, "entityId" | "version">,
): CountedState {
  return {
    history: { steps: decodeSteps(entity, steps), origin },
    // A setting that is younger than the item has counted nothing yet: as if it had been there from the start.
    dependencies: { ...entity.dependencies(defaultSettings), ...settings },
  };
}

/**
 * The entity of an item.
 * @param through how far it has been counted anew, where it is being counted
 * @throws z.ZodError when it is no such item
 */
export function entityOfItem(entity: AnyEntity, item: unknown, through = ""): StoredEntity {
  const stored = storedItem.parse(item);
  const { entityId, person, version, recount } = stored;
  const partial = recount && {
    through,
    previous: decodeState(entity, recount.previous),
  };
  return { entity, id: entityId, person, version, ...decodeState(entity, stored), recount: partial };
}

/** An entity that is not stored yet. */
export function unknownEntity({ entity, id }: Subject, workspace: Workspace): StoredEntity {
  return { entity, id, history: entity.unknown, dependencies: entity.dependencies(workspace), version: 0 };
}

/**
 * Entities as they are now, by `subjectKey`; those that are not stored start unknown, to be counted with the workspace's
 * settings.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readEntities(
  context: StoreContext,
  subjects: readonly Subject[],
): Promise<Map<string, StoredEntity>> {
  const found = new Map<string, StoredEntity>();
  for (const subject of subjects) {
    const person = subject.entity.personal ? { person: randomBytes(8).toString("base64url") } : {};
    found.set(subjectKey(subject), { ...unknownEntity(subject, context.workspace), ...person });
  }
  let open: readonly Subject[] = [...found.values()];
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const read = await readStored(context, open);
    for (const entity of read) found.set(subjectKey(entity), entity);
    open = await addProgress(
      context,
      found,
      read.filter(({ recount }) => recount),
    );
    // What was finished or begun in between is read again.
    if (open.length > 0) await backOff(attempt, context.deadline, undefined);
  }
  return found;
}

async function readStored(
  { table, workspace, deadline }: StoreContext,
  subjects: readonly Subject[],
): Promise<StoredEntity[]> {
  const byPartition = new Map<string, Subject>();
  for (const subject of subjects) {
    byPartition.set(entityKey(workspace.id, subject.entity.name, subject.id).pk, subject);
  }
  const keys = subjects.map(({ entity, id }) => entityKey(workspace.id, entity.name, id));
  const stored: StoredEntity[] = [];
  for await (const item of getItems(table, keys, deadline)) {
    const subject = byPartition.get(String(item["pk"]));
    if (subject) stored.push(entityOfItem(subject.entity, item));
  }
  return stored;
}

/**
 * Adds how far entities have been counted anew.
 * @returns those that have changed since they were read
 */
async function addProgress(
  { table, workspace, deadline }: StoreContext,
  found: Map<string, StoredEntity>,
  partial: readonly StoredEntity[],
): Promise<StoredEntity[]> {
  if (partial.length === 0) return [];
  const keys = partial.map(({ entity, id }) => progressKey(workspace.id, entity.name, id));
  const progress = new Map<string, z.output<typeof progressItem>>();
  for await (const item of getItems(table, keys, deadline, entrySize)) {
    progress.set(String(item["pk"]), progressItem.parse(item));
  }
  return partial.filter((entity) => {
    const known = progress.get(entityKey(workspace.id, entity.entity.name, entity.id).pk);
    if (!entity.recount || known?.version !== entity.version) return true;
    const recount = { ...entity.recount, through: known.through };
    found.set(subjectKey(entity), { ...entity, recount });
    return false;
  });
}

/**
 * One entity as it is now.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readEntity(context: StoreContext, subject: Subject): Promise<StoredEntity> {
  const found = await readEntities(context, [subject]);
  return found.get(subjectKey(subject)) ?? unknownEntity(subject, context.workspace);
}

/** An origin without the fact that it was taken from. */
export function namelessOrigin(origin: Origin | null): Origin | null {
  return origin && { ...origin, factId: "" };
}

/** A page of a workspace's entities of one kind. */
export interface EntityPage {
  readonly ids: readonly string[];
  /** Where the next page begins; absent after the last one. */
  readonly next?: string;
}

/** How many entities a page lists, unless it is the last one. */
const entityPageSize = 200;

/**
 * Lists the entities of one kind, a page at a time: one partition of the index after the other.
 * @param start where an earlier page said that this one begins
 */
export async function listEntities(
  table: Table,
  workspace: string,
  { name }: AnyEntity,
  start?: string,
): Promise<EntityPage> {
  const ids: string[] = [];
  let next = start ?? timelineSpread[0];
  while (next !== undefined && ids.length < entityPageSize) {
    const [part, after] = [next.slice(0, 1), next.slice(1)];
    const page: QueryCommandOutput = await queryPage(table, {
      IndexName: timelineIndex,
      KeyConditionExpression: `gsi1pk = :entities${after ? " AND gsi1sk > :after" : ""}`,
      ExpressionAttributeValues: {
        ":entities": entityTimelinePartition(workspace, name, part),
        ...(after ? { ":after": after } : {}),
      },
      Limit: entityPageSize - ids.length,
      size: entrySize,
    });
    ids.push(...(page.Items ?? []).map((item) => String(item["gsi1sk"])));
    next = page.LastEvaluatedKey
      ? `${part}${page.LastEvaluatedKey["gsi1sk"]}`
      : timelineSpread[timelineSpread.indexOf(part) + 1];
  }
  return { ids, ...(next === undefined ? {} : { next }) };
}

/**
 * The ids of all entities of one kind, in no order, as they are asked for: all partitions of the index are read at the same time.
 * @param prefix only those that begin so
 */
export async function* listAllEntities(
  table: Table,
  workspace: string,
  { name }: AnyEntity,
  prefix = "",
): AsyncGenerator<string> {
  const queries = timelineSpread.map((part) => ({
    IndexName: timelineIndex,
    KeyConditionExpression: `gsi1pk = :entities${prefix ? " AND begins_with(gsi1sk, :prefix)" : ""}`,
    ExpressionAttributeValues: {
      ":entities": entityTimelinePartition(workspace, name, part),
      ...(prefix ? { ":prefix": prefix } : {}),
    },
    size: entrySize,
  }));
  const merging = { sort: "gsi1sk", newestFirst: false, expected: 10 * entityPageSize };
  for await (const item of queryMerged(table, queries, merging)) yield String(item["gsi1sk"]);
}
