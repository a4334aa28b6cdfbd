import { customer } from "../../entities/customer.ts";
import { occurrencesOf } from "../../entities/one-fact/one-fact.ts";
import { subjectsOf } from "../../entities/registry.ts";
import { Tally } from "../../metrics/counting.ts";
import type { LateCause } from "../../metrics/restated-day.ts";
import { causesOf } from "../counters/change-causes.ts";
import { type AuditEntry, readFacts, type StoredFact } from "../records/facts.ts";
import { isResponse } from "../records/responses.ts";
import type { StoredEntity } from "../records/stored-entity.ts";
import { maxActions } from "../table/action.ts";
import type { StoreContext } from "../table/context.ts";
import { StoreError } from "../table/errors.ts";
import { factKey } from "../table/keys.ts";
import { commitCounted } from "./commit-counted.ts";
import { CounterChanges } from "./counter-actions.ts";
import { difference } from "./difference.ts";
import { entityActions } from "./entity-actions.ts";
import { daysToMark, markActions } from "./marked-days.ts";
import { type LedgerAction, type PlanContext, planContextOf } from "./plan-context.ts";
import { readSettledEntities } from "./recount.ts";
import { historyWithout } from "./without-fact.ts";

/**
 * Taking a fact out of the counts, and putting it back. The fact, its audit, the histories of what it is about and the
 * counters are one transaction, whose condition is the fact's present state: however often and by however many it is
 * asked for, a fact counts once or not at all.
 */

/** How often a fact can be taken out or put back: an audit has to fit into its item. */
export const maxChanges = 100;

/**
 * The outcome of the request. `full`: the fact has been changed too often. `erased`: it is an event in the history of a person who has been erased, which has no
 * name any more by which it could be found.
 */
export type ExclusionOutcome = "changed" | "unchanged" | "full" | "erased";

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
  const changed = await commitCounted<Exclusion<Fact> | undefined>(context, async (attempt) => {
    const [fact] = await readFacts(table, workspace.id, [id], deadline);
    if (!fact || !isOfKind(fact)) return { actions: [], result: undefined };
    const unchanged = (outcome: ExclusionOutcome) => ({ actions: [], result: { outcome, fact } });
    if (fact.excluded === request.excluded) return unchanged("unchanged");
    if (fact.audit.length >= maxChanges) return unchanged("full");
    if (isOfErased(fact)) return unchanged("erased");
    const plan = planContextOf(context, attempt);
    const entry: AuditEntry = { at: new Date(plan.now).toISOString(), ...request };
    const changes = await changesOf(context, fact, request.excluded);
    return {
      actions: actionsOf(fact, changes, entry, plan),
      result: {
        outcome: "changed",
        fact: { ...fact, excluded: entry.excluded, audit: [...fact.audit, entry] },
      },
    };
  });
  // A change that was too large for the transaction is counted to the end, also one that was interrupted before.
  if (changed?.outcome === "changed" || changed?.outcome === "unchanged") {
    await readSettledEntities(context, subjectsOf(changed.fact));
  }
  return changed;
}

/** Whether an event named a person who has been erased: a response counts by itself all the same. */
function isOfErased(stored: StoredFact): boolean {
  return !isResponse(stored) && stored.hadCustomer === true && customer.facts.includes(stored.fact.type);
}

/** An entity as it is, and as it is to be. */
interface Change {
  readonly before: StoredEntity;
  readonly after: StoredEntity;
}

/** What becomes of the entities that a fact is about. @throws StoreError `unavailable` where its person is being erased */
async function changesOf(context: StoreContext, fact: StoredFact, isOut: boolean): Promise<Change[]> {
  const entities = await readSettledEntities(context, subjectsOf(fact));
  const changes = [...entities.values()].map(async (before) => {
    const { entity, history, person } = before;
    if (entity.personal && fact.person !== undefined && fact.person !== person) {
      throw new StoreError("unavailable", "the person whom it is about is being erased");
    }
    const left = isOut ? await historyWithout(context, before, fact) : entity.apply(history, fact);
    return { before, after: { ...before, history: left } };
  });
  return Promise.all(changes);
}

/**
 * The actions of a change. Where what follows from a long history changes more than a transaction holds, its entity stays as it was counted, and is counted on in
 * steps.
 * @throws RangeError when it does not fit in any way
 */
function actionsOf(
  stored: StoredFact,
  changes: readonly Change[],
  entry: AuditEntry,
  context: PlanContext,
): LedgerAction[] {
  const largestFirst = changes
    .map((change) => ({ ...change, tally: difference(change.before, change.after) }))
    .sort((a, b) => b.tally.size - a.tally.size);
  for (let later = 0; later <= changes.length; later += 1) {
    const tally = new Tally();
    for (const occurrence of occurrencesOf(stored)) tally.count(occurrence, entry.excluded ? -1 : 1);
    for (const change of largestFirst.slice(later)) tally.addAll(change.tally);
    // They have to have room in the log of late facts as well.
    const counters = new CounterChanges(context.workspace);
    counters.add(tally);
    const days = daysToMark([stored.day], counters, context);
    // Beside the counters the fact, the marks, the entities, and how far those have come that are counted later.
    if (!counters.fit(maxActions - 1 - days.length - changes.length - later)) continue;
    const cause = entry.excluded ? "excluded" : "included";
    return [
      stateAction(stored, entry, context),
      ...largestFirst.flatMap(({ before, after }, index) =>
        entityActions(before, index < later ? countedLater(before, after, cause) : after, context),
      ),
      ...counters.actions(causesOf(tally, cause, [stored.fact.id]), context),
      ...markActions(days, context),
    ];
  }
  throw new RangeError("the fact changes more counters than fit one transaction");
}

function countedLater(before: StoredEntity, after: StoredEntity, cause: LateCause): StoredEntity {
  const previous = { history: before.history, dependencies: before.dependencies };
  return { ...after, recount: { through: "", previous, cause } };
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
