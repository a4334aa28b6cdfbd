import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Day } from "../../domain/calendar/days.ts";
import { customer as customerEntity } from "../../domain/entities/customer.ts";
import { erasedPrefix } from "../../domain/facts/base.ts";
import { hasText, type Matter, mattersOf, mattersOfUnnamed } from "../../domain/facts/matters.ts";
import { readManyFacts } from "../records/bulk.ts";
import { readEntity } from "../records/entities.ts";
import { listByCustomer } from "../records/fact-places.ts";
import type { StoredFact } from "../records/facts.ts";
import { namelessOrigin, type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import { listUnnamedTexts } from "../records/unnamed-texts.ts";
import { chunksAsAsked, chunksOf } from "../table/chunks.ts";
import { commit, type Transaction } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";
import { asOfWrite, StoreError } from "../table/errors.ts";
import { entityKey } from "../table/keys.ts";
import { indexSettlingMilliseconds } from "../table/settling.ts";
import { entityActions } from "./entity-actions.ts";
import { type Erasure, eraseFact, isClosed } from "./erase-fact.ts";
import { type About, type LedgerAction, type PlanContext, planContextOf } from "./plan-context.ts";
import { readSettledEntities, recountEntity } from "./recount.ts";

/**
 * Erasing a person. The compact history moves to a random id in one transaction, as what has been counted, and losses
 * counted ahead, must stay exact; then each fact loses what names the person, after the texts about the same tickets and invitations
 * that name nobody. No counter changes. Whatever happens half-way, doing it again finishes it. A fact that arrives meanwhile belongs to the person who is erased or to a new one, never to
 * both: it carries the name of the person (see `StoredEntity`) into whose history it went.
 */

/** The totals of one erasure. */
export interface Erased {
  /** Facts that lost the customer or a text of theirs, and how many of them had a comment or a message. */
  readonly facts: number;
  readonly comments: number;
  /** Whether there was a history of a customer. */
  readonly customer: boolean;
  /** The closed days of the facts: their files name the person until they are written anew. */
  readonly days: ReadonlySet<Day>;
}

const pauseMilliseconds = 250;

/** How many facts are erased at the same time. */
const concurrency = 16;
const mattersAtATime = 4;
const pageSize = 500;

/**
 * Erases a person: everything that was recorded before the request. What is recorded later starts a new person.
 * @throws StoreError `unavailable` when there was not enough time: what was erased stays so, and doing it again goes on
 */
export async function eraseCustomer(context: StoreContext, customerId: string): Promise<Erased> {
  try {
    return await eraseUntilNothingIsLeft(context, customerId);
  } catch (error) {
    throw asOfWrite(error);
  }
}

async function eraseUntilNothingIsLeft(context: StoreContext, customerId: string): Promise<Erased> {
  const began = Date.now();
  const customer = await moveHistory(context, customerId);
  const erasure = { ...context, customerId, began };
  const sums = { facts: 0, comments: 0, days: new Set<Day>() };
  const matters = new Map<string, Matter>();
  for (;;) {
    // A fact that shows in a listing that begins now could be found by this one.
    const isSettled = Date.now() - began >= indexSettlingMilliseconds();
    const unnamed = await eraseUnnamed(erasure, [...matters.values()], sums);
    const found = unnamed + (await eraseListed(erasure, matters, sums));
    if (found === 0 && isSettled) return { ...sums, customer };
    requireTime(context);
    if (found === 0) await wait(pauseMilliseconds);
  }
}

/**
 * Moves the history of a customer to an id that nobody knows.
 * @returns whether there was one
 */
async function moveHistory(context: StoreContext, customerId: string): Promise<boolean> {
  const known = { entity: customerEntity, id: customerId };
  const erased = { entity: customerEntity, id: `${erasedPrefix}${randomUUID()}` };
  return commit<boolean, About>(context, async (attempt): Promise<Transaction<boolean, About>> => {
    // A change of settings that is being counted might not find the customer under another id.
    await recountEntity(context, known);
    const found = await readSettledEntities(context, [known, erased]);
    // The answer to a try of our own was lost.
    if ((found.get(subjectKey(erased))?.version ?? 0) > 0) return { actions: [], result: true };
    const customer = found.get(subjectKey(known));
    if (!customer || customer.version === 0) return { actions: [], result: false };
    return { actions: moveActions(customer, erased.id, planContextOf(context, attempt)), result: true };
  });
}

function moveActions(customer: StoredEntity, erasedId: string, context: PlanContext): LedgerAction[] {
  const history = { ...customer.history, origin: namelessOrigin(customer.history.origin) };
  const moved = { ...customer, id: erasedId, history, version: 0 };
  const remove = {
    TableName: context.tableName,
    Key: { ...entityKey(context.workspace.id, customer.entity.name, customer.id) },
    ConditionExpression: "#version = :seen",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":seen": customer.version },
  };
  return [
    ...entityActions(moved, moved, context),
    { about: { kind: "entity", key: subjectKey(customer) }, action: { Delete: remove } },
  ];
}

