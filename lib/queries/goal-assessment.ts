import { addDays, type Day, earlierDay } from "../domain/calendar/days.ts";
import type { DayRange } from "../domain/calendar/intervals.ts";
import { evaluateGoal, type Reading, unknownVerdict, type Verdict } from "../domain/goals/evaluate.ts";
import { filtersOf, type Goal } from "../domain/goals/goal.ts";
import type { AnyMetric, MetricSettings } from "../domain/metrics/metric.ts";
import { findMetric } from "../domain/metrics/registry.ts";
import type { Remark } from "../domain/metrics/remark.ts";
import { type ComparisonEntry, comparing, type Measured } from "../domain/metrics/series.ts";
import { isTested, judgeTogether } from "../domain/metrics/verdict.ts";
import { familiesOf } from "../store/counters/counters.ts";
import { type FirstDays, readEarliestDay } from "../store/counters/first-day.ts";
import { isTooMuch } from "../store/table/errors.ts";
import type { QueryContext } from "./context.ts";
import { QueryRefusal } from "./refusal.ts";
import { runQuery } from "./run-query.ts";

/** Where a goal stands, measured from the counters. */

/** The measurement of a goal, and the verdict. */
export interface Assessment {
  readonly goal: Goal;
  /** `undefined` where the catalogue no longer has it. */
  readonly metric: AnyMetric | undefined;
  readonly verdict: Verdict;
  /** The window up to the day, or up to the due date; `undefined` where it could not be measured. */
  readonly current?: Reading;
  readonly base?: Reading;
  /**
   * How the value differs from the base's, as every comparison of two periods says it; `undefined` where it could not be measured, and as long as the
   * window has days of the base.
   */
  readonly comparison?: ComparisonEntry;
  /** Set where it was not measured, as that would have cost too much. */
  readonly isRefused?: true;
  readonly remarks: readonly Remark[];
}

/**
 * Assesses a goal as of a day.
 * @param firstDays what was read for other goals of the same request; nothing is compared where it is absent
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function assessGoal(
  context: QueryContext,
  goal: Goal,
  today: Day,
  firstDays?: FirstDays,
): Promise<Assessment> {
  const { definition, base, windowDays } = goal;
  const metric = findMetric(definition.metric);
  if (!metric) {
    const reason = { id: "goal.noMetric", values: { metric: definition.metric } } as const;
    const verdict = unknownVerdict(goal, today, reason);
    return { goal, metric, verdict, remarks: [] };
  }
  const to = earlierDay(today, definition.dueDate);
  const window = { from: addDays(to, 1 - windowDays), to };
  try {
    // Days that are in both periods would be taken for independent ones.
    const isComparable = firstDays !== undefined && base.to < window.from;
    const [now, then, firstDay] = await Promise.all([
      readWindow(context, goal, metric, window, today),
      readWindow(context, goal, metric, base, today),
      isComparable ? knownFirstDay(context, metric, today, firstDays) : undefined,
    ]);
    const [current, start] = [now.reading, then.reading];
    const verdict = evaluateGoal(goal, metric, { current, base: start, today });
    const assessed = { goal, metric, verdict, current, base: start, remarks: now.remarks };
    if (firstDay === undefined) return assessed;
    return {
      ...assessed,
      comparison: comparing(metric, now.settings, { today, firstDay })(now.measured, then.measured),
    };
  } catch (error) {
    if (!(error instanceof QueryRefusal)) throw error;
    const reason = { id: "goal.tooDear" } as const;
    return { goal, metric, verdict: unknownVerdict(goal, today, reason), isRefused: true, remarks: [] };
  }
}

/** Goals of one answer or page: what is said of how they changed is judged together, and said to be. */
export function judgedGoals<Assessed extends Assessment>(assessments: readonly Assessed[]): Assessed[] {
  const compared = assessments.flatMap(({ comparison }) => comparison ?? []);
  const tested = compared.filter(isTested).length;
  if (tested < 2) return [...assessments];
  const judged = judgeTogether(compared)[Symbol.iterator]();
  return assessments.map((assessment) => {
    if (!assessment.comparison) return assessment;
    const comparison = judged.next().value ?? assessment.comparison;
    if (!isTested(comparison)) return { ...assessment, comparison };
    const remark: Remark = { id: "remark.judgedTogether", values: { tested } };
    return { ...assessment, comparison, remarks: [...assessment.remarks, remark] };
  });
}

/**
 * The first day on which the metric has anything to count, tomorrow where nothing was ever counted; `undefined` where reading it would cost more
 * than is left: the goal is assessed all the same.
 */
async function knownFirstDay(
  context: QueryContext,
  metric: AnyMetric,
  today: Day,
  known: FirstDays,
): Promise<Day | undefined> {
  try {
    return (await readEarliestDay(context, familiesOf(metric), known)) ?? addDays(today, 1);
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    return undefined;
  }
}

/** Measures a goal's metric over some days, as a window: by the rules of no calendar month. */
async function readWindow(
  context: QueryContext,
  { definition, convention, currency }: Goal,
  metric: AnyMetric,
  range: DayRange,
  today: Day,
): Promise<{
  readonly reading: Reading;
  readonly measured: Measured;
  readonly settings: MetricSettings;
  readonly remarks: readonly Remark[];
}> {
  const plan = { intervals: [{ ...range, calendar: null }], previous: [], isCompared: false, span: range };
  const asked = { plan, today, filters: filtersOf(definition), settings: { convention, currency } };
  const { groups, remarks, settings } = await runQuery(context, { metric, ...asked });
  const [entry, measured] = [groups[0]?.series[0], groups[0]?.measured[0]];
  if (!entry || !measured) throw new Error("what is not grouped is one group");
  const { value, low, high, n, lowSample, method, remarks: own = [] } = entry;
  const reading = { ...range, value, low, high, n, lowSample, ...(method ? { method } : {}) };
  return { reading, measured, settings, remarks: [...remarks, ...own] };
}
