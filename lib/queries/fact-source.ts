import { addDays, beginning, laterDay } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import type { AnyEntity } from "../domain/entities/entity.ts";
import type { Origin } from "../domain/entities/history.ts";
import { occurrencesOf } from "../domain/entities/one-fact/one-fact.ts";
import { entities } from "../domain/entities/registry.ts";
import { characteristicOf } from "../domain/facts/characteristics.ts";
import { type AnyMetric, ownersOf } from "../domain/metrics/metric.ts";
import { listFactsBetween, readAllEntities, readManyEntities, readManyFacts } from "../store/records/bulk.ts";
import { noValue } from "../store/records/dimensions.ts";
import type { StoredFact } from "../store/records/facts.ts";
import { countedOccurrences, type StoredEntity } from "../store/records/stored-entity.ts";
import { otherValue } from "../store/records/value-list.ts";
import type { StoreContext } from "../store/table/context.ts";
import {
  type Characteristics,
  type FactGroups,
  type GroupScope,
  noCharacteristics,
  OccurrenceGroups,
} from "./fact-groups.ts";
import { linkedTo, linkOf, withLink } from "./linked.ts";
import { adviceOnFacts, orRefuse } from "./refusal.ts";
import {
  type CounterScope,
  type CounterSource,
  type CountersByMetric,
  remarkOnOthers,
  type SourcedCounters,
  type SourceName,
} from "./source.ts";

/**
 * The stored facts as a source: a metric's counters, counted from facts and entities for this one question. It answers what has no
 * rolling counters: dimensions that are not tracked, and several at once.
 */

/** At most so many facts, and as many entities of a kind, are looked at for one answer. */
export const maxFactsPerAnswer = 20_000;

/** Answers everything, and costs a read unit a fact. */
export const storedFacts: CounterSource = {
  read({ table, ...store }: StoreContext, { metrics, ...scope }: CounterScope): Promise<CountersByMetric> {
    // The index that lists the facts is not read consistently either, and half as dear is twice as much that can be asked for.
    const context = { ...store, table: { ...table, isEventual: true } };
    const countAll = async () => {
      const counted = new Map<AnyMetric, SourcedCounters>();
      for (const metric of metrics) {
        counted.set(metric, sourced(scope, await countFromFacts(context, metric, scope)));
      }
      return counted;
    };
    return orRefuse(countAll, () => adviceOnFacts(scope, context.workspace, "there are too many"));
  },
};

/** Counted groups as every source gives them. */
export function sourced(
  { groupBy = [], maxGroups }: GroupScope,
  { groups, isFolded, facts, entities }: CountedFacts,
  source: SourceName = "facts",
): SourcedCounters {
  return {
    groups: groups.map(({ value, counters }) => ({
      ...(groupBy.length === 0 ? {} : { group: value ?? noValue }),
      counters,
    })),
    source,
    looked: facts + entities,
    remarks: isFolded ? [remarkOnOthers(groupBy.join(" with "), "rarest", otherValue, maxGroups)] : [],
  };
}

/** Counted groups, and how much was looked at for them. */
export interface CountedFacts extends FactGroups {
  readonly facts: number;
  readonly entities: number;
}

/**
 * Counts a metric's facts and entities that have all values asked for. The same occurrences as the counters of a
 * tracked dimension's value; a fact that was recorded a moment ago may not be in it yet.
 * @param maxFacts so many facts, and as many entities of a kind, are looked at
 * @throws StoreError `too-many-facts` when it would have to be more
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function countFromFacts(
  context: StoreContext,
  metric: AnyMetric,
  scope: GroupScope,
  maxFacts = maxFactsPerAnswer,
): Promise<CountedFacts> {
  const owners = ownersOf(metric);
  const groups = new OccurrenceGroups(owners, scope, needsBeginning(metric, owners));
  const counting = { metric, owners, range: scope.range, maxFacts };
  const facts = await factsFor(context, counting);
  const names = [...Object.keys(scope.filters), ...(scope.groupBy ?? [])];
  const linked = await linkedTo(context, facts, names, maxFacts);
  for (const stored of facts) {
    if (stored.excluded) continue;
    const own = characteristicsOf(stored, context.workspace.timeZone);
    groups.count(withLink(own, linkOf(stored), linked), occurrencesOf(stored));
  }
  const sources = new Set(owners.flatMap(sourcesOf));
  let looked = 0;
  for (const entity of entities.filter(({ name }) => sources.has(name))) {
    const all = await entitiesFor(context, entity, counting);
    await countEntities(context, all, groups);
    looked += all.length;
  }
  return { ...groups.results(), facts: facts.length, entities: looked + linked.size };
}

/** A metric with those whose counters it reads, the days to count, and from how many facts at most. */
interface Counting {
  readonly metric: AnyMetric;
  readonly owners: readonly AnyMetric[];
  readonly range: DayRange;
  readonly maxFacts: number;
}

