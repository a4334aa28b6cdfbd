import { isDeepStrictEqual } from "node:util";
import type { Day } from "../../domain/calendar/days.ts";
import type { Filters } from "../../domain/facts/characteristics.ts";
import { filtersOf } from "../../domain/goals/goal.ts";
import type { QueryContext } from "../../queries/context.ts";
import { type Assessment, assessGoal, judgedGoals } from "../../queries/goal-assessment.ts";
import type { FirstDays } from "../../store/counters/first-day.ts";
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
  const standings = await standingsOf(
    context,
    same
      .filter((goal) => shown.some((report) => belongsTo(goal, report)))
      .sort((a, b) => (a.definition.dueDate < b.definition.dueDate ? -1 : 1)),
    today,
  );
  return shown.map((report) => ({
    ...report,
    goals: standings.filter(({ goal }) => belongsTo(goal, report)).map(({ standing }) => standing),
  }));
}

function belongsTo(
  { definition, currency, convention }: StoredGoal,
  { metric, currency: shownCurrency, convention: shownConvention }: MetricReport,
): boolean {
  if (definition.metric !== metric.id || convention !== shownConvention) return false;
  return metric.unit !== "money" || currency === shownCurrency;
}

/** Goals, and where each stands. */
export async function standingsOf(
  context: QueryContext,
  goals: readonly StoredGoal[],
  today: Day,
): Promise<{ readonly goal: StoredGoal; readonly standing: ReportGoal }[]> {
  const firstDays: FirstDays = context.kept?.firstDays ?? new Map();
  const assessed = await Promise.all(
    goals.map(async (goal) => ({ ...(await assessGoal(context, goal, today, firstDays)), goal })),
  );
  return judgedGoals(assessed).map(({ goal, ...assessment }) => ({
    goal,
    standing: { id: goal.id, ...standingOf(goal, assessment) },
  }));
}

function standingOf(
  { definition, base, windowDays }: StoredGoal,
  { verdict, current, comparison }: Omit<Assessment, "goal">,
): Omit<ReportGoal, "id"> {
  const { state, by, certain, target, reason } = verdict;
  const { name, dueDate } = definition;
  return {
    ...(name === undefined ? {} : { name }),
    ...{ dueDate, windowDays, value: current?.value ?? null },
    ...{ state, by, certain, target },
    ...(reason === undefined ? {} : { reason }),
    ...(comparison ? { sinceBase: { ...base, comparison } } : {}),
  };
}
