import { sensitivities } from "../domain/alerts/sensitivity.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { metricOptions, renderEditForm } from "./edit-form.ts";
import { dimensionFields, type FormState, renderField } from "./form-field.ts";
import type { PageFrame } from "./layout.ts";

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
    { name: "metric", label: language.text("table.metric"), options: metricOptions(metrics, language) },
    { name: "every", label: language.text("alert.every"), options: every },
    { name: "sensitivity", label: language.text("alert.sensitivity"), options: sensitivity },
    { name: "webhooks", label: language.text("alert.webhooks"), options: isTold },
    { name: "topic", label: language.text("alert.topic"), options: isTold.toReversed() },
    { name: "name", label: language.text("goal.name") },
    ...dimensionFields(dimensions, language),
  ] as const;
  return renderEditForm(frame, {
    ...{ title, list: "/alerts", action: alertForm, id, state },
    names: fields.map(({ name }) => name),
    fields: fields.map((field) => renderField(field, state, language)),
  });
}
