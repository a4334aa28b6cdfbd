import * as z from "zod";
import { readFacts, type StoredFact } from "../records/facts.ts";
import type { StoredEntity } from "../records/stored-entity.ts";
import type { StoreContext } from "../table/context.ts";
import { entrySize, getItem } from "../table/items.ts";
import { type Key, latestAnswerKey } from "../table/keys.ts";
import { CounterChanges } from "./counter-actions.ts";
import { factActions } from "./fact-actions.ts";
import { daysToMark, markActions } from "./marked-days.ts";
import type { PendingFact, RecordingContext } from "./pending-fact.ts";
import type { LedgerAction } from "./plan-context.ts";
import { planReplacement, supersededEntry } from "./replacement.ts";
import { type PlannedTransaction, planTransaction } from "./transaction.ts";

/**
 * Answers of which only the latest one of an invitation counts, whatever the order of arrival. An item says which one that is: it is written in the transaction that
 * records an answer, on condition that nobody has recorded another one meanwhile.
 */

const latestSchema = z.object({ id: z.string() });

/** At most so often an answer has been replaced by hand since: more is an error. */
const maxReplaced = 1_000;

/**
 * Plans to record an answer.
 * @param entities those that it is about, as they are stored, by `subjectKey`
 */
export async function planLatest(
  context: StoreContext,
  pending: PendingFact,
  entities: ReadonlyMap<string, StoredEntity>,
  recording: RecordingContext,
): Promise<PlannedTransaction> {
  const { table, workspace } = context;
  const key = keyOf(workspace.id, pending);
  const item = await getItem(table, key, entrySize);
  const known = item && latestSchema.parse(item).id;
  const current = known === undefined ? undefined : await countedNow(context, known);
  const plain = () => planTransaction([pending], entities, recording);
  const pointing = (plan: PlannedTransaction, id: string): PlannedTransaction => {
    if (plan.facts.length === 0) return plan;
    return { ...plan, actions: [...plan.actions, pointAction(key, known, id, recording)] };
  };
  const { id } = pending.fact;
  // Of an erased answer nothing tells any more what it was about: it stays as it is. An answer that is stored already is no other one's.
  if (!current || current.erasedAt !== undefined || current.fact.id === id) return pointing(plain(), id);
  if (!isLater(pending.fact, current.fact))
    return pointing(planOut(pending, current, recording), current.fact.id);
  const plan = await planReplacement(context, pending, current.fact.id, recording);
  return typeof plan === "string" ? pointing(plain(), id) : pointing(plan, id);
}

function keyOf(workspace: string, { fact, publicKey = "" }: PendingFact): Key {
  if (fact.type !== "response" || fact.invitationId === undefined) {
    throw new RangeError("only answers of invitations have a latest one");
  }
  return latestAnswerKey(workspace, fact.invitationId, fact.survey, publicKey);
}

/** By when they were given; of two at the same instant one always comes after the other. */
function isLater(one: StoredFact["fact"], other: StoredFact["fact"]): boolean {
  return one.occurredAt === other.occurredAt ? one.id > other.id : one.occurredAt > other.occurredAt;
}

/** The answer that counts: this one, or by which it has been replaced since. */
async function countedNow(
  { table, workspace, deadline }: StoreContext,
  first: string,
): Promise<StoredFact | undefined> {
  let id = first;
  for (let replaced = 0; replaced < maxReplaced; replaced += 1) {
    const [fact] = await readFacts(table, workspace.id, [id], deadline);
    if (fact?.supersededBy === undefined) return fact;
    id = fact.supersededBy;
  }
  throw new RangeError("the answer has been replaced too often");
}

/** An answer that was given before the one that counts: it is stored, and counts nowhere. */
function planOut(pending: PendingFact, current: StoredFact, recording: RecordingContext): PlannedTransaction {
  const supersededBy = current.fact.id;
  const out = { ...pending, out: { audit: [supersededEntry(supersededBy, recording)], supersededBy } };
  const days = daysToMark([pending.day], new CounterChanges(recording.workspace), recording);
  const actions = [...factActions(out, [], recording), ...markActions(days, recording)];
  return { facts: [pending], refused: [], entities: [], actions };
}

/** Says which answer counts, unless somebody else has said so since it was read. */
function pointAction(
  key: Key,
  seen: string | undefined,
  id: string,
  { tableName }: RecordingContext,
): LedgerAction {
  const isNew = "attribute_not_exists(pk)";
  const isUnchanged = "id = :seen";
  const condition =
    seen === undefined
      ? { ConditionExpression: isNew }
      : { ConditionExpression: isUnchanged, ExpressionAttributeValues: { ":seen": seen } };
  const put = { TableName: tableName, Item: { ...key, id }, ...condition };
  return { about: { kind: "latest" }, action: { Put: put } };
}
