import { evaluateGoal, type Reading, type Verdict } from "../../../../lib/domain/goals/evaluate.ts";
import type { Goal, GoalDefinition } from "../../../../lib/domain/goals/goal.ts";
import type { AnyMetric } from "../../../../lib/domain/metrics/metric.ts";
import { findMetric } from "../../../../lib/domain/metrics/registry.ts";

/** Goals whose line runs over 100 days: from 2026-01-31, the last day of the base, to 2026-05-11. */

export const start = "2026-01-31";
export const dueDate = "2026-05-11";

/** @throws Error when there is no such metric */
export function metricOf(id: string): AnyMetric {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric;
}

/** What a metric said, with a sample that is large enough. */
export function reading(value: Reading["value"], more: Partial<Reading> = {}): Reading {
  return {
    ...{ from: "2026-01-02", to: start, value, low: null, high: null, n: 400, lowSample: false },
    ...more,
  };
}

export function goalOf(metric: string, target: GoalDefinition["target"], convention?: string): Goal {
  const [first = ""] = metricOf(metric).conventions ?? [];
  return {
    id: "goal",
    definition: { metric, target, dueDate },
    windowDays: 30,
    base: { from: "2026-01-02", to: start },
    convention: convention ?? first,
    currency: "USD",
  };
}

/** Judges a goal. Half of the line has passed unless another day is named. */
export function judge(
  goal: Goal,
  { current, base, today = "2026-03-22" }: { current: Reading; base: Reading; today?: string },
): Verdict {
  return evaluateGoal(goal, metricOf(goal.definition.metric), { current, base, today });
}
