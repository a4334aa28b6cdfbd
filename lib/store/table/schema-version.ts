import { StoreError } from "./errors.ts";

/**
 * Which form the data in a table has: keys, attributes, what counters mean. Every workspace's settings carry it, which every request
 * and every job reads anyway. It is raised with every change after which code from before would read or write nonsense.
 */
export const schemaVersion = 1;

/** The attribute that holds it. */
export const schemaAttribute = "schema";

/**
 * Lets only data pass that this code understands.
 * @param item the settings of a workspace as they are stored
 * @throws StoreError `other-schema` when newer code wrote them, or code from before there were versions
 */
export function requireKnownSchema(item: Readonly<Record<string, unknown>>): void {
  const found = Number(item[schemaAttribute] ?? 0);
  if (found === schemaVersion) return;
  const [age, advice] =
    found > schemaVersion
      ? ["a newer", "deploy the newer version again"]
      : ["an older", "deploy the older version again, or start with an empty table"];
  throw new StoreError(
    "other-schema",
    `the data was stored by ${age} version of this service (schema ${found}, this one knows ${schemaVersion}): ${advice}`,
  );
}
