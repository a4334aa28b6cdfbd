import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { addDays, countDays, type Day, lastDay } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import { untilForgotten } from "../settings/remembering.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { isTooMuch } from "../table/errors.ts";
import { entrySize, queryItems } from "../table/items.ts";
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

/**
 * At most so many days of a workspace are asked for by one planning run: about a thousand take a quarter of an hour. A first import
 * of many years gets the rest of its snapshots from the next runs.
 */
export const maxPlannedDays = 1_000;

/** The day on which a workspace was made, in its time zone: from then on every day gets a snapshot. */
export function firstDay(workspace: Workspace): Day {
  return dayOf(Date.parse(workspace.createdAt), workspace.timeZone);
}

/**
 * The days that need a snapshot, in order: those without one since the workspace was made, and every day whose counters
 * changed after its snapshot or before it had one. At most `maxPlannedDays` of them: days that never had one, the oldest
 * first, then the latest of the others: of these only as many as the table's budget lets it look at, where it has one.
 * @throws StoreError `over-budget` when not even the days without a snapshot can be told
 */
export async function daysToSnapshot(table: Table, workspace: Workspace, now: number): Promise<Day[]> {
  const last = lastClosedDay(now, workspace.timeZone);
  const missing = await daysWithoutSnapshot(table, workspace, last, maxPlannedDays);
  const stale = await staleDays(table, workspace.id, last);
  return [...new Set([...missing, ...stale])].slice(0, maxPlannedDays).sort();
}

/** At most so many days are read at once, and so far do the first and the last of them lie apart. */
export const maxDaysAtOnce = 31;

/** Divides days into those that are read at once. @param dates in order */
export function daysAtOnce(dates: readonly Day[]): Day[][] {
  const parts: Day[][] = [];
  for (const date of dates) {
    const part = parts.at(-1);
    const [first] = part ?? [];
    if (part && first !== undefined && countDays(first, date) <= maxDaysAtOnce) part.push(date);
    else parts.push([date]);
  }
  return parts;
}

/** What is asked of the queue of snapshots, for days that are read at once. */
export interface DaysMessage {
  readonly workspace: string;
  readonly dates: readonly Day[];
}

/** The messages that ask for some days of a workspace. @param dates in order */
export function messagesForDays(workspace: string, dates: readonly Day[]): DaysMessage[] {
  return daysAtOnce(dates).map((part) => ({ workspace, dates: part }));
}

/** The first day of which a workspace does not say yet that it has its snapshot. */
function firstOpenDay(workspace: Workspace): Day {
  const { snapshotsThrough } = workspace;
  return snapshotsThrough === undefined ? firstDay(workspace) : addDays(snapshotsThrough, 1);
}

/**
 * The first days without a snapshot since the workspace was made, in order.
 * @param last the last closed day
 * @param most at most so many
 */
export async function daysWithoutSnapshot(
  table: Table,
  workspace: Workspace,
  last: Day,
  most = Number.POSITIVE_INFINITY,
): Promise<Day[]> {
  const missing: Day[] = [];
  let next = firstOpenDay(workspace);
  const addUntil = (end: Day) => {
    for (; next < end && missing.length < most; next = addDays(next, 1)) missing.push(next);
  };
  for await (const day of snapshottedDays(table, workspace.id, next, last)) {
    addUntil(day);
    if (missing.length >= most) return missing;
    next = addDays(day, 1);
  }
  addUntil(addDays(last, 1));
  return missing;
}

/**
 * Days from `from` to `to` that have a snapshot, in order.
 * @param pageSize how many are read at once: fewer where the first gap ends the reading
 */
async function* snapshottedDays(
  table: Table,
  workspace: string,
  from: Day,
  to: Day,
  pageSize = 366,
): AsyncGenerator<Day> {
  if (from > to) return;
  const query = {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": snapshotDayKey(workspace, from).pk, ":from": from, ":to": to },
    ConsistentRead: true,
    Limit: pageSize,
    size: entrySize,
  };
  for await (const item of queryItems(table, query)) yield String(item["sk"]);
}

/** The latest days up to `last` on which counters are marked as changed, the latest first. */
async function staleDays(table: Table, workspace: string, last: Day): Promise<Day[]> {
  const days = new Set<Day>();
  const read = async (part: string) => {
    const found = new Set<Day>();
    const query = {
      IndexName: timelineIndex,
      KeyConditionExpression: "gsi1pk = :stale AND gsi1sk < :after",
      ExpressionAttributeValues: {
        ":stale": staleTimelinePartition(workspace, part),
        ":after": addDays(last, 1),
      },
      ScanIndexForward: false,
      size: entrySize,
    };
    try {
      for await (const item of queryItems(table, query)) {
        found.add(String(item["gsi1sk"]).slice(0, 10));
        if (found.size >= maxPlannedDays) break;
      }
    } catch (error) {
      // The latest come first: the next run takes those that are left.
      if (!isTooMuch(error)) throw error;
    }
    for (const day of found) days.add(day);
  };
  await Promise.all(timelineSpread.map(read));
  return [...days].sort().reverse();
}

/**
 * Notes that days have their snapshot: the earliest and the latest that have one, and up to which day every day since the workspace
 * was made has one. What answers call provisional follows from it. Never goes back.
 * @param dates in order
 */
export async function advance(table: Table, workspace: Workspace, dates: readonly Day[]): Promise<void> {
  const { snapshotsFrom, snapshotsTo } = workspace;
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return;
  const isEarlier = !snapshotsFrom || first < snapshotsFrom;
  const isLater = !snapshotsTo || last > snapshotsTo;
  if (isEarlier) await note(table, workspace, "snapshotsFrom", first);
  if (isLater) await note(table, workspace, "snapshotsTo", last);
  // Requests that record from now on log late facts of these days.
  if (isEarlier || isLater) await untilForgotten();
  await closeUp(table, workspace);
}

/**
 * Notes up to which day every day since the workspace was made has its snapshot. Days are taken in any order, at the same time: whoever
 * took the last one of a gap may have known nothing of those behind it, so each planning run looks as well.
 */
export async function closeUp(table: Table, workspace: Workspace): Promise<void> {
  const from = firstOpenDay(workspace);
  let next = from;
  for await (const day of snapshottedDays(table, workspace.id, from, lastDay, 40)) {
    if (day !== next) break;
    next = addDays(day, 1);
  }
  if (next > from) await note(table, workspace, "snapshotsThrough", addDays(next, -1));
}

async function note(
  table: Table,
  workspace: Workspace,
  bound: "snapshotsFrom" | "snapshotsTo" | "snapshotsThrough",
  day: Day,
): Promise<void> {
  const isFirst = "attribute_not_exists(#bound)";
  const isFurther = bound === "snapshotsFrom" ? "#bound > :day" : "#bound < :day";
  await isWritten(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(workspace.id),
        UpdateExpression: "SET #bound = :day",
        ConditionExpression: `attribute_exists(pk) AND (${isFirst} OR ${isFurther})`,
        ExpressionAttributeNames: { "#bound": bound },
        ExpressionAttributeValues: { ":day": day },
      }),
    ),
  );
}
