/**
 * The construct id of a name from the tables: `record-responses` is `RecordResponses`. Logical ids, and with them
 * the identity of deployed resources, follow from it.
 */
export function constructId(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
