import { joinedValues, splitValues } from "../domain/facts/characteristics.ts";
import { noValue } from "../store/records/dimensions.ts";
import { otherValue } from "../store/records/value-list.ts";

/**
 * Names of groups. By one dimension a group is called as its value; by several as their values with commas between them, in which a
 * comma and a backslash have a backslash before them. What has none of the values is `(none)`, all that is put together `(other)`.
 */

/** At most so many dimensions are grouped by at once. */
export const maxGroupedDimensions = 3;

/** The name of the group of some values, one of each dimension; `undefined` for what has none of them. */
export function groupName(values: readonly (string | undefined)[]): string | undefined {
  const known = values.map((value) => value ?? noValue);
  if (known.every((value) => value === noValue)) return undefined;
  const [only] = known;
  return known.length === 1 || known.every((value) => value === otherValue) ? only : joinedValues(known);
}

/** The value of each dimension in the group of a name. */
export function valuesOfGroup(name: string, dimensions: readonly string[]): Readonly<Record<string, string>> {
  const isOne = dimensions.length === 1 || name === noValue || name === otherValue || name === "";
  const values = isOne ? dimensions.map(() => name) : splitValues(name);
  return Object.fromEntries(dimensions.map((dimension, index) => [dimension, values[index] ?? noValue]));
}
