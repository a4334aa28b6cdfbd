import type { Language } from "../domain/language/language.ts";
import { type Content, html, type Markup } from "../report/html.ts";
import { sayTranslated } from "../report/remarks.ts";

/** Fields of forms, each with its errors. */

/** An error of a field, in the API's words. */
export interface FormError {
  /** The name of the field; empty for the form as a whole. */
  readonly field: string;
  readonly detail: string;
}

/** The state of a form: its values, and their errors. */
export interface FormState {
  /** By the names of the fields. */
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly FormError[];
}

/** A field. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "date" | "url";
  readonly isRequired?: boolean;
  readonly maxLength?: number;
  /** The values that it can have, with their names: a choice instead of a text. */
  readonly options?: readonly (readonly [value: string, text: string])[];
}

/** A field with its label, its value and what is wrong with it. */
export function renderField(field: Field, { values, errors }: FormState, language: Language): Markup {
  const { name, label, type = "text", isRequired = false, maxLength = 200, options } = field;
  const wrong = errors.filter((error) => error.field === name);
  const value = values[name] ?? "";
  const described = wrong.length > 0 && html` aria-invalid="true" aria-describedby="${name}-wrong"`;
  const required = isRequired && html` required`;
  const control: Content =
    options === undefined
      ? html`<input id="${name}" name="${name}" type="${type}" value="${value}" maxlength="${maxLength}"${required}${described}>`
      : html`<select id="${name}" name="${name}"${described}>${options.map(([one, text]) => html`<option value="${one}"${one === value && html` selected`}>${text}</option>`)}</select>`;
  return html`<div class="field"><label for="${name}">${label}</label>${control}${
    wrong.length > 0 &&
    html`<p class="problem" id="${name}-wrong">${wrong.map(({ detail }, index) => [index > 0 && "; ", sayTranslated(detail, language)])}</p>`
  }</div>
`;
}

/** A field for each dimension, to limit a goal or an annotation to one of its values. */
export function dimensionFields(dimensions: readonly string[], language: Language): Field[] {
  return dimensions.map((dimension) => ({
    name: `filter.${dimension}`,
    label: language.text("choices.only", { dimension }),
  }));
}

/** The errors that belong to none of the fields. */
export function renderOtherErrors(
  names: readonly string[],
  { errors }: FormState,
  language: Language,
): Markup | undefined {
  const others = errors.filter(({ field }) => !names.includes(field));
  if (others.length === 0) return undefined;
  return html`<ul class="problem" role="alert">${others.map(({ field, detail }) => html`<li>${field !== "" && html`<code>${field}</code> `}${sayTranslated(detail, language)}</li>`)}</ul>`;
}
