import { occurrencesOf } from "../../entities/one-fact/one-fact.ts";
import { subjectsOf } from "../../entities/registry.ts";
import { Tally } from "../../metrics/counting.ts";
import { causesOf } from "../counters/change-causes.ts";
import { type AuditEntry, readFacts, type StoredFact } from "../records/facts.ts";
import { isResponse } from "../records/responses.ts";
import type { StoredEntity } from "../records/stored-entity.ts";
import { commit } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";
import { factKey } from "../table/keys.ts";
import { CounterChanges } from "./counter-actions.ts";
import { difference } from "./difference.ts";
import { entityActions } from "./entity-actions.ts";
import { daysToMark, markActions } from "./fact-marks.ts";
import { type About, type LedgerAction, type PlanContext, planContextOf } from "./plan-context.ts";
import { readSettledEntities } from "./recount.ts";

/**
 * Taking a fact out of the counts, and putting it back. The fact, its audit, the invitation that it answers and the
 * counters are one transaction, whose condition is the fact's present state: however often and by however many it is
 * asked for, a fact counts once or not at all.
 */

/** How often a fact can be taken out or put back: an audit has to fit into its item. */
export const maxChanges = 100;

/**
 * The outcome of the request. `full`: the fact has been changed too often. `bound`: it is an event in the history of an entity, for
 * example of a customer, and a history alone does not tell what it would be without one of its events.
 */
export type ExclusionOutcome = "changed" | "unchanged" | "full" | "bound";

/** The outcome of the request, and the fact as it is now. */
export interface Exclusion<Fact extends StoredFact> {
  readonly outcome: ExclusionOutcome;
  readonly fact: Fact;
}

/** The request: by whom, and why. */
export type ExclusionRequest = Omit<AuditEntry, "at">;

/**
 * Takes a fact out of the counts of its day, in each segment in which it was counted, or puts it back. The day's
 * counters are marked, so that the next run restates the day where it is closed.
 * @param isOfKind which facts are meant: responses, or events
 * @returns what became of it, and the fact as it is now; `undefined` when there is none of that kind with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function setExcluded<Fact extends StoredFact>(
  context: StoreContext,
  id: string,
  isOfKind: (stored: StoredFact) => stored is Fact,
  request: ExclusionRequest,
): Promise<Exclusion<Fact> | undefined> {
  const { table, workspace, deadline } = context;
  return commit<Exclusion<Fact> | undefined, About>(context, async (attempt) => {
    const [fact] = await readFacts(table, workspace.id, [id], deadline);
    if (!fact || !isOfKind(fact)) return { actions: [], result: undefined };
    const subjects = subjectsOf(fact);
    const unchanged = (outcome: ExclusionOutcome) => ({ actions: [], result: { outcome, fact } });
    if (!isResponse(fact) && subjects.length > 0) return unchanged("bound");
    if (fact.excluded === request.excluded) return unchanged("unchanged");
    if (fact.audit.length >= maxChanges) return unchanged("full");
    const plan = planContextOf(context, attempt);
    const entry: AuditEntry = { at: new Date(plan.now).toISOString(), ...request };
    const entities = await readSettledEntities(context, subjects);
    return {
      actions: actionsOf(fact, [...entities.values()], entry, plan),
      result: {
        outcome: "changed",
        fact: { ...fact, excluded: entry.excluded, audit: [...fact.audit, entry] },
      },
    };
  });
}

function actionsOf(
  stored: StoredFact,
  entities: readonly StoredEntity[],
  entry: AuditEntry,
  context: PlanContext,
): LedgerAction[] {
  const tally = new Tally();
  const changes = entities.map((before) => {
    const change = entry.excluded ? "withdraw" : "apply";
    const after = { ...before, history: before.entity[change](before.history, stored) };
    tally.addAll(difference(before, after));
    return entityActions(before, after, context);
  });
  for (const occurrence of occurrencesOf(stored)) tally.count(occurrence, entry.excluded ? -1 : 1);
  const cause = entry.excluded ? "excluded" : "included";
  const counters = CounterChanges.of(tally);
  return [
    stateAction(stored, entry, context),
    ...changes.flat(),
    ...counters.actions(causesOf(tally, cause, [stored.fact.id]), context),
    ...markActions(daysToMark([stored.day], counters, context), context),
  ];
}

function stateAction(
  { fact, audit }: StoredFact,
  entry: AuditEntry,
  { tableName, workspace }: PlanContext,
): LedgerAction {
  // The same number of changes means the same state, because each change flips it.
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
