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

/** How to read several queries as one. */
export interface Merging {
  /** The sort key that all of them are sorted by, in plain ASCII. */
  readonly sort: string;
  readonly newestFirst: boolean;
  /** About how many items will be wanted: decides how many each query is asked for at a time. */
  readonly expected: number;
}

/**
 * The items of several queries as one sequence in the order of their sort key, as they are asked for: what lies in several
 * partitions by chance is read in part from each. A query is asked for its share, and for more as soon as that is used up.
 */
export async function* queryMerged(
  table: Table,
  queries: readonly Omit<QueryCommandInput, "TableName">[],
  { sort, newestFirst, expected }: Merging,
): AsyncGenerator<Item> {
  // Three standard deviations more than its share: nearly always enough, so that all are asked once and at the same time.
  const share = expected / queries.length;
  const limit = Math.max(minShare, Math.ceil(share + 3 * Math.sqrt(share)));
  const streams = queries.map((query) => new Stream(table, query, limit));
  const isBefore = (a: Item, b: Item) =>
    newestFirst ? String(a[sort]) > String(b[sort]) : String(a[sort]) < String(b[sort]);
  for (;;) {
    if (streams.some((stream) => stream.isDry)) {
      await Promise.all(streams.filter((stream) => stream.isLow).map((stream) => stream.fill()));
      continue;
    }
    let next: Stream | undefined;
    for (const stream of streams) {
      if (stream.head && (!next?.head || isBefore(stream.head, next.head))) next = stream;
    }
    if (!next?.head) return;
    yield next.take();
  }
}

/** Fewer entries of an index cost as much: 4 KB are the least that is charged. */
const minShare = 12;

/** The items of one query, a page ahead. */
class Stream {
  readonly #table: Table;
  readonly #query: Omit<QueryCommandInput, "TableName">;
  readonly #limit: number;
  #items: Item[] = [];
  #next = 0;
  #start: Item | undefined;
  #isBegun = false;

  constructor(table: Table, query: Omit<QueryCommandInput, "TableName">, limit: number) {
    this.#table = table;
    this.#query = query;
    this.#limit = limit;
  }

  get head(): Item | undefined {
    return this.#items[this.#next];
  }

  /** Whether nothing is there, and the table may have more. */
  get isDry(): boolean {
    return this.head === undefined && this.#hasMore;
  }

  /** Whether it is worth asking for more when the others are asked. */
  get isLow(): boolean {
    return this.#hasMore && this.#items.length - this.#next < this.#limit / 2;
  }

  get #hasMore(): boolean {
    return !this.#isBegun || this.#start !== undefined;
  }

  take(): Item {
    const { head } = this;
    if (head === undefined) throw new RangeError("there is nothing to take");
    this.#next += 1;
    return head;
  }

  async fill(): Promise<void> {
    const page = await this.#table.client.send(
      new QueryCommand({
        ...this.#query,
        TableName: this.#table.name,
        Limit: this.#limit,
        ...(this.#start ? { ExclusiveStartKey: this.#start } : {}),
      }),
    );
    this.#isBegun = true;
    this.#items = [...this.#items.slice(this.#next), ...(page.Items ?? [])];
    this.#next = 0;
    this.#start = page.LastEvaluatedKey;
  }
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
