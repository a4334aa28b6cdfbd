import { eventTypes } from "../domain/webhooks/announcement.ts";
import { formats } from "../domain/webhooks/formats.ts";
import { html, type Markup } from "../report/html.ts";
import { sayTranslated } from "../report/remarks.ts";
import { renderEditForm } from "./edit-form.ts";
import { type FormState, renderField } from "./form-field.ts";
import type { PageFrame } from "./layout.ts";

/** The form in which a webhook is set. */

/** Where webhooks are set. */
export const webhookForm = "/webhooks/edit";

/** The form's contents. */
export interface WebhookForm {
  /** Empty for a new webhook. */
  readonly id: string;
  /** Whether it has a filter, which the form leaves as it is. */
  readonly hasFilter: boolean;
  readonly state: FormState;
}

/** The name of the field that subscribes to a type of events. */
export function eventField(type: string): string {
  return `event.${type}`;
}

/** The form as HTML. */
export function renderWebhookForm(frame: PageFrame, { id, hasFilter, state }: WebhookForm): string {
  const { language } = frame;
  const title = language.text(id === "" ? "webhooks.add" : "webhooks.change");
  const places = [
    ["url", language.text("webhook.toUrl")],
    ["bus", language.text("webhook.toBus")],
  ] as const;
  const isOn = [
    ["true", language.text("alert.yes")],
    ["false", language.text("alert.no")],
  ] as const;
  const form = formats.map((format) => [format, format] as const);
  const before = [
    { name: "description", label: language.text("goal.name") },
    { name: "to", label: language.text("webhook.to"), options: places },
    { name: "url", label: language.text("webhook.url"), type: "url", maxLength: 2_000 },
  ] as const;
  const after = [
    { name: "format", label: language.text("webhook.format"), options: form },
    { name: "enabled", label: language.text("webhook.enabled"), options: isOn },
  ] as const;
  const names = [...[...before, ...after].map(({ name }) => name), "events"];
  return renderEditForm(frame, {
    ...{ title, list: "/webhooks", action: webhookForm, id, names, state },
    fields: html`${before.map((field) => renderField(field, state, language))}
${renderEvents(frame, state)}
${after.map((field) => renderField(field, state, language))}
${hasFilter && html`<p class="quiet">${language.text("webhook.filterStays")}</p>`}`,
  });
}

function renderEvents({ language }: PageFrame, { values, errors }: FormState): Markup {
  const wrong = errors.filter(({ field }) => field === "events");
  const described = wrong.length > 0 && html` aria-describedby="events-wrong"`;
  const boxes = eventTypes.map((type) => {
    const isChosen = values[eventField(type)] !== undefined;
    return html`<label><input type="checkbox" name="${eventField(type)}" value="yes"${isChosen && html` checked`}><code>${type}</code></label>`;
  });
  return html`<fieldset class="checks"${described}><legend>${language.text("webhook.events")}</legend>${boxes}${
    wrong.length > 0 &&
    html`<p class="problem" id="events-wrong">${wrong.map(({ detail }, index) => [index > 0 && "; ", sayTranslated(detail, language)])}</p>`
  }</fieldset>
`;
}
