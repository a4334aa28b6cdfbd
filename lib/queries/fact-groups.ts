import type { Day } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import type { Segments } from "../domain/entities/occurrences/base.ts";
import type { Occurrence } from "../domain/entities/occurrences/occurrence.ts";
import type { Filters } from "../domain/facts/characteristics.ts";
import { declaredCounter } from "../domain/metrics/counting.ts";
import { type AnyMetric, metricsByKind, noIncrements } from "../domain/metrics/metric.ts";
import { createTimeline, type Timeline } from "../domain/metrics/period.ts";
import type { MetricCounters } from "../store/counters/counters.ts";
import { noValue } from "../store/records/dimensions.ts";
import { otherValue } from "../store/records/value-list.ts";
import { valuesPerDimension } from "../store/records/value-lists.ts";
import { groupName } from "./group-names.ts";

/** Counting occurrences that have the values asked for, apart for each value of a dimension. */

/** Which occurrences are counted. */
export interface GroupScope {
  /** The values that a fact, or the fact that an entity's segments are from, must have. */
  readonly filters: Filters;
  /** The dimensions by whose values the counts are kept apart. */
  readonly groupBy?: readonly string[] | undefined;
  /** Days before it are summed up, days after it are left out. */
  readonly range: DayRange;
  /** At most so many values are groups of their own; 200 when absent. */
  readonly maxGroups?: number | undefined;
}

/** The counters of everything that has one value of each dimension grouped by. */
export interface FactGroup {
  /** The group's name; `undefined` for what has no value, and where nothing is grouped. */
  readonly value: string | undefined;
  readonly counters: MetricCounters;
}

/** All groups that were found. */
export interface FactGroups {
  /** One where nothing is grouped; else at most as many values as the scope says, the most frequent ones, and `(other)` for the rest. */
  readonly groups: readonly FactGroup[];
  /** Whether there were more values than that. */
  readonly isFolded: boolean;
}

/** By what something is chosen: its own characteristics, and the segments in which it has been counted. */
export interface Characteristics {
  valueOf(dimension: string): string | undefined;
  readonly segments: Segments;
}

/** Those of an entity of which no fact says how it was won: it counts where nothing has a value. */
export const noCharacteristics: Characteristics = { valueOf: () => undefined, segments: {} };

/** Sums by counter: numbers as long as these are exact, as they are many times as fast. */
type Amounts = Record<string, number | bigint>;

/** The sums of one group. */
interface Sums {
  readonly days: Map<Day, Amounts>;
  readonly before: Amounts;
  /** How many occurrences it holds, each as often as it says. */
  size: number;
}

/** Whether something has one of the values asked for of each dimension. */
export function isChosen(from: Characteristics, filters: Filters): boolean {
  return Object.entries(filters).every(
    ([dimension, values]) =>
      values.includes(from.valueOf(dimension) ?? noValue) ||
      (values.includes(otherValue) && from.segments[dimension] === otherValue),
  );
}

/** Counts occurrences into the counters of some metrics, apart for each value of a dimension. */
export class OccurrenceGroups {
  readonly #owners: readonly AnyMetric[];
  readonly #ownersByKind: ReturnType<typeof metricsByKind>;
  readonly #scope: GroupScope;
  readonly #keepsBefore: boolean;
  readonly #sums = new Map<string | undefined, Sums>();

  /** @param keepsBefore whether what counts on days before the range matters, as a sum */
  constructor(owners: readonly AnyMetric[], scope: GroupScope, keepsBefore: boolean) {
    this.#owners = owners;
    this.#ownersByKind = metricsByKind(owners);
    this.#keepsBefore = keepsBefore;
    this.#scope = scope;
    if (!scope.groupBy?.length) this.#sumsOf(undefined);
  }

  /** Counts the occurrences of something, if it is chosen. */
  count(from: Characteristics, occurrences: readonly Occurrence[]): void {
    const place = this.choose(from);
    if (place) this.countIn(place.group, occurrences);
  }

  /** Counts occurrences in a group that was chosen. */
  countIn(group: string | undefined, occurrences: readonly Occurrence[]): void {
    for (const occurrence of occurrences) this.#add(group, occurrence);
  }

