import { describe, expect, it } from "vitest";
import * as z from "zod";
import { tableSchema } from "../../lib/store/table/keys.ts";
import { lambdaFunction, oneOrMore, statement, synthesize } from "./synthesized.ts";

const keys = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const tables = synthesize().all(
  "AWS::DynamoDB::GlobalTable",
  z.looseObject({
    BillingMode: z.string(),
    KeySchema: keys,
    AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
    GlobalSecondaryIndexes: z.array(
      z.object({
        IndexName: z.string(),
        KeySchema: keys,
        Projection: z.object({
          ProjectionType: z.string(),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    ),
    TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }),
    Replicas: z.array(
      z.looseObject({
        DeletionProtectionEnabled: z.boolean(),
        PointInTimeRecoverySpecification: z.looseObject({ PointInTimeRecoveryEnabled: z.boolean() }),
      }),
    ),
  }),
);

function keySchema(partitionKey: string, sortKey: string) {
  return [
    { AttributeName: partitionKey, KeyType: "HASH" },
    { AttributeName: sortKey, KeyType: "RANGE" },
  ];
}

it("there is one table, billed on demand, with the keys and indexes of the key schema", () => {
  expect(tables).toHaveLength(1);
  const table = tables[0]?.properties;
  expect(table?.BillingMode).toBe("PAY_PER_REQUEST");
  expect(table?.KeySchema).toEqual(keySchema(tableSchema.partitionKey, tableSchema.sortKey));
  expect(table?.GlobalSecondaryIndexes).toEqual(
    tableSchema.indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...index.attributes] },
    })),
  );
  expect(new Set(table?.AttributeDefinitions.map(({ AttributeType }) => AttributeType))).toEqual(
    new Set(["S"]),
  );
  expect(table?.TimeToLiveSpecification).toEqual({ AttributeName: tableSchema.timeToLive, Enabled: true });
});

it("the table outlives the stack, refuses deletion and can be restored to any second", () => {
  const table = tables[0];
  expect(table?.deletionPolicy).toBe("Retain");
  expect(table?.updateReplacePolicy).toBe("Retain");
  for (const replica of table?.properties.Replicas ?? []) {
    expect(replica.DeletionProtectionEnabled).toBe(true);
    expect(replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
  }
  expect(table?.properties.Replicas).toHaveLength(1);
});

it("the table has no stream: the design uses none and every write would pay for it", () => {
  expect(tables[0]?.properties).not.toHaveProperty("StreamSpecification");
});

describe("a deployment that names a restored table", () => {
  const template = synthesize({ tableName: "restored-2026-11-23" });

  it("has every function work on that table, with permissions for it alone", () => {
    for (const { properties } of template.all("AWS::Lambda::Function", lambdaFunction)) {
      expect(properties.Environment.Variables["TABLE_NAME"]).toBe("restored-2026-11-23");
    }
    const tablesUsed = template
      .all(
        "AWS::IAM::Policy",
        z.looseObject({ PolicyDocument: z.looseObject({ Statement: oneOrMore(statement) }) }),
      )
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action.some((action) => action.startsWith("dynamodb:")))
      .flatMap(({ Resource }) => Resource);
    expect(tablesUsed.length).toBeGreaterThan(0);
    for (const arn of tablesUsed) expect(arn).toMatch(/:table\/restored-2026-11-23(\/index\/[a-z]+)?$/);
  });

  it("watches that table, and keeps the stack's own as it is", () => {
    const watched = JSON.stringify(template.all("AWS::CloudWatch::Alarm", z.looseObject({})));
    expect(watched).toContain('{"Name":"TableName","Value":"restored-2026-11-23"}');
    const own = (resources: typeof template) =>
      resources.all("AWS::DynamoDB::GlobalTable", z.looseObject({}));
    expect(own(template)).toEqual(own(synthesize()));
  });
});
