import type { AnyMetric } from "../metrics/metric.ts";
import { windowLengths } from "../metrics/windows.ts";
import { html } from "../report/html.ts";
import { renderButtons } from "./annotations-page.ts";
import { dimensionFields, type FormState, renderField, renderOtherErrors } from "./form-field.ts";
import { type PageFrame, renderPage } from "./layout.ts";

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
  const { compare } = new Intl.Collator(language.tag);
  const named = metrics
    .map((metric) => [metric.id, language.metricName(metric)] as const)
    .sort((a, b) => compare(a[1], b[1]));
  const kinds = targetKinds.map((kind) => [kind, language.text(kindTexts[kind])] as const);
  const windows = windowLengths.map((days) => [String(days), language.text("days", { days })] as const);
  const fields = [
    { name: "metric", label: language.text("table.metric"), options: named },
    { name: "kind", label: language.text("goal.kind"), options: kinds },
    { name: "figure", label: language.text("goal.figure"), isRequired: true, maxLength: 24 },
    { name: "dueDate", label: language.text("goal.due"), type: "date", isRequired: true },
    { name: "window", label: language.text("goal.window"), options: windows },
    { name: "name", label: language.text("goal.name") },
    ...dimensionFields(dimensions, language),
  ] as const;
  return renderPage({
    frame,
    title,
    part: "/goals",
    content: html`<h1>${title}</h1>
${renderOtherErrors(
  fields.map(({ name }) => name),
  state,
  language,
)}
<form class="edit" method="post" action="${goalForm}">
<input type="hidden" name="id" value="${id}">
${fields.map((field) => renderField(field, state, language))}
${renderButtons(frame, id, "/goals")}
</form>`,
  });
}
