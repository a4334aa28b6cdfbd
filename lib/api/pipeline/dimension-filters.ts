import { dimensionNameSchema, textSchema } from "../../facts/base.ts";
import { noValue } from "../../store/records/dimensions.ts";
import { HttpProblem } from "./problem.ts";

/** Query parameters `dimension.<name>=<value>`: only facts with these values. */

/** Dimension → the value that facts must have. */
export type DimensionFilters = Readonly<Record<string, string>>;

const prefix = "dimension.";
const maxDimensions = 10;
const valueSchema = textSchema(100);

/**
 * Takes the parameters that name dimensions out of a query.
 * @throws HttpProblem 400 that names each one that is wrong
 */
export function splitDimensions(query: Readonly<Record<string, string>>): {
  readonly dimensions: DimensionFilters;
  readonly rest: Readonly<Record<string, string>>;
} {
  const [named, rest] = [new Map<string, string>(), new Map<string, string>()];
  for (const [parameter, value] of Object.entries(query)) {
    if (parameter.startsWith(prefix)) named.set(parameter.slice(prefix.length), value);
    else rest.set(parameter, value);
  }
  const wrong = [...named].filter(
    ([name, value]) => !dimensionNameSchema.safeParse(name).success || !valueSchema.safeParse(value).success,
  );
  const errors = wrong.map(([name]) => ({
    pointer: `/${prefix}${name}`,
    detail: "must be a dimension's name with a value of at most 100 characters",
  }));
  if (named.size > maxDimensions) {
    errors.push({ pointer: `/${prefix}`, detail: `must be at most ${maxDimensions} dimensions` });
  }
  if (errors.length > 0) throw new HttpProblem(400, "the parameters are invalid", { errors });
  return { dimensions: Object.fromEntries(named), rest: Object.fromEntries(rest) };
}

/** Whether dimensions have all the values asked for; `(none)` asks for none. */
export function hasDimensions(
  dimensions: Readonly<Record<string, string>>,
  filters: DimensionFilters,
): boolean {
  return Object.entries(filters).every(
    ([name, value]) =>
      ((Object.hasOwn(dimensions, name) ? dimensions[name] : undefined) ?? noValue) === value,
  );
}
