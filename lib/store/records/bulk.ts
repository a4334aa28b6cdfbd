import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { AnyEntity } from "../../domain/entities/entity.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { chunksAsAsked, chunksOf } from "../table/chunks.ts";
import type { Table } from "../table/client.ts";
import type { StoreContext } from "../table/context.ts";
import { tooMany, tooSlow } from "../table/errors.ts";
import type { FactKind } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import { readEntities } from "./entities.ts";
import { listAllEntities } from "./entity-lists.ts";
import { type FactPlace, listByTime } from "./fact-places.ts";
import { readFacts, type StoredFact } from "./facts.ts";
import { readPlaces } from "./responses.ts";
import type { StoredEntity } from "./stored-entity.ts";

/** Reading many facts and all entities of a workspace, for counting them again. Bounded by number and by time. */

/** How many items a page of the index lists, and how many of them DynamoDB reads in one request. */
const pageSize = 1_000;
const batchSize = 100;

/** At most how many items are read, and until when. */
export interface Bounds {
  readonly most: number;
  readonly deadline: Deadline;
}

/**
 * Reads the facts of one kind that count on the days of a range, those taken out of the counts included. The index
 * that lists them is eventually consistent: a fact shows in it within a moment of being recorded.
 * @throws StoreError `too-many-facts` when there are more than `most`, or reading them takes too long
 */
export async function readFactsBetween(
  table: Table,
  workspace: string,
  kind: FactKind,
  range: DayRange,
  bounds: Bounds,
): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for await (const page of placesBetween(table, workspace, kind, range, bounds)) {
    const ids = page.map(({ id }) => id);
    facts.push(...(await readPage(table, workspace, ids, bounds.deadline)));
  }
  return facts;
}

/**
 * The places of the facts of one kind that count on the days of a range, in pages.
 * @throws StoreError `too-many-facts` when there are more than `most`, or using them takes too long
 */
async function* placesBetween(
  table: Table,
  workspace: string,
  kind: FactKind,
  range: DayRange,
  { most, deadline }: Bounds,
): AsyncGenerator<FactPlace[]> {
  const places = listByTime(table, workspace, kind, range, { newestFirst: false, expected: 4 * pageSize });
  let listed = 0;
  for await (const page of chunksAsAsked(places, pageSize)) {
    listed += page.length;
    if (listed > most) throw tooMany(`more than ${most} facts`);
    if (deadline.remaining() <= 0) throw tooSlow("more facts than can be read in time");
    yield page;
  }
}

/** The facts with some ids, read at the same time; those that are not there are left out. */
async function readPage(
  table: Table,
  workspace: string,
  ids: readonly string[],
  deadline: Deadline,
): Promise<StoredFact[]> {
  const batches = chunksOf(ids, batchSize).map((batch) => readFacts(table, workspace, batch, deadline));
  return (await Promise.all(batches)).flat();
}

/**
 * The facts of one kind that count on the days of a range as the index holds them, those taken out of the counts included: eventually
 * consistent, and a read unit for some twenty of them.
 * @throws StoreError `too-many-facts` when there are more than `most`, or listing them takes too long
 */
export async function listFactsBetween(
  table: Table,
  workspace: string,
  kind: FactKind,
  range: DayRange,
  bounds: Bounds,
): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for await (const page of placesBetween(table, workspace, kind, range, bounds)) {
    facts.push(...(await readPlaces(table, workspace, page, bounds.deadline)).values());
  }
  return facts;
}

/**
 * Reads all entities of one kind.
 * @throws StoreError `too-many-facts` when there are more than `most`, or reading them takes too long
 */
export async function readAllEntities(
  table: Table,
  workspace: Workspace,
  entity: AnyEntity,
  { most, deadline }: Bounds,
): Promise<StoredEntity[]> {
  const entities: StoredEntity[] = [];
  for await (const page of chunksAsAsked(listAllEntities(table, workspace.id, entity), pageSize)) {
    if (entities.length + page.length > most) throw tooMany(`more than ${most} of ${entity.name}`);
    if (deadline.remaining() <= 0) throw tooSlow(`more of ${entity.name} than can be read in time`);
    const subjects = page.map((id) => ({ entity, id }));
    entities.push(...(await readStored({ table, workspace, deadline }, subjects)));
  }
  return entities;
}

/** Those of some entities that are stored, read at the same time. */
async function readStored(context: StoreContext, subjects: readonly Subject[]): Promise<StoredEntity[]> {
  const read = await Promise.all(chunksOf(subjects, batchSize).map((batch) => readEntities(context, batch)));
  return read.flatMap((batch) => [...batch.values()].filter(({ version }) => version > 0));
}

/**
 * Reads entities of one kind by id, many at a time; those that are not there are left out.
 * @throws StoreError `too-many-facts` when there are more than `most`, or reading them takes too long
 */
export async function readManyEntities(
  context: StoreContext,
  entity: AnyEntity,
  ids: readonly string[],
  most: number,
): Promise<StoredEntity[]> {
  if (ids.length > most) throw tooMany(`more than ${most} of ${entity.name}`);
  // A question that is certain to be over the budget is refused before the first read.
  context.table.budget?.require(ids.length * (context.table.isEventual ? 0.5 : 1));
  const found: StoredEntity[] = [];
  for (const page of chunksOf(ids, pageSize)) {
    if (context.deadline.remaining() <= 0) throw tooSlow(`more of ${entity.name} than can be read in time`);
    const subjects = page.map((id) => ({ entity, id }));
    found.push(...(await readStored(context, subjects)));
  }
  return found;
}

/**
 * Reads all entities of one kind, unless there are too many.
 * @returns `undefined` where there are more than `most`
 * @throws StoreError `too-many-facts` when reading them takes too long
 */
export async function readEntitiesUpTo(
  context: StoreContext,
  entity: AnyEntity,
  most: number,
): Promise<StoredEntity[] | undefined> {
  const { table, workspace } = context;
  const ids: string[] = [];
  for await (const id of listAllEntities(table, workspace.id, entity)) {
    ids.push(id);
    if (ids.length > most) return undefined;
  }
  return readSubjects(
    context,
    ids.map((id) => ({ entity, id })),
  );
}

/**
 * Reads entities, many at a time; those that are not stored are left out.
 * @throws StoreError `too-many-facts` when reading them takes too long
 */
export async function readSubjects(
  context: StoreContext,
  subjects: readonly Subject[],
): Promise<StoredEntity[]> {
  const entities: StoredEntity[] = [];
  for (const page of chunksOf(subjects, pageSize)) {
    if (context.deadline.remaining() <= 0) throw tooSlow("more entities than can be read in time");
    entities.push(...(await readStored(context, page)));
  }
  return entities;
}

/**
 * Reads facts by id, many at a time; those that are not there are left out.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readManyFacts(
  table: Table,
  workspace: string,
  ids: readonly string[],
  deadline: Deadline,
): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for (const page of chunksOf(ids, pageSize)) {
    if (deadline.remaining() <= 0) throw tooSlow("more facts than can be read in time");
    facts.push(...(await readPage(table, workspace, page, deadline)));
  }
  return facts;
}
