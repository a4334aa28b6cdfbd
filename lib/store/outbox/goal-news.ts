import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../../domain/calendar/days.ts";
import type { PlainAnnouncement } from "../../domain/webhooks/announcement.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { StoredGoal } from "../settings/goals.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { goalKey } from "../table/keys.ts";
import { announce, type OutboxEntry } from "./outbox.ts";

/** What is told of goals: each of them once for as long as it stays as it was set. */

/**
 * Announces that a goal is reached or missed, and notes in the goal that it was told, in one transaction.
 * @param on the day at whose end it was found
 * @returns what was announced, to be handed over; nothing where it was told already, or the goal has been set anew
 */
export async function announceGoal(
  table: Table,
  workspace: Workspace,
  { id, version }: StoredGoal,
  on: Day,
  announcement: PlainAnnouncement,
): Promise<readonly OutboxEntry[]> {
  const { actions, entries } = announce({ tableName: table.name, workspace }, announcement);
  if (entries.length === 0) return [];
  const isUntold = "version = :seen AND attribute_not_exists(#told)";
  const update = {
    TableName: table.name,
    Key: goalKey(workspace.id, id),
    UpdateExpression: "SET #told = :on",
    ConditionExpression: isUntold,
    ExpressionAttributeNames: { "#told": announcement.type === "goal.reached" ? "reachedOn" : "missedOn" },
    ExpressionAttributeValues: { ":seen": version, ":on": on },
  };
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: [{ Update: update }, ...actions] }));
    return entries;
  } catch (error) {
    if (isWriteConflict(error)) return [];
    throw error;
  }
}
