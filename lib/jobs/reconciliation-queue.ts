import * as z from "zod";
import { workspaceIdSchema } from "../domain/workspace/settings.ts";
import { requireVariable } from "../store/table/client.ts";
import { sendJobs } from "./queue.ts";

/** Asking for a reconciliation to go on: its place is kept with it, so that asking twice does no harm. */

export const reconciliationMessageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  reconciliation: z.string(),
});

export type ReconciliationMessage = z.output<typeof reconciliationMessageSchema>;

/** Asks through the queue of recounts. @throws Error when the queue does not take it */
export async function askForSteps(message: ReconciliationMessage): Promise<void> {
  await sendJobs(requireVariable("RECOUNTS_QUEUE_URL"), [message]);
}
