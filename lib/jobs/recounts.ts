import { entityNamed } from "../domain/entities/registry.ts";
import { recountEntities } from "../store/ledger/recount.ts";
import { listEntities } from "../store/records/entity-lists.ts";
import { endRecount, noteRecountPosition } from "../store/settings/recounts.ts";
import { readWorkspace } from "../store/settings/workspaces.ts";
import type { Table } from "../store/table/client.ts";
import type { Deadline } from "../store/table/retries.ts";
import { type RecountMessage, sendRecounts } from "./recount-queue.ts";

/** Jobs that count a workspace's entities of one kind again after a change of its settings (see `recount-queue.ts`). */

/** Milliseconds that one more page of entities may need. */
const pageMilliseconds = 60_000;

/** The result of a run. */
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
  if (position) await sendRecounts([{ workspace, entity: name, start: position }], 0);
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
      await sendRecounts([{ workspace, entity: name, version }], 0);
      return { entities, finished: false };
    }
  }
  return { entities, finished: true };
}
