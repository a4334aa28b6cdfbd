import { countDays, type Day, dayNumber } from "../calendar/days.ts";
import type { DayRange, Interval } from "../calendar/intervals.ts";
import { countBelow } from "./statistics/in-order.ts";

/**
 * The names that a declared counter stands for: itself, or, where it ends with `:`, every name that begins so (cells, of
 * which nobody knows beforehand which there will be: currencies, intents, cells of a sketch).
 */
export type Named<Counter extends string> = Counter extends `${string}:` ? `${Counter}${string}` : Counter;

/** Sums of counters by name. A counter that is absent is 0. */
export type Counts = Readonly<Record<string, bigint>>;

/** The counters of a span of days in one segment. */
export interface Timeline extends DayRange {
  /** A counter's sum over the days from `from` to `to`, both included and inside the span. */
  sumBetween(counter: string, from: Day, to: Day): bigint;
  /** A counter's value on each day from `from` to `to`, both included; 0 outside of the span. */
  daily(counter: string, from: Day, to: Day): readonly number[];
  /** A cumulative counter's sum over all days before `day`, also those before the span. */
  sumBefore(counter: string, day: Day): bigint;
  /** The names of all counters that there are on the days of the span or before, in no order. @param prefix what they begin with */
  names(prefix?: string): readonly string[];
  /** The counters of one day that are not 0. */
  on(day: Day): Counts;
}

/** The days on which a counter changed, and what it came to on each: ever more than the day before has. */
interface Course {
  /** Days after the span's first, in order. */
  readonly offsets: number[];
  /** The sum over the span up to that day. */
  readonly sums: bigint[];
}

/**
 * Makes a timeline.
 * @param span the days covered, both included
 * @param days the counts of each day; days without facts may be absent
 * @param before the sums of the cumulative counters over all days before the span
 */
export function createTimeline(span: DayRange, days: ReadonlyMap<Day, Counts>, before: Counts): Timeline {
  const first = dayNumber(span.from);
  const length = Math.max(0, countDays(span.from, span.to));
  // A series of rolling windows asks for the same days again and again.
  const daily = new Map<string, number[]>();
  const named = new Map<string, readonly string[]>();
  let known: ReadonlyMap<string, Course> | undefined;

  const offsetOf = (day: Day): number => dayNumber(day) - first;
  const courses = () => {
    known ??= coursesOf(days, (day) => offsetOf(day), length);
    return known;
  };
  let zeros: readonly number[] | undefined;
  const dailyOf = (counter: string): readonly number[] => {
    const course = courses().get(counter);
    if (!course) {
      zeros ??= new Array<number>(length).fill(0);
      return zeros;
    }
    let values = daily.get(counter);
    if (!values) {
      values = new Array<number>(length).fill(0);
      const { offsets, sums } = course;
      for (let index = 0; index < offsets.length; index += 1) {
        const offset = offsets[index] ?? 0;
        values[offset] = Number((sums[index] ?? 0n) - (sums[index - 1] ?? 0n));
      }
      daily.set(counter, values);
    }
    return values;
  };
  const dailyBetween = (counter: string, from: number, to: number): readonly number[] => {
    const values = dailyOf(counter);
    if (from === 0 && to === length - 1) return values;
    if (from >= 0 && to < length) return values.slice(from, to + 1);
    return Array.from({ length: Math.max(0, to + 1 - from) }, (_, index) => values[from + index] ?? 0);
  };
  const sumUpTo = (counter: string, dayCount: number): bigint => {
    const course = courses().get(counter);
    return course ? (course.sums[countBelow(course.offsets, dayCount) - 1] ?? 0n) : 0n;
  };

  return {
    ...span,
    sumBetween: (counter, from, to) =>
      from > to ? 0n : sumUpTo(counter, offsetOf(to) + 1) - sumUpTo(counter, offsetOf(from)),
    daily: (counter, from, to) => dailyBetween(counter, offsetOf(from), offsetOf(to)),
    sumBefore: (counter, day) => (before[counter] ?? 0n) + sumUpTo(counter, offsetOf(day)),
    names: (prefix = "") => {
      const names = named.get(prefix) ?? [...new Set([...courses().keys(), ...Object.keys(before)])];
      const own = named.has(prefix) ? names : names.filter((name) => name.startsWith(prefix));
      named.set(prefix, own);
      return own;
    },
    on: (day) => {
      const counts = day >= span.from && day <= span.to ? Object.entries(days.get(day) ?? {}) : [];
      return Object.fromEntries(counts.filter(([, amount]) => amount !== 0n));
    },
  };
}

/** The course of every counter: made for all of them at once, since most counters change on few days. */
function coursesOf(
  days: ReadonlyMap<Day, Counts>,
  offsetOf: (day: Day) => number,
  length: number,
): ReadonlyMap<string, Course> {
  const courses = new Map<string, Course>();
  const inOrder = [...days]
    .map(([day, counts]) => ({ offset: offsetOf(day), counts }))
    .sort((a, b) => a.offset - b.offset);
  for (const { offset, counts } of inOrder) {
    for (const counter of Object.keys(counts)) {
      const course = courses.get(counter) ?? { offsets: [], sums: [] };
      courses.set(counter, course);
      const amount = counts[counter] ?? 0n;
      if (amount === 0n || offset < 0 || offset >= length) continue;
      course.offsets.push(offset);
      course.sums.push((course.sums.at(-1) ?? 0n) + amount);
    }
  }
  return courses;
}

