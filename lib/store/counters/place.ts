import type { Day } from "../../domain/calendar/days.ts";

/** Where counters are stored: their place, and over how many items it spreads. */

/** Counters of one family and segment on a day (`2026-03-04`), or their totals of a year (`2026`). */
export interface Place {
  readonly family: string;
  readonly segment: string;
  readonly when: string;
}

/** A text that names a place, for maps. */
export function placeKey({ family, segment, when }: Place): string {
  return `${family}\n${segment}\n${when}`;
}

/** Over how many items a day's counters of one segment spread when writers collide. */
export const counterShards = 16;

/** Over how many items the yearly totals spread. Every read of a balance reads them all. */
export const yearShards = 4;

/** The attribute of a yearly total: `2026:new`. */
export function yearCounter(day: Day, counter: string): string {
  return `${day.slice(0, 4)}:${counter}`;
}
