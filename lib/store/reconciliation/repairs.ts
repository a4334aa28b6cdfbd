import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { totalSegment } from "../../metrics/counting.ts";
import type { StoredCounters } from "../counters/counter-items.ts";
import { causeCountersOfRepair, isStated } from "../counters/late.ts";
import type { Place } from "../counters/place.ts";
import { yearCounter } from "../counters/place.ts";
import type { PlanContext } from "../ledger/plan-context.ts";
import { entityAction } from "../ledger/transaction.ts";
import { type Action, type AddAction, addAction } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { counterKey, staleTimelineKey, yearsKey } from "../table/keys.ts";
import type { CounterDifference, WrongHistory } from "./recounting.ts";

/** Putting counters and histories right, each in a transaction that fails when anybody has written in between. */

/**
 * Puts the counters of one place right: adds what is missing to one of its items, if none of them has been written
 * since they were read. Counters of past days are marked for a new snapshot.
 * @returns whether it was done
 */
export async function repairCounters(
  table: Table,
  place: Place,
  stored: StoredCounters | undefined,
  differences: readonly CounterDifference[],
  context: PlanContext,
): Promise<boolean> {
  const { family, segment, when } = place;
  const { workspace, today } = context;
  const isTotal = when.length === 4;
  const [first, ...others] = stored?.items ?? [];
  const isStale = !isTotal && segment === totalSegment && isStated(workspace, when, today);
  const additions = new Map(
    differences.map(({ counter, counted, recounted }) => [
      isTotal ? yearCounter(when, counter) : counter,
      recounted - counted,
    ]),
  );
  const repaired = differences.map(({ counter }) => counter);
  const causes = isStale ? causeCountersOfRepair(place.family, repaired) : [];
  for (const name of causes) additions.set(name, 1n);
  const key = isTotal
    ? yearsKey(workspace.id, family, segment, 0)
    : counterKey(workspace.id, family, segment, when, 0);
  const target = first ? { pk: first.pk, sk: first.sk } : key;
  const marks = isStale ? staleTimelineKey(workspace.id, when, family, 0) : {};
  return commit(table, [
    unlessWritten(addAction(table.name, target, additions, marks), first?.writes),
    ...others.map(({ pk, sk, writes }) => ({
      ConditionCheck: {
        TableName: table.name,
        Key: { pk, sk },
        ExpressionAttributeNames: { "#w": "w" },
        ...isUnwritten(writes),
      },
    })),
  ]);
}

/**
 * Puts an entity's history right, if the entity has not changed since it was read. The counters stay: they are
 * compared with what the right history implies.
 * @returns whether it was done
 */
export async function repairHistory(
  table: Table,
  { stored, expected }: WrongHistory,
  context: PlanContext,
): Promise<boolean> {
  return commit(table, [entityAction({ ...stored, history: expected }, context)]);
}

/** That an item has been written as often as when it was read; `undefined` for one that was not there, or did not say. */
function isUnwritten(writes: number | undefined) {
  return writes === undefined
    ? { ConditionExpression: "attribute_not_exists(#w)" }
    : { ConditionExpression: "#w = :seen", ExpressionAttributeValues: { ":seen": writes } };
}

function unlessWritten({ Update: update }: AddAction, writes: number | undefined): Action {
  const { ConditionExpression, ExpressionAttributeValues } = isUnwritten(writes);
  const values = { ...update.ExpressionAttributeValues, ...ExpressionAttributeValues };
  return { Update: { ...update, ConditionExpression, ExpressionAttributeValues: values } };
}

async function commit(table: Table, actions: Action[]): Promise<boolean> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: actions }));
    return true;
  } catch (error) {
    if (!isWriteConflict(error)) throw error;
    return false;
  }
}
