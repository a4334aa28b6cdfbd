import { randomInt } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { dayOf } from "../../calendar/zones.ts";
import { occurrencesOf } from "../../entities/direct/direct.ts";
import { subjectsOf } from "../../entities/registry.ts";
import { Tally } from "../../metrics/counting.ts";
import type { Workspace } from "../../workspace/settings.ts";
import { causesOf } from "../counters/late.ts";
import { counterShards } from "../counters/place.ts";
import { readEntities, type StoredEntity } from "../records/entities.ts";
import { type AuditEntry, readFacts } from "../records/facts.ts";
import { isResponse, type StoredResponse } from "../records/responses.ts";
import type { Action } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import type { StoreContext } from "../table/context.ts";
import { isTransient } from "../table/errors.ts";
import { factKey } from "../table/keys.ts";
import { backOff } from "../table/retries.ts";
import { CounterChanges } from "./counter-actions.ts";
import type { PlanContext } from "./plan-context.ts";
import { difference, entityAction } from "./transaction.ts";

/**
 * Taking a response out of the counts, and putting it back. The response, its audit, the invitation that it answers and the
 * counters are one transaction, whose condition is the response's present state: however often and by however many it is
 * asked for, a response counts once or not at all.
 */

/** How often a response can be taken out or put back: an audit has to fit into its item. */
export const maxChanges = 100;

/** What became of the request: `full` says that the response has been changed too often. */
export type ExclusionOutcome = "changed" | "unchanged" | "full";

/** What is asked for, by whom and why. */
export type ExclusionRequest = Omit<AuditEntry, "at">;

/**
 * Takes a response out of the counts of its day, in each segment in which it was counted, or puts it back. The day's
 * counters are marked, so that the next run restates the day where it is closed.
 * @returns what became of it, and the response as it is now; `undefined` when there is none with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function setExcluded(
  context: StoreContext,
  id: string,
  request: ExclusionRequest,
): Promise<{ readonly outcome: ExclusionOutcome; readonly response: StoredResponse } | undefined> {
  const { table, workspace, deadline } = context;
  for (let attempt = 0; ; ) {
    const [response] = await readFacts(table, workspace.id, [id], deadline);
    if (!response || !isResponse(response)) return undefined;
    if (response.excluded === request.excluded) return { outcome: "unchanged", response };
    if (response.audit.length >= maxChanges) return { outcome: "full", response };
    const now = Date.now();
    const entry: AuditEntry = { at: new Date(now).toISOString(), ...request };
    try {
      const subjects = subjectsOf(response);
      const entities = await readEntities(context, subjects);
      const actions = actionsOf(table, workspace, response, [...entities.values()], { entry, now, attempt });
      await table.client.send(new TransactWriteCommand({ TransactItems: actions }));
      return {
        outcome: "changed",
        response: { ...response, excluded: entry.excluded, audit: [...response.audit, entry] },
      };
    } catch (error) {
      if (!isWorthRepeating(error)) throw error;
      attempt += 1;
      await backOff(attempt, deadline, error);
    }
  }
}

function isWorthRepeating(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return isTransient(error);
  return !(error.CancellationReasons ?? []).some(({ Code }) => Code === "ValidationError");
}

interface Change {
  readonly entry: AuditEntry;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** Each further try spreads over twice as many counter shards. */
  readonly attempt: number;
}

function actionsOf(
  table: Table,
  workspace: Workspace,
  response: StoredResponse,
  entities: readonly StoredEntity[],
  { entry, now, attempt }: Change,
): Action[] {
  const tally = new Tally();
  const changed = entities.map((stored): StoredEntity => {
    const change = entry.excluded ? "withdraw" : "apply";
    return { ...stored, history: stored.entity[change](stored.history, response) };
  });
  for (const [index, after] of changed.entries()) {
    const before = entities[index];
    if (before) tally.addAll(difference(before, after));
  }
  for (const occurrence of occurrencesOf(response)) tally.count(occurrence, entry.excluded ? -1 : 1);
  const cause = entry.excluded ? "excluded" : "included";
  const context: PlanContext = {
    tableName: table.name,
    workspace,
    today: dayOf(now, workspace.timeZone),
    commit: "",
    now,
    shard: randomInt(Math.min(counterShards, 2 ** attempt)),
  };
  return [
    stateAction(table, workspace, response, entry),
    ...changed.map((entity) => entityAction(entity, context)),
    ...CounterChanges.of(tally).actions(causesOf(tally, cause, [response.fact.id]), context),
  ];
}

function stateAction(
  table: Table,
  workspace: Workspace,
  { fact, audit }: StoredResponse,
  entry: AuditEntry,
): Action {
  // Who sees as many changes sees the same state: each change turns it.
  const isFirst = "attribute_exists(pk) AND attribute_not_exists(audit)";
  const isUnchanged = "size(audit) = :seen";
  return {
    Update: {
      TableName: table.name,
      Key: factKey(workspace.id, fact.id),
      UpdateExpression: "SET excluded = :excluded, audit = list_append(if_not_exists(audit, :none), :entry)",
      ConditionExpression: audit.length === 0 ? isFirst : isUnchanged,
      ExpressionAttributeValues: {
        ":excluded": entry.excluded,
        ":none": [],
        ":entry": [entry],
        ...(audit.length === 0 ? {} : { ":seen": audit.length }),
      },
    },
  };
}
