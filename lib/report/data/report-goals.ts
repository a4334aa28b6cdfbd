import { isDeepStrictEqual } from "node:util";
import type { Day } from "../../calendar/days.ts";
import type { Filters } from "../../facts/characteristics.ts";
import { filtersOf } from "../../goals/goal.ts";
import type { QueryContext } from "../../queries/context.ts";
import { assessGoal } from "../../queries/goal-assessment.ts";
import { listGoals, type StoredGoal } from "../../store/settings/goals.ts";
import type { MetricReport, ReportGoal } from "../model.ts";

/** The goals that belong beside the metrics of a report. */

/** The metrics with their goals for the same segment, currency and convention, those that are due first at the beginning. */
export async function withGoals(
  context: QueryContext,
  shown: readonly MetricReport[],
  { filters, today }: { readonly filters: Filters; readonly today: Day },
): Promise<MetricReport[]> {
  // Who has just set one sees it at once.
  const all = await listGoals({ ...context.table, isEventual: false }, context.workspace.id);
  const same = all.filter(({ definition }) => isDeepStrictEqual(filtersOf(definition), { ...filters }));
  return Promise.all(
    shown.map(async (report) => {
      const own = same
        .filter((goal) => belongsTo(goal, report))
        .sort((a, b) => (a.definition.dueDate < b.definition.dueDate ? -1 : 1));
      const goals = own.map((goal) => standingOf(context, goal, today));
      return { ...report, goals: await Promise.all(goals) };
    }),
  );
}

function belongsTo(
  { definition, currency, convention }: StoredGoal,
  { metric, currency: shownCurrency, convention: shownConvention }: MetricReport,
): boolean {
  if (definition.metric !== metric.id || convention !== shownConvention) return false;
  return metric.unit !== "money" || currency === shownCurrency;
}

/** A goal, and where it stands. */
export async function standingOf(context: QueryContext, goal: StoredGoal, today: Day): Promise<ReportGoal> {
  const { verdict, current } = await assessGoal(context, goal, today);
  const { state, by, certain, target, reason } = verdict;
  const { name, dueDate } = goal.definition;
  return {
    id: goal.id,
    ...(name === undefined ? {} : { name }),
    ...{ dueDate, windowDays: goal.windowDays, value: current?.value ?? null },
    ...{ state, by, certain, target },
    ...(reason === undefined ? {} : { reason }),
  };
}
