import type { AnyEntity } from "../../domain/entities/entity.ts";
import { erasedPrefix } from "../../domain/facts/base.ts";
import { readSubjects } from "../../store/records/bulk.ts";
import { listAllEntities } from "../../store/records/entity-lists.ts";
import type { StoredEntity } from "../../store/records/stored-entity.ts";
import type { QueryContext } from "../context.ts";

/** Read units that a history costs at least. */
const minUnits = 0.5;

/**
 * The histories of persons who were erased, which are kept without a name: no fact tells them any more.
 * @throws StoreError `over-budget` when they are more than one question may read
 */
export async function readErased(context: QueryContext, entity: AnyEntity): Promise<StoredEntity[]> {
  if (!entity.personal) return [];
  const { table, workspace } = context;
  const subjects: { readonly entity: AnyEntity; readonly id: string }[] = [];
  for await (const id of listAllEntities(table, workspace.id, entity, erasedPrefix))
    subjects.push({ entity, id });
  table.budget?.require(subjects.length * minUnits);
  return readSubjects(context, subjects);
}
