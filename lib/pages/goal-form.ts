import type { AnyMetric } from "../domain/metrics/metric.ts";
import { windowLengths } from "../domain/metrics/windows.ts";
import { metricOptions, renderEditForm } from "./edit-form.ts";
import { dimensionFields, type FormState, renderField } from "./form-field.ts";
import type { PageFrame } from "./layout.ts";

/** The form in which a goal is set. */

/** Where goals are set. */
export const goalForm = "/goals/edit";

/** The kinds of targets, as the API names them. */
export const targetKinds = ["value", "change", "changePercent"] as const;

const kindTexts = {
  value: "goal.kindValue",
  change: "goal.kindChange",
  changePercent: "goal.kindPercent",
} as const satisfies Record<(typeof targetKinds)[number], string>;

/** The form's contents. */
export interface GoalForm {
  /** Empty for a new goal. */
  readonly id: string;
  readonly metrics: readonly AnyMetric[];
  readonly dimensions: readonly string[];
  readonly state: FormState;
}

/** The form as HTML. */
export function renderGoalForm(frame: PageFrame, { id, metrics, dimensions, state }: GoalForm): string {
  const { language } = frame;
  const title = language.text(id === "" ? "goals.add" : "goals.change");
  const kinds = targetKinds.map((kind) => [kind, language.text(kindTexts[kind])] as const);
  const windows = windowLengths.map((days) => [String(days), language.text("days", { days })] as const);
  const fields = [
    { name: "metric", label: language.text("table.metric"), options: metricOptions(metrics, language) },
    { name: "kind", label: language.text("goal.kind"), options: kinds },
    { name: "figure", label: language.text("goal.figure"), isRequired: true, maxLength: 24 },
    { name: "dueDate", label: language.text("goal.due"), type: "date", isRequired: true },
    { name: "window", label: language.text("goal.window"), options: windows },
    { name: "name", label: language.text("goal.name") },
    ...dimensionFields(dimensions, language),
  ] as const;
  return renderEditForm(frame, {
    ...{ title, list: "/goals", action: goalForm, id, state },
    names: fields.map(({ name }) => name),
    fields: fields.map((field) => renderField(field, state, language)),
  });
}