/** What a metric's own counters count. */
export function sourcesOf(owner: AnyMetric): readonly string[] {
  if (!owner.countsFrom) throw new RangeError(`${owner.id} does not say from what it counts`);
  return owner.countsFrom;
}

async function factsFor(
  { table, workspace, deadline }: StoreContext,
  { metric, owners, range, maxFacts }: Counting,
): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for (const kind of ["responses", "events"] as const) {
    const counting = owners.filter((owner) => sourcesOf(owner).includes(kind));
    if (counting.length === 0) continue;
    const isWhole = needsBeginning(metric, counting) && workspace.earliestDay < range.from;
    const span = { from: isWhole ? workspace.earliestDay : range.from, to: range.to };
    const bounds = { most: maxFacts - facts.length, deadline };
    facts.push(...(await listFactsBetween(table, workspace.id, kind, span, bounds)));
  }
  return facts;
}

async function countEntities(
  context: StoreContext,
  all: readonly StoredEntity[],
  groups: OccurrenceGroups,
): Promise<void> {
  const { table, workspace, deadline } = context;
  const origins = all.flatMap(({ history }) => history.origin?.factId ?? []);
  const facts = await readManyFacts(table, workspace.id, origins, deadline);
  const byId = new Map(facts.map((stored) => [stored.fact.id, stored]));
  for (const stored of all) {
    const { origin } = stored.history;
    const fact = origin && byId.get(origin.factId);
    const own = fact ? characteristicsOf(fact, workspace.timeZone) : undefined;
    groups.count(characteristicsOfEntity(origin, own), countedOccurrences(stored));
  }
}

/**
 * By what an entity is chosen: by the fact that its segments are from, and by these alone where that names nobody any more.
 * @param own the characteristics of that fact
 */
export function characteristicsOfEntity(
  origin: Pick<Origin, "segments"> | null,
  own?: Characteristics,
): Characteristics {
  if (!origin) return noCharacteristics;
  const { segments } = origin;
  return own ? { ...own, segments } : { segments, valueOf: (name) => segments[name] };
}

/** The entities of one kind of which something can count in a range, or before it where sums since the beginning are needed. */
async function entitiesFor(
  context: StoreContext,
  entity: AnyEntity,
  { metric, owners, range, maxFacts }: Counting,
): Promise<StoredEntity[]> {
  const { table, workspace, deadline } = context;
  const bounds = { most: maxFacts, deadline };
  const counting = owners.filter((owner) => sourcesOf(owner).includes(entity.name));
  // No fact names a person any more who was erased: only a listing of all customers has them.
  if (entity.personal || needsBeginning(metric, counting)) {
    return readAllEntities(table, workspace, entity, bounds);
  }
  const dueAfter = Math.max(0, ...entity.dueAfterDays(workspace));
  const from = laterDay(addDays(range.from, -dueAfter), beginning);
  const facts = await listFactsBetween(table, workspace.id, "events", { from, to: range.to }, bounds);
  const ids = [...new Set(facts.flatMap((stored) => entity.idOf(stored) ?? []))];
  return readManyEntities(context, entity, ids, bounds.most);
}

/** Sums since the beginning need the facts since the beginning. */
export function needsBeginning(metric: AnyMetric, counting: readonly AnyMetric[]): boolean {
  return metric.wholeHistory === true || counting.some(({ cumulative }) => cumulative.length > 0);
}

/** By what a fact is chosen. */
export function characteristicsOf(
  { fact, day, segments }: Pick<StoredFact, "fact" | "day" | "segments">,
  timeZone: string,
): Characteristics {
  return { valueOf: (name) => characteristicOf(fact, name, { day, timeZone }), segments };
}
