import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../calendar/days.ts";
import { dayOf } from "../../calendar/zones.ts";
import { customer as customerEntity } from "../../entities/customer.ts";
import { erasedPrefix } from "../../facts/base.ts";
import { isStated } from "../counters/change-causes.ts";
import { markAction } from "../counters/fact-marks.ts";
import { counterShards } from "../counters/place.ts";
import { readManyFacts } from "../records/bulk.ts";
import { readEntity } from "../records/entities.ts";
import { listByCustomer } from "../records/fact-places.ts";
import { erasedContent, type StoredFact } from "../records/facts.ts";
import { namelessOrigin, type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import { chunksAsAsked, chunksOf } from "../table/chunks.ts";
import { commit, type Transaction } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";
import { isWriteConflict, StoreError } from "../table/errors.ts";
import { entityKey, factKey } from "../table/keys.ts";
import { indexSettlingMilliseconds } from "../table/settling.ts";
import { entityActions } from "./entity-actions.ts";
import { type About, type LedgerAction, type PlanContext, planContextOf } from "./plan-context.ts";
import { readSettledEntities, recountEntity } from "./recount.ts";

/**
 * Erasing a person. The compact history moves to a random id in one transaction, as what has been counted, and losses
 * counted ahead, must stay exact; then each fact loses what names the person. No counter changes. Whatever happens half-way,
 * doing it again finishes it. A fact that arrives meanwhile belongs to the person who is erased or to a new one, never to
 * both: it carries the name of the person (see `StoredEntity`) into whose history it went.
 */

/** The totals of one erasure. */
export interface Erased {
  /** Facts that lost the customer, and how many of them had a comment or a message. */
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
const pageSize = 500;

/**
 * Erases a person: everything that was recorded before the request. What is recorded later starts a new person.
 * @throws StoreError `unavailable` when there was not enough time: what was erased stays so, and doing it again goes on
 */
export async function eraseCustomer(context: StoreContext, customerId: string): Promise<Erased> {
  const began = Date.now();
  const customer = await moveHistory(context, customerId);
  const erasure = { ...context, customerId, began };
  const sums = { facts: 0, comments: 0, days: new Set<Day>() };
  for (;;) {
    // A fact that shows in a listing that begins now could be found by this one.
    const isSettled = Date.now() - began >= indexSettlingMilliseconds();
    const found = await eraseListed(erasure, sums);
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

interface Erasure extends StoreContext {
  readonly customerId: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly began: number;
}

/** Erases all facts that the index lists now. Returns how many there were to erase. */
async function eraseListed(erasure: Erasure, sums: Sums): Promise<number> {
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
    found += facts.length;
    for (const part of chunksOf(facts, concurrency)) {
      requireTime(erasure);
      const done = await Promise.all(part.map((fact) => eraseFact(erasure, fact)));
      const erased = part.filter((_, index) => done[index]);
      sums.facts += erased.length;
      sums.comments += erased.filter(({ fact }) => "comment" in fact || "message" in fact).length;
      for (const { day } of erased) if (isClosed(erasure, day)) sums.days.add(day);
    }
  }
  return found;
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

/**
 * Takes everything that names the person out of a fact, and marks its day where that is closed: in one step, so that no file goes on
 * naming the person unnoticed.
 * @returns whether it was done; not where somebody else was faster, or the audit has changed
 */
async function eraseFact(erasure: Erasure, stored: StoredFact): Promise<boolean> {
  const { table, workspace } = erasure;
  const update = nameless(erasure, stored);
  try {
    if (!isClosed(erasure, stored.day)) {
      await table.client.send(new UpdateCommand(update));
      return true;
    }
    const mark = markAction(table.name, workspace.id, stored.day, randomInt(counterShards));
    await table.client.send(new TransactWriteCommand({ TransactItems: [{ Update: update }, mark] }));
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}

function isClosed({ workspace, began }: Erasure, day: Day): boolean {
  return isStated(workspace, day, dayOf(began, workspace.timeZone));
}

/** The update of a fact that takes everything out that names the person, if nobody has changed it since it was read. */
function nameless({ table, workspace, customerId }: Erasure, { fact, audit }: StoredFact) {
  // It stays counted that there was one.
  const hadComment = "comment" in fact ? ["#had = :yes"] : [];
  // Reasons are free text.
  const reasons = audit.map((_, index) => `#audit[${index}].#reason = :nothing`);
  const isTheirs = "#body.#customer = :customer";
  const isUnaudited = "attribute_not_exists(#audit)";
  const hasSameAudit = "size(#audit) = :changes";
  return {
    TableName: table.name,
    Key: factKey(workspace.id, fact.id),
    UpdateExpression: [
      "REMOVE #body.#customer, #body.#comment, #body.#message, #body.#order, #person, gsi2pk, gsi2sk",
      `SET ${["#hash = :erased", "#at = :now", ...hadComment, ...reasons].join(", ")}`,
    ].join(" "),
    ConditionExpression: `${isTheirs} AND ${audit.length === 0 ? isUnaudited : hasSameAudit}`,
    ExpressionAttributeNames: {
      ...{ "#body": "body", "#customer": "customerId", "#comment": "comment", "#order": "orderId" },
      "#message": "message",
      ...{ "#person": "person", "#hash": "contentHash", "#at": "erasedAt", "#audit": "audit" },
      ...(audit.length === 0 ? {} : { "#reason": "reason" }),
      ...(hadComment.length === 0 ? {} : { "#had": "hadComment" }),
    },
    ExpressionAttributeValues: {
      ":customer": customerId,
      ":erased": erasedContent,
      ":now": new Date().toISOString(),
      ...(audit.length === 0 ? {} : { ":changes": audit.length, ":nothing": "" }),
      ...(hadComment.length === 0 ? {} : { ":yes": true }),
    },
  };
}

function requireTime({ deadline }: StoreContext): void {
  if (deadline.remaining() > 0) return;
  throw new StoreError("unavailable", "there was not enough time to erase everything");
}
