import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../calendar/days.ts";
import type { Workspace } from "../../workspace/settings.ts";
import { isWritten } from "../table/conditional-write.ts";
import type { StoreContext } from "../table/context.ts";
import { workspaceKey } from "../table/keys.ts";

/** Before which day a workspace has no counters: whoever has read all since then need not look since when there is anything. */

/** The days that this process has noted since it read a workspace. */
const noted = new WeakMap<Workspace, Day>();

/** Notes a day before the first counter on it is stored. A write for a day that is earlier than all before, and none for the others. */
export async function noteCountedFrom({ table, workspace }: StoreContext, day: Day): Promise<void> {
  const known = noted.get(workspace) ?? workspace.countedFrom;
  if (known !== undefined && known <= day) return;
  await isWritten(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace.id),
        UpdateExpression: "SET countedFrom = :day",
        // A workspace that notes none may have counters on any day.
        ConditionExpression: "countedFrom > :day",
        ExpressionAttributeValues: { ":day": day },
      }),
    ),
  );
  noted.set(workspace, day);
}
