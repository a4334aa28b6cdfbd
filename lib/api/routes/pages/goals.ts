import { dayOf } from "../../../domain/calendar/zones.ts";
import { filtersOf } from "../../../domain/goals/goal.ts";
import { findMetric } from "../../../domain/metrics/registry.ts";
import { renderGoalsPage } from "../../../pages/goals-page.ts";
import { standingsOf } from "../../../report/data/report-goals.ts";
import { listGoals } from "../../../store/settings/goals.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { keepablePage, type PageRequest } from "../../pipeline/page-endpoint.ts";
import { refuseQuery } from "../../pipeline/parameters.ts";

/** `GET /goals`: all goals, and where they stand; those that are due first at the beginning. */
export async function showGoals(request: PageRequest): Promise<TextAnswer> {
  refuseQuery(request.query);
  const { table, workspace } = request;
  const today = dayOf(Date.now(), workspace.timeZone);
  const stored = (await listGoals(table, workspace.id)).sort((a, b) =>
    a.definition.dueDate < b.definition.dueDate ? -1 : 1,
  );
  const goals = (await standingsOf(request, stored, today)).flatMap(({ goal, standing }) => {
    const metric = findMetric(goal.definition.metric);
    if (!metric) return [];
    return { metric, currency: goal.currency, filters: filtersOf(goal.definition), goals: [standing] };
  });
  return keepablePage(renderGoalsPage(request.frame, goals));
}
