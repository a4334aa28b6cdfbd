import type { Day } from "../domain/calendar/days.ts";
import { goalsOnGraphs, isCertainlyMissed, isUnderWay } from "../domain/goals/goals-on-graphs.ts";
import type { Workspace } from "../domain/workspace/settings.ts";
import { type Assessment, assessGoal } from "../queries/goal-assessment.ts";
import { listGoals } from "../store/settings/goals.ts";
import { lastClosedDay } from "../store/snapshots/snapshot-plan.ts";
import type { Table } from "../store/table/client.ts";
import { type Deadline, deadlineIn } from "../store/table/retries.ts";
import { logger } from "../telemetry/logger.ts";
import { canPublish, publishGoals, publishGoalsMissed } from "../telemetry/metrics.ts";

/** Each day's look at the goals of a workspace that publishes: lines for its graphs, and a number for the alarm. */

/** How long one workspace and day may begin to assess goals: the messages behind it want their turn. */
const maxMilliseconds = 8_000;

/**
 * Publishes where the goals that are under way stood at the end of a day. Nothing is stored: a run that is repeated or overtaken
 * publishes the same points. How many are certainly missed is said of the last closed day alone, whatever day is restated.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function publishGoalsOf(
  table: Table,
  workspace: Workspace,
  date: Day,
  deadline: Deadline,
): Promise<void> {
  if (!canPublish(date, Date.now())) return;
  const all = await listGoals(table, workspace.id);
  // Goals that are over still say 0, so that the alarm about them ends.
  if (all.length === 0) return;
  const goals = all.filter((goal) => isUnderWay(goal, date));
  const enough = deadlineIn(Math.min(maxMilliseconds, deadline.remaining() / 2));
  const assessments: Assessment[] = [];
  for (const goal of goals) {
    if (enough.remaining() <= 0) break;
    assessments.push(await assessGoal({ table, workspace, deadline }, goal, date));
  }
  const drawn = new Set(goalsOnGraphs(goals, workspace).map(({ id }) => id));
  const points = assessments
    .filter(({ goal }) => drawn.has(goal.id))
    .map(({ goal, verdict, current }) => ({
      metricId: goal.definition.metric,
      target: verdict.target,
      value: current?.value ?? null,
    }));
  publishGoals(workspace.id, date, points, Date.now());
  const missed = assessments.filter(({ verdict }) => isCertainlyMissed(verdict)).length;
  if (date === lastClosedDay(Date.now(), workspace.timeZone)) publishGoalsMissed(workspace.id, missed);
  const unassessed = goals.length - assessments.length;
  logger.info("goals", { workspace: workspace.id, date, goals: goals.length, missed, unassessed });
}
