import { type Annotation, daysOf } from "../domain/annotations/annotation.ts";
import { renderAnnotation } from "../report/annotations.ts";
import { html } from "../report/html.ts";
import { address } from "./address.ts";
import { renderEditForm } from "./edit-form.ts";
import { dimensionFields, type FormState, renderField } from "./form-field.ts";
import { type PageFrame, renderPage } from "./layout.ts";

/** The list of annotations, and their form. */

/** The address of the form. */
export const annotationForm = "/annotations/edit";

/** The list as HTML, the latest first. */
export function renderAnnotationsPage(frame: PageFrame, annotations: readonly Annotation[]): string {
  const { language, canChange = false } = frame;
  const title = language.text("annotations.title");
  const latest = annotations.toSorted((a, b) =>
    daysOf(a.definition).from < daysOf(b.definition).from ? 1 : -1,
  );
  return renderPage({
    frame,
    title,
    part: "/annotations",
    content: html`<h1>${title}</h1>
${canChange && html`<p><a href="${annotationForm}">${language.text("annotations.add")}</a></p>`}
${latest.length === 0 && html`<p>${language.text("annotations.none")}</p>`}
<ul class="list">${latest.map(
      ({
        id,
        definition,
      }) => html`<li>${renderAnnotation(definition, language)}${canChange && html` <a href="${address(annotationForm, { id })}">${language.text("form.change")}<span class="unseen">: <bdi>${definition.text}</bdi></span></a>`}</li>
`,
    )}</ul>`,
  });
}

/**
 * The form as HTML.
 * @param id of the annotation that is changed; empty for a new one
 * @param dimensions by which what was touched can be told
 */
export function renderAnnotationForm(
  frame: PageFrame,
  {
    id,
    dimensions,
    state,
  }: { readonly id: string; readonly dimensions: readonly string[]; readonly state: FormState },
): string {
  const { language } = frame;
  const title = language.text(id === "" ? "annotations.add" : "annotations.title");
  const names = ["from", "to", "text", "link", ...dimensions.map((name) => `filter.${name}`)];
  const fields = [
    { name: "text", label: language.text("annotations.title"), isRequired: true },
    { name: "from", label: language.text("annotations.from"), type: "date", isRequired: true },
    { name: "to", label: language.text("annotations.to"), type: "date" },
    { name: "link", label: language.text("annotations.link"), type: "url", maxLength: 500 },
    ...dimensionFields(dimensions, language),
  ] as const;
  return renderEditForm(frame, {
    ...{ title, list: "/annotations", action: annotationForm, id, names, state },
    fields: fields.map((field) => renderField(field, state, language)),
  });
}
