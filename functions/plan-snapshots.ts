import type { Context } from "aws-lambda";
import { sendJobs } from "../lib/jobs/queue.ts";
import { askForSteps } from "../lib/jobs/reconciliation-queue.ts";
import { isStalled } from "../lib/jobs/reconciliations.ts";
import { askForOwedRecounts } from "../lib/jobs/recount-queue.ts";
import { eachWorkspace, readWorkspace } from "../lib/store/settings/workspaces.ts";
import { closeUp, daysAtOnce, daysToSnapshot } from "../lib/store/snapshots/snapshot-plan.ts";
import { defaultTable, requireVariable } from "../lib/store/table/client.ts";
import { describeError, logger } from "../lib/telemetry/logger.ts";

/**
 * Each hour: messages for the days of each workspace that need a snapshot, one for each recount that a workspace still owes, and one for a
 * reconciliation on which nobody works any more. A workspace that fails holds up no other.
 */
export async function handler(
  _event: unknown,
  _context?: Context,
): Promise<{ workspaces: number; days: number }> {
  const table = defaultTable();
  const queueUrl = requireVariable("SNAPSHOTS_QUEUE_URL");
  let workspaces = 0;
  let planned = 0;
  let recounts = 0;
  let failed = 0;
  for await (const id of eachWorkspace(table)) {
    try {
      const workspace = await readWorkspace(table, id);
      if (!workspace) continue;
      await closeUp(table, workspace);
      const days = await daysToSnapshot(table, workspace, Date.now());
      await sendJobs(
        queueUrl,
        daysAtOnce(days).map((dates) => ({ workspace: id, dates })),
      );
      await askForOwedRecounts(id, workspace.recounts ?? {});
      const { reconciling } = workspace;
      if (reconciling && isStalled(reconciling, Date.now())) {
        await askForSteps({ workspace: id, reconciliation: reconciling.id });
      }
      workspaces += 1;
      recounts += Object.keys(workspace.recounts ?? {}).length;
      planned += days.length;
    } catch (error) {
      failed += 1;
      logger.error("planning failed", { workspace: id, ...describeError(error) });
    }
  }
  logger.info("planned", { workspaces, days: planned, recounts, failed });
  if (failed > 0) throw new Error(`planning failed for ${failed} workspaces`);
  return { workspaces, days: planned };
}
