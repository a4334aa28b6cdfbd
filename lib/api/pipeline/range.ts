import * as z from "zod";
import { addDays, beginning, countDays, type Day, laterDay } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import { type ComparisonKind, comparisons } from "../../domain/metrics/windows.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { dayParameter } from "./parameters.ts";
import { invalidParameter } from "./problem.ts";

/** Which days a query is about, and what they are compared with. */

/** Days of the longest range, and the most from what a range is compared with to its end: twenty years. */
const longestRange = 7_320;

/** Days of a range whose beginning the query does not say. */
const defaultRange = 30;

/** From when to when, both included. */
export const rangeParameters = {
  from: dayParameter.optional(),
  to: dayParameter.optional(),
};

/** Aborted where it is none, so that the union says what else there is. */
const comparedDay = dayParameter.refine((day) => dayParameter.safeParse(day).success, { abort: true });

/** The interval or day that a range is compared with. */
export const compareParameter = z
  .union([z.enum([...comparisons, "none"]), comparedDay], {
    error: `must be one of ${comparisons.join(", ")}, none, or a day that exists, YYYY-MM-DD`,
  })
  .optional();

/** The parameters, as they are parsed. */
interface RangeQuery {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly compare?: z.output<typeof compareParameter>;
}

/** The days that a query is about. */
export interface ResolvedRange extends DayRange {
  /** The day that is running. */
  readonly today: Day;
  readonly compare: ComparisonKind | undefined;
}

/**
 * The days that a query is about: without `to` up to today, or `from` where that is to come.
 * @param now epoch milliseconds
 * @throws HttpProblem 400 when it ends before it begins, is too long, or is compared with a day that is to come or too far back
 */
export function resolveRange(
  query: RangeQuery,
  { timeZone }: Pick<Workspace, "timeZone">,
  now: number,
  { maxDays = longestRange, defaultDays = defaultRange } = {},
): ResolvedRange {
  const today = dayOf(now, timeZone);
  const to = query.to ?? laterDay(query.from ?? today, today);
  const from = query.from ?? addDays(to, 1 - defaultDays);
  if (from < beginning) throw invalidParameter("from", `must not be before ${beginning}`);
  if (from > to) throw invalidParameter("to", "must not be before from");
  if (countDays(from, to) > maxDays)
    throw invalidParameter("from", `must be at most ${maxDays} days before to`);
  const { compare } = query;
  const named = comparisons.find((kind) => kind === compare);
  if (compare === undefined || compare === "none" || named) return { from, to, today, compare: named };
  if (compare > today) throw invalidParameter("compare", "must not be after today");
  if (countDays(compare, to) > longestRange)
    throw invalidParameter("compare", `must be at most ${longestRange} days before to`);
  return { from, to, today, compare: { since: compare } };
}
