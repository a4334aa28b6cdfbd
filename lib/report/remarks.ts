import { isDay } from "../domain/calendar/days.ts";
import type { Said } from "../domain/language/in-english.ts";
import type { Language } from "../domain/language/language.ts";
import { translated } from "../domain/language/said.ts";
import { findMetric } from "../domain/metrics/registry.ts";
import { formatDay } from "./format.ts";
import { type Content, html } from "./html.ts";

/** Remarks and reasons as a reader sees them. */

/** The text in the reader's language, with its days and names of metrics as elsewhere on the page. */
export function sayRemark({ id, values = {} }: Said, language: Language): string {
  const shown = Object.entries(values).map(([name, value]) => [name, shownValue(name, value, language)]);
  return language.text(id, Object.fromEntries(shown));
}

function shownValue(name: string, value: string | number, language: Language): string | number {
  if (typeof value === "number") return value;
  const metric = name === "metric" ? findMetric(value) : undefined;
  if (metric) return language.metricName(metric);
  // An instant, too, is told by its day.
  const day = value.slice(0, 10);
  return isDay(day) && (name === "from" || name === "to" || name === "since")
    ? formatDay(day, language)
    : value;
}

/** What the API or the catalogue says, in the reader's language where there is a text; else in English, and marked so. */
export function sayTranslated(english: string, language: Language): Content {
  const text = translated(english, language);
  if (text === undefined) return html`<span lang="en">${english}</span>`;
  return text;
}
