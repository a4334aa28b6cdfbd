import * as z from "zod";
import { requireVariable } from "../store/table/client.ts";
import { workspaceIdSchema } from "../workspace/settings.ts";
import { sendJobs } from "./queue.ts";

/** Asking for a prediction of what customers will bring. It is the same whenever it is made from the same facts, so that asking twice does no harm. */

export const predictionMessageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  /** The last day that it is to know; yesterday when null. */
  predictThrough: z.string().nullable(),
});

export type PredictionMessage = z.output<typeof predictionMessageSchema>;

/**
 * Whether the hourly run at an instant is the one of the week that asks for predictions: Mondays after 03:00 UTC, when every zone's Sunday is over
 * or nearly so.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 */
export function isWeekly(now: number): boolean {
  const date = new Date(now);
  return date.getUTCDay() === 1 && date.getUTCHours() === 3;
}

/** Asks through the queue of recounts. @throws Error when the queue does not take it */
export async function askForPrediction(message: PredictionMessage): Promise<void> {
  await sendJobs(requireVariable("RECOUNTS_QUEUE_URL"), [message]);
}
