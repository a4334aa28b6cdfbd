/** The days of the week, from Monday (ISO 8601). */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/**
 * The weekday of a day.
 * @param dayNumber see `lib/domain/calendar/days.ts`
 */
export function weekdayOf(dayNumber: number): Weekday {
  // 1970-01-01, day 0, was a Thursday.
  return weekdays[(((dayNumber + 3) % 7) + 7) % 7] ?? "monday";
}
