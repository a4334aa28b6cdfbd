import type { Day } from "../calendar/days.ts";
import { findMetric } from "../metrics/registry.ts";
import { metricSettings, type Workspace } from "../workspace/settings.ts";
import type { Verdict } from "./evaluate.ts";
import type { Goal } from "./goal.ts";

/** Which goals are looked at each day: those that are under way. */

/** Whether a day lies on a goal's way, from the last day of its base to its due date, both included. */
export function isUnderWay({ base, definition }: Goal, day: Day): boolean {
  return base.to <= day && day <= definition.dueDate;
}

/**
 * The goals that graphs show, one for each metric: of those without filters, with the workspace's convention and currency,
 * the one that is due first.
 */
export function goalsOnGraphs<Kind extends Goal>(goals: readonly Kind[], workspace: Workspace): Kind[] {
  const drawn = new Map<string, Kind>();
  for (const goal of goals) {
    const { metric, filter = {} } = goal.definition;
    const { convention, currency } = metricSettings(workspace, metric);
    const isMoney = findMetric(metric)?.unit === "money";
    const isUsual = goal.convention === convention && (!isMoney || goal.currency === currency);
    if (Object.keys(filter).length > 0 || !isUsual) continue;
    const other = drawn.get(metric);
    if (!other || comesBefore(goal, other)) drawn.set(metric, goal);
  }
  return [...drawn.values()];
}

function comesBefore(one: Goal, other: Goal): boolean {
  const [due, otherDue] = [one.definition.dueDate, other.definition.dueDate];
  return due < otherDue || (due === otherDue && one.id < other.id);
}

/** Whether a goal is missed beyond the doubt of its sample: the whole interval is on the wrong side. */
export function isCertainlyMissed({ state, certain }: Verdict): boolean {
  return state === "off-track" && certain === true;
}
