import { customer } from "../../domain/entities/customer.ts";
import { occurrencesOf } from "../../domain/entities/one-fact/one-fact.ts";
import { subjectsOf } from "../../domain/entities/registry.ts";
import { Tally } from "../../domain/metrics/counting.ts";
import { type AuditEntry, readFacts, type StoredFact } from "../records/facts.ts";
import { isResponse } from "../records/responses.ts";
import type { StoreContext } from "../table/context.ts";
import { factKey } from "../table/keys.ts";
import { changeActions, type EntityChange, entityChanges } from "./change-actions.ts";
import { commitCounted } from "./commit-counted.ts";
import { type LedgerAction, type PlanContext, planContextOf } from "./plan-context.ts";
import { readSettledEntities } from "./recount.ts";
import { followReplacements, supersededEntry } from "./superseded.ts";

/**
 * Taking a fact out of the counts, and putting it back. The fact, its audit, the histories of what it is about and the
 * counters are one transaction, whose condition is the fact's present state: however often and by however many it is
 * asked for, a fact counts once or not at all.
 */

/** How often a fact can be taken out or put back: an audit has to fit into its item. */
export const maxChanges = 100;

/**
 * The outcome of the request. `full`: the fact has been changed too often. `erased`: it is an event in the history of a person who has been erased, which has no
 * name any more by which it could be found. `superseded`: another fact has replaced it, and counts in its place: that one has to be taken out before.
 */
export type ExclusionOutcome = "changed" | "unchanged" | "full" | "erased" | "superseded";

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
    const standIn = request.excluded ? undefined : await standInOf(context, fact);
    // It would count beside the one that replaced it.
    if (standIn === "counts") return unchanged("superseded");
    const plan = planContextOf(context, attempt);
    const entry: AuditEntry = { at: new Date(plan.now).toISOString(), ...request };
    const out = request.excluded ? [fact] : [];
    const changes = await entityChanges(context, { out, come: request.excluded ? [] : [fact] });
    const after = { ...fact, excluded: entry.excluded, audit: [...fact.audit, entry] };
    return {
      actions: actionsOf({ stored: fact, standIn }, changes, entry, plan),
      result: { outcome: "changed", fact: standIn ? { ...after, supersededBy: undefined } : after },
    };
  });
  // A change that was too large for the transaction is counted to the end, also one that was interrupted before.
  if (changed?.outcome === "changed" || changed?.outcome === "unchanged") {
    await readSettledEntities(context, subjectsOf(changed.fact));
  }
  return changed;
}

/** Whether an event named a person who has been erased: a response counts by itself all the same. */
export function isOfErased(stored: StoredFact): boolean {
  return !isResponse(stored) && stored.hadCustomer === true && customer.facts.includes(stored.fact.type);
}

/**
 * Which fact stands in for one that is to be put back, and does not count itself any more: from then on the two change places.
 * @returns `counts` where it does count, or would have to be looked for too long
 */
async function standInOf(
  context: StoreContext,
  { supersededBy }: StoredFact,
): Promise<StoredFact | "counts" | undefined> {
  if (supersededBy === undefined) return undefined;
  const { last } = await followReplacements(context, supersededBy);
  return last?.excluded ? last : "counts";
}

/** The actions of a change. @throws RangeError when it does not fit in any way */
function actionsOf(
  { stored, standIn }: { readonly stored: StoredFact; readonly standIn: StoredFact | undefined },
  changes: readonly EntityChange[],
  entry: AuditEntry,
  context: PlanContext,
): LedgerAction[] {
  const tally = new Tally();
  for (const occurrence of occurrencesOf(stored)) tally.count(occurrence, entry.excluded ? -1 : 1);
  const cause = entry.excluded ? "excluded" : "included";
  return changeActions(
    {
      ...{ changes, tally, cause, days: [stored.day], ids: [stored.fact.id] },
      own: () => [
        stateAction(stored, entry, context, standIn && null),
        ...(standIn ? [supersededAction(standIn, stored.fact.id, context)] : []),
      ],
    },
    context,
  );
}

/** Says of a fact which other one stands in for it, if nobody has changed it since it was read. */
export function supersededAction(stored: StoredFact, by: string, context: PlanContext): LedgerAction {
  return stateAction(stored, supersededEntry(by, context), context, by);
}

/**
 * Writes a change into the fact, if nobody has changed it since it was read.
 * @param supersededBy the fact that replaces it; `null` where none does any more
 */
export function stateAction(
  { fact, audit }: StoredFact,
  entry: AuditEntry,
  { tableName, workspace }: PlanContext,
  supersededBy?: string | null,
): LedgerAction {
  // The same number of changes means the same state.
  const isFirst = "attribute_exists(pk) AND attribute_not_exists(audit)";
  const isUnchanged = "size(audit) = :seen";
  const setBy = typeof supersededBy === "string" ? ", supersededBy = :by" : "";
  const removeBy = supersededBy === null ? " REMOVE supersededBy" : "";
  const update = {
    TableName: tableName,
    Key: factKey(workspace.id, fact.id),
    UpdateExpression: `SET excluded = :excluded, audit = list_append(if_not_exists(audit, :none), :entry)${setBy}${removeBy}`,
    ConditionExpression: audit.length === 0 ? isFirst : isUnchanged,
    ExpressionAttributeValues: {
      ":excluded": entry.excluded,
      ":none": [],
      ":entry": [entry],
      ...(typeof supersededBy === "string" ? { ":by": supersededBy } : {}),
      ...(audit.length === 0 ? {} : { ":seen": audit.length }),
    },
  };
  return { about: { kind: "fact", id: fact.id }, action: { Update: update } };
}