/** The sums of cells: what follows the prefix → sum. Cells whose sum is 0 are left out. */
export type Cells = ReadonlyMap<string, bigint>;

/**
 * The merged counters of one period: all that a metric's `compute` may know.
 * @typeParam Counter the names of counters
 * @typeParam Prefix the declared counters that stand for many
 */
export interface Period<Counter extends string = string, Prefix extends string = string> extends Interval {
  /** A counter's sum over the period, as a number: exact up to 2^53. */
  count(counter: Counter): number;
  /** A counter's sum over the period, exact. */
  sum(counter: Counter): bigint;
  /** A cumulative counter's sum over all days before the period. */
  before(counter: Counter): number;
  /** A counter's value on each day of the period, in order. */
  daily(counter: Counter): readonly number[];
  /** All cells under a prefix, summed over the period. */
  cells(prefix: Prefix): Cells;
  /** Which cells under a prefix are not 0, in order: to name what is beside the value, such as other currencies. */
  cellNames(prefix: Prefix): string[];
  /** All cells under a prefix of a cumulative counter, summed over all days before the period. */
  cellsBefore(prefix: Prefix): Cells;
}

/**
 * The period of an interval.
 * @param timelineOf the timeline that holds a counter
 * @throws RangeError when the interval begins before a timeline that is asked for.
 */
export function periodOf(timelineOf: (counter: string) => Timeline, interval: Interval): Period {
  const { from, to } = interval;
  const timelineFor = (counter: string): Timeline => {
    const timeline = timelineOf(counter);
    if (from < timeline.from) {
      throw new RangeError(`the period from ${from} begins before its counters, ${timeline.from}`);
    }
    return timeline;
  };
  const sum = (counter: string) => timelineFor(counter).sumBetween(counter, from, to);
  const cells = (prefix: string, sumOf: (timeline: Timeline, counter: string) => bigint): Cells => {
    const timeline = timelineFor(prefix);
    const found = new Map<string, bigint>();
    for (const name of timeline.names(prefix)) {
      const amount = sumOf(timeline, name);
      if (amount !== 0n) found.set(name.slice(prefix.length), amount);
    }
    return found;
  };
  const daily = new Map<string, readonly number[]>();
  const dailyOf = (counter: string): readonly number[] => {
    const amounts = daily.get(counter) ?? timelineFor(counter).daily(counter, from, to);
    daily.set(counter, amounts);
    return amounts;
  };
  const cellsIn = (prefix: string) =>
    cells(prefix, (timeline, counter) => timeline.sumBetween(counter, from, to));
  return {
    ...interval,
    sum,
    count: (counter) => Number(sum(counter)),
    before: (counter) => Number(timelineFor(counter).sumBefore(counter, from)),
    daily: dailyOf,
    cells: cellsIn,
    cellNames: (prefix) => [...cellsIn(prefix).keys()].sort(),
    cellsBefore: (prefix) => cells(prefix, (timeline, counter) => timeline.sumBefore(counter, from)),
  };
}

/** Remembers what was computed of a period: the value of a metric and its sample often rest on the same part. */
export function oncePerPeriod<Of extends Period, Result>(
  compute: (period: Of) => Result,
): (period: Of) => Result {
  const known = new WeakMap<Of, { readonly result: Result }>();
  return (period) => {
    const found = known.get(period) ?? { result: compute(period) };
    known.set(period, found);
    return found.result;
  };
}

/** The period of an interval in which nothing was counted, nor before it. */
export function emptyPeriod(interval: Interval): Period {
  const timeline = createTimeline(interval, new Map(), {});
  return periodOf(() => timeline, interval);
}

/** A period that remembers what it was asked for. Names of cells do not count: a value does not follow from them. */
export interface ObservedPeriod {
  readonly period: Period;
  /** Whether any counter that was asked for so far, in the period or before it, is not 0. */
  hasCounts(): boolean;
}

/**
 * Watches which counters are asked for.
 * @param counts which of them matter; all when absent
 */
export function observe(period: Period, counts: (counter: string) => boolean = () => true): ObservedPeriod {
  let hasCounts = false;
  const noting = <Result>(read: (counter: string) => Result, isNothing: (result: Result) => boolean) => {
    return (counter: string): Result => {
      const result = read(counter);
      hasCounts ||= counts(counter) && !isNothing(result);
      return result;
    };
  };
  const isZero = (amount: number | bigint) => Number(amount) === 0;
  return {
    period: {
      ...period,
      count: noting(period.count, isZero),
      sum: noting(period.sum, isZero),
      before: noting(period.before, isZero),
      daily: noting(period.daily, (amounts) => amounts.every(isZero)),
      cells: noting(period.cells, ({ size }) => size === 0),
      cellsBefore: noting(period.cellsBefore, ({ size }) => size === 0),
    },
    hasCounts: () => hasCounts,
  };
}
