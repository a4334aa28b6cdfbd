import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { isWritten } from "../table/conditional-write.ts";
import type { StoreContext } from "../table/context.ts";
import { workspaceKey } from "../table/keys.ts";

/** Of which kinds a workspace has entities: noted once for each kind, so that nobody has to look for those that it does not have. */

/** The kinds that this process has noted since it read a workspace. */
const noted = new WeakMap<Workspace, Set<string>>();

/**
 * Notes kinds of entities, each before the first of it is stored: a workspace never has an entity of a kind that is not noted. A write for
 * each kind that is new, and none for the others.
 */
export async function noteEntityKinds(
  { table, workspace }: StoreContext,
  kinds: ReadonlySet<string>,
): Promise<void> {
  const known = noted.get(workspace) ?? new Set(workspace.entityKinds);
  for (const kind of kinds) {
    if (known.has(kind)) continue;
    // A workspace that notes none is looked through whole.
    await isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: workspaceKey(workspace.id),
          UpdateExpression: "SET entityKinds.#kind = :true",
          ConditionExpression: "attribute_exists(entityKinds)",
          ExpressionAttributeNames: { "#kind": kind },
          ExpressionAttributeValues: { ":true": true },
        }),
      ),
    );
    known.add(kind);
  }
  noted.set(workspace, known);
}
