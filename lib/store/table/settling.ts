/**
 * How long an index may take to show what was written, in milliseconds: usually a few, as DynamoDB's indexes are eventually
 * consistent. `INDEX_SETTLING_MILLISECONDS` says otherwise for an engine whose indexes are never behind, as in tests.
 */
export function indexSettlingMilliseconds(): number {
  return Number(process.env["INDEX_SETTLING_MILLISECONDS"] ?? 1_000);
}
