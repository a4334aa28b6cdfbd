import { dimensionNameSchema, maxFilterValues, textSchema } from "../../domain/facts/base.ts";
import { type Filters, splitValues } from "../../domain/facts/characteristics.ts";
import type { FieldError } from "../../domain/facts/field-error.ts";
import { chosenFacts } from "../../queries/chosen-facts.ts";
import type { StoredFact } from "../../store/records/facts.ts";
import type { StoreContext } from "../../store/table/context.ts";
import { invalidParameters } from "./problem.ts";

/**
 * Query parameters `filter.<dimension>=<value>[,<value>…]`: only facts with one of these values. The older form
 * `dimension.<name>=<value>` has one value, which is taken as it is.
 */

const maxDimensions = 10;
const valueSchema = textSchema(100);

/** By the beginning of a parameter's name: how its value is read. */
const readers: Readonly<Record<string, (text: string) => string[]>> = {
  "filter.": splitValues,
  "dimension.": (text) => [text],
};

/**
 * Takes the parameters that name dimensions out of a query.
 * @throws HttpProblem 400 that names each one that is wrong
 */
export function splitDimensions(query: Readonly<Record<string, string>>): {
  readonly dimensions: Filters;
  readonly rest: Readonly<Record<string, string>>;
} {
  const [named, rest] = [new Map<string, readonly string[]>(), new Map<string, string>()];
  const errors: FieldError[] = [];
  for (const [parameter, text] of Object.entries(query)) {
    const prefix = Object.keys(readers).find((each) => parameter.startsWith(each));
    if (prefix === undefined) {
      rest.set(parameter, text);
      continue;
    }
    const name = parameter.slice(prefix.length);
    const values = readers[prefix]?.(text) ?? [];
    const detail = whatIsWrong(name, values) ?? (named.has(name) ? "is filtered by already" : undefined);
    if (detail !== undefined) errors.push({ pointer: `/${parameter}`, detail });
    named.set(name, values);
  }
  if (named.size > maxDimensions) {
    errors.push({ pointer: "/filter", detail: `must be at most ${maxDimensions} dimensions` });
  }
  if (errors.length > 0) throw invalidParameters(errors);
  return { dimensions: Object.fromEntries(named), rest: Object.fromEntries(rest) };
}

function whatIsWrong(name: string, values: readonly string[]): string | undefined {
  if (values.length > maxFilterValues) return `must have at most ${maxFilterValues} values`;
  const isRight =
    dimensionNameSchema.safeParse(name).success &&
    values.every((value) => valueSchema.safeParse(value).success);
  return isRight ? undefined : "must be a dimension's name with values of 1 to 100 characters";
}

/** Chooses of some facts those that have the values asked for, as metrics do: see `chosenFacts`; `undefined` where everything is asked for. */
export function choosing(
  context: StoreContext,
  filters: Filters,
): (<Found extends StoredFact>(facts: readonly Found[]) => Promise<readonly Found[]>) | undefined {
  if (Object.keys(filters).length === 0) return undefined;
  return (facts) => chosenFacts(context, facts, filters);
}
