import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { entrySize } from "../table/items.ts";
import { staleTimelinePartition, timelineIndex, timelineSpread } from "../table/keys.ts";
import { queryMerged } from "../table/merged-queries.ts";
import type { StaleMark } from "./counters.ts";

/** Marks on counter items that changed after their day's snapshot. */

/** Which days of a range are marked. */
export interface MarkedDays {
  /** Day → the families whose counters changed. */
  readonly families: ReadonlyMap<Day, ReadonlySet<string>>;
  /** Days after it were not looked at, as there are too many marks. */
  readonly through: Day;
}

/** At most so many marks are looked at by default: some 2 read units. */
const maxMarks = 200;

/** The days of a range on which counters are marked as changed. Eventually consistent. @param most at most so many marks are looked at */
export async function readMarkedDays(
  table: Table,
  workspace: string,
  { from, to }: DayRange,
  most = maxMarks,
): Promise<MarkedDays> {
  const families = new Map<Day, Set<string>>();
  const queries = timelineSpread.map((part) => ({
    IndexName: timelineIndex,
    KeyConditionExpression: "gsi1pk = :stale AND gsi1sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ...{ ":stale": staleTimelinePartition(workspace, part), ":from": `${from}#`, ":to": `${to}#~` },
    },
    size: entrySize,
  }));
  const merging = { sort: "gsi1sk", newestFirst: false, expected: Math.min(most, maxMarks) };
  let looked = 0;
  for await (const item of queryMerged(table, queries, merging)) {
    const [day = "", family = ""] = String(item["gsi1sk"]).split("#");
    looked += 1;
    if (looked > most) return { families, through: addDays(day, -1) };
    families.set(day, (families.get(day) ?? new Set()).add(family));
  }
  return { families, through: to };
}

/** Takes the marks off counter items that nobody has written since they were read. */
export async function clearMarks(table: Table, marks: readonly StaleMark[]): Promise<void> {
  const unique = new Map<string, StaleMark>();
  // A counter that two metrics read at different moments: the lower number of writes is the one both have seen.
  for (const mark of marks) {
    const id = `${mark.key.pk}\n${mark.key.sk}`;
    const known = unique.get(id);
    if (!known || mark.writes < known.writes) unique.set(id, mark);
  }
  await Promise.all([...unique.values()].map((mark) => clearMark(table, mark)));
}

async function clearMark(table: Table, { key, writes }: StaleMark): Promise<void> {
  const isUntouched = "#writes = :seen";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...key },
        UpdateExpression: "REMOVE gsi1pk, gsi1sk",
        ConditionExpression: isUntouched,
        ExpressionAttributeNames: { "#writes": "w" },
        ExpressionAttributeValues: { ":seen": writes },
      }),
    );
  } catch (error) {
    // A fact arrived after the reading: its mark stays for the next run.
    if (!isWriteConflict(error)) throw error;
  }
}
