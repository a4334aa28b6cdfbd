/** The runbook as the package has it, in place of lib/infrastructure/runbook.ts: the app's own repository has none. */

/** Its place in the project. */
export const runbookPath = "docs/operations.md";

/** The place of the runbook where no setting says its address. */
export function ownRunbookAddress(_directory: string): string {
  return `${runbookPath} of cx-metrics`;
}
