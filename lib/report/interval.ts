import { countDays } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import type { ReportInterval } from "./model.ts";

/** How far apart the points of a chart are where nobody says it: some ten to fifty of them. */
export function defaultInterval({ from, to }: DayRange): ReportInterval {
  const days = countDays(from, to);
  if (days <= 31) return "day";
  if (days <= 366) return "week";
  if (days <= 5 * 366) return "month";
  return "quarter";
}
