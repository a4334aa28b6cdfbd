import { joinedValues, splitValues } from "../../../domain/facts/characteristics.ts";

/** The dimensions in forms: a field `filter.<dimension>` each, with one or several values as they are entered. */

const prefix = "filter.";

/** The dimensions that a form names: `filter.<dimension>` with what was entered. */
export function dimensionsOf(form: Readonly<Record<string, string>>): Record<string, string | string[]> {
  const entries = Object.entries(form).flatMap(([name, text]) => {
    if (!name.startsWith(prefix) || text === "") return [];
    const values = splitValues(text);
    const [only = ""] = values;
    return [[name.slice(prefix.length), values.length === 1 ? only : values] as const];
  });
  return Object.fromEntries(entries);
}

/** The fields that show what some dimensions are. */
export function dimensionFields(
  dimensions: Readonly<Record<string, string | readonly string[]>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, values]) => [`${prefix}${name}`, joinedValues([values].flat())]),
  );
}

/** The dimensions that a form offers: those that are tracked, and those that its fields name, tracked or not (any more). */
export function offeredDimensions(
  tracked: readonly string[],
  fields: Readonly<Record<string, string>>,
): readonly string[] {
  const named = Object.keys(fields).flatMap((name) =>
    name.startsWith(prefix) ? name.slice(prefix.length) : [],
  );
  return [...new Set([...tracked, ...named])];
}
