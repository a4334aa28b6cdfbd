import { type Alert, type AlertState, alertFilters, uncountedOf } from "../domain/alerts/alert.ts";
import type { Watch } from "../domain/alerts/course.ts";
import { type CourseVerdict, episodesOf } from "../domain/alerts/episodes.ts";
import { type Course, courseOf } from "../domain/alerts/points.ts";
import { dailyJudging, weeklyJudging } from "../domain/alerts/sensitivity.ts";
import { addDays, type Day } from "../domain/calendar/days.ts";
import {
  type DayRange,
  intervalEnd,
  intervalStart,
  splitIntoIntervals,
} from "../domain/calendar/intervals.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { betterIn } from "../domain/metrics/range.ts";
import { findMetric } from "../domain/metrics/registry.ts";
import { daysToSettle } from "../domain/metrics/series.ts";
import { metricSettings } from "../domain/workspace/settings.ts";
import type { QueryContext } from "./context.ts";
import { rollingCounters } from "./counter-source.ts";
import type { MetricSeries } from "./query.ts";
import { runQuery } from "./run-query.ts";

/** The courses that alerts watch, read from the counters. */

/** So many days, or weeks, of a course are read: a year of either, and what comes before a level is known. */
const [courseDays, courseWeeks] = [392, 104];

/** A course as it is judged. */
export interface JudgedCourse {
  readonly metric: AnyMetric;
  readonly course: Course;
  readonly verdict: CourseVerdict;
}

/** The settings of an alert's metric, as questions take them. */
function askedBy({ convention, currency }: Alert) {
  return { ...(convention === "" ? {} : { convention }), currency };
}

/** The closed days, or weeks, that an alert is judged by; `undefined` where not even one is complete. */
function daysOf({ definition }: Alert, settlesAfterDays: number, closedThrough: Day): DayRange | undefined {
  const through = addDays(closedThrough, -settlesAfterDays);
  if (definition.every !== "week") return { from: addDays(through, 1 - courseDays), to: through };
  const isComplete = intervalEnd("week", through) === through;
  const to = isComplete ? through : addDays(intervalStart("week", through), -1);
  return { from: addDays(to, 1 - 7 * courseWeeks), to };
}

/** Which side of a metric's usual level matters most. */
export function watchOf(metric: AnyMetric, convention: string): Watch {
  if (metric.isVolume) return "both";
  return betterIn(metric, convention) === "higher" ? "below" : "above";
}

/**
 * Reads what an alert watches, and what it says.
 * @param closedThrough every day up to this one is closed
 * @returns `undefined` where the catalogue no longer has its metric
 * @throws StoreError `unavailable` when the table keeps throttling
 * @throws QueryRefusal where its dimension is no longer tracked
 */
export async function judgeCourse(
  context: QueryContext,
  alert: Alert & { readonly state?: AlertState | undefined },
  closedThrough: Day,
): Promise<JudgedCourse | undefined> {
  const metric = findMetric(alert.definition.metric);
  if (!metric) return undefined;
  const settings = metricSettings(context.workspace, metric.id, askedBy(alert));
  const range = daysOf(alert, daysToSettle(metric, settings), closedThrough);
  const isWeekly = alert.definition.every === "week";
  const judging = (isWeekly ? weeklyJudging : dailyJudging)(
    watchOf(metric, alert.convention),
    alert.definition.sensitivity,
  );
  const series = range && (await readSeries(context, alert, metric, range, closedThrough));
  const uncounted = uncountedOf(alert, context.workspace);
  const measured = (series?.groups[0]?.measured ?? []).filter(
    ({ interval: { from, to } }) => !uncounted.some((gap) => from <= gap.to && to >= gap.from),
  );
  const course = courseOf(measured, isWeekly);
  return { metric, course, verdict: episodesOf(course.points, judging) };
}

function readSeries(
  context: QueryContext,
  alert: Alert,
  metric: AnyMetric,
  range: DayRange,
  closedThrough: Day,
): Promise<MetricSeries> {
  const intervals = splitIntoIntervals(range, alert.definition.every ?? "day");
  const plan = { intervals, previous: [], isCompared: false, span: range };
  // The day after the last closed one is running: what has not had its time until then is left out.
  const today = addDays(closedThrough, 1);
  const asked = { plan, today, filters: alertFilters(alert.definition), settings: askedBy(alert) };
  return runQuery(context, { metric, ...asked, sources: [rollingCounters] });
}
