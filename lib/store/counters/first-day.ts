import { type Day, earlierDay } from "../../domain/calendar/days.ts";
import { totalSegment } from "../../domain/metrics/counting.ts";
import type { Table } from "../table/client.ts";
import type { StoreContext } from "../table/context.ts";
import { queryPage } from "../table/items.ts";
import { counterPartition } from "../table/keys.ts";

/** Since when something has been counted. */

/** The first days of families as they are known to one request: looked up, or noted from what it has read. */
export type FirstDays = Map<string, Promise<Day | undefined>>;

/**
 * The first day that has counters of one of some families; `undefined` where nothing was ever counted.
 * @param known is added to
 * @throws StoreError `over-budget` when the table's budget is spent
 */
export async function readEarliestDay(
  { table, workspace }: Pick<StoreContext, "table" | "workspace">,
  families: readonly string[],
  known: FirstDays,
): Promise<Day | undefined> {
  const days = families.map((family) => {
    const day = known.get(family) ?? readFirstDay(table, workspace.id, family);
    known.set(family, day);
    return day;
  });
  const [first, ...others] = (await Promise.all(days)).flatMap((day) => day ?? []);
  return first === undefined ? undefined : others.reduce(earlierDay, first);
}

/**
 * The first day that has counters of a family: one read of one item. `undefined` where nothing was ever counted.
 * @throws StoreError `over-budget` when the table's budget is spent
 */
async function readFirstDay(table: Table, workspace: string, family: string): Promise<Day | undefined> {
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
