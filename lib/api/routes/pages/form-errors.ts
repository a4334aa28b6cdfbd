import { splitValues } from "../../../facts/characteristics.ts";
import type { FormError } from "../../../pages/form-field.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/**
 * What is wrong with the fields of a form, from what is wrong with the body that was made of it.
 * @param fieldOf the field of a pointer into the body, as `/target/value`
 * @throws what was thrown where it is no refusal of what was entered
 */
export function formErrorsOf(error: unknown, fieldOf: (pointer: string) => string): FormError[] {
  if (!(error instanceof HttpProblem) || error.status >= 500) throw error;
  const { detail, errors = [] } = error.toBody("");
  if (errors.length === 0) return [{ field: "", detail }];
  return errors.map((one) => ({ field: fieldOf(one.pointer), detail: one.detail }));
}

/** The dimensions that a form names: `filter.<dimension>` with what was entered. */
export function dimensionsOf(form: Readonly<Record<string, string>>): Record<string, string | string[]> {
  const entries = Object.entries(form).flatMap(([name, text]) => {
    if (!name.startsWith("filter.") || text === "") return [];
    const values = splitValues(text);
    const [only = ""] = values;
    return [[name.slice("filter.".length), values.length === 1 ? only : values] as const];
  });
  return Object.fromEntries(entries);
}
