import { totalSegment } from "../../domain/metrics/counting.ts";
import { causeCountersOfRepair, isStated } from "../counters/change-causes.ts";
import type { StoredCounters } from "../counters/counter-items.ts";
import type { Place } from "../counters/place.ts";
import { yearCounter } from "../counters/place.ts";
import { entityActions } from "../ledger/entity-actions.ts";
import { type About, type LedgerAction, type PlanContext, planContextOf } from "../ledger/plan-context.ts";
import { type AddAction, addAction, maxAdditions } from "../table/action.ts";
import { chunksOf } from "../table/chunks.ts";
import { commit, type Transaction } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";
import { counterKey, type Key, staleTimelineKey, yearsKey } from "../table/keys.ts";
import type { CounterDifference, WrongHistory } from "./recounting.ts";

/** Putting counters and histories right, each in a transaction that fails when anybody has written in between. */

/** A counter item as it was read. */
interface SeenItem extends Key {
  /** How often it had been written; `undefined` for one that is not there, or does not say. */
  readonly writes: number | undefined;
}

/**
 * Puts the counters of one place right: adds what is missing to one of its items, if none of them has been written
 * since they were read; as many counters at a time as one update takes. Counters of past days are marked for a new snapshot.
 * @returns the differences that are gone, each part as soon as it is
 */
export async function* repairCounters(
  context: StoreContext,
  place: Place,
  stored: StoredCounters | undefined,
  differences: readonly CounterDifference[],
): AsyncGenerator<readonly CounterDifference[]> {
  const [first = newItemOf(place, context), ...others] = stored?.items ?? [];
  let target: SeenItem = first;
  for (const part of chunksOf(differences, maxAdditions)) {
    const actions = (plan: PlanContext) => [
      addMissing(place, target, part, plan),
      ...others.map((item) => unwritten(place, item, plan)),
    ];
    if (!(await commitUnlessWritten(context, actions))) return;
    yield part;
    target = { ...target, writes: (target.writes ?? 0) + 1 };
  }
}

/**
 * Puts an entity's history right, if the entity has not changed since it was read. The counters stay: they are
 * compared with what the right history implies.
 * @returns whether it was done: not while the entity is being counted anew
 */
export async function repairHistory(
  context: StoreContext,
  { stored, expected }: WrongHistory,
): Promise<boolean> {
  if (stored.recount) return false;
  return commitUnlessWritten(context, (plan) =>
    entityActions(stored, { ...stored, history: expected }, plan),
  );
}

/** @returns whether it was done: not where somebody has written since what it depends on was read */
function commitUnlessWritten(
  context: StoreContext,
  actions: (plan: PlanContext) => LedgerAction[],
): Promise<boolean> {
  return commit<boolean, About>(context, async (attempt): Promise<Transaction<boolean, About>> => {
    const isWritten = (attempt.refusal?.failed.length ?? 0) > 0;
    if (isWritten) return { actions: [], result: false };
    return { actions: actions(planContextOf(context, attempt)), result: true };
  });
}

function newItemOf({ family, segment, when }: Place, { workspace }: StoreContext): SeenItem {
  const key = isYear(when)
    ? yearsKey(workspace.id, family, segment, 0)
    : counterKey(workspace.id, family, segment, when, 0);
  return { ...key, writes: undefined };
}

function isYear(when: string): boolean {
  return when.length === 4;
}

/** Adds what is missing to an item. */
function addMissing(
  { family, segment, when }: Place,
  { pk, sk, writes }: SeenItem,
  differences: readonly CounterDifference[],
  { tableName, workspace, today }: PlanContext,
): LedgerAction {
  const isStale = !isYear(when) && segment === totalSegment && isStated(workspace, when, today);
  const additions = new Map(
    differences.map(({ counter, counted, recounted }) => [
      isYear(when) ? yearCounter(when, counter) : counter,
      recounted - counted,
    ]),
  );
  const repaired = differences.map(({ counter }) => counter);
  for (const name of isStale ? causeCountersOfRepair(family, repaired) : []) additions.set(name, 1n);
  const marks = isStale ? staleTimelineKey(workspace.id, when, family, 0) : {};
  const action = unlessWritten(addAction(tableName, { pk, sk }, additions, marks), writes);
  return { about: { kind: "counters", family }, action };
}

/** Checks that another item of the place is as it was read. */
function unwritten(
  { family }: Place,
  { pk, sk, writes }: SeenItem,
  { tableName }: PlanContext,
): LedgerAction {
  const check = {
    TableName: tableName,
    Key: { pk, sk },
    ExpressionAttributeNames: { "#w": "w" },
    ...isUnwritten(writes),
  };
  return { about: { kind: "counters", family }, action: { ConditionCheck: check } };
}

/** That an item has been written as often as when it was read. */
function isUnwritten(writes: number | undefined) {
  return writes === undefined
    ? { ConditionExpression: "attribute_not_exists(#w)" }
    : { ConditionExpression: "#w = :seen", ExpressionAttributeValues: { ":seen": writes } };
}

function unlessWritten({ Update: update }: AddAction, writes: number | undefined): LedgerAction["action"] {
  const { ConditionExpression, ExpressionAttributeValues } = isUnwritten(writes);
  const values = { ...update.ExpressionAttributeValues, ...ExpressionAttributeValues };
  return { Update: { ...update, ConditionExpression, ExpressionAttributeValues: values } };
}
