import type { Day } from "../../domain/calendar/days.ts";
import type { EnrichedFact } from "../../domain/entities/enriched-fact.ts";
import { subjectsOf } from "../../domain/entities/registry.ts";
import { Tally } from "../../domain/metrics/counting.ts";
import type { LateCause } from "../../domain/metrics/restated-day.ts";
import { causesOf } from "../counters/change-causes.ts";
import type { StoredFact } from "../records/facts.ts";
import { type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import { maxActions } from "../table/action.ts";
import type { StoreContext } from "../table/context.ts";
import { StoreError } from "../table/errors.ts";
import { CounterChanges } from "./counter-actions.ts";
import { difference } from "./difference.ts";
import { entityActions } from "./entity-actions.ts";
import { daysToMark, markActions } from "./marked-days.ts";
import type { LedgerAction, PlanContext } from "./plan-context.ts";
import { readSettledEntities } from "./recount.ts";
import { historyWithout } from "./without-fact.ts";

/** Facts that leave the counts, or come into them, beside those that are recorded: what that changes, in one transaction. */

/** An entity as it is, and as it is to be. */
export interface EntityChange {
  readonly before: StoredEntity;
  readonly after: StoredEntity;
}

/** A fact that comes into histories; a stored one with the person into whose history it went before. */
type ComingFact = EnrichedFact & Partial<Pick<StoredFact, "person">>;

/**
 * What becomes of the entities that facts are about.
 * @param facts those that leave their histories, then those that come into them; of the same person where they are about one
 * @throws StoreError `unavailable` where the person of one is being erased
 */
export async function entityChanges(
  context: StoreContext,
  { out, come }: { readonly out: readonly StoredFact[]; readonly come: readonly ComingFact[] },
): Promise<EntityChange[]> {
  const aboutOf = (fact: EnrichedFact) => new Set(subjectsOf(fact).map(subjectKey));
  const subjects = [...out, ...come].flatMap(subjectsOf).map((one) => [subjectKey(one), one] as const);
  const entities = await readSettledEntities(context, [...new Map(subjects).values()]);
  const changes = [...entities].map(async ([key, before]) => {
    let after = before;
    for (const fact of out.filter((one) => aboutOf(one).has(key))) {
      requirePerson(before, fact);
      after = { ...after, history: await historyWithout(context, after, fact) };
    }
    for (const fact of come.filter((one) => aboutOf(one).has(key))) {
      requirePerson(before, fact);
      after = { ...after, history: before.entity.apply(after.history, fact) };
    }
    return { before, after };
  });
  return Promise.all(changes);
}

function requirePerson({ entity, person }: StoredEntity, fact: ComingFact): void {
  if (entity.personal && fact.person !== undefined && fact.person !== person) {
    throw new StoreError("unavailable", "the person whom it is about is being erased");
  }
}

/** What changes beside the entities, and why. */
export interface CountedChange {
  readonly changes: readonly EntityChange[];
  /** What facts alone change, apart from what follows from histories. */
  readonly tally: Tally;
  readonly cause: LateCause;
  /** The days of the facts. */
  readonly days: readonly Day[];
  /** The facts that are named as the cause. */
  readonly ids: readonly string[];
  /** What is written of the facts themselves, given the entities as they will be. */
  own(entities: readonly StoredEntity[]): LedgerAction[];
}

/**
 * The actions of a change. Where what follows from a long history changes more than a transaction holds, its entity stays as it was counted, and is counted on in
 * steps.
 * @throws RangeError when it does not fit in any way
 */
export function changeActions(change: CountedChange, context: PlanContext): LedgerAction[] {
  const { changes, cause, ids } = change;
  const largestFirst = changes
    .map((one) => ({ ...one, tally: difference(one.before, one.after) }))
    .sort((a, b) => b.tally.size - a.tally.size);
  for (let later = 0; later <= changes.length; later += 1) {
    // They have to have room in the log of late facts as well.
    const counters = new CounterChanges(context.workspace);
    const tally = new Tally();
    tally.addAll(change.tally);
    for (const one of largestFirst.slice(later)) tally.addAll(one.tally);
    counters.add(tally);
    const days = daysToMark(new Set(change.days), counters, context);
    const afters = largestFirst.map(({ before, after }, index) =>
      index < later ? countedLater(before, after, cause) : after,
    );
    const own = change.own(afters);
    // Beside the counters the facts, the marks, the entities, and how far those have come that are counted later.
    if (!counters.fit(maxActions - own.length - days.length - changes.length - later)) continue;
    return [
      ...own,
      ...largestFirst.flatMap(({ before }, index) => entityActions(before, afters[index] ?? before, context)),
      ...counters.actions(causesOf(tally, cause, ids), context),
      ...markActions(days, context),
    ];
  }
  throw new RangeError("the fact changes more counters than fit one transaction");
}

function countedLater(before: StoredEntity, after: StoredEntity, cause: LateCause): StoredEntity {
  const previous = { history: before.history, dependencies: before.dependencies };
  return { ...after, recount: { through: "", previous, cause } };
}
