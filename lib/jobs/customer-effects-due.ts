import { countDays, type Day } from "../domain/calendar/days.ts";
import type { Workspace } from "../domain/workspace/settings.ts";

/** When to measure again what customers do to the variance of metrics. */

/** So long what was measured holds: customers change slowly. */
const daysThatHold = 7;

/** Whether it is time to measure. @param last the last closed day */
export function isMeasuringDue({ customers, snapshotsTo }: Workspace, last: Day, hasDays: boolean): boolean {
  if (!customers) return hasDays || snapshotsTo !== undefined;
  // Once a day at most: late facts can keep far days open for ever.
  if (customers.isPartial) return last > customers.through;
  return countDays(customers.through, last) > daysThatHold;
}
