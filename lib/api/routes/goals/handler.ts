import * as z from "zod";
import { dayOf } from "../../../domain/calendar/zones.ts";
import { type Goal, type GoalScope, goalIdSchema, goalSchema } from "../../../domain/goals/goal.ts";
import { goalErrors, settleScope } from "../../../domain/goals/settle.ts";
import { inEnglish } from "../../../domain/language/in-english.ts";
import type { AnyMetric } from "../../../domain/metrics/metric.ts";
import { betterIn } from "../../../domain/metrics/range.ts";
import { findMetric } from "../../../domain/metrics/registry.ts";
import { metricSettings } from "../../../domain/workspace/settings.ts";
import type { QueryContext } from "../../../queries/context.ts";
import { type Assessment, assessGoal, judgedGoals } from "../../../queries/goal-assessment.ts";
import type { FirstDays } from "../../../store/counters/first-day.ts";
import {
  deleteGoal,
  listGoals,
  maxGoals,
  readGoal,
  type StoredGoal,
  setGoal,
} from "../../../store/settings/goals.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor } from "../../pipeline/pagination.ts";
import { parseBody, parseQuery, refusePrototype, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidBody, invalidParameters } from "../../pipeline/problem.ts";
import type { deletedGoalSchema, goalsSchema, standingSchema } from "./answers.ts";
import { goalsQuerySchema } from "./query.ts";

/** Goals over the API: set, read with where they stand, deleted. */

type Standing = AnswerOf<typeof standingSchema>;

const cursorSchema = z.strictObject({ after: goalIdSchema });

const readingColumns = (name: string) =>
  ["from", "to", "value", "low", "high", "n", "lowSample", "method"].map((column) => `${name}.${column}`);

/** What a comparison says beside the base. */
const comparedColumns = [
  "days",
  "daysKnown",
  "change",
  "changeLow",
  "changeHigh",
  "changePercent",
  "pValue",
  "significant",
  "verdict",
];

/** The header of goals as CSV; the filter, whose names are free, is JSON in one column. */
const goalColumns = [
  ...[
    "id",
    "goal.metric",
    "goal.name",
    "goal.target.value",
    "goal.target.change",
    "goal.target.changePercent",
  ],
  ...[
    "goal.window",
    "goal.base.from",
    "goal.base.to",
    "goal.filter",
    "goal.convention",
    "goal.currency",
    "goal.dueDate",
  ],
  ...["unit", "better", "currency", "convention", "state", "by", "certain", "final", "reason"],
  ...["target", "expected", "window", ...readingColumns("current"), ...readingColumns("base")],
  ...comparedColumns.map((column) => `comparison.${column}`),
  ...["remarks", "createdAt", "updatedAt"],
];

/** `GET /v1/goals`: by id. A page ends early where assessing takes long, or has cost what one request may, as it does where facts are counted. */
export async function getGoals(request: HttpRequest): Promise<TableAnswer<AnswerOf<typeof goalsSchema>>> {
  const { table, workspace, deadline } = request;
  const { limit, cursor } = parseQuery(goalsQuerySchema, request.query);
  const after = decodeCursor(cursorSchema, cursor)?.after;
  const goals = await listGoals(table, workspace.id, after);
  const enough = deadline.remaining() / 2;
  const assessments: Assessment[] = [];
  const firstDays: FirstDays = new Map();
  for (const goal of goals.slice(0, limit)) {
    if (assessments.length > 0 && deadline.remaining() < enough) break;
    const assessment = await assess(request, goal, firstDays);
    // A goal that the rest of the budget is not enough for begins the next page, which has a whole one.
    if (assessments.length > 0 && assessment.isRefused) break;
    assessments.push(assessment);
  }
  const items = judgedGoals(assessments).flatMap((assessment, index) => {
    const goal = goals[index];
    return goal ? [present(goal, assessment)] : [];
  });
  const last = goals[items.length - 1];
  const nextCursor = last && items.length < goals.length ? encodeCursor({ after: last.id }) : null;
  request.note({ goals: items.length });
  return { status: 200, body: { items, nextCursor }, rows: items, columns: goalColumns };
}

