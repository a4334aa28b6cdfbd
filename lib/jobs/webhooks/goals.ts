import { addDays, type Day, earlierDay } from "../../domain/calendar/days.ts";
import { isAnyTold } from "../../domain/webhooks/subscription.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { type Assessment, assessGoal } from "../../queries/goal-assessment.ts";
import { announceGoal } from "../../store/outbox/goal-news.ts";
import type { OutboxEntry } from "../../store/outbox/outbox.ts";
import { listGoals, type StoredGoal } from "../../store/settings/goals.ts";
import { lastClosedDay } from "../../store/snapshots/snapshot-plan.ts";
import type { Table } from "../../store/table/client.ts";
import { type Deadline, deadlineIn } from "../../store/table/retries.ts";

/** Each day's look at the goals of a workspace whose webhooks hear of them. */

/** How long one workspace may begin to assess goals: what is left is looked at on the next day. */
const maxMilliseconds = 8_000;

/** So many days after the due date an end is still told: runs can be late. */
const toldLateDays = 7;

/**
 * Announces the goals that are reached or missed at the end of the last closed day.
 * @param date the day that was closed: any other than the last says nothing of where goals stand now
 * @returns what was announced, to be handed over
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function announceGoals(
  table: Table,
  workspace: Workspace,
  date: Day,
  deadline: Deadline,
): Promise<readonly OutboxEntry[]> {
  if (!isAnyTold(workspace.subscriptions, "goal.reached", "goal.missed")) return [];
  if (date !== lastClosedDay(Date.now(), workspace.timeZone)) return [];
  const goals = (await listGoals(table, workspace.id)).filter((goal) => isOpen(goal, date));
  const enough = deadlineIn(Math.min(maxMilliseconds, deadline.remaining() / 2));
  const announced: OutboxEntry[] = [];
  for (const goal of goals) {
    if (enough.remaining() <= 0) break;
    const asOf = earlierDay(date, goal.definition.dueDate);
    const assessment = await assessGoal({ table, workspace, deadline }, goal, asOf);
    const type = newsOf(goal, assessment, date);
    if (type === undefined) continue;
    const news = { type, at: Date.now(), data: dataOf(goal, assessment, asOf) };
    announced.push(...(await announceGoal(table, workspace, goal, date, news)));
  }
  return announced;
}

/** Whether there may be news of a goal. */
function isOpen({ definition, missedOn, reachedOn, base }: StoredGoal, date: Day): boolean {
  if (missedOn !== undefined || date <= base.to || date > addDays(definition.dueDate, toldLateDays))
    return false;
  return reachedOn === undefined || date >= definition.dueDate;
}

function newsOf(
  { definition, reachedOn }: StoredGoal,
  { verdict: { state } }: Assessment,
  date: Day,
): "goal.reached" | "goal.missed" | undefined {
  if (state === "unknown") return undefined;
  if (state === "met") return reachedOn === undefined ? "goal.reached" : undefined;
  return date >= definition.dueDate ? "goal.missed" : undefined;
}

function dataOf({ id, definition }: StoredGoal, { verdict, current }: Assessment, date: Day) {
  const { metric, name, dueDate } = definition;
  const { state, target, certain } = verdict;
  return {
    ...{ goal: id, ...(name === undefined ? {} : { name }), metric, date, state },
    ...{ value: current?.value ?? null, target, certain, dueDate },
  };
}
