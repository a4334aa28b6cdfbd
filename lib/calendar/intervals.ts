import { addDays, type Day, dayFromNumber, dayNumber, earlierDay, laterDay } from "./days.ts";

/** Calendar intervals. Weeks are ISO 8601 weeks: Monday to Sunday. */
export const granularities = ["day", "week", "month", "quarter", "year"] as const;

/** A kind of calendar interval. */
export type Granularity = (typeof granularities)[number];

/** A range of days, both included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** A range of days that is exactly one calendar interval, or none (`null`). */
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

/** The last day, included, of the calendar interval that contains a day. */
export function intervalEnd(granularity: Granularity, day: Day): Day {
  const start = intervalStart(granularity, day);
  const longest = { day: 0, week: 6, month: 31, quarter: 92, year: 366 }[granularity];
  if (granularity === "day" || granularity === "week") return addDays(start, longest);
  return addDays(intervalStart(granularity, addDays(start, longest)), -1);
}

/** The largest calendar interval that a range of days is exactly, or `null`. */
export function calendarOf(range: DayRange): Granularity | null {
  const exact = [...granularities]
    .reverse()
    .find(
      (granularity) =>
        intervalStart(granularity, range.from) === range.from &&
        intervalEnd(granularity, range.from) === range.to,
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
  let from = range.from;
  while (from <= range.to) {
    const start = laterDay(intervalStart(granularity, from), range.from);
    const to = earlierDay(intervalEnd(granularity, from), range.to);
    intervals.push({ from: start, to, calendar: calendarOf({ from: start, to }) });
    from = addDays(to, 1);
  }
  return intervals;
}