/** `GET /v1/goals/{id}`. */
export async function getGoal(request: HttpRequest): Promise<Answer<Standing>> {
  const { table, workspace, parameters } = request;
  refuseQuery(request.query);
  const id = parameters["id"] ?? "";
  const goal = goalIdSchema.safeParse(id).success ? await readGoal(table, workspace.id, id) : undefined;
  if (!goal) throw new HttpProblem(404, "there is no goal with this id");
  return { status: 200, body: await standingOf(request, goal) };
}

/** `PUT /v1/goals/{id}`: sets a goal, and says where it stands. */
export async function putGoal(request: HttpRequest): Promise<Answer<Standing>> {
  const { outcome, goal } = await storeGoal(request);
  const status = outcome === "created" ? 201 : 200;
  return { status, body: await standingOf(request, goal) };
}

/**
 * Checks a goal and stores it.
 * @throws HttpProblem 400, 409 where there are too many, or 422
 */
export async function storeGoal(
  request: HttpRequest,
): Promise<{ readonly outcome: "created" | "replaced" | "unchanged"; readonly goal: StoredGoal }> {
  const { table, workspace, parameters, body, deadline } = request;
  const id = goalIdSchema.safeParse(parameters["id"]);
  if (!id.success) {
    const errors = id.error.issues.map(({ message }) => ({ pointer: "/id", detail: message }));
    throw invalidParameters(errors);
  }
  const definition = parseBody(goalSchema, refusePrototype(body, "filter"));
  const metric = findMetric(definition.metric);
  if (!metric) throw new Error("the schema lets no other metric pass");
  const today = dayOf(Date.now(), workspace.timeZone);
  const settle = (before: Goal | undefined): GoalScope => {
    const scope = settleScope(definition, metric, workspace, today, before);
    const { currencyDecimals } = metricSettings(workspace, metric.id, scope);
    const errors = goalErrors(definition, metric, scope, today, currencyDecimals);
    if (errors.length > 0) throw invalidBody(errors);
    return scope;
  };
  const set = await setGoal(table, workspace.id, id.data, definition, settle, deadline);
  if (set.outcome === "full") {
    throw new HttpProblem(409, `a workspace has at most ${maxGoals} goals: delete one that is over`);
  }
  request.note({ outcome: set.outcome });
  return { outcome: set.outcome, goal: set.value };
}

/** `DELETE /v1/goals/{id}`. */
export async function removeGoal(request: HttpRequest): Promise<Answer<AnswerOf<typeof deletedGoalSchema>>> {
  const { table, workspace, parameters, deadline } = request;
  const id = parameters["id"] ?? "";
  const isDeleted =
    goalIdSchema.safeParse(id).success && (await deleteGoal(table, workspace.id, id, deadline));
  if (!isDeleted) throw new HttpProblem(404, "there is no goal with this id");
  return { status: 200, body: { id, status: "deleted" } };
}

async function standingOf(context: QueryContext, goal: StoredGoal): Promise<Standing> {
  return present(goal, await assess(context, goal, new Map()));
}

function assess(context: QueryContext, goal: StoredGoal, firstDays: FirstDays): Promise<Assessment> {
  return assessGoal(context, goal, dayOf(Date.now(), context.workspace.timeZone), firstDays);
}

function present(
  { id, definition, windowDays, convention, currency, createdAt, updatedAt }: StoredGoal,
  { metric, verdict: { reason, ...verdict }, current, base, comparison, remarks }: Assessment,
): Standing {
  return {
    ...{ id, goal: definition },
    ...(metric ? describe(metric, convention, currency) : {}),
    ...verdict,
    ...(reason ? { reason: inEnglish(reason) } : {}),
    window: windowDays,
    ...{ current: current ?? null, base: base ?? null },
    comparison: comparison ?? null,
    ...(remarks.length > 0 ? { remarks: remarks.map(inEnglish) } : {}),
    ...{ createdAt, updatedAt },
  };
}

function describe(
  metric: AnyMetric,
  convention: string,
  currency: string,
): Pick<Standing, "unit" | "better" | "currency" | "convention"> {
  return {
    ...{ unit: metric.unit, better: betterIn(metric, convention) },
    ...(metric.unit === "money" ? { currency } : {}),
    ...(convention ? { convention } : {}),
  };
}
