import type { DayRange } from "../calendar/intervals.ts";
import { occurrencesOf } from "../entities/direct/direct.ts";
import type { AnyEntity } from "../entities/entity.ts";
import { entities } from "../entities/registry.ts";
import { characteristicOf } from "../facts/characteristics.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { readAllEntities, readFactsBetween, readManyFacts } from "../store/records/bulk.ts";
import { noValue } from "../store/records/dimensions.ts";
import { countedOccurrences } from "../store/records/entities.ts";
import type { StoredFact } from "../store/records/facts.ts";
import { otherValue } from "../store/records/value-list.ts";
import type { StoreContext } from "../store/table/context.ts";
import { type Characteristics, type FactGroups, type GroupScope, OccurrenceGroups } from "./fact-groups.ts";
import {
  type CounterScope,
  type CounterSource,
  type CountersByMetric,
  remarkOnOthers,
  type SourcedCounters,
} from "./source.ts";

/**
 * The stored facts as a source: a metric's counters, counted from facts and entities for this one question. It answers what has no
 * rolling counters: dimensions that are not tracked, and several at once.
 */

/** At most so many facts, and as many entities of a kind, are looked at for one answer. */
export const maxFactsPerAnswer = 20_000;

/** Answers everything, and costs a read unit a fact. */
export const storedFacts: CounterSource = {
  async read(context: StoreContext, { metrics, ...scope }: CounterScope): Promise<CountersByMetric> {
    const counted = new Map<AnyMetric, SourcedCounters>();
    for (const metric of metrics) {
      counted.set(metric, sourced(scope, await countFromFacts(context, metric, scope)));
    }
    return counted;
  },
};

function sourced(
  { groupBy }: GroupScope,
  { groups, isFolded, facts, entities }: CountedFacts,
): SourcedCounters {
  const rarest = "that are the rarest";
  return {
    groups: groups.map(({ value, counters }) => ({
      ...(groupBy === undefined ? {} : { group: value ?? noValue }),
      counters,
    })),
    source: "facts",
    looked: facts + entities,
    remarks: groupBy !== undefined && isFolded ? [remarkOnOthers(groupBy, rarest, otherValue)] : [],
  };
}

/** What was counted, and how much was looked at for it. */
export interface CountedFacts extends FactGroups {
  readonly facts: number;
  readonly entities: number;
}

/**
 * Counts a metric's facts and entities that have all values asked for. The same occurrences as the counters of a
 * tracked dimension's value; a fact that was recorded a moment ago may not be in it yet.
 * @throws StoreError `too-many-facts` when more than `maxFactsPerAnswer` facts or entities would have to be looked at
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function countFromFacts(
  context: StoreContext,
  metric: AnyMetric,
  scope: GroupScope,
): Promise<CountedFacts> {
  const owners = [metric, ...metric.uses].filter(({ counters }) => counters.length > 0);
  const groups = new OccurrenceGroups(owners, scope);
  const facts = await factsFor(context, metric, owners, scope.range);
  for (const stored of facts) {
    if (stored.excluded) continue;
    groups.count(characteristicsOf(stored, context.workspace.timeZone), occurrencesOf(stored));
  }
  const sources = new Set(owners.flatMap(sourcesOf));
  let looked = 0;
  for (const entity of entities.filter(({ name }) => sources.has(name))) {
    looked += await countEntities(context, entity, groups);
  }
  return { ...groups.results(), facts: facts.length, entities: looked };
}

function sourcesOf(owner: AnyMetric): readonly string[] {
  if (!owner.countsFrom) throw new RangeError(`${owner.id} does not say from what it counts`);
  return owner.countsFrom;
}

async function factsFor(
  { table, workspace, deadline }: StoreContext,
  metric: AnyMetric,
  owners: readonly AnyMetric[],
  range: DayRange,
): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for (const kind of ["responses", "events"] as const) {
    const counting = owners.filter((owner) => sourcesOf(owner).includes(kind));
    if (counting.length === 0) continue;
    // A sum since the beginning needs the facts since the beginning.
    const isSinceBeginning = metric.wholeHistory || counting.some(({ cumulative }) => cumulative.length > 0);
    const from = isSinceBeginning && workspace.earliestDay < range.from ? workspace.earliestDay : range.from;
    const bounds = { most: maxFactsPerAnswer - facts.length, deadline };
    facts.push(...(await readFactsBetween(table, workspace.id, kind, { from, to: range.to }, bounds)));
  }
  return facts;
}

async function countEntities(
  { table, workspace, deadline }: StoreContext,
  entity: AnyEntity,
  groups: OccurrenceGroups,
): Promise<number> {
  const all = await readAllEntities(table, workspace, entity, { most: maxFactsPerAnswer, deadline });
  const origins = all.flatMap(({ history }) => history.origin?.factId ?? []);
  const facts = await readManyFacts(table, workspace.id, origins, deadline);
  const byId = new Map(facts.map((stored) => [stored.fact.id, stored]));
  for (const stored of all) {
    const { origin } = stored.history;
    // Of what has no origin nothing counts.
    if (!origin) continue;
    const { segments } = origin;
    const fact = byId.get(origin.factId);
    const from = fact
      ? { ...characteristicsOf(fact, workspace.timeZone), segments }
      : { segments, valueOf: (name: string) => segments[name] };
    groups.count(from, countedOccurrences(stored));
  }
  return all.length;
}

function characteristicsOf({ fact, day, segments }: StoredFact, timeZone: string): Characteristics {
  return { valueOf: (name) => characteristicOf(fact, name, { day, timeZone }), segments };
}
