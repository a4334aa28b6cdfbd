import { metricIntervalIn, metricNotesIn } from "../domain/language/definitions.ts";
import type { Language } from "../domain/language/language.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { html, type Markup } from "./html.ts";

/** How a metric is computed, in the reader's language; what is only known in English is marked as such. */

/** Its formula, as a paragraph. */
export function renderFormula(metric: AnyMetric, language: Language): Markup {
  const formula = language.metricFormula(metric);
  return html`<p${onlyEnglish(formula)}>${formula ?? metric.formula}.</p>`;
}

/** The method of its interval, as a paragraph. */
export function renderInterval(metric: AnyMetric, language: Language): Markup {
  const interval = metricIntervalIn(language.tag, metric);
  return html`<p>${language.text("card.intervalMethod")} <span${onlyEnglish(interval)}>${interval ?? metric.interval}</span></p>`;
}

/** What to know of it, as a list. */
export function renderNotes(metric: AnyMetric, language: Language): Markup {
  const notes = metricNotesIn(language.tag, metric);
  return html`<ul${onlyEnglish(notes)}>${(notes ?? metric.notes).map((note) => html`<li>${note}</li>`)}</ul>`;
}

function onlyEnglish(translated: unknown): Markup | false {
  return translated === undefined && html` lang="en"`;
}
