import * as z from "zod";
import { countDays, type Day } from "../domain/calendar/days.ts";
import { dayOf } from "../domain/calendar/zones.ts";
import { customer } from "../domain/entities/customer.ts";
import { type Workspace, workspaceIdSchema } from "../domain/workspace/settings.ts";
import { requireVariable } from "../store/table/client.ts";
import { sendJobs } from "./queue.ts";

/** Asking for a prediction of what customers will bring. It is the same whenever it is made from the same facts, so that asking twice does no harm. */

export const predictionMessageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  /** The last day that it is to know; yesterday when null. */
  predictThrough: z.string().nullable(),
});

export type PredictionMessage = z.output<typeof predictionMessageSchema>;

/** A prediction is made each week: what customers are expected to bring changes slowly. */
const daysThatHold = 7;

/** While more days than this wait for their files, as after an import, a prediction waits for them: it could not be made. */
const maxWaitingDays = 31;

/** For so many days a prediction waits for files: where late facts come every hour, some days always wait for theirs. */
const maxDelayDays = 2;

/**
 * Whether it is time to ask for a prediction: of customers there are, a week after the last one was asked for, once the last closed day has its files.
 * A run that fails or is late delays it.
 * @param last the last closed day
 * @param waiting the days whose files are to be written
 */
export function isPredictionDue(
  { entityKinds, predictionsAskedThrough: asked, createdAt, timeZone }: PredictedWorkspace,
  last: Day,
  waiting: readonly Day[],
): boolean {
  if (!entityKinds?.includes(customer.name)) return false;
  const since = asked ?? dayOf(Date.parse(createdAt), timeZone);
  const days = since <= last ? countDays(since, last) - 1 : 0;
  if (asked !== undefined && days < daysThatHold) return false;
  if (days >= daysThatHold + maxDelayDays && (asked !== undefined || waiting.length <= maxWaitingDays))
    return true;
  return !waiting.includes(last) && waiting.length <= maxWaitingDays;
}

/** A workspace as far as its predictions depend on it. */
type PredictedWorkspace = Pick<
  Workspace,
  "entityKinds" | "predictionsAskedThrough" | "createdAt" | "timeZone"
>;

/** Asks through the queue of recounts. @throws Error when the queue does not take it */
export async function askForPrediction(message: PredictionMessage): Promise<void> {
  await sendJobs(requireVariable("RECOUNTS_QUEUE_URL"), [message]);
}
