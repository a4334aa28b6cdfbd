import { BatchGetCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "./client.ts";
import type { Key } from "./keys.ts";
import { backOff, type Deadline } from "./retries.ts";

/** Reading many items: DynamoDB answers in pages, and a page says nothing about how much there is. */

/** An item as it is stored. */
export type Item = Record<string, unknown>;

/** How many items DynamoDB reads by key in one request. */
const maxKeys = 100;

/** The items of a query, page by page as they are asked for. */
export async function* queryItems(
  table: Table,
  query: Omit<QueryCommandInput, "TableName">,
): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({ ...query, TableName: table.name, ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

/**
 * The items with these keys, strongly consistent, in no order; those that are not there are left out.
 * @param keys each of them once
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function* getItems(
  table: Table,
  keys: readonly Key[],
  deadline: Deadline,
): AsyncGenerator<Item> {
  let missing: Item[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (let attempt = 0; missing.length > 0; ) {
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({
        RequestItems: { [table.name]: { Keys: missing.slice(0, maxKeys), ConsistentRead: true } },
      }),
    );
    yield* Responses?.[table.name] ?? [];
    const unprocessed = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (unprocessed.length > 0) {
      attempt += 1;
      await backOff(attempt, deadline, undefined);
    }
    missing = [...unprocessed, ...missing.slice(maxKeys)];
  }
}
