import type { Day } from "../../domain/calendar/days.ts";
import { totalSegment } from "../../domain/metrics/counting.ts";
import type { Table } from "../table/client.ts";
import { queryPage } from "../table/items.ts";
import { counterPartition } from "../table/keys.ts";

/** Since when something has been counted. */

/**
 * The first day that has counters of a family: one read of one item. `undefined` where nothing was ever counted.
 * @throws StoreError `over-budget` when the table's budget is spent
 */
export async function readFirstDay(
  table: Table,
  workspace: string,
  family: string,
): Promise<Day | undefined> {
  const { Items: [item] = [] } = await queryPage(table, {
    // Totals of years sort behind all days.
    KeyConditionExpression: "pk = :partition AND sk < :days",
    ExpressionAttributeValues: {
      ":partition": counterPartition(workspace, family, totalSegment),
      ":days": ":",
    },
    Limit: 1,
  });
  return item === undefined ? undefined : String(item["sk"]).slice(0, 10);
}
