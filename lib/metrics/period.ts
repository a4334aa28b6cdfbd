import { countDays, type Day, dayNumber } from "../calendar/days.ts";
import type { DayRange, Interval } from "../calendar/intervals.ts";

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
  daily(counter: string, from: Day, to: Day): number[];
  /** A cumulative counter's sum over all days before `day`, also those before the span. */
  sumBefore(counter: string, day: Day): bigint;
  /** The names of all counters that there are on the days of the span or before, in no order. */
  names(): Iterable<string>;
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
  const sums = new Map<string, bigint[]>();
  // A series of rolling windows asks for the same days again and again.
  const daily = new Map<string, number[]>();
  const offsets = new Map<Day, number>();
  let names: Set<string> | undefined;

  /** How many days lie between the span's first day and a day: asked for the same days for every counter. */
  const offsetOf = (day: Day): number => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    const offset = dayNumber(day) - first;
    offsets.set(day, offset);
    return offset;
  };

  /** Element i is the sum over the span's first i days. */
  const runningSums = (counter: string): bigint[] => {
    let running = sums.get(counter);
    if (!running) {
      const perDay = new Array<bigint>(length).fill(0n);
      for (const [day, counts] of days) {
        const index = offsetOf(day);
        if (index >= 0 && index < length) perDay[index] = counts[counter] ?? 0n;
      }
      let total = 0n;
      running = [0n];
      for (const value of perDay) {
        total += value;
        running.push(total);
      }
      sums.set(counter, running);
    }
    return running;
  };
  const dailyOf = (counter: string): number[] => {
    let values = daily.get(counter);
    if (!values) {
      const running = runningSums(counter);
      values = running.slice(1).map((sum, index) => Number(sum - (running[index] ?? 0n)));
      daily.set(counter, values);
    }
    return values;
  };
  const dailyBetween = (counter: string, from: number, to: number): number[] => {
    const values = dailyOf(counter);
    if (from >= 0 && to < length) return values.slice(from, to + 1);
    return Array.from({ length: Math.max(0, to + 1 - from) }, (_, index) => values[from + index] ?? 0);
  };
  const sumUpTo = (counter: string, dayCount: number): bigint =>
    runningSums(counter)[Math.min(Math.max(dayCount, 0), length)] ?? 0n;

  return {
    ...span,
    sumBetween: (counter, from, to) =>
      from > to ? 0n : sumUpTo(counter, offsetOf(to) + 1) - sumUpTo(counter, offsetOf(from)),
    daily: (counter, from, to) => dailyBetween(counter, offsetOf(from), offsetOf(to)),
    sumBefore: (counter, day) => (before[counter] ?? 0n) + sumUpTo(counter, offsetOf(day)),
    names: () => {
      names ??= new Set([...days.values(), before].flatMap((counts) => Object.keys(counts)));
      return names;
    },
  };
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
  daily(counter: Counter): number[];
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
    const found = [...timeline.names()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => [name.slice(prefix.length), sumOf(timeline, name)] as const);
    return new Map(found.filter(([, amount]) => amount !== 0n));
  };
  const cellsIn = (prefix: string) =>
    cells(prefix, (timeline, counter) => timeline.sumBetween(counter, from, to));
  return {
    ...interval,
    sum,
    count: (counter) => Number(sum(counter)),
    before: (counter) => Number(timelineFor(counter).sumBefore(counter, from)),
    daily: (counter) => timelineFor(counter).daily(counter, from, to),
    cells: cellsIn,
    cellNames: (prefix) => [...cellsIn(prefix).keys()].sort(),
    cellsBefore: (prefix) => cells(prefix, (timeline, counter) => timeline.sumBefore(counter, from)),
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
      if (!isNothing(result) && counts(counter)) hasCounts = true;
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
