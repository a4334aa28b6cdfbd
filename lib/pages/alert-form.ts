import { sensitivities } from "../alerts/sensitivity.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { html } from "../report/html.ts";
import { renderButtons } from "./annotations-page.ts";
import { dimensionFields, type FormState, renderField, renderOtherErrors } from "./form-field.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** The form in which an alert is set. */

/** Where alerts are set. */
export const alertForm = "/alerts/edit";

const sensitivityTexts = { low: "alert.low", default: "alert.default", high: "alert.high" } as const;

/** The form's contents. */
export interface AlertForm {
  /** Empty for a new alert. */
  readonly id: string;
  readonly metrics: readonly AnyMetric[];
  readonly dimensions: readonly string[];
  readonly state: FormState;
}

/** The form as HTML. */
export function renderAlertForm(frame: PageFrame, { id, metrics, dimensions, state }: AlertForm): string {
  const { language } = frame;
  const title = language.text(id === "" ? "alerts.add" : "alerts.change");
  const { compare } = new Intl.Collator(language.tag);
  const named = metrics
    .map((metric) => [metric.id, language.metricName(metric)] as const)
    .sort((a, b) => compare(a[1], b[1]));
  const every = [
    ["day", language.text("alert.everyDay")],
    ["week", language.text("alert.everyWeek")],
  ] as const;
  const sensitivity = sensitivities.map((one) => [one, language.text(sensitivityTexts[one])] as const);
  const isTold = [
    ["true", language.text("alert.yes")],
    ["false", language.text("alert.no")],
  ] as const;
  const fields = [
    { name: "metric", label: language.text("table.metric"), options: named },
    { name: "every", label: language.text("alert.every"), options: every },
    { name: "sensitivity", label: language.text("alert.sensitivity"), options: sensitivity },
    { name: "webhooks", label: language.text("alert.webhooks"), options: isTold },
    { name: "name", label: language.text("goal.name") },
    ...dimensionFields(dimensions, language),
  ] as const;
  return renderPage({
    frame,
    title,
    part: "/alerts",
    content: html`<h1>${title}</h1>
${renderOtherErrors(
  fields.map(({ name }) => name),
  state,
  language,
)}
<form class="edit" method="post" action="${alertForm}">
<input type="hidden" name="id" value="${id}">
${fields.map((field) => renderField(field, state, language))}
${renderButtons(frame, id, "/alerts")}
</form>`,
  });
}
