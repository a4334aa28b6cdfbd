import { dayNumber } from "../calendar/days.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** Whether a customer is active at the end of a day, by the number of the day, for each day on which it arrives or is lost. */
export type Activity = ReadonlyMap<number, boolean>;

/**
 * When a customer is active.
 * @param arrivalsAndLosses what `presence` says, in order
 */
export function activityOf(arrivalsAndLosses: readonly Occurrence[]): Activity {
  // The last of a day says how it ends.
  return new Map(arrivalsAndLosses.map(({ day, kind }) => [dayNumber(day), kind !== "customer-lost"]));
}
