import { addDays, type Day, earlierDay } from "../calendar/days.ts";
import type { DayRange } from "../calendar/intervals.ts";
import { evaluateGoal, type Reading, unknownVerdict, type Verdict } from "../goals/evaluate.ts";
import type { Goal } from "../goals/goal.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { findMetric } from "../metrics/registry.ts";
import type { Table } from "../store/table/client.ts";
import { StoreError } from "../store/table/errors.ts";
import type { Deadline } from "../store/table/retries.ts";
import { metricSettings, type Workspace } from "../workspace/settings.ts";
import { measure } from "./measure.ts";

/** Where a goal stands, measured from the counters. */

/** What was measured for a goal, and what follows. */
export interface Assessment {
  readonly goal: Goal;
  /** `undefined` where the catalogue no longer has it. */
  readonly metric: AnyMetric | undefined;
  readonly verdict: Verdict;
  /** The window up to the day, or up to the due date; `undefined` where it could not be measured. */
  readonly current?: Reading;
  readonly base?: Reading;
  /** What a reader must know, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * Assesses a goal as of a day.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function assessGoal(
  table: Table,
  workspace: Workspace,
  goal: Goal,
  today: Day,
  deadline: Deadline,
): Promise<Assessment> {
  const { definition, base, windowDays } = goal;
  const metric = findMetric(definition.metric);
  if (!metric) {
    const verdict = unknownVerdict(goal, today, `There is no metric ${definition.metric} any more.`);
    return { goal, metric, verdict, remarks: [] };
  }
  const settings = metricSettings(workspace, metric.id, goal);
  const read = async (range: DayRange) => {
    // Both are windows, so that neither is measured by the rules of a calendar month that the other is not.
    const interval = { ...range, calendar: null };
    const scope = { interval, filters: definition.filter ?? {}, settings };
    const { remarks, ...measured } = await measure(table, workspace, metric, scope, today, deadline);
    const { value, low, high, n, lowSample, method } = measured;
    const reading = { ...range, value, low, high, n, lowSample, ...(method ? { method } : {}) };
    return { reading, remarks };
  };
  const to = earlierDay(today, definition.dueDate);
  try {
    const [now, then] = await Promise.all([read({ from: addDays(to, 1 - windowDays), to }), read(base)]);
    const [current, start] = [now.reading, then.reading];
    const verdict = evaluateGoal(goal, metric, { current, base: start, today });
    return { goal, metric, verdict, current, base: start, remarks: now.remarks };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "too-many-facts") throw error;
    const reason =
      "Too many facts would have to be counted again: choose a shorter window, or track the dimension in the workspace.";
    return { goal, metric, verdict: unknownVerdict(goal, today, reason), remarks: [] };
  }
}
