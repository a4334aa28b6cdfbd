import type { DayRange } from "../domain/calendar/intervals.ts";
import type { ReportLine } from "./model.ts";
import { isChange } from "./verdict.ts";

/** When most of a change came. */

/** The interval in which a value moved most, and from where to where. */
export interface Step extends DayRange {
  readonly before: number | string;
  readonly after: number | string;
}

/**
 * The interval in which the value moved most in the direction of the whole change, by half of it at least; intervals with low
 * samples tell nothing.
 */
export function largestStep({
  points,
  comparison,
}: Pick<ReportLine, "points" | "comparison">): Step | undefined {
  const change = Number(comparison?.change ?? 0);
  const sure = points.filter(({ value, lowSample }) => value !== null && !lowSample);
  let largest: (Step & { readonly size: number }) | undefined;
  for (const [index, { from, to, value }] of sure.entries()) {
    const before = sure[index - 1]?.value;
    if (value === null || before === null || before === undefined) continue;
    const size = Math.sign(change) * (Number(value) - Number(before));
    if (size >= Math.abs(change) / 2 && size > (largest?.size ?? 0))
      largest = { from, to, before, after: value, size };
  }
  return largest;
}

/** The days in which most of a certain change came; undefined where nothing changed for certain, or little by little. */
export function daysOfChange(line: Pick<ReportLine, "points" | "comparison">): DayRange | undefined {
  if (!isChange(line.comparison?.verdict)) return undefined;
  const step = largestStep(line);
  return step && { from: step.from, to: step.to };
}
