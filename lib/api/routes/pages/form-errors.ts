import { splitValues } from "../../../facts/characteristics.ts";
import type { FormError } from "../../../pages/form-field.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/**
 * The errors of a form's fields, from a refusal of the body that was made of them.
 * @param fieldOf the field of a pointer into the body, as `/target/value`
 * @throws the same error if it is not a refusal of the input
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
