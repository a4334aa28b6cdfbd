import type { RunningReconciliation } from "../domain/workspace/settings.ts";
import type { Files } from "../store/files/bucket.ts";
import { stepOn } from "../store/reconciliation/steps.ts";
import { endJob, type ReconciliationJob, readJob } from "../store/reconciliation/stored-job.ts";
import { readWorkspace } from "../store/settings/workspaces.ts";
import type { Table } from "../store/table/client.ts";
import { type Deadline, deadlineIn } from "../store/table/retries.ts";
import { askForSteps, type ReconciliationMessage } from "./reconciliation-queue.ts";

/** Jobs that reconcile in steps. */

/** One more step begins only where so much of the time is left as the longest one so far took, and this part more. */
const margin = 1.5;

/** After so many minutes without a step nobody works on it any more: a run takes fifteen at most. */
const maxMinutesBetweenSteps = 20;

/** The result of a run. */
export interface ReconciliationRun {
  readonly steps: number;
  /** Whether it handed nothing on to a next message. */
  readonly finished: boolean;
}

/**
 * Goes on with a reconciliation until it is done or the time is up, and hands the rest on to a next message.
 * @throws StoreError `unavailable` when a step does not end in time: it is made again with the next delivery
 */
export async function runReconciliation(
  table: Table,
  message: ReconciliationMessage,
  deadline: Deadline,
  files: Files | undefined,
): Promise<ReconciliationRun> {
  const { workspace: id, reconciliation } = message;
  let [steps, longest] = [0, 0];
  let job = await readJob(table, id, reconciliation);
  while (job && !job.isDone) {
    const workspace = await readWorkspace(table, id);
    // It was never begun, or another one is running by now.
    if (workspace?.reconciling?.id !== job.id) return { steps, finished: true };
    if (steps > 0 && deadline.remaining() < margin * longest) {
      await askForSteps(message);
      return { steps, finished: false };
    }
    const began = performance.now();
    const next: ReconciliationJob | undefined = await stepOn(
      { table, workspace, deadline: deadlineIn(deadline.remaining()), files },
      job,
    );
    // Another run goes on with it.
    if (!next) return { steps, finished: true };
    longest = Math.max(longest, performance.now() - began);
    steps += 1;
    job = next;
  }
  if (job) await endJob(table, id, job.id);
  return { steps, finished: true };
}

/** Whether nobody seems to work on a reconciliation. @param now milliseconds since 1970-01-01T00:00:00Z */
export function isStalled({ steppedAt }: RunningReconciliation, now: number): boolean {
  return now - Date.parse(steppedAt) > maxMinutesBetweenSteps * 60_000;
}
