import { addDays, type Day, dayFromNumber, dayNumber, earlierDay, lastDay } from "./days.ts";

/** Calendar intervals. Weeks are ISO 8601 weeks: Monday to Sunday. */
export const granularities = ["day", "week", "month", "quarter", "year"] as const;

/** A kind of calendar interval. */
export type Granularity = (typeof granularities)[number];

/** Mean length of a year of the Gregorian calendar, in days, and of a month. */
export const daysPerYear = 365.2425;
export const daysPerMonth = daysPerYear / 12;

/** A range of days, both included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** A range of days that is one calendar interval, or as much of it as has passed, or none (`null`). */
export interface Interval extends DayRange {
  readonly calendar: Granularity | null;
}

/** The first day of the calendar interval that contains a day. */
export function intervalStart(granularity: Granularity, day: Day): Day {
  switch (granularity) {
    case "day":
      return day;
    case "week":
      // 1970-01-01 was a Thursday, the fourth day of its week.
      return dayFromNumber(Math.floor((dayNumber(day) + 3) / 7) * 7 - 3);
    case "month":
      return `${day.slice(0, 8)}01`;
    case "quarter": {
      const firstMonth = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
      return `${day.slice(0, 5)}${String(firstMonth).padStart(2, "0")}-01`;
    }
    case "year":
      return `${day.slice(0, 5)}01-01`;
  }
}

/** The last day, included, of the calendar interval that contains a day. The calendar's last week ends with it. */
export function intervalEnd(granularity: Granularity, day: Day): Day {
  const start = dayNumber(intervalStart(granularity, day));
  const longest = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }[granularity];
  const end = dayFromNumber(Math.min(start + longest - 1, dayNumber(lastDay)));
  const next = intervalStart(granularity, end);
  // The longest of its kind ends in the same interval, a shorter one just inside the next.
  return dayNumber(next) === start ? end : addDays(next, -1);
}

/** The calendar interval that a range of days is exactly, or `null`. No range is two of them. */
export function calendarOf({ from, to }: DayRange): Granularity | null {
  const exact = granularities.find(
    (granularity) => intervalStart(granularity, from) === from && intervalEnd(granularity, from) === to,
  );
  return exact ?? null;
}

/**
 * Cuts a range of days into calendar intervals; the first and the last are cut short where the range begins or ends
 * inside one. `total` gives the whole range as one.
 */
export function splitIntoIntervals(range: DayRange, granularity: Granularity | "total"): Interval[] {
  if (granularity === "total") return [{ ...range, calendar: calendarOf(range) }];
  const intervals: Interval[] = [];
  let from: Day | null = range.from <= range.to ? range.from : null;
  while (from !== null) {
    const to = earlierDay(intervalEnd(granularity, from), range.to);
    intervals.push({ from, to, calendar: calendarOf({ from, to }) });
    from = to < range.to ? addDays(to, 1) : null;
  }
  return intervals;
}
