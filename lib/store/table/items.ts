import type { ConsumedCapacity as Consumed } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import { consumption } from "./budget.ts";
import type { Table } from "./client.ts";
import type { Key } from "./keys.ts";
import { backOff, type Deadline } from "./retries.ts";

/** Reading many items: DynamoDB answers in pages, and a page says nothing about how much there is. */

/** An item as it is stored. */
export type Item = Record<string, unknown>;

/** How many items DynamoDB reads by key in one request. */
const maxKeys = 100;

/** Read units that a read by key costs at least, and a query. */
function minUnitsOf({ isEventual = false }: Table): number {
  return isEventual ? 0.5 : 1;
}

/** At most so many items a page of a query that is charged to a budget: some 200 KB, so that the last page does not pass it by far. */
const maxBudgetedItems = 1_000;

/** A query, but for the table. */
export type ItemQuery = Omit<QueryCommandInput, "TableName">;

/**
 * One page of a query.
 * @throws StoreError `too-dear` when the table's budget is spent
 */
export async function queryPage(table: Table, query: ItemQuery): Promise<QueryCommandOutput> {
  const { budget } = table;
  const reserved = minUnitsOf(table);
  budget?.reserve(reserved);
  const limit = budget ? { Limit: Math.min(query.Limit ?? maxBudgetedItems, maxBudgetedItems) } : {};
  const page = await table.client.send(
    new QueryCommand({
      ...{ ...query, ...limit, ...consumption(budget), TableName: table.name },
      ConsistentRead: query.ConsistentRead === true && isConsistent(table),
    }),
  );
  budget?.settle(reserved, page.ConsumedCapacity?.CapacityUnits);
  return page;
}

/**
 * The items of a query, page by page as they are asked for.
 * @throws StoreError `too-dear` when the table's budget is spent
 */
export async function* queryItems(table: Table, query: ItemQuery): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page = await queryPage(table, { ...query, ...(start ? { ExclusiveStartKey: start } : {}) });
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
  queries: readonly ItemQuery[],
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
  readonly #query: ItemQuery;
  readonly #limit: number;
  #items: Item[] = [];
  #next = 0;
  #start: Item | undefined;
  #isBegun = false;

  constructor(table: Table, query: ItemQuery, limit: number) {
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
    const page = await queryPage(this.#table, {
      ...this.#query,
      Limit: this.#limit,
      ...(this.#start ? { ExclusiveStartKey: this.#start } : {}),
    });
    this.#isBegun = true;
    this.#items = [...this.#items.slice(this.#next), ...(page.Items ?? [])];
    this.#next = 0;
    this.#start = page.LastEvaluatedKey;
  }
}

/**
 * The items with these keys, strongly consistent, in no order; those that are not there are left out.
 * @param keys each of them once
 * @throws StoreError `unavailable` when the table keeps throttling, `too-dear` when its budget is spent
 */
export async function* getItems(
  table: Table,
  keys: readonly Key[],
  deadline: Deadline,
): AsyncGenerator<Item> {
  let missing: Item[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (let attempt = 0; missing.length > 0; ) {
    const part = missing.slice(0, maxKeys);
    const reserved = part.length * minUnitsOf(table);
    table.budget?.reserve(reserved);
    const { Responses, UnprocessedKeys, ConsumedCapacity } = await table.client.send(
      new BatchGetCommand({
        RequestItems: { [table.name]: { Keys: part, ConsistentRead: isConsistent(table) } },
        ...consumption(table.budget),
      }),
    );
    table.budget?.settle(reserved, unitsOf(ConsumedCapacity));
    yield* Responses?.[table.name] ?? [];
    const unprocessed = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (unprocessed.length > 0) {
      attempt += 1;
      await backOff(attempt, deadline, undefined);
    }
    missing = [...unprocessed, ...missing.slice(maxKeys)];
  }
}

function isConsistent({ isEventual = false }: Table): boolean {
  return !isEventual;
}

function unitsOf(consumed: readonly Consumed[] | undefined): number | undefined {
  return consumed?.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
