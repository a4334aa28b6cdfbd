import { occurrencesOf } from "../../entities/direct/direct.ts";
import { subjectsOf } from "../../entities/registry.ts";
import { Tally } from "../../metrics/counting.ts";
import { causesOf } from "../counters/late.ts";
import type { StoredEntity } from "../records/entities.ts";
import { type AuditEntry, readFacts } from "../records/facts.ts";
import { isResponse, type StoredResponse } from "../records/responses.ts";
import { commit } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";
import { factKey } from "../table/keys.ts";
import { CounterChanges } from "./counter-actions.ts";
import { difference } from "./difference.ts";
import { entityActions } from "./entity-actions.ts";
import { type About, type LedgerAction, type PlanContext, planContextOf } from "./plan-context.ts";
import { readSettledEntities } from "./recount.ts";

/**
 * Taking a response out of the counts, and putting it back. The response, its audit, the invitation that it answers and the
 * counters are one transaction, whose condition is the response's present state: however often and by however many it is
 * asked for, a response counts once or not at all.
 */

/** How often a response can be taken out or put back: an audit has to fit into its item. */
export const maxChanges = 100;

/** What became of the request: `full` says that the response has been changed too often. */
export type ExclusionOutcome = "changed" | "unchanged" | "full";

/** What became of the request, and the response as it is now. */
export interface Exclusion {
  readonly outcome: ExclusionOutcome;
  readonly response: StoredResponse;
}

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
): Promise<Exclusion | undefined> {
  const { table, workspace, deadline } = context;
  return commit<Exclusion | undefined, About>(context, async (attempt) => {
    const [response] = await readFacts(table, workspace.id, [id], deadline);
    if (!response || !isResponse(response)) return { actions: [], result: undefined };
    if (response.excluded === request.excluded)
      return { actions: [], result: { outcome: "unchanged", response } };
    if (response.audit.length >= maxChanges) return { actions: [], result: { outcome: "full", response } };
    const plan = planContextOf(context, attempt);
    const entry: AuditEntry = { at: new Date(plan.now).toISOString(), ...request };
    const entities = await readSettledEntities(context, subjectsOf(response));
    return {
      actions: actionsOf(response, [...entities.values()], entry, plan),
      result: {
        outcome: "changed",
        response: { ...response, excluded: entry.excluded, audit: [...response.audit, entry] },
      },
    };
  });
}

function actionsOf(
  response: StoredResponse,
  entities: readonly StoredEntity[],
  entry: AuditEntry,
  context: PlanContext,
): LedgerAction[] {
  const tally = new Tally();
  const changes = entities.map((before) => {
    const change = entry.excluded ? "withdraw" : "apply";
    const after = { ...before, history: before.entity[change](before.history, response) };
    tally.addAll(difference(before, after));
    return entityActions(before, after, context);
  });
  for (const occurrence of occurrencesOf(response)) tally.count(occurrence, entry.excluded ? -1 : 1);
  const cause = entry.excluded ? "excluded" : "included";
  return [
    stateAction(response, entry, context),
    ...changes.flat(),
    ...CounterChanges.of(tally).actions(causesOf(tally, cause, [response.fact.id]), context),
  ];
}

function stateAction(
  { fact, audit }: StoredResponse,
  entry: AuditEntry,
  { tableName, workspace }: PlanContext,
): LedgerAction {
  // Who sees as many changes sees the same state: each change turns it.
  const isFirst = "attribute_exists(pk) AND attribute_not_exists(audit)";
  const isUnchanged = "size(audit) = :seen";
  const update = {
    TableName: tableName,
    Key: factKey(workspace.id, fact.id),
    UpdateExpression: "SET excluded = :excluded, audit = list_append(if_not_exists(audit, :none), :entry)",
    ConditionExpression: audit.length === 0 ? isFirst : isUnchanged,
    ExpressionAttributeValues: {
      ":excluded": entry.excluded,
      ":none": [],
      ":entry": [entry],
      ...(audit.length === 0 ? {} : { ":seen": audit.length }),
    },
  };
  return { about: { kind: "fact", id: fact.id }, action: { Update: update } };
}
