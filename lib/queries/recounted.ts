import type { Day } from "../calendar/days.ts";
import type { DayRange } from "../calendar/intervals.ts";
import { occurrencesOf } from "../entities/direct/direct.ts";
import type { AnyEntity } from "../entities/entity.ts";
import type { Segments } from "../entities/occurrences/base.ts";
import type { Occurrence } from "../entities/occurrences/occurrence.ts";
import { entities } from "../entities/registry.ts";
import { characteristicOf } from "../facts/characteristics.ts";
import { declaredCounter } from "../metrics/counting.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { createTimeline } from "../metrics/period.ts";
import type { MetricCounters } from "../store/counters/counters.ts";
import { readAllEntities, readFactsBetween, readManyFacts } from "../store/records/bulk.ts";
import { noValue, otherValue, valuesPerDimension } from "../store/records/dimensions.ts";
import { countedOccurrences } from "../store/records/entities.ts";
import type { StoredFact } from "../store/records/facts.ts";
import type { Table } from "../store/table/client.ts";
import type { Deadline } from "../store/table/retries.ts";
import type { Workspace } from "../workspace/settings.ts";

/**
 * A metric's counters, counted from the stored facts and entities instead of the counters: for dimensions that
 * are not tracked, and for several at once.
 */

/** At most so many facts, and as many entities of a kind, are looked at for one answer. */
export const maxRecounted = 20_000;

/** What is counted. */
export interface RecountScope {
  /** Dimension → the value that a fact, or the fact that an entity's segments are from, must have. */
  readonly filters: Readonly<Record<string, string>>;
  /** The dimension by whose values the counts are kept apart. */
  readonly groupBy?: string | undefined;
  readonly range: DayRange;
}

/** The counters of everything that has one value of the dimension grouped by. */
export interface RecountedGroup {
  /** `undefined` for what has no value, and where nothing is grouped. */
  readonly value: string | undefined;
  readonly counters: MetricCounters;
}

/** What a recount found. */
export interface Recounted {
  /** One where nothing is grouped; else at most 200 values, the most frequent ones, and `(other)` for the rest. */
  readonly groups: readonly RecountedGroup[];
  /** Whether there were more values than that. */
  readonly isFolded: boolean;
  /** How many facts and how many entities were looked at. */
  readonly facts: number;
  readonly entities: number;
}

/**
 * Counts a metric's facts and entities that have all values asked for. The same occurrences as the counters of a
 * tracked dimension's value; a fact that was recorded a moment ago may not be in it yet.
 * @throws StoreError `too-many-facts` when more than `maxRecounted` facts or entities would have to be looked at
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function recountCounters(
  table: Table,
  workspace: Workspace,
  metric: AnyMetric,
  scope: RecountScope,
  deadline: Deadline,
): Promise<Recounted> {
  const owners = [metric, ...metric.uses].filter(({ counters }) => counters.length > 0);
  const groups = new Groups(owners, scope);
  const facts = await factsFor(table, workspace, metric, owners, scope.range, deadline);
  for (const stored of facts) {
    if (stored.excluded) continue;
    groups.count(characteristicsOf(stored, workspace.timeZone), occurrencesOf(stored));
  }
  const sources = new Set(owners.flatMap(sourcesOf));
  let looked = 0;
  for (const entity of entities.filter(({ name }) => sources.has(name))) {
    looked += await countEntities(table, workspace, entity, groups, deadline);
  }
  return { ...groups.results(), facts: facts.length, entities: looked };
}

function sourcesOf(owner: AnyMetric): readonly string[] {
  if (!owner.countsFrom) throw new RangeError(`${owner.id} does not say from what it counts`);
  return owner.countsFrom;
}

async function factsFor(
  table: Table,
  workspace: Workspace,
  metric: AnyMetric,
  owners: readonly AnyMetric[],
  range: DayRange,
  deadline: Deadline,
): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for (const kind of ["responses", "events"] as const) {
    const counting = owners.filter((owner) => sourcesOf(owner).includes(kind));
    if (counting.length === 0) continue;
    // A sum since the beginning needs the facts since the beginning.
    const isSinceBeginning = metric.wholeHistory || counting.some(({ cumulative }) => cumulative.length > 0);
    const from = isSinceBeginning && workspace.earliestDay < range.from ? workspace.earliestDay : range.from;
    const bounds = { most: maxRecounted - facts.length, deadline };
    facts.push(...(await readFactsBetween(table, workspace.id, kind, { from, to: range.to }, bounds)));
  }
  return facts;
}

async function countEntities(
  table: Table,
  workspace: Workspace,
  entity: AnyEntity,
  groups: Groups,
  deadline: Deadline,
): Promise<number> {
  const all = await readAllEntities(table, workspace, entity, { most: maxRecounted, deadline });
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

/** By what something is chosen: its own characteristics, and the segments in which it has been counted. */
interface Characteristics {
  valueOf(dimension: string): string | undefined;
  readonly segments: Segments;
}

