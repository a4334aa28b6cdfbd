import { type AnnotationDefinition, daysOf } from "../domain/annotations/annotation.ts";
import type { Language } from "../domain/language/language.ts";
import { formatDays } from "./format.ts";
import { html, type Markup } from "./html.ts";
import type { Report } from "./model.ts";

/** Annotations of a report, under the numbers that its charts have. */

/** @param level of the heading */
export function renderAnnotations(
  { annotations, language }: Pick<Report, "annotations" | "language">,
  level: "h2" | "h4" = "h2",
): Markup | undefined {
  if (annotations.length === 0) return undefined;
  const title = language.text("annotations.title");
  const heading = level === "h2" ? html`<h2>${title}</h2>` : html`<h4>${title}</h4>`;
  return html`<div class="annotations">${heading}
<ol>${annotations.map(
    ({ definition }) => html`<li>${renderAnnotation(definition, language)}</li>
`,
  )}</ol></div>
`;
}

/** An annotation in a line. */
export function renderAnnotation(definition: AnnotationDefinition, language: Language): Markup {
  const { from, to } = daysOf(definition);
  const about = Object.entries(definition.dimensions ?? {}).map(
    ([name, value]) => `${name} = ${[value].flat().join(", ")}`,
  );
  const { text, link } = definition;
  return html`${formatDays(from, to, language)}: ${link === undefined ? html`<bdi>${text}</bdi>` : html`<a href="${link}" rel="noreferrer noopener"><bdi>${text}</bdi></a>`}${about.length > 0 && html` <span class="quiet">(<bdi>${about.join(", ")}</bdi>)</span>`}`;
}
