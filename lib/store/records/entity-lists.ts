import type { QueryCommandOutput } from "@aws-sdk/lib-dynamodb";
import type { AnyEntity } from "../../domain/entities/entity.ts";
import type { Table } from "../table/client.ts";
import { entrySize, queryPage } from "../table/items.ts";
import { entityTimelinePartition, timelineIndex, timelineSpread } from "../table/keys.ts";
import { queryMerged } from "../table/merged-queries.ts";

/** Lists of the entities of one kind, by the index of what happened last. */

/** A page of a workspace's entities of one kind. */
export interface EntityPage {
  readonly ids: readonly string[];
  /** Where the next page begins; absent after the last one. */
  readonly next?: string;
}

/** How many entities a page lists, unless it is the last one. */
const entityPageSize = 200;

/**
 * Lists the entities of one kind, a page at a time: one partition of the index after the other.
 * @param start where an earlier page said that this one begins
 */
export async function listEntities(
  table: Table,
  workspace: string,
  { name }: AnyEntity,
  start?: string,
): Promise<EntityPage> {
  const ids: string[] = [];
  let next = start ?? timelineSpread[0];
  while (next !== undefined && ids.length < entityPageSize) {
    const [part, after] = [next.slice(0, 1), next.slice(1)];
    const page: QueryCommandOutput = await queryPage(table, {
      IndexName: timelineIndex,
      KeyConditionExpression: `gsi1pk = :entities${after ? " AND gsi1sk > :after" : ""}`,
      ExpressionAttributeValues: {
        ":entities": entityTimelinePartition(workspace, name, part),
        ...(after ? { ":after": after } : {}),
      },
      Limit: entityPageSize - ids.length,
      size: entrySize,
    });
    ids.push(...(page.Items ?? []).map((item) => String(item["gsi1sk"])));
    next = page.LastEvaluatedKey
      ? `${part}${page.LastEvaluatedKey["gsi1sk"]}`
      : timelineSpread[timelineSpread.indexOf(part) + 1];
  }
  return { ids, ...(next === undefined ? {} : { next }) };
}

/**
 * The ids of all entities of one kind, in no order, as they are asked for: all partitions of the index are read at the same time.
 * @param prefix only those that begin so
 */
export async function* listAllEntities(
  table: Table,
  workspace: string,
  { name }: AnyEntity,
  prefix = "",
): AsyncGenerator<string> {
  const queries = timelineSpread.map((part) => ({
    IndexName: timelineIndex,
    KeyConditionExpression: `gsi1pk = :entities${prefix ? " AND begins_with(gsi1sk, :prefix)" : ""}`,
    ExpressionAttributeValues: {
      ":entities": entityTimelinePartition(workspace, name, part),
      ...(prefix ? { ":prefix": prefix } : {}),
    },
    size: entrySize,
  }));
  const merging = { sort: "gsi1sk", newestFirst: false, expected: 10 * entityPageSize };
  for await (const item of queryMerged(table, queries, merging)) yield String(item["gsi1sk"]);
}
