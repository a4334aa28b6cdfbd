import { randomUUID } from "node:crypto";
import { type GoalDefinition, goalIdSchema } from "../../../domain/goals/goal.ts";
import { findMetric, metrics } from "../../../domain/metrics/registry.ts";
import type { FormState } from "../../../pages/form-field.ts";
import { renderGoalForm, targetKinds } from "../../../pages/goal-form.ts";
import { readGoal } from "../../../store/settings/goals.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import {
  type ChangeRequest,
  type PageRequest,
  pageAnswer,
  redirectTo,
} from "../../pipeline/page-endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { removeGoal, storeGoal } from "../goals/handler.ts";
import { editQuerySchema } from "./edit-query.ts";
import { dimensionFields, dimensionsOf, offeredDimensions } from "./form-dimensions.ts";
import { formErrorsOf } from "./form-errors.ts";

/** Goals in the pages: set, changed and removed. */

/** `GET /goals/edit`: the form, with what there is under the id. */
export async function showGoalForm(request: PageRequest): Promise<TextAnswer> {
  const { id = "" } = parseQuery(editQuerySchema, request.query);
  const values = id === "" ? { window: "30" } : valuesOf(await knownGoal(request, id));
  return pageAnswer(renderForm(request, id, { values, errors: [] }));
}

/** `POST /goals/edit`: saves or removes a goal, or says beside the fields what is wrong with them. */
export async function changeGoal(request: ChangeRequest): Promise<TextAnswer> {
  const { form } = request;
  const { id = "", action } = form;
  const parameters = { id: id === "" ? randomUUID() : id };
  try {
    if (action === "remove") await removeGoal({ ...request, parameters });
    else {
      const before = id === "" ? undefined : await knownGoal(request, id);
      await storeGoal({ ...request, parameters, body: bodyOf(form, before) });
    }
  } catch (error) {
    const errors = formErrorsOf(error, fieldOf);
    return pageAnswer(renderForm(request, id, { values: form, errors }), 422);
  }
  return redirectTo("/goals");
}

/** The base, the convention and the currency are not in the form: they stay as they were if the metric is the same. */
function bodyOf(form: ChangeRequest["form"], before: GoalDefinition | undefined): object {
  const { metric = "", kind = "value", figure = "", dueDate, name, window = "" } = form;
  const filter = dimensionsOf(form);
  const { base, convention, currency } = before?.metric === metric ? before : {};
  const kept = {
    base,
    convention,
    currency,
    name,
    filter: Object.keys(filter).length > 0 ? filter : undefined,
  };
  const set = Object.entries(kept).filter(([, value]) => value !== undefined);
  return {
    ...{ metric, dueDate, window: Number(window) },
    target: { [kind]: figureOf(figure, metric, kind) },
    ...Object.fromEntries(set),
  };
}

/** A figure as it was typed, with a comma or a point before its decimals; money stays a decimal string. */
function figureOf(typed: string, metric: string, kind: string): number | string {
  const text = typed
    .trim()
    .replace(/^([^.]*),([^.,]*)$/, "$1.$2")
    .replace("−", "-");
  const isMoney = findMetric(metric)?.unit === "money" && kind !== "changePercent";
  const number = text === "" ? Number.NaN : Number(text);
  return isMoney || !Number.isFinite(number) ? text : number;
}

function fieldOf(pointer: string): string {
  const [name = "", inner = ""] = pointer.slice(1).split("/");
  if (name === "target") return "figure";
  return name === "filter" && inner !== "" ? `filter.${inner}` : name;
}

async function knownGoal({ table, workspace }: PageRequest, id: string): Promise<GoalDefinition> {
  const goal = goalIdSchema.safeParse(id).success ? await readGoal(table, workspace.id, id) : undefined;
  if (!goal) throw new HttpProblem(404, "there is no goal with this id");
  return goal.definition;
}

function valuesOf({ metric, target, dueDate, window = 30, name, filter = {} }: GoalDefinition) {
  const kind = targetKinds.find((one) => target[one] !== undefined) ?? "value";
  return {
    ...{ metric, kind, figure: String(target[kind] ?? ""), dueDate, window: String(window) },
    ...(name === undefined ? {} : { name }),
    ...dimensionFields(filter),
  };
}

function renderForm({ frame, workspace }: PageRequest, id: string, state: FormState): string {
  const dimensions = offeredDimensions(workspace.trackedDimensions, state.values);
  return renderGoalForm(frame, { id, metrics, dimensions, state });
}
