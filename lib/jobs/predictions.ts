import { addDays } from "../calendar/days.ts";
import { dayOf } from "../calendar/zones.ts";
import { predict } from "../queries/customers/predict.ts";
import type { Files } from "../store/files/bucket.ts";
import { storePrediction } from "../store/settings/predictions.ts";
import { readWorkspace } from "../store/settings/workspaces.ts";
import type { Table } from "../store/table/client.ts";
import type { Deadline } from "../store/table/retries.ts";
import type { PredictionMessage } from "./prediction-queue.ts";

/** Jobs that predict what customers will bring. */

/**
 * Makes and stores a prediction of any number of customers.
 * @returns how many had bought; `undefined` where the workspace is gone
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
  const prediction = await predict({ table, workspace, deadline, files }, through, now);
  if (!prediction) return undefined;
  await storePrediction(table, id, prediction);
  return prediction.customers;
}
