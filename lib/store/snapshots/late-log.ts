import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Day } from "../../domain/calendar/days.ts";
import { lateCauses } from "../../domain/metrics/restated-day.ts";
import type { LateEntry } from "../counters/change-causes.ts";
import type { Table } from "../table/client.ts";
import { queryItems } from "../table/items.ts";
import { lateKey } from "../table/keys.ts";

/** The log of facts that changed a day after its snapshot, as it is stored: one item a transaction and day. */

const storedEntry = z.object({
  sk: z.string(),
  causes: z.array(
    z.object({ cause: z.enum(lateCauses), families: z.array(z.string()), ids: z.array(z.string()) }),
  ),
});

/** How many items are deleted at the same time. */
const concurrency = 16;

/** The late facts of a day, in the order of recording; strongly consistent. */
export async function readLateLog(table: Table, workspace: string, day: Day): Promise<LateEntry[]> {
  const entries: LateEntry[] = [];
  const items = queryItems(table, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": lateKey(workspace, day, "").pk },
    ConsistentRead: true,
  });
  for await (const item of items) {
    const entry = storedEntry.parse(item);
    entries.push({ key: entry.sk, causes: entry.causes });
  }
  return entries;
}

/** The late facts of some days, by day. */
export async function readLateLogs(
  table: Table,
  workspace: string,
  days: readonly Day[],
): Promise<ReadonlyMap<Day, readonly LateEntry[]>> {
  const read = days.map(async (day) => [day, await readLateLog(table, workspace, day)] as const);
  return new Map(await Promise.all(read));
}

/** Deletes entries of a day's log. Safe to repeat. */
export async function deleteLateEntries(
  table: Table,
  workspace: string,
  day: Day,
  entries: readonly LateEntry[],
): Promise<void> {
  for (let begin = 0; begin < entries.length; begin += concurrency) {
    const part = entries.slice(begin, begin + concurrency);
    await Promise.all(
      part.map(({ key }) =>
        table.client.send(new DeleteCommand({ TableName: table.name, Key: lateKey(workspace, day, key) })),
      ),
    );
  }
}
