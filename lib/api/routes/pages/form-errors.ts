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
