import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { DynamoDbProxy } from "../aws/dynamodb-proxy.ts";
import { LocalCloudError, messageOf } from "../errors.ts";
import type { TableBlueprint, TableSchema } from "../template/table-blueprint.ts";

const described = z.looseObject({
  Table: z.looseObject({
    TableStatus: z.string().optional(),
    KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
    AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
    GlobalSecondaryIndexes: z
      .array(
        z.looseObject({
          IndexName: z.string(),
          KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
          Projection: z.looseObject({
            ProjectionType: z.string(),
            NonKeyAttributes: z.array(z.string()).optional(),
          }),
        }),
      )
      .nullish(),
  }),
});

const failure = z.looseObject({ __type: z.string().default(""), message: z.string().optional() });

/**
 * Makes the template's tables where they are missing, and checks those that are there.
 * @param hadData whether there were tables here before: then a database without any is refused
 * @throws LocalCloudError when the engine does not answer, or when a table is not as the template has it
 */
export async function ensureTables(
  endpoint: string,
  tables: readonly TableBlueprint[],
  hadData = false,
): Promise<void> {
  const proxy = new DynamoDbProxy(endpoint);
  try {
    const missing: TableBlueprint[] = [];
    for (const table of tables) if (!(await isThere(proxy, table))) missing.push(table);
    if (hadData && missing.length === tables.length) {
      const names = tables.map(({ name }) => name).join(", ");
      throw new LocalCloudError(
        `The database has lost its table ${names}: put it back from a copy, or remove the data folder to start empty`,
      );
    }
    for (const table of missing) await create(proxy, table);
  } catch (error) {
    if (error instanceof LocalCloudError) throw error;
    throw new LocalCloudError(`The DynamoDB engine at ${endpoint} does not answer: ${messageOf(error)}`);
  } finally {
    proxy.close();
  }
}

async function isThere(proxy: DynamoDbProxy, table: TableBlueprint): Promise<boolean> {
  const { status, body } = await call(proxy, "DescribeTable", { TableName: table.name });
  if (status === 200) compare(table, described.parse(body));
  else if (!body.__type.includes("ResourceNotFoundException")) throw new Error(body.message ?? body.__type);
  return status === 200;
}

async function create(proxy: DynamoDbProxy, table: TableBlueprint): Promise<void> {
  const { GlobalSecondaryIndexes: indexes, ...schema } = table.schema;
  await expect(proxy, "CreateTable", {
    TableName: table.name,
    BillingMode: "PAY_PER_REQUEST",
    ...schema,
    // DynamoDB refuses an empty list of indexes.
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
  });
  if (table.timeToLive === undefined) return;
  const TimeToLiveSpecification = { AttributeName: table.timeToLive, Enabled: true };
  await expect(proxy, "UpdateTimeToLive", { TableName: table.name, TimeToLiveSpecification });
}

function compare(table: TableBlueprint, { Table }: z.output<typeof described>): void {
  const have = normalize({ ...Table, GlobalSecondaryIndexes: Table.GlobalSecondaryIndexes ?? [] });
  if (isDeepStrictEqual(normalize(table.schema), have)) return;
  throw new LocalCloudError(
    `The table ${table.name} has other keys or indexes than the template: start on an empty DATA_DIR (and import again), or go back to the version that made it`,
  );
}

/** The parts that make a table what it is, in one order. */
function normalize(schema: Pick<z.output<typeof described>["Table"], keyof TableSchema>): object {
  return {
    keys: schema.KeySchema.map(keyText).sort(),
    attributes: schema.AttributeDefinitions.map(
      (item) => `${item.AttributeName}:${item.AttributeType}`,
    ).sort(),
    indexes: (schema.GlobalSecondaryIndexes ?? [])
      .map(({ IndexName, KeySchema, Projection }) => ({
        name: IndexName,
        keys: KeySchema.map(keyText).sort(),
        projection: Projection.ProjectionType,
        attributes: (Projection.NonKeyAttributes ?? []).toSorted(),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}

function keyText(key: { AttributeName: string; KeyType: string }): string {
  return `${key.KeyType} ${key.AttributeName}`;
}

async function expect(proxy: DynamoDbProxy, action: string, request: object): Promise<void> {
  const { status, body } = await call(proxy, action, request);
  if (status !== 200)
    throw new LocalCloudError(`The DynamoDB engine refuses ${action}: ${body.message ?? body.__type}`);
}

/** A call without the SDK, which takes longer to load than the whole start. Engines do not check the signature. */
async function call(proxy: DynamoDbProxy, action: string, request: object) {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const scope = `${date.slice(0, 8)}/us-east-1/dynamodb/aws4_request`;
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `DynamoDB_20120810.${action}`,
    "x-amz-date": date,
    authorization: `AWS4-HMAC-SHA256 Credential=local/${scope}, SignedHeaders=host, Signature=0`,
  };
  const { status, body } = await proxy.send(headers, Buffer.from(JSON.stringify(request)));
  return { status, body: failure.parse(JSON.parse(body.toString("utf8"))) };
}
