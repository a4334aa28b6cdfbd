import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Subject } from "../../domain/entities/registry.ts";
import type { StoreContext } from "../table/context.ts";
import { entrySize, getItems } from "../table/items.ts";
import { entityKey, progressKey } from "../table/keys.ts";
import { backOff } from "../table/retries.ts";
import { entityOfItem } from "./entity-item.ts";
import { type StoredEntity, subjectKey, unknownEntity } from "./stored-entity.ts";

/** Reading entities, with how far those have come that are being counted anew. */

/** How far an entity of this version has been counted anew. */
const progressItem = z.object({ version: z.int(), through: z.string() });

/**
 * Entities as they are now, by `subjectKey`; those that are not stored start unknown, to be counted with the workspace's
 * settings.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readEntities(
  context: StoreContext,
  subjects: readonly Subject[],
): Promise<Map<string, StoredEntity>> {
  const found = new Map<string, StoredEntity>();
  for (const subject of subjects) {
    const person = subject.entity.personal ? { person: randomBytes(8).toString("base64url") } : {};
    found.set(subjectKey(subject), { ...unknownEntity(subject, context.workspace), ...person });
  }
  let open: readonly Subject[] = [...found.values()];
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const read = await readStored(context, open);
    for (const entity of read) found.set(subjectKey(entity), entity);
    open = await addProgress(
      context,
      found,
      read.filter(({ recount }) => recount),
    );
    // Recounts that were finished or begun in between are read again.
    if (open.length > 0) await backOff(attempt, context.deadline, undefined);
  }
  return found;
}

async function readStored(
  { table, workspace, deadline }: StoreContext,
  subjects: readonly Subject[],
): Promise<StoredEntity[]> {
  const byPartition = new Map<string, Subject>();
  for (const subject of subjects) {
    byPartition.set(entityKey(workspace.id, subject.entity.name, subject.id).pk, subject);
  }
  const keys = subjects.map(({ entity, id }) => entityKey(workspace.id, entity.name, id));
  const stored: StoredEntity[] = [];
  for await (const item of getItems(table, keys, deadline)) {
    const subject = byPartition.get(String(item["pk"]));
    if (subject) stored.push(entityOfItem(subject.entity, item));
  }
  return stored;
}

/**
 * Adds how far entities have been counted anew.
 * @returns those that have changed since they were read
 */
async function addProgress(
  { table, workspace, deadline }: StoreContext,
  found: Map<string, StoredEntity>,
  partial: readonly StoredEntity[],
): Promise<StoredEntity[]> {
  if (partial.length === 0) return [];
  const keys = partial.map(({ entity, id }) => progressKey(workspace.id, entity.name, id));
  const progress = new Map<string, z.output<typeof progressItem>>();
  for await (const item of getItems(table, keys, deadline, entrySize)) {
    progress.set(String(item["pk"]), progressItem.parse(item));
  }
  return partial.filter((entity) => {
    const known = progress.get(entityKey(workspace.id, entity.entity.name, entity.id).pk);
    if (!entity.recount || known?.version !== entity.version) return true;
    const recount = { ...entity.recount, through: known.through };
    found.set(subjectKey(entity), { ...entity, recount });
    return false;
  });
}

/**
 * One entity as it is now.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readEntity(context: StoreContext, subject: Subject): Promise<StoredEntity> {
  const found = await readEntities(context, [subject]);
  return found.get(subjectKey(subject)) ?? unknownEntity(subject, context.workspace);
}
