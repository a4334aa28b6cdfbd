import { dayFromNumber } from "../../domain/calendar/days.ts";
import { allSteps, factsOf, type History, type KindOfStep } from "../../domain/entities/history.ts";
import { subjectsOf } from "../../domain/entities/registry.ts";
import { listFactsBetween, readManyFacts } from "../records/bulk.ts";
import { listByCustomer } from "../records/fact-places.ts";
import type { StoredFact } from "../records/facts.ts";
import { type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import type { StoreContext } from "../table/context.ts";
import { NotYetShown } from "../table/errors.ts";

/**
 * What an entity's history is without one of its facts. Most often the history tells; where the fact gave it its segments, or where the history has
 * forgotten what mattered less, its other facts do.
 */

/** At most so many facts of the days on which others may have given the segments. */
const maxFacts = 20_000;

/** About how many facts of a customer are listed at a time. */
const pageSize = 500;

/**
 * The history of an entity as if a fact had never arrived.
 * @throws NotYetShown where the entity's other facts do not show yet, or somebody else has changed it: what it was read for has to be planned anew
 * @throws StoreError `too-many-facts` where the days of its other facts have too many
 */
export async function historyWithout(
  context: StoreContext,
  stored: StoredEntity,
  fact: StoredFact,
): Promise<History> {
  const { entity, history } = stored;
  const rest = entity.withdraw(history, fact);
  if (entity.tellsWithout(history, fact)) return rest;
  const found = entity.historyOf(await otherFacts(context, stored, rest, fact));
  // The indexes show a fact within a moment of being recorded: what the history has must be found.
  const shown = new Set(allSteps(found).map(textOf));
  const needed = allSteps(rest).filter(({ kind }) => entity.origins.includes(kind));
  const isWhole = entity.forgets
    ? factsOf(found) >= factsOf(history) - 1
    : needed.every((step) => shown.has(textOf(step)));
  if (!isWhole) throw new NotYetShown(`the other facts of this ${entity.name} do not show yet`);
  return entity.forgets ? found : { ...rest, origin: found.origin };
}

function textOf({ kind, step: { day, at, detail, times, sum } }: KindOfStep): string {
  return [kind, day, at, detail, times, sum].join("\n");
}

/** The other facts of an entity that count, those at least that could have given it its segments. */
async function otherFacts(
  context: StoreContext,
  stored: StoredEntity,
  rest: History,
  fact: StoredFact,
): Promise<StoredFact[]> {
  const { entity } = stored;
  const { table, workspace, deadline } = context;
  const key = subjectKey(stored);
  const isAbout = (other: StoredFact) => subjectsOf(other).some((subject) => subjectKey(subject) === key);
  const ids = entity.personal
    ? await idsOfCustomer(context, stored.id)
    : await idsOfDays(context, originDays(stored, rest), isAbout);
  // As they are now: an index may not know yet which of them were taken out of the counts.
  const found = await readManyFacts(table, workspace.id, ids, deadline);
  return found.filter((other) => {
    if (other.excluded || other.fact.id === fact.fact.id) return false;
    if (entity.personal && other.person !== stored.person) return false;
    return isAbout(other);
  });
}

function originDays({ entity }: StoredEntity, rest: History): Set<number> {
  const steps = allSteps(rest).filter(({ kind }) => entity.origins.includes(kind));
  return new Set(steps.map(({ step }) => step.day));
}

async function idsOfCustomer({ table, workspace }: StoreContext, id: string): Promise<string[]> {
  const listing = { newestFirst: false, expected: pageSize };
  const ids: string[] = [];
  for await (const place of listByCustomer(table, workspace.id, id, listing)) ids.push(place.id);
  return ids;
}

async function idsOfDays(
  { table, workspace, deadline }: StoreContext,
  days: ReadonlySet<number>,
  isAbout: (fact: StoredFact) => boolean,
): Promise<string[]> {
  const ids: string[] = [];
  let listed = 0;
  for (const number of days) {
    const day = dayFromNumber(number);
    const bounds = { most: maxFacts - listed, deadline };
    const facts = await listFactsBetween(table, workspace.id, "events", { from: day, to: day }, bounds);
    listed += facts.length;
    for (const one of facts) if (isAbout(one)) ids.push(one.fact.id);
  }
  return ids;
}
