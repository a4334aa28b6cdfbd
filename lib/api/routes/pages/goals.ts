import { dayOf } from "../../../calendar/zones.ts";
import { filtersOf } from "../../../goals/goal.ts";
import { findMetric } from "../../../metrics/registry.ts";
import { renderGoalsPage } from "../../../pages/goals-page.ts";
import { standingOf } from "../../../report/data/report-goals.ts";
import { listGoals } from "../../../store/settings/goals.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { keepablePage, type PageRequest } from "../../pipeline/page-endpoint.ts";
import { refuseQuery } from "../../pipeline/parameters.ts";
import { withReadBudget } from "../../pipeline/read-budget.ts";

/** `GET /goals`: all goals, and where they stand; those that are due first at the beginning. */
export async function showGoals(request: PageRequest): Promise<TextAnswer> {
  refuseQuery(request.query);
  const context = withReadBudget(request);
  const { table, workspace } = context;
  const today = dayOf(Date.now(), workspace.timeZone);
  const stored = await listGoals(table, workspace.id);
  const goals = await Promise.all(
    stored.map(async (goal) => {
      const metric = findMetric(goal.definition.metric);
      if (!metric) return [];
      const own = [await standingOf(context, goal, today)];
      return [{ metric, currency: goal.currency, filters: filtersOf(goal.definition), goals: own }];
    }),
  );
  const inOrder = goals
    .flat()
    .sort((a, b) => ((a.goals[0]?.dueDate ?? "") < (b.goals[0]?.dueDate ?? "") ? -1 : 1));
  return keepablePage(renderGoalsPage(request.frame, inOrder));
}
