import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../domain/calendar/days.ts";
import type { Action } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { workspaceKey } from "../table/keys.ts";

/**
 * Notes up to which day the digests of a workspace have told everything, in one transaction with what tells of the newest.
 * @returns false where another run was faster: nothing is written then
 */
export async function noteDigest(
  table: Table,
  workspace: string,
  through: Day,
  telling: readonly Action[],
): Promise<boolean> {
  const update: Action = {
    Update: {
      TableName: table.name,
      Key: { ...workspaceKey(workspace) },
      UpdateExpression: "SET digestedThrough = :through",
      ConditionExpression:
        "attribute_exists(pk) AND (attribute_not_exists(digestedThrough) OR digestedThrough < :through)",
      ExpressionAttributeValues: { ":through": through },
    },
  };
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: [update, ...telling] }));
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}
