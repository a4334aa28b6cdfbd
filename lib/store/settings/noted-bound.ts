import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { isWritten } from "../table/conditional-write.ts";
import type { StoreContext } from "../table/context.ts";
import { workspaceKey } from "../table/keys.ts";

/**
 * A bound that a workspace notes about what it stores, before anything passes it: a write where something does, and none else. It only
 * ever widens.
 */
export class NotedBound<Name extends "countedFrom" | "factBytes"> {
  readonly #name: Name;
  readonly #widens: "<" | ">";
  /** What this process has noted since it read a workspace. */
  readonly #noted = new WeakMap<Workspace, NonNullable<Workspace[Name]>>();

  /** @param widens how what is noted compares with a value that passes it */
  constructor(name: Name, widens: "<" | ">") {
    this.#name = name;
    this.#widens = widens;
  }

  /** What is noted; absent in a workspace that notes none. */
  of(workspace: Workspace): Workspace[Name] {
    return this.#noted.get(workspace) ?? workspace[this.#name];
  }

  /** Notes a value that passes the bound, unless the workspace notes none, or another writer has noted more. */
  async widen({ table, workspace }: StoreContext, value: NonNullable<Workspace[Name]>): Promise<void> {
    await isWritten(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: workspaceKey(workspace.id),
          UpdateExpression: `SET ${this.#name} = :value`,
          ConditionExpression: `${this.#name} ${this.#widens} :value`,
          ExpressionAttributeValues: { ":value": value },
        }),
      ),
    );
    this.#noted.set(workspace, value);
  }
}
