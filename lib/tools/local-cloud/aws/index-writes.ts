import * as z from "zod";
import type { TableBlueprint } from "../template/table-blueprint.ts";
import { changeOf } from "./expressions.ts";

/** The writes that a write causes in the partitions of a table's indexes: from a request to DynamoDB and the items as they were. */

/** An item or a key in DynamoDB's JSON. */
export type Attributes = Readonly<Record<string, unknown>>;

const attributes = z.record(z.string(), z.unknown());

const write = z.looseObject({
  TableName: z.string(),
  Item: attributes.optional(),
  Key: attributes.optional(),
  UpdateExpression: z.string().optional(),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: attributes.optional(),
});
const transaction = z.object({ TransactItems: z.array(z.record(z.string(), z.unknown())) });

/** One write of a request, by itself or in a transaction. */
export interface IndexedWrite {
  readonly table: TableBlueprint;
  readonly key: Attributes;
  /** Whether the item as it is now decides what the write costs in the indexes. */
  readonly needsOld: boolean;
  readonly request: z.output<typeof write>;
}

/** Write units that one partition of an index has to take. */
export interface IndexCharge {
  /** Table, index and partition, in a text. */
  readonly partition: string;
  readonly units: number;
}

/**
 * The writes of a request, in the order of a transaction's entries; those that cannot touch an index are undefined.
 * @param request the parsed request
 */
export function indexedWrites(
  action: string,
  request: unknown,
  tables: readonly TableBlueprint[],
): readonly (IndexedWrite | undefined)[] {
  if (action === "TransactWriteItems") {
    const parsed = transaction.safeParse(request);
    if (!parsed.success) return [];
    return parsed.data.TransactItems.map(({ Put, Update, Delete }) =>
      indexedWrite(Put ?? Update ?? Delete, tables),
    );
  }
  const isWrite = action === "PutItem" || action === "UpdateItem" || action === "DeleteItem";
  return isWrite ? [indexedWrite(request, tables)] : [];
}

function indexedWrite(input: unknown, tables: readonly TableBlueprint[]): IndexedWrite | undefined {
  const parsed = write.safeParse(input);
  const table = tables.find(({ name }) => parsed.success && name === parsed.data.TableName);
  if (!parsed.success || table === undefined) return undefined;
  const request = parsed.data;
  const key = chosen(request.Key ?? request.Item ?? {}, keysOf(table.schema.KeySchema));
  if (request.UpdateExpression !== undefined) {
    const { UpdateExpression: expression, ExpressionAttributeNames: names } = request;
    const keys = indexKeys(table);
    const touches = keys.some((name) => changeOf(expression, name, names) !== undefined);
    return touches ? { table, key, needsOld: true, request } : undefined;
  }
  // Where there must be no item yet, there was none in the indexes.
  const isNew = /^\s*attribute_not_exists\s*\(\s*[\w#]+\s*\)\s*$/.test(request.ConditionExpression ?? "");
  return { table, key, needsOld: !isNew, request };
}

/**
 * The cost of a write in the indexes' partitions. The indexes hold keys only; an entry that stays as it is costs nothing, one that
 * moves costs in both places.
 * @param old the item as it is, or at least its index keys; undefined where there is none
 */
export function chargesOf({ table, key, request }: IndexedWrite, old: Attributes | undefined): IndexCharge[] {
  const fresh = itemAfter(table, key, request, old);
  return table.schema.GlobalSecondaryIndexes.flatMap(({ IndexName, KeySchema }) => {
    const names = keysOf(KeySchema);
    const entries = [old, fresh].map((item) =>
      item !== undefined && names.every((name) => item[name] !== undefined)
        ? chosen({ ...item, ...key }, [...Object.keys(key), ...names])
        : undefined,
    );
    const [before, after] = entries.map((entry) => JSON.stringify(entry));
    if (before === after) return [];
    return entries.flatMap((entry) => {
      if (entry === undefined) return [];
      const partition = JSON.stringify([table.name, IndexName, entry[names[0] ?? ""]]);
      return [{ partition, units: Math.ceil(bytesOf(entry) / 1024) }];
    });
  });
}

function itemAfter(
  table: TableBlueprint,
  key: Attributes,
  request: z.output<typeof write>,
  old: Attributes | undefined,
): Attributes | undefined {
  const { Item, UpdateExpression, ExpressionAttributeNames: names, ExpressionAttributeValues } = request;
  if (Item !== undefined) return Item;
  if (UpdateExpression === undefined) return undefined;
  const item: Record<string, unknown> = { ...old, ...key };
  for (const name of indexKeys(table)) {
    const change = changeOf(UpdateExpression, name, names);
    if (change === "removed") delete item[name];
    else if (change !== undefined) item[name] = ExpressionAttributeValues?.[change];
  }
  return item;
}

/** The names of a table's attributes that are keys of its indexes and not of itself. */
export function indexKeys({ schema }: TableBlueprint): string[] {
  const own = keysOf(schema.KeySchema);
  const all = schema.GlobalSecondaryIndexes.flatMap(({ KeySchema }) => keysOf(KeySchema));
  return [...new Set(all)].filter((name) => !own.includes(name));
}

function keysOf(schema: readonly { AttributeName: string; KeyType: string }[]): string[] {
  return schema
    .toSorted(({ KeyType: a }, { KeyType: b }) => (a < b ? -1 : a > b ? 1 : 0))
    .map(({ AttributeName }) => AttributeName);
}

function chosen(item: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

/** About what DynamoDB counts: names and values. */
function bytesOf(entry: Attributes): number {
  return Object.entries(entry).reduce((sum, [name, value]) => {
    const [text] = Object.values(value as Record<string, string>);
    return sum + Buffer.byteLength(name) + Buffer.byteLength(String(text));
  }, 0);
}
