import type { Day } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { RestatedDay } from "../../domain/metrics/restated-day.ts";
import type { Table } from "../table/client.ts";
import { queryItems } from "../table/items.ts";
import { snapshotKey, snapshotRevisionKey } from "../table/keys.ts";
import { readItems } from "../table/read-ahead.ts";
import type { Deadline } from "../table/retries.ts";
import {
  restatedValueAttributes,
  restatedValueOfItem,
  snapshotOfItem,
  snapshotSize,
} from "./stored-snapshot.ts";

/** The closed days whose snapshot changed after it had been taken. */

/**
 * Lists a metric's restated days, the newest first. Only earlier revisions are looked through, so that a metric
 * none of whose days was restated costs one empty query.
 * @param most how many days are listed at most; `hasMore` says whether there are others
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function listRestatedDays(
  table: Table,
  workspace: string,
  metric: string,
  range: DayRange,
  most: number,
  deadline: Deadline,
): Promise<{ readonly days: readonly RestatedDay[]; readonly hasMore: boolean }> {
  const { first, hasMore } = await firstValues(table, workspace, metric, range, most);
  if (first.size === 0) return { days: [], hasMore };
  const keys = [...first.keys()].map((date) => snapshotKey(workspace, metric, date));
  const items = (await readItems(table, keys, deadline, snapshotSize)).all(keys) ?? [];
  const days = items.map((item): RestatedDay => {
    const { date, revision, value: after, restatedBecause } = snapshotOfItem(item);
    const { facts, causes } = restatedBecause ?? { facts: 0, causes: [] };
    return { date, revision, facts, causes, before: first.get(date) ?? null, after };
  });
  return { days, hasMore };
}

/** The values of the first revisions by day, the newest day first. */
async function firstValues(
  table: Table,
  workspace: string,
  metric: string,
  { from, to }: DayRange,
  most: number,
): Promise<{ first: ReadonlyMap<Day, number | string | null>; hasMore: boolean }> {
  const first = new Map<Day, number | string | null>();
  const items = queryItems(table, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":pk": snapshotRevisionKey(workspace, metric, from, 0).pk,
      ":from": `${from}#`,
      ":to": `${to}#~`,
    },
    ProjectionExpression: restatedValueAttributes.map((name) => `#${name}`).join(", "),
    ExpressionAttributeNames: Object.fromEntries(restatedValueAttributes.map((name) => [`#${name}`, name])),
    ScanIndexForward: false,
    Limit: 100,
    ConsistentRead: true,
    size: snapshotSize,
  });
  for await (const item of items) {
    const { date, value: stated } = restatedValueOfItem(item);
    if (!first.has(date) && first.size === most) return { first, hasMore: true };
    // Of one day the latest revision comes first, so the last one that is seen is the first that was stated.
    first.set(date, stated);
  }
  return { first, hasMore: false };
}
