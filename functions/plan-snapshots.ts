import type { Context } from "aws-lambda";
import type { Day } from "../lib/domain/calendar/days.ts";
import type { Workspace } from "../lib/domain/workspace/settings.ts";
import { inTurn, lookAtArrivals } from "../lib/jobs/arrivals.ts";
import { isMeasuringDue } from "../lib/jobs/customer-effects-due.ts";
import { askForPrediction, isPredictionDue } from "../lib/jobs/prediction-queue.ts";
import { sendJobs } from "../lib/jobs/queue.ts";
import { askForSteps } from "../lib/jobs/reconciliation-queue.ts";
import { isStalled } from "../lib/jobs/reconciliations.ts";
import { askForOwedRecounts } from "../lib/jobs/recount-queue.ts";
import { noteAskedPrediction } from "../lib/store/settings/predictions.ts";
import { eachWorkspace, readWorkspace } from "../lib/store/settings/workspaces.ts";
import {
  closeUp,
  daysToSnapshot,
  lastClosedDay,
  messagesForDays,
} from "../lib/store/snapshots/snapshot-plan.ts";
import { defaultTable, requireVariable, type Table } from "../lib/store/table/client.ts";
import { type Deadline, deadlineIn } from "../lib/store/table/retries.ts";
import { describeError, logger } from "../lib/telemetry/logger.ts";
import { publishCount } from "../lib/telemetry/metrics.ts";
import { operational } from "../lib/telemetry/names.ts";

/** For so long a run looks at whether facts still come: planning comes first. */
const maxLookingMilliseconds = 60_000;

/**
 * Each hour: messages for the days of each workspace that need a snapshot, one for each recount that a workspace still owes, and one for a
 * reconciliation on which nobody works any more; each week one that asks what its customers will bring; then a look at whether facts still come. A workspace
 * that fails holds up no other.
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
  const seen: Workspace[] = [];
  for await (const id of eachWorkspace(table)) {
    try {
      const workspace = await readWorkspace(table, id);
      if (!workspace) continue;
      await closeUp(table, workspace);
      const days = await daysToSnapshot(table, workspace, Date.now());
      await sendJobs(queueUrl, messagesFor(workspace, days));
      await askForOwedRecounts(id, workspace.recounts ?? {});
      await askForDuePrediction(table, workspace, days);
      const { reconciling } = workspace;
      if (reconciling && isStalled(reconciling, Date.now())) {
        await askForSteps({ workspace: id, reconciliation: reconciling.id });
      }
      workspaces += 1;
      recounts += Object.keys(workspace.recounts ?? {}).length;
      planned += days.length;
      seen.push(workspace);
    } catch (error) {
      failed += 1;
      logger.error("planning failed", { workspace: id, ...describeError(error) });
    }
  }
  logger.info("planned", { workspaces, days: planned, recounts, failed });
  // What fails here is no reason to plan everything again.
  await lookAtAll(
    table,
    inTurn(seen, Math.floor(Date.now() / 3_600_000)),
    deadlineIn(maxLookingMilliseconds),
  );
  if (failed > 0) throw new Error(`planning failed for ${failed} workspaces`);
  return { workspaces, days: planned };
}

/** Asks for the weekly prediction, and notes it at once: a run that is repeated does not ask again. */
async function askForDuePrediction(
  table: Table,
  workspace: Workspace,
  waiting: readonly Day[],
): Promise<void> {
  const last = lastClosedDay(Date.now(), workspace.timeZone);
  if (!isPredictionDue(workspace, last, waiting)) return;
  await askForPrediction({ workspace: workspace.id, predictThrough: last });
  await noteAskedPrediction(table, workspace.id, last);
}

/** Tells whether facts still come, of each workspace by itself, and publishes of how many they do not. Where that cannot be found out, the log says so. */
async function lookAtAll(table: Table, workspaces: readonly Workspace[], deadline: Deadline): Promise<void> {
  let [told, stopped, unlooked] = [0, 0, 0];
  for (const workspace of workspaces) {
    if (deadline.remaining() <= 0) {
      unlooked += 1;
      continue;
    }
    try {
      for (const { kind, stoppedAt } of await lookAtArrivals(table, workspace, Date.now())) {
        told += 1;
        if (stoppedAt === undefined) continue;
        stopped += 1;
        const since = new Date(stoppedAt).toISOString();
        logger.warn("facts stopped", { workspace: workspace.id, kind, since });
      }
    } catch (error) {
      logger.error("arrivals failed", { workspace: workspace.id, ...describeError(error) });
    }
  }
  // Without a point there is nothing to pay where nothing is sent.
  if (told > 0) publishCount(operational.factsStopped, stopped);
  if (told > 0 || unlooked > 0) logger.info("arrivals", { told, stopped, unlooked });
}

/** A message for each of the days that are taken at once, the last one with what else is due. */
function messagesFor(workspace: Workspace, days: readonly Day[]): object[] {
  const messages: object[] = messagesForDays(workspace.id, days);
  const last = lastClosedDay(Date.now(), workspace.timeZone);
  if (!isMeasuringDue(workspace, last, days.length > 0)) return messages;
  const customers = messages.length > 1 ? "partly" : "wholly";
  return [...messages.slice(0, -1), { workspace: workspace.id, dates: [], ...messages.at(-1), customers }];
}
