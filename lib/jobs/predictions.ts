import { addDays } from "../domain/calendar/days.ts";
import { dayOf } from "../domain/calendar/zones.ts";
import { keepPrediction } from "../queries/customers/keep-prediction.ts";
import { TooManyCustomers } from "../queries/customers/known-customers.ts";
import { predict } from "../queries/customers/predict.ts";
import type { Files } from "../store/files/bucket.ts";
import { readWorkspace } from "../store/settings/workspaces.ts";
import type { Table } from "../store/table/client.ts";
import type { Deadline } from "../store/table/retries.ts";
import { logger } from "../telemetry/logger.ts";
import type { PredictionMessage } from "./prediction-queue.ts";

/** Jobs that predict what customers will bring. */

/**
 * Makes and stores a prediction of any number of customers.
 * @returns how many had bought; `undefined` where the workspace is gone, or has too many customers: the log says so, and no later delivery would help
 * @throws NotArchivedYet where the archive is behind: it is made with a later delivery
 */
export async function runPrediction(
  table: Table,
  { workspace: id, predictThrough }: PredictionMessage,
  deadline: Deadline,
  files: Files | undefined,
): Promise<number | undefined> {
  const workspace = await readWorkspace(table, id);
  if (!workspace) return undefined;
  const now = Date.now();
  const through = predictThrough ?? addDays(dayOf(now, workspace.timeZone), -1);
  const predicted = await unlessTooMany(id, () =>
    predict({ table, workspace, deadline, files }, through, now),
  );
  if (!predicted) return undefined;
  await keepPrediction({ table, workspace, deadline }, predicted);
  return predicted.prediction.customers;
}

async function unlessTooMany<Result>(
  workspace: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TooManyCustomers)) throw error;
    logger.error("not predicted", { workspace, reason: error.message });
    return undefined;
  }
}
