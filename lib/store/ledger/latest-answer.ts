import * as z from "zod";
import type { StoredFact } from "../records/facts.ts";
import type { StoredEntity } from "../records/stored-entity.ts";
import type { StoreContext } from "../table/context.ts";
import { NotYetShown } from "../table/errors.ts";
import { entrySize, getItem } from "../table/items.ts";
import { type Key, latestAnswerKey } from "../table/keys.ts";
import { CounterChanges } from "./counter-actions.ts";
import { factActions } from "./fact-actions.ts";
import { daysToMark, markActions } from "./marked-days.ts";
import type { PendingFact, RecordingContext } from "./pending-fact.ts";
import type { LedgerAction } from "./plan-context.ts";
import { planReplacement, type ReplacementProblem } from "./replacement.ts";
import { followReplacements, supersededEntry } from "./superseded.ts";
import { type PlannedTransaction, planTransaction } from "./transaction.ts";

/**
 * Answers of which only the latest one of an invitation counts, whatever the order of arrival. An item says which one that is: it is written in the transaction that
 * records an answer, on condition that nobody has recorded another one meanwhile.
 */

const latestSchema = z.object({ id: z.string() });

/**
 * Plans to record an answer; or only to come closer to the one that counts, where that has been replaced by hand many times.
 * @returns why it cannot replace the one that counts, where it cannot
 * @param entities those that it is about, as they are stored, by `subjectKey`
 */
export async function planLatest(
  context: StoreContext,
  pending: PendingFact,
  entities: ReadonlyMap<string, StoredEntity>,
  recording: RecordingContext,
): Promise<PlannedTransaction | ReplacementProblem> {
  const key = keyOf(context.workspace.id, pending);
  const known = await readLatest(context, key);
  const first = known ?? (await readOlder(context, pending));
  // The answer that counts: the one that is known, or by which it has been replaced by hand since.
  const found = first === undefined ? undefined : await followReplacements(context, first);
  const plain = () => planTransaction([pending], entities, recording);
  const pointing = (plan: PlannedTransaction, id: string): PlannedTransaction => {
    if (plan.facts.length === 0) return plan;
    return { ...plan, actions: [...plan.actions, pointAction(key, known, id, recording)] };
  };
  const { id } = pending.fact;
  if (found?.hasMore) {
    return { facts: [], refused: [], entities: [], actions: [pointAction(key, known, found.id, recording)] };
  }
  const current = found?.last;
  // Of an erased answer nothing tells any more what it was about: it stays as it is. An answer that is stored already is no other one's.
  if (!current || current.erasedAt !== undefined || current.fact.id === id) return pointing(plain(), id);
  // One that an older version noted, or that was corrected by hand, can be to another survey: both count.
  if (surveyIdOf(current) !== surveyIdOf(pending)) return pointing(plain(), id);
  if (!isLater(pending.fact, current.fact))
    return pointing(planOut(pending, current, recording), current.fact.id);
  const plan = await planReplacement(context, pending, current.fact.id, recording);
  // Somebody else was faster: which answer counts has to be found out anew.
  if (plan === "superseded" || plan === "erased") throw new NotYetShown("another answer counts by now");
  return typeof plan === "string" ? plan : pointing(plan, id);
}

async function readLatest({ table }: StoreContext, key: Key): Promise<string | undefined> {
  const item = await getItem(table, key, entrySize);
  return item && latestSchema.parse(item).id;
}

/** What v0.1.0 noted of an answer with a `surveyId`: under the key of those without one. */
async function readOlder(context: StoreContext, pending: PendingFact): Promise<string | undefined> {
  if (surveyIdOf(pending) === undefined) return undefined;
  const { surveyId: _, ...fact } = responseOf(pending);
  return readLatest(context, keyOf(context.workspace.id, { ...pending, fact }));
}

function keyOf(workspace: string, pending: PendingFact): Key {
  const fact = responseOf(pending);
  if (fact.invitationId === undefined) throw new RangeError("only answers of invitations have a latest one");
  return latestAnswerKey(workspace, fact.invitationId, fact, pending.publicKey ?? "");
}

function responseOf({ fact }: PendingFact) {
  if (fact.type !== "response") throw new RangeError("only answers have a latest one");
  return fact;
}

function surveyIdOf({ fact }: Pick<StoredFact, "fact">): string | undefined {
  return fact.type === "response" ? fact.surveyId : undefined;
}

/** By when they were given; of two at the same instant one always comes after the other. */
function isLater(one: StoredFact["fact"], other: StoredFact["fact"]): boolean {
  return one.occurredAt === other.occurredAt ? one.id > other.id : one.occurredAt > other.occurredAt;
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
