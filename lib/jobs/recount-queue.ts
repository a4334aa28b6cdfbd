import * as z from "zod";
import { workspaceIdSchema } from "../domain/workspace/settings.ts";
import { requireVariable } from "../store/table/client.ts";
import { sendJobs } from "./queue.ts";

/**
 * Asking for jobs that count a workspace's entities of one kind again after a change of its settings. A change asks for two passes. The
 * first begins at once, so that answers follow soon. The second begins when no write with the earlier settings can be under way
 * any more: it alone ends what the workspace owes, and keeps its place there, so that whoever begins it again goes on from it.
 */

export const recountMessageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  entity: z.string(),
  /** The version of the settings that owe the recount; absent in the first pass. */
  version: z.int().optional(),
  /** Where the first pass goes on. */
  start: z.string().optional(),
});

export type RecountMessage = z.output<typeof recountMessageSchema>;

/**
 * How long a write that was under way with the earlier settings can still commit, one that had remembered them for a second
 * included, and how long the change of the settings may take: entities are counted for good after that, so that none of them is missed.
 */
const writeSeconds = 31;
const changeSeconds = 10;

/** Asks for the first pass over kinds of entities. @throws Error when the queue does not take it */
export async function askForFirstPass(workspace: string, entities: readonly string[]): Promise<void> {
  await sendRecounts(
    entities.map((entity) => ({ workspace, entity })),
    0,
  );
}

/**
 * Asks for the pass that ends what a workspace owes. Safe to repeat: of two runs of the same pass one goes on.
 * @param owed kind of entity → the version of the settings that owe its recount
 * @throws Error when the queue does not take it
 */
export async function askForOwedRecounts(
  workspace: string,
  owed: Readonly<Record<string, { readonly version: number }>>,
): Promise<void> {
  await sendRecounts(
    Object.entries(owed).map(([entity, { version }]) => ({ workspace, entity, version })),
    writeSeconds + changeSeconds,
  );
}

/**
 * Sends messages to the queue of recounts.
 * @param delaySeconds before which none of them is delivered
 * @throws Error when the queue does not take them
 */
export async function sendRecounts(messages: readonly RecountMessage[], delaySeconds: number): Promise<void> {
  if (messages.length > 0) await sendJobs(requireVariable("RECOUNTS_QUEUE_URL"), messages, delaySeconds);
}
