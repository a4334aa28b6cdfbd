import type { ConsumedCapacity as Consumed } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import { type ItemSize, type ReadBound, unitBytes } from "./budget.ts";
import type { Table } from "./client.ts";
import type { Key } from "./keys.ts";
import { backOff, type Deadline } from "./retries.ts";

/** Reading items, charged to the budget of the table where it has one. DynamoDB answers in pages, and a page says nothing about how much there is. */

/** An item as it is stored. */
export type Item = Record<string, unknown>;

/** How many items DynamoDB reads by key in one request. */
const maxKeys = 100;

/** DynamoDB takes items up to this size, and answers pages up to this one. */
const storedSize: ItemSize = { name: "item", maxBytes: 400 * 1024, isAlike: true };
const maxPageBytes = 1024 * 1024;

/** An entry of an index that holds no more than keys, or another small item. */
export const entrySize: ItemSize = { name: "entry", maxBytes: 2 * 1024, isAlike: true };

/** At most so many items a page of a query that is charged to a budget. */
const maxBudgetedItems = 1_000;

/** A query, but for the table. */
export interface ItemQuery extends Omit<QueryCommandInput, "TableName"> {
  /** How large its items are, where a budget is charged. */
  readonly size?: ItemSize;
}

/** Read units that 4 KB cost. */
function unitPriceOf({ isEventual = false }: Table): number {
  return isEventual ? 0.5 : 1;
}

/** The cost of a read, as it answers it. */
interface Costed {
  readonly ConsumedCapacity?: Consumed | Consumed[] | undefined;
}

/** Sends a read with as many items as the table's budget allows, and charges what it has cost. */
async function charged<Output extends Costed>(
  { budget }: Table,
  bound: ReadBound,
  send: (items: number, consumption: { readonly ReturnConsumedCapacity?: "TOTAL" }) => Promise<Output>,
  countOf: (output: Output) => number,
): Promise<Output> {
  if (!budget) return send(bound.items, {});
  const granted = await budget.grant(bound);
  try {
    const output = await send(granted.items, { ReturnConsumedCapacity: "TOTAL" });
    budget.settle(granted, bound, unitsOf(output) ?? granted.units, countOf(output));
    return output;
  } catch (error) {
    budget.settle(granted, bound, 0, 0);
    throw error;
  }
}

function unitsOf({ ConsumedCapacity: consumed }: Costed): number | undefined {
  if (consumed === undefined) return undefined;
  return [consumed].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

/**
 * One page of a query.
 * @throws StoreError `over-budget` when the table's budget is spent
 */
export async function queryPage(
  table: Table,
  { size = storedSize, ...query }: ItemQuery,
): Promise<QueryCommandOutput> {
  const unitPrice = unitPriceOfQuery(table, query);
  const bound = {
    items: Math.min(query.Limit ?? maxBudgetedItems, maxBudgetedItems),
    ...{ size, unitPrice, maxUnits: (unitPrice * maxPageBytes) / unitBytes },
  };
  const send = (items: number, consumption: object) =>
    table.client.send(
      new QueryCommand({
        ...{ ...query, ...(table.budget ? { Limit: items } : {}), ...consumption, TableName: table.name },
        ConsistentRead: query.ConsistentRead === true && table.isEventual !== true,
      }),
    );
  return charged(table, bound, send, ({ Items = [], ScannedCount = Items.length }) => ScannedCount);
}

/** Indexes are read eventually consistent. */
function unitPriceOfQuery(table: Table, { IndexName }: ItemQuery): number {
  return IndexName === undefined ? unitPriceOf(table) : 0.5;
}

/**
 * How many items each of several queries may ask for, so that all of them can be sent at once.
 * @param wanted how many it would ask for
 */
export function fairShare(table: Table, query: ItemQuery, queries: number, wanted: number): number {
  const { budget } = table;
  if (!budget) return wanted;
  const unitPrice = unitPriceOfQuery(table, query);
  const units = budget.remaining / queries - unitPrice;
  const fitting = Math.floor(units / budget.unitsOf({ size: query.size ?? storedSize, unitPrice }));
  return Math.max(1, Math.min(wanted, fitting));
}

/**
 * One item by its key, strongly consistent.
 * @throws StoreError `over-budget` when the table's budget is spent
 */
export async function getItem(table: Table, { pk, sk }: Key, size = storedSize): Promise<Item | undefined> {
  const bound = { items: 1, size, unitPrice: unitPriceOf(table), isEachRounded: true };
  const send = (_: number, consumption: object) =>
    table.client.send(
      new GetCommand({
        ...{ TableName: table.name, Key: { pk, sk }, ConsistentRead: table.isEventual !== true },
        ...consumption,
      }),
    );
  const { Item: found } = await charged(table, bound, send, ({ Item }) => (Item ? 1 : 0));
  return found;
}

/**
 * The items of a query, page by page as they are asked for.
 * @throws StoreError `over-budget` when the table's budget is spent
 */
export async function* queryItems(table: Table, query: ItemQuery): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page = await queryPage(table, { ...query, ...(start ? { ExclusiveStartKey: start } : {}) });
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

/**
 * The items with these keys, strongly consistent, in no order; those that are not there are left out.
 * @param keys each of them once
 * @throws StoreError `unavailable` when the table keeps throttling, `over-budget` when its budget is spent
 */
export async function* getItems(
  table: Table,
  keys: readonly Key[],
  deadline: Deadline,
  size = storedSize,
): AsyncGenerator<Item> {
  let missing: Item[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (let attempt = 0; missing.length > 0; ) {
    const items = Math.min(missing.length, maxKeys);
    const bound = { items, size, unitPrice: unitPriceOf(table), isEachRounded: true };
    let asked = 0;
    const send = (count: number, consumption: object) => {
      asked = count;
      const request = { Keys: missing.slice(0, count), ConsistentRead: table.isEventual !== true };
      return table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: request }, ...consumption }),
      );
    };
    const countOf = () => asked;
    const { Responses, UnprocessedKeys } = await charged(table, bound, send, countOf);
    yield* Responses?.[table.name] ?? [];
    const unprocessed = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (unprocessed.length > 0) {
      attempt += 1;
      await backOff(attempt, deadline, undefined);
    }
    missing = [...unprocessed, ...missing.slice(asked)];
  }
}
