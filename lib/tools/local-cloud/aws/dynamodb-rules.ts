import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { TableBlueprint } from "../template/table-blueprint.ts";
import { maxExpressionBytes, problemOfSizes } from "./dynamodb-limits.ts";
import { partitionValue, updatedPaths } from "./expressions.ts";
import { dynamoDbError, type ServiceAnswer } from "./interception.ts";

/** Rules of DynamoDB that the embedded engine does not keep: it would take these requests and store or answer nonsense. */

const names = z.record(z.string(), z.string()).optional();
const attributes = z.record(z.string(), z.unknown());

const updateSchema = z.looseObject({
  TableName: z.string(),
  UpdateExpression: z.string(),
  ExpressionAttributeNames: names,
});

const transactionSchema = z.looseObject({ TransactItems: z.array(z.record(z.string(), z.unknown())) });

const batchSchema = z.looseObject({
  RequestItems: z.record(z.string(), z.array(z.looseObject({ PutRequest: attributes.optional() }))),
});

const querySchema = z.looseObject({
  TableName: z.string(),
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: attributes,
  ExclusiveStartKey: attributes,
});

const emptyName = Buffer.from('"":');

/**
 * Finds what DynamoDB would refuse and the engine does not: an update of a key attribute or two updates of one
 * attribute in a transaction, two actions in one of its entries, a cursor of another partition, an empty attribute name, and
 * expressions, items and transactions that are too large.
 * @param action for example `TransactWriteItems`
 * @param body the request
 * @param tables the tables, by whose keys it judges
 * @returns DynamoDB's answer; undefined when the request may go on
 */
export function refusalOf(
  action: string,
  body: Buffer,
  tables: readonly TableBlueprint[],
): ServiceAnswer | undefined {
  if (body.includes(emptyName) && hasEmptyName(JSON.parse(body.toString("utf8")))) {
    return refusal("One or more parameter values were invalid: An attribute name cannot be empty");
  }
  if (action === "TransactWriteItems") return refusalOfTransaction(body, tables);
  if (body.length > maxExpressionBytes) {
    const problem = problemOfSizes(actionsIn(JSON.parse(body.toString("utf8"))));
    if (problem !== undefined) return refusal(problem);
  }
  if (action === "Query" && body.includes("ExclusiveStartKey")) return refusalOfCursor(body, tables);
  return undefined;
}

/** The writes or reads of a request that is no transaction: several items in a batch. */
function actionsIn(request: unknown): Readonly<Record<string, unknown>>[] {
  const batch = batchSchema.safeParse(request);
  if (!batch.success) return [attributes.parse(request)];
  const entries = Object.values(batch.data.RequestItems).flat();
  return entries.flatMap(({ PutRequest: put }) => (put === undefined ? [] : [put]));
}

function refusalOfTransaction(body: Buffer, tables: readonly TableBlueprint[]): ServiceAnswer | undefined {
  const transaction = transactionSchema.safeParse(JSON.parse(body.toString("utf8")));
  // The engine itself refuses requests without the form of a transaction.
  if (!transaction.success) return undefined;
  for (const entry of transaction.data.TransactItems) {
    if (Object.keys(entry).length > 1) {
      return refusal("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    const update = updateSchema.safeParse(entry["Update"]);
    const problem = update.success ? problemOfUpdate(update.data, tables) : undefined;
    if (problem !== undefined) return refusal(problem);
  }
  const entries = transaction.data.TransactItems.flatMap((entry) => Object.values(entry));
  const problem = problemOfSizes(entries.map((entry) => attributes.catch({}).parse(entry)));
  return problem === undefined ? undefined : refusal(problem);
}

function problemOfUpdate(
  update: z.output<typeof updateSchema>,
  tables: readonly TableBlueprint[],
): string | undefined {
  const keys = tables.find(({ name }) => name === update.TableName)?.schema.KeySchema ?? [];
  const paths = updatedPaths(update.UpdateExpression, update.ExpressionAttributeNames);
  const key = keys.find(({ AttributeName }) => paths.includes(AttributeName));
  if (key !== undefined) {
    return `One or more parameter values were invalid: Cannot update attribute ${key.AttributeName}. This attribute is part of the key`;
  }
  const twice = paths.find((path, index) => paths.indexOf(path) < index);
  if (twice === undefined) return undefined;
  return `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${twice}], path two: [${twice}]`;
}

function refusalOfCursor(body: Buffer, tables: readonly TableBlueprint[]): ServiceAnswer | undefined {
  const query = querySchema.safeParse(JSON.parse(body.toString("utf8")));
  if (!query.success) return undefined;
  const { TableName, IndexName, ExclusiveStartKey } = query.data;
  const schema = tables.find(({ name }) => name === TableName)?.schema;
  const index = schema?.GlobalSecondaryIndexes.find((item) => item.IndexName === IndexName);
  const keys = (IndexName === undefined ? schema : index)?.KeySchema ?? [];
  const partitionKey = keys.find(({ KeyType }) => KeyType === "HASH")?.AttributeName;
  if (partitionKey === undefined) return undefined;
  const { KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = query.data;
  const asked = partitionValue(KeyConditionExpression, partitionKey, ExpressionAttributeNames);
  const same = isDeepStrictEqual(
    ExclusiveStartKey[partitionKey],
    asked === undefined ? undefined : ExpressionAttributeValues[asked],
  );
  return same ? undefined : refusal("The provided starting key is invalid");
}

function hasEmptyName(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, item]) => name === "" || hasEmptyName(item));
}

function refusal(message: string): ServiceAnswer {
  return dynamoDbError("ValidationException", message);
}