function characteristicsOf({ fact, day, segments }: StoredFact, timeZone: string): Characteristics {
  return { valueOf: (name) => characteristicOf(fact, name, { day, timeZone }), segments };
}

/** The sums of one group. */
interface Sums {
  readonly days: Map<Day, Record<string, bigint>>;
  readonly before: Record<string, bigint>;
  /** How many occurrences it holds, each as often as it says. */
  size: number;
}

/** Counts occurrences, apart for each value of a dimension. */
class Groups {
  readonly #owners: readonly AnyMetric[];
  readonly #scope: RecountScope;
  readonly #sums = new Map<string | undefined, Sums>();

  constructor(owners: readonly AnyMetric[], scope: RecountScope) {
    this.#owners = owners;
    this.#scope = scope;
    if (scope.groupBy === undefined) this.#sumsOf(undefined);
  }

  count(from: Characteristics, occurrences: readonly Occurrence[]): void {
    const { filters, groupBy } = this.#scope;
    const isChosen = Object.entries(filters).every(
      ([dimension, value]) =>
        (from.valueOf(dimension) ?? noValue) === value ||
        (value === otherValue && from.segments[dimension] === otherValue),
    );
    if (!isChosen) return;
    const value = groupBy === undefined ? undefined : from.valueOf(groupBy);
    const group = value === noValue ? undefined : value;
    for (const occurrence of occurrences) this.#add(group, occurrence);
  }

  #add(group: string | undefined, occurrence: Occurrence): void {
    const { range } = this.#scope;
    if (occurrence.day > range.to) return;
    for (const owner of this.#owners) {
      const increments = Object.entries(owner.increments(occurrence));
      if (increments.length === 0) continue;
      const sums = this.#sumsOf(group);
      sums.size += "count" in occurrence ? occurrence.count : 1;
      for (const [counter, amount] of increments) {
        if (occurrence.day < range.from) {
          addTo(sums.before, counter, BigInt(amount));
        } else {
          const day = sums.days.get(occurrence.day) ?? {};
          addTo(day, counter, BigInt(amount));
          sums.days.set(occurrence.day, day);
        }
      }
    }
  }

  #sumsOf(group: string | undefined): Sums {
    const known = this.#sums.get(group);
    if (known) return known;
    const sums: Sums = { days: new Map(), before: {}, size: 0 };
    this.#sums.set(group, sums);
    return sums;
  }

  results(): Pick<Recounted, "groups" | "isFolded"> {
    const values = [...this.#sums].filter(([value]) => value !== undefined);
    values.sort(([a = "", { size: sizeA }], [b = "", { size: sizeB }]) => sizeB - sizeA || (a < b ? -1 : 1));
    const rarest = values.slice(valuesPerDimension);
    for (const [value, sums] of rarest) {
      this.#sums.delete(value);
      merge(this.#sumsOf(otherValue), sums);
    }
    return {
      groups: [...this.#sums].map(([value, sums]) => ({ value, counters: this.#countersOf(sums) })),
      isFolded: rarest.length > 0,
    };
  }

  #countersOf({ days, before }: Sums): MetricCounters {
    const timeline = createTimeline(this.#scope.range, days, before);
    const known = new Set(this.#owners.flatMap(({ counters }) => counters));
    return {
      timelineOf: (counter) => {
        if (!declaredCounter(counter).some((declared) => known.has(declared)))
          throw new RangeError(`an undeclared counter is read: ${counter}`);
        return timeline;
      },
      stale: [],
      loose: [],
      countsOn: (day) => ({ ...days.get(day) }),
    };
  }
}

function addTo(sums: Record<string, bigint>, counter: string, amount: bigint): void {
  sums[counter] = (sums[counter] ?? 0n) + amount;
}

function merge(into: Sums, from: Sums): void {
  into.size += from.size;
  for (const [counter, amount] of Object.entries(from.before)) addTo(into.before, counter, amount);
  for (const [day, counts] of from.days) {
    const sums = into.days.get(day) ?? {};
    for (const [counter, amount] of Object.entries(counts)) addTo(sums, counter, amount);
    into.days.set(day, sums);
  }
}