interface Sums {
  facts: number;
  comments: number;
  readonly days: Set<Day>;
}

/**
 * Erases all facts that the index lists now, but first the texts about the same things: what names these things is found no more afterwards.
 * @param matters gets what the facts are about
 * @returns how many there were to erase
 */
async function eraseListed(erasure: Erasure, matters: Map<string, Matter>, sums: Sums): Promise<number> {
  const { table, workspace, customerId, deadline } = erasure;
  let found = 0;
  const listing = { newestFirst: false, expected: pageSize };
  const list = listByCustomer(table, workspace.id, customerId, listing);
  for await (const places of chunksAsAsked(list, pageSize)) {
    const ids = places.map(({ id }) => id);
    requireTime(erasure);
    const stored = await readManyFacts(table, workspace.id, ids, deadline);
    // Read after the facts: whose history they are in is there, or was erased as well.
    const current = await currentPerson(erasure);
    const facts = stored.filter((fact) => isToErase(fact, erasure, current));
    const about = new Map(
      facts
        .flatMap(({ fact }) => mattersOf(fact))
        // Nothing is found by an order in a workspace that never linked any.
        .filter(({ kind }) => kind !== "order" || workspace.orderSecret !== undefined)
        .map((matter) => [`${matter.kind} ${matter.id}`, matter]),
    );
    const newly = [...about].filter(([name]) => !matters.has(name));
    for (const [name, matter] of newly) matters.set(name, matter);
    const unnamed = newly.map(([, matter]) => matter);
    // Before the facts that name the person: from these alone it is known where the others are. Some are left where somebody else was faster.
    for (let some = await eraseUnnamed(erasure, unnamed, sums); some > 0; ) {
      found += some;
      some = await eraseUnnamed(erasure, unnamed, sums);
    }
    found += facts.length;
    await eraseAll(erasure, facts, sums);
  }
  return found;
}

/** Erases the texts about some things that name no customer. @returns how many there were to erase */
async function eraseUnnamed(erasure: Erasure, matters: readonly Matter[], sums: Sums): Promise<number> {
  const { table, workspace, deadline, began } = erasure;
  let found = 0;
  for (const part of chunksOf(matters, mattersAtATime)) {
    requireTime(erasure);
    const counts = part.map(async (matter) => {
      let ofMatter = 0;
      const list = listUnnamedTexts(table, workspace.id, matter);
      for await (const ids of chunksAsAsked(list, pageSize)) {
        const stored = await readManyFacts(table, workspace.id, ids, deadline);
        const facts = stored.filter(({ fact, recordedAt }) => {
          return mattersOfUnnamed(fact).length > 0 && recordedAt <= began;
        });
        ofMatter += facts.length;
        await eraseAll(erasure, facts, sums);
      }
      return ofMatter;
    });
    found += (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }
  return found;
}

async function eraseAll(erasure: Erasure, facts: readonly StoredFact[], sums: Sums): Promise<void> {
  for (const part of chunksOf(facts, concurrency)) {
    requireTime(erasure);
    const done = await Promise.all(part.map((fact) => eraseFact(erasure, fact)));
    const erased = part.filter((_, index) => done[index]);
    sums.facts += erased.length;
    sums.comments += erased.filter(({ fact }) => hasText(fact)).length;
    for (const { day } of erased) if (isClosed(erasure, day)) sums.days.add(day);
  }
}

/** The person who has the customer's id now, or `undefined` for nobody. */
async function currentPerson(erasure: Erasure): Promise<string | undefined> {
  const subject = { entity: customerEntity, id: erasure.customerId };
  const { version, person } = await readEntity(erasure, subject);
  return version > 0 ? person : undefined;
}

function isToErase(
  { fact, person, recordedAt }: StoredFact,
  { customerId, began }: Erasure,
  current: string | undefined,
): boolean {
  // The index may still show what was erased.
  if (fact.customerId !== customerId) return false;
  return person === undefined ? recordedAt <= began : person !== current;
}

function requireTime({ deadline }: StoreContext): void {
  if (deadline.remaining() > 0) return;
  throw new StoreError("unavailable", "there was not enough time to erase everything");
}