  /** The group of what has the values asked for; `undefined` for all else. */
  choose(from: Characteristics): { readonly group: string | undefined } | undefined {
    const { filters, groupBy = [] } = this.#scope;
    if (!isChosen(from, filters)) return undefined;
    return { group: groupName(groupBy.map((dimension) => from.valueOf(dimension))) };
  }

  #add(group: string | undefined, occurrence: Occurrence): void {
    const { day, timesBeside } = occurrence;
    // The characteristics that an answer takes from its ticket are looked up with the answer, not counted here.
    if (!this.#hasDay(day) || timesBeside !== undefined) return;
    for (const owner of this.#ownersByKind.get(occurrence.kind) ?? []) {
      const increments = owner.increments(occurrence);
      // An answer to another survey, for example.
      if (increments === noIncrements) continue;
      let ofDay: Amounts | undefined;
      for (const counter in increments) {
        ofDay ??= this.#amountsOn(group, day, sizeOf(occurrence));
        addTo(ofDay, counter, increments[counter] ?? 0);
      }
    }
  }

  /**
   * Adds what was counted on one day.
   * @param size of how many occurrences, each as often as it says
   */
  add(
    group: string | undefined,
    day: Day,
    size: number,
    counts: readonly (readonly [counter: string, amount: number | bigint])[],
  ): void {
    if (counts.length === 0 || !this.#hasDay(day)) return;
    const ofDay = this.#amountsOn(group, day, size);
    for (const [counter, amount] of counts) addTo(ofDay, counter, amount);
  }

  /** The sums to which something of a day is added. */
  #amountsOn(group: string | undefined, day: Day, size: number): Amounts {
    const sums = this.#sumsOf(group);
    sums.size += size;
    if (day < this.#scope.range.from) return sums.before;
    const known = sums.days.get(day);
    if (known) return known;
    const made: Amounts = {};
    sums.days.set(day, made);
    return made;
  }

  #hasDay(day: Day): boolean {
    const { from, to } = this.#scope.range;
    return day <= to && (day >= from || this.#keepsBefore);
  }

  #sumsOf(group: string | undefined): Sums {
    const known = this.#sums.get(group);
    if (known) return known;
    const sums: Sums = { days: new Map(), before: {}, size: 0 };
    this.#sums.set(group, sums);
    return sums;
  }

  /** The groups so far. Nothing can be counted afterwards. */
  results(): FactGroups {
    const values = [...this.#sums].filter(([value]) => value !== undefined);
    values.sort(([a = "", { size: sizeA }], [b = "", { size: sizeB }]) => sizeB - sizeA || (a < b ? -1 : 1));
    const rarest = values.slice(this.#scope.maxGroups ?? valuesPerDimension);
    for (const [value, sums] of rarest) {
      this.#sums.delete(value);
      merge(this.#sumsOf(otherValue), sums);
    }
    return {
      groups: [...this.#sums].map(([value, sums]) => ({ value, counters: this.#countersOf(sums) })),
      isFolded: rarest.length > 0,
    };
  }

  #countersOf(sums: Sums): MetricCounters {
    const days = new Map([...sums.days].map(([day, amounts]) => [day, wholeNumbers(amounts)]));
    const known = new Set(this.#owners.flatMap(({ counters }) => counters));
    let timeline: Timeline | undefined;
    return {
      timelineOf: (counter) => {
        if (!declaredCounter(counter).some((declared) => known.has(declared)))
          throw new RangeError(`an undeclared counter is read: ${counter}`);
        timeline ??= createTimeline(this.#scope.range, days, wholeNumbers(sums.before));
        return timeline;
      },
      stale: [],
      unpacked: [],
      countsOn: (day) => ({ ...days.get(day) }),
    };
  }
}

/** How many facts an occurrence is of. */
export function sizeOf(occurrence: Occurrence): number {
  return "count" in occurrence ? occurrence.count : 1;
}

function addTo(sums: Amounts, counter: string, amount: number | bigint): void {
  const known = sums[counter] ?? 0;
  const sum = typeof known === "number" && typeof amount === "number" ? known + amount : Number.NaN;
  sums[counter] = Number.isSafeInteger(sum) ? sum : BigInt(known) + BigInt(amount);
}

function wholeNumbers(amounts: Amounts): Record<string, bigint> {
  const whole: Record<string, bigint> = {};
  for (const [counter, amount] of Object.entries(amounts)) whole[counter] = BigInt(amount);
  return whole;
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
