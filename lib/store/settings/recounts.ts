import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type AnyEntity, isSameDependencies } from "../../domain/entities/entity.ts";
import { entities } from "../../domain/entities/registry.ts";
import type { OwedRecount, Workspace } from "../../domain/workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { workspaceKey } from "../table/keys.ts";

/**
 * Recounts that a workspace owes. A change of a setting writes with the settings which kinds of entities have to be counted again;
 * only the last step of their recount takes that off. So a recount whose message is lost, or given up, is known and begun again.
 */

/** The kinds of entities that are counted in another way after a change of settings. */
export function entitiesAffectedBy(before: Workspace, after: Workspace): AnyEntity[] {
  return entities.filter(
    (entity) => !isSameDependencies(entity.dependencies(before), entity.dependencies(after)),
  );
}

/** The recount of one kind of entities that a message works on. */
export interface RecountStep {
  readonly workspace: string;
  readonly entity: string;
  readonly owed: OwedRecount;
}

/**
 * Notes how far a recount has got.
 * @param position where it goes on
 * @returns the recount as it is owed now; `undefined` where another run was faster, or the settings have changed again
 */
export async function noteRecountPosition(
  table: Table,
  { workspace, entity, owed }: RecountStep,
  position: string,
): Promise<OwedRecount | undefined> {
  const next: OwedRecount = { ...owed, position, steppedAt: new Date().toISOString() };
  const isNoted = await update(table, workspace, entity, owed, {
    UpdateExpression: "SET #recounts.#entity = :next",
    values: { ":next": next },
  });
  return isNoted ? next : undefined;
}

/**
 * Takes a recount off what is owed, once all entities of its kind are counted.
 * @returns whether it was as it is given: not where the settings have changed again
 */
export function endRecount(table: Table, { workspace, entity, owed }: RecountStep): Promise<boolean> {
  return update(table, workspace, entity, owed, { UpdateExpression: "REMOVE #recounts.#entity", values: {} });
}

async function update(
  table: Table,
  workspace: string,
  entity: string,
  { version, position }: OwedRecount,
  { UpdateExpression, values }: { UpdateExpression: string; values: Record<string, unknown> },
): Promise<boolean> {
  const isSameChange = "#recounts.#entity.#version = :version";
  const isAsFar =
    position === undefined
      ? "attribute_not_exists(#recounts.#entity.#position)"
      : "#recounts.#entity.#position = :position";
  return isWritten(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace),
        UpdateExpression,
        ConditionExpression: `${isSameChange} AND ${isAsFar}`,
        ExpressionAttributeNames: {
          "#recounts": "recounts",
          "#entity": entity,
          "#version": "version",
          "#position": "position",
        },
        ExpressionAttributeValues: {
          ...values,
          ":version": version,
          ...(position === undefined ? {} : { ":position": position }),
        },
      }),
    ),
  );
}

/** After so many minutes without a step nobody works on a recount any more: a run takes five at most. */
const maxMinutesBetweenSteps = 15;

/** How the recounts of a workspace stand. */
export interface RecountState {
  /** `stalled` says that nobody seems to work on them: the hourly run begins them again. */
  readonly state: "complete" | "running" | "stalled";
  /** The change that asked for the oldest of them, RFC 3339. */
  readonly since: string | null;
  /** The kinds of entities that are still to be counted. */
  readonly entities: readonly string[];
}

/** How the recounts of a workspace stand. @param now milliseconds since 1970-01-01T00:00:00Z */
export function recountState({ recounts = {} }: Workspace, now: number): RecountState {
  const owed = Object.values(recounts);
  if (owed.length === 0) return { state: "complete", since: null, entities: [] };
  const isActive = owed.every(({ since, steppedAt }) => {
    return now - Date.parse(steppedAt ?? since) <= maxMinutesBetweenSteps * 60_000;
  });
  return {
    state: isActive ? "running" : "stalled",
    since: owed.map(({ since }) => since).reduce((one, other) => (one < other ? one : other)),
    entities: Object.keys(recounts).sort(),
  };
}
