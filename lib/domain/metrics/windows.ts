import { addDays, countDays, type Day, earlierDay, isDay, laterDay } from "../calendar/days.ts";
import {
  type DayRange,
  type Granularity,
  type Interval,
  intervalEnd,
  intervalStart,
  splitIntoIntervals,
} from "../calendar/intervals.ts";

/** Which days a series is about: calendar intervals, rolling windows, and what each is compared with. */

/** The lengths of rolling windows, in days. */
export const windowLengths = [7, 30, 90, 365] as const;

/** Comparisons by name. */
export const comparisons = ["previous", "year"] as const;

/** A comparison: with the interval before each, the same a year earlier, or the one at a named day. */
export type ComparisonKind = (typeof comparisons)[number] | { readonly since: Day };

/** Which intervals a series has. */
export interface SeriesShape {
  readonly range: DayRange;
  readonly granularity: Granularity | "total";
  /** Days of a rolling window at each interval's last day; the intervals themselves when absent. */
  readonly windowDays?: number | undefined;
  readonly compare?: ComparisonKind | undefined;
}

/** The intervals of a series, and what each is compared with. */
export interface SeriesPlan {
  readonly intervals: readonly Interval[];
  /** In the same order; empty without a comparison. */
  readonly previous: readonly Interval[];
  /** Whether there is a comparison, also where no interval has begun. */
  readonly isCompared: boolean;
  /** All days that have to be read. */
  readonly span: DayRange;
}

/**
 * Plans a series. Intervals that have not begun are left out, except the total; a rolling window ends with its interval's
 * last day, or today where that is still to come.
 */
export function planSeries({ range, granularity, windowDays, compare }: SeriesShape, today: Day): SeriesPlan {
  const intervals = splitIntoIntervals(range, granularity)
    .map((interval) => (granularity === "total" ? interval : asRunning(interval, granularity, today)))
    .filter(({ from }) => from <= today || granularity === "total")
    .map((interval) => (windowDays === undefined ? interval : windowUpTo(interval, windowDays, today)));
  const compared = (interval: Interval, kind: ComparisonKind) =>
    windowDays !== undefined && typeof kind === "object"
      ? windowUpTo({ from: kind.since, to: kind.since }, windowDays, today)
      : comparedWith(interval, kind, today);
  const previous = compare ? intervals.map((interval) => compared(interval, compare)) : [];
  const all = [...intervals, ...previous];
  return {
    intervals,
    previous,
    isCompared: compare !== undefined,
    span: {
      from: all.map(({ from }) => from).reduce(earlierDay, range.from),
      to: all.map(({ to }) => to).reduce(laterDay, range.from),
    },
  };
}

/** A calendar interval of which the range has all that has passed, up to today, is that interval, and is not over. */
function asRunning(interval: Interval, granularity: Granularity, today: Day): Interval {
  const isRunning = interval.to === today && intervalStart(granularity, interval.from) === interval.from;
  return isRunning ? { ...interval, calendar: granularity } : interval;
}

function windowUpTo({ from, to }: DayRange, windowDays: number, today: Day): Interval {
  const last = laterDay(from, earlierDay(to, today));
  return { from: addDays(last, 1 - windowDays), to: last, calendar: null };
}

/**
 * The interval that one is compared with. `previous`: the calendar interval before a calendar interval, else as many
 * days before it. `year`: the same days of the year before; weeks the same week, 52 weeks earlier. A day: the calendar
 * interval of the same kind that contains it, else as many days from it on. Of an interval that is not over, only as many
 * days are taken as have passed: the first days of a calendar interval are measured by its rules, as what they are compared with.
 */
export function comparedWith(interval: Interval, compare: ComparisonKind, today: Day): Interval {
  const whole = wholeComparedWith(interval, compare);
  const end = interval.calendar ? intervalEnd(interval.calendar, interval.from) : interval.to;
  if (end <= today || interval.from > today) return whole;
  const passed = countDays(interval.from, today);
  const to = earlierDay(whole.to, addDays(whole.from, passed - 1));
  return { ...whole, to };
}

function wholeComparedWith(interval: Interval, compare: ComparisonKind): Interval {
  if (typeof compare === "object") return at(interval, compare.since);
  return compare === "year" ? yearBefore(interval) : before(interval);
}

function at({ from, to, calendar }: Interval, day: Day): Interval {
  if (calendar) return { from: intervalStart(calendar, day), to: intervalEnd(calendar, day), calendar };
  return { from: day, to: addDays(day, countDays(from, to) - 1), calendar: null };
}

function before({ from, to, calendar }: Interval): Interval {
  const last = addDays(from, -1);
  if (calendar) return { from: intervalStart(calendar, last), to: last, calendar };
  return { from: addDays(from, -countDays(from, to)), to: last, calendar: null };
}

function yearBefore({ from, to, calendar }: Interval): Interval {
  if (calendar === "week") return { from: addDays(from, -364), to: addDays(to, -364), calendar };
  const first = sameDayYearBefore(from);
  if (calendar) return { from: first, to: intervalEnd(calendar, first), calendar };
  const length = countDays(from, to);
  return { from: first, to: addDays(first, length - 1), calendar: null };
}

/** The same day of the year before; of 29 February the 28th. */
function sameDayYearBefore(day: Day): Day {
  const same = `${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}${day.slice(4)}`;
  return [same, `${same.slice(0, 8)}28`].find(isDay) ?? day;
}
