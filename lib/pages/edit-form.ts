import type { Language } from "../domain/language/language.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { type Content, html, type Markup } from "../report/html.ts";
import { type FormState, renderOtherErrors } from "./form-field.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** The page of a form in which one thing is set: an annotation, a goal, an alert, a webhook. */

/** Such a form. */
export interface EditForm {
  readonly title: string;
  /** The page that lists these things. */
  readonly list: "/alerts" | "/annotations" | "/goals" | "/webhooks";
  /** Where the form is sent. */
  readonly action: string;
  /** Empty for a new one. */
  readonly id: string;
  /** The names of the fields: errors of others are said above them. */
  readonly names: readonly string[];
  readonly state: FormState;
  readonly fields: Content;
}

/** The page as HTML. */
export function renderEditForm(frame: PageFrame, form: EditForm): string {
  const { title, list, action, id, names, state, fields } = form;
  const { language } = frame;
  return renderPage({
    frame,
    title,
    part: list,
    content: html`<h1>${title}</h1>
${renderOtherErrors(names, state, language)}
<form class="edit" method="post" action="${action}">
<input type="hidden" name="id" value="${id}">
${fields}
${renderButtons(frame, id, list)}
</form>`,
  });
}

/** The buttons: save, remove what there is, and go back. */
function renderButtons({ language }: PageFrame, id: string, back: string): Markup {
  return html`<p><button name="action" value="save">${language.text("form.save")}</button>
${id !== "" && html`<button name="action" value="remove" formnovalidate>${language.text("form.remove")}</button>`}
<a href="${back}">${language.text("form.back")}</a></p>`;
}

/** Metrics to choose from, by their names in the reader's language. */
export function metricOptions(
  metrics: readonly AnyMetric[],
  language: Language,
): (readonly [id: string, name: string])[] {
  const { compare } = new Intl.Collator(language.tag);
  return metrics
    .map((metric) => [metric.id, language.metricName(metric)] as const)
    .sort((a, b) => compare(a[1], b[1]));
}
