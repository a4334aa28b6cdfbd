import * as z from "zod";
import { entityNamed } from "../entities/registry.ts";
import { recountEntities } from "../store/ledger/recount.ts";
import { listEntities } from "../store/records/entities.ts";
import { endRecount, noteRecountPosition } from "../store/settings/recounts.ts";
import { readWorkspace } from "../store/settings/workspaces.ts";
import { requireVariable, type Table } from "../store/table/client.ts";
import type { Deadline } from "../store/table/retries.ts";
import { workspaceIdSchema } from "../workspace/settings.ts";
import { sendJobs } from "./queue.ts";

/**
 * Jobs that count a workspace's entities of one kind again after a change of its settings. A change asks for two passes. The first
 * begins at once, so that answers follow soon. The second begins when no write with the earlier settings can be under way any
 * more: it alone ends what the workspace owes, and keeps its place there, so that whoever begins it again goes on from it.
 */

/** What a message asks for. */
export const recountMessageSchema = z.strictObject({
  workspace: workspaceIdSchema,
  entity: z.string(),
  /** The version of the settings that owe the recount; absent in the first pass. */
  version: z.int().optional(),
  /** Where the first pass goes on. */
  start: z.string().optional(),
});

/** What a message asks for. */
export type RecountMessage = z.output<typeof recountMessageSchema>;

/**
 * How long a write that was under way with the earlier settings can still commit, and how long the change of the settings may take:
 * entities are counted for good after that, so that none of them is missed.
 */
const writeSeconds = 30;
const changeSeconds = 10;

/** Asks for the first pass over kinds of entities. @throws Error when the queue does not take it */
export async function askForFirstPass(workspace: string, entities: readonly string[]): Promise<void> {
  await send(
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
  await send(
    Object.entries(owed).map(([entity, { version }]) => ({ workspace, entity, version })),
    writeSeconds + changeSeconds,
  );
}

async function send(messages: readonly RecountMessage[], delaySeconds: number): Promise<void> {
  if (messages.length > 0) await sendJobs(requireVariable("RECOUNTS_QUEUE_URL"), messages, delaySeconds);
}

/** Milliseconds that one more page of entities may need. */
const pageMilliseconds = 60_000;

/** What a run did. */
export interface RecountRun {
  /** How many entities it looked at. */
  readonly entities: number;
  /** Whether it handed nothing on to a next message. */
  readonly finished: boolean;
}

/**
 * Counts entities again as a message asks for, and hands on to a next message when its time runs out.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export function runRecount(table: Table, message: RecountMessage, deadline: Deadline): Promise<RecountRun> {
  const { version } = message;
  return version === undefined
    ? countOnce(table, message, deadline)
    : countOwed(table, { ...message, version }, deadline);
}

async function countOnce(
  table: Table,
  { workspace, entity: name, start }: RecountMessage,
  deadline: Deadline,
): Promise<RecountRun> {
  const entity = entityNamed(name);
  let position = start;
  let entities = 0;
  do {
    const page = await listEntities(table, workspace, entity, position);
    await recountEntities(table, workspace, entity, page.ids, deadline);
    entities += page.ids.length;
    position = page.next;
  } while (position && deadline.remaining() > pageMilliseconds);
  if (position) await send([{ workspace, entity: name, start: position }], 0);
  return { entities, finished: position === undefined };
}

async function countOwed(
  table: Table,
  { workspace, entity: name, version }: RecountMessage & { readonly version: number },
  deadline: Deadline,
): Promise<RecountRun> {
  const entity = entityNamed(name);
  let owed = (await readWorkspace(table, workspace))?.recounts?.[name];
  let entities = 0;
  // Nothing is owed, or by a later change: that one has asked for a pass of its own.
  while (owed?.version === version) {
    const page = await listEntities(table, workspace, entity, owed.position);
    await recountEntities(table, workspace, entity, page.ids, deadline);
    entities += page.ids.length;
    const step = { workspace, entity: name, owed };
    if (!page.next) {
      await endRecount(table, step);
      break;
    }
    owed = await noteRecountPosition(table, step, page.next);
    if (owed && deadline.remaining() <= pageMilliseconds) {
      await send([{ workspace, entity: name, version }], 0);
      return { entities, finished: false };
    }
  }
  return { entities, finished: true };
}
