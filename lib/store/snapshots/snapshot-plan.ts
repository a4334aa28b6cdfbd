import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { addDays, type Day, eachDay, laterDay } from "../../calendar/days.ts";
import { dayOf } from "../../calendar/zones.ts";
import type { Workspace } from "../../workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { queryItems } from "../table/items.ts";
import {
  snapshotDayKey,
  staleTimelinePartition,
  timelineIndex,
  timelineSpread,
  workspaceKey,
} from "../table/keys.ts";

/** Which days of a workspace need a snapshot. */

/**
 * How long a day must be over before its snapshot is taken. A write that began before midnight has ended by then: the
 * write functions run half a minute at most.
 */
export const settlingMilliseconds = 5 * 60_000;

/** The last day that is over, and over long enough for a snapshot. */
export function lastClosedDay(now: number, timeZone: string): Day {
  return addDays(dayOf(now - settlingMilliseconds, timeZone), -1);
}

/** How many days before yesterday a planning run looks for days that were left out. */
const lookBackDays = 40;

/** The day on which a workspace was made, in its time zone: from then on every day gets a snapshot. */
export function firstDay(workspace: Workspace): Day {
  return dayOf(Date.parse(workspace.createdAt), workspace.timeZone);
}

/**
 * The days that need a snapshot: those without one since the workspace was made, and every day whose counters
 * changed after its snapshot or before it had one.
 */
export async function daysToSnapshot(table: Table, workspace: Workspace, now: number): Promise<Day[]> {
  const last = lastClosedDay(now, workspace.timeZone);
  const from = laterDay(firstDay(workspace), addDays(last, -lookBackDays));
  const [taken, stale] = await Promise.all([
    snapshottedDays(table, workspace.id, from, last),
    staleDays(table, workspace.id, last),
  ]);
  const missing = eachDay(from, last).filter((day) => !taken.has(day));
  return [...new Set([...stale, ...missing])].sort();
}

/** Days from `from` to `to` that have a snapshot. */
async function snapshottedDays(table: Table, workspace: string, from: Day, to: Day): Promise<Set<Day>> {
  const days = new Set<Day>();
  if (from > to) return days;
  const query = {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": snapshotDayKey(workspace, from).pk, ":from": from, ":to": to },
    ConsistentRead: true,
  };
  for await (const item of queryItems(table, query)) days.add(String(item["sk"]));
  return days;
}

/** Days up to `last` on which counters are marked as changed. */
async function staleDays(table: Table, workspace: string, last: Day): Promise<Set<Day>> {
  const days = new Set<Day>();
  const read = async (part: string) => {
    const query = {
      IndexName: timelineIndex,
      KeyConditionExpression: "gsi1pk = :stale AND gsi1sk < :after",
      ExpressionAttributeValues: {
        ":stale": staleTimelinePartition(workspace, part),
        ":after": addDays(last, 1),
      },
    };
    for await (const item of queryItems(table, query)) days.add(String(item["gsi1sk"]).slice(0, 10));
  };
  await Promise.all(timelineSpread.map(read));
  return days;
}

/**
 * Notes that a day has its snapshot: the earliest and the latest that have one, and up to which day every day since the workspace
 * was made has one. What answers call provisional follows from it. Never goes back.
 */
export async function advance(table: Table, workspace: Workspace, date: Day): Promise<void> {
  const { snapshotsFrom, snapshotsTo } = workspace;
  if (!snapshotsFrom || date < snapshotsFrom) await note(table, workspace, "snapshotsFrom", date);
  if (!snapshotsTo || date > snapshotsTo) await note(table, workspace, "snapshotsTo", date);
  const from = workspace.snapshotsThrough ? addDays(workspace.snapshotsThrough, 1) : firstDay(workspace);
  const taken = await snapshottedDays(table, workspace.id, from, addDays(from, lookBackDays));
  let through = addDays(from, -1);
  while (taken.has(addDays(through, 1))) through = addDays(through, 1);
  if (through < from) return;
  await note(table, workspace, "snapshotsThrough", through);
}

async function note(
  table: Table,
  workspace: Workspace,
  bound: "snapshotsFrom" | "snapshotsTo" | "snapshotsThrough",
  day: Day,
): Promise<void> {
  const isFirst = "attribute_not_exists(#bound)";
  const isFurther = bound === "snapshotsFrom" ? "#bound > :day" : "#bound < :day";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace.id),
        UpdateExpression: "SET #bound = :day",
        ConditionExpression: `attribute_exists(pk) AND (${isFirst} OR ${isFurther})`,
        ExpressionAttributeNames: { "#bound": bound },
        ExpressionAttributeValues: { ":day": day },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
