import type { Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import { totalSegment } from "../../domain/metrics/counting.ts";
import { type AddAction, addAction } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import { queryItems } from "../table/items.ts";
import { counterKey, counterPartition, staleTimelineKey } from "../table/keys.ts";
import type { StaleMark } from "./counters.ts";
import { counterShards } from "./place.ts";

/**
 * Marks of closed days whose facts changed though no counter of the day did: a fact that counts for nothing yet, or a person who was
 * erased. They look like those of counters that changed, and ask for the same: the day's files are written anew.
 */

/** The family of these marks. No metric's family begins with `~`. */
export const factsFamily = "~facts";

/** The action that marks a day. @param shard any: it is taken to the number of shards */
export function markAction(tableName: string, workspace: string, day: Day, shard: number): AddAction {
  const part = shard % counterShards;
  const key = counterKey(workspace, factsFamily, totalSegment, day, part);
  return addAction(tableName, key, new Map(), staleTimelineKey(workspace, day, factsFamily, part));
}

/** The marks on the days of a range; strongly consistent. */
export async function readFactMarks(
  table: Table,
  workspace: string,
  { from, to }: DayRange,
): Promise<StaleMark[]> {
  const marks: StaleMark[] = [];
  const pk = counterPartition(workspace, factsFamily, totalSegment);
  const items = queryItems(table, {
    KeyConditionExpression: "pk = :partition AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":partition": pk, ":from": `${from}#`, ":to": `${to}#~` },
    ConsistentRead: true,
  });
  for await (const item of items) {
    if (item["gsi1pk"] === undefined) continue;
    const sk = String(item["sk"]);
    marks.push({ key: { pk, sk }, day: sk.slice(0, 10), writes: Number(item["w"]) });
  }
  return marks;
}
