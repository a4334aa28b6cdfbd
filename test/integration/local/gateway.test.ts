import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type CapacityUse,
  dynamoDbError,
  type Intercept,
  type ServiceCall,
} from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { PermissionUse } from "../../../lib/tools/local-cloud/aws/permissions.ts";
import { startTestCloud, type TestCloud } from "../../fixtures/local/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

let test: TestCloud;
let client: DynamoDBClient;
let intercept: Intercept | undefined;
const used: CapacityUse[] = [];
const permissions: PermissionUse[] = [];

beforeAll(async () => {
  test = await startTestCloud({
    intercept: (call) => intercept?.(call) ?? "pass",
    onCapacity: (use) => used.push(use),
    onPermission: (use) => permissions.push(use),
  });
  client = new DynamoDBClient({
    endpoint: test.cloud.gatewayEndpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
});

afterEach(() => {
  intercept = undefined;
  used.length = 0;
});

afterAll(async () => {
  client.destroy();
  await test.end();
});

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "item" } });

function put(id: string, text = "text"): Promise<readonly [number, unknown]> {
  return test.answer(`/items/${id}`, {
    method: "PUT",
    body: text,
    headers: { "content-type": "text/plain" },
  });
}

async function stored(pk: string): Promise<string | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: test.cloud.tableName, Key: key(pk), ConsistentRead: true }),
  );
  return Item?.["text"]?.S;
}

/** Listens to the calls of one action, and does to the first of them what is said. */
function onFirst(action: string, verdict: Awaited<ReturnType<Intercept>>): ServiceCall[] {
  const calls: ServiceCall[] = [];
  intercept = (call) => {
    if (call.action !== action) return "pass";
    calls.push(call);
    return calls.length === 1 ? verdict : "pass";
  };
  return calls;
}

describe("a function's calls", () => {
  it("reach the engine, and what they stored is there", async () => {
    expect(await put("plain", "hello")).toEqual([201, ""]);
    expect(await test.answer("/items/plain")).toEqual([200, { text: "hello" }]);
    expect(await stored("plain")).toBe("hello");
  });

  it("are known by the function that makes them, and others by none", async () => {
    const calls = onFirst("TransactWriteItems", "pass");
    await put("known");
    const reads = onFirst("GetItem", "pass");
    await test.answer("/items/known");
    await stored("known");
    expect(calls.map(({ functionName }) => functionName)).toEqual(["items"]);
    expect(reads.map(({ functionName }) => functionName)).toEqual(["items", undefined]);
  });

  it("are counted by what they consume: two units for an item in a transaction and one for its index", async () => {
    await put("counted");
    expect(used).toMatchObject([
      { functionName: "items", action: "TransactWriteItems", units: 3, kind: "write" },
    ]);
    expect(used[0]?.request()).toMatchObject({
      TransactItems: [{ Put: { TableName: test.cloud.tableName } }],
    });
  });

  it("have their request token taken out, which slows the engine down", async () => {
    const calls = onFirst("TransactWriteItems", "pass");
    await put("token");
    expect(calls[0]?.json()).not.toHaveProperty("ClientRequestToken");
    // With a token the engine would refuse the second of two different transactions.
    const send = (pk: string) =>
      client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: "the same",
          TransactItems: [{ Put: { TableName: test.cloud.tableName, Item: key(pk) } }],
        }),
      );
    await send("token-1");
    await send("token-2");
  });
});

describe("a call that the function's role does not grant", () => {
  it("is refused before the engine hears of it, and the function's log says what was missing", async () => {
    await put("kept", "still here");
    const calls = onFirst("DeleteItem", "pass");
    expect((await test.answer("/items/kept", { method: "DELETE" }))[0]).toBe(500);
    expect(calls).toEqual([]);
    expect(await stored("kept")).toBe("still here");
    expect(permissions.filter(({ granted }) => !granted)).toEqual([
      {
        functionName: "items",
        action: "dynamodb:DeleteItem",
        resource: `arn:aws:dynamodb:us-east-1:000000000000:table/${test.cloud.tableName}`,
        leadingKeys: ["kept"],
        granted: false,
      },
    ]);
    const log = () => readFileSync(join(test.folder.path, "logs", "items.log"), "utf8");
    await eventually(log).toContain("its role does not grant this");
  });
});

describe("an intercepted call", () => {
  it("that is dropped before the engine is made again by the SDK, and counts once", async () => {
    const calls = onFirst("TransactWriteItems", "drop-request");
    expect(await put("dropped", "once")).toEqual([201, ""]);
    expect(calls).toHaveLength(2);
    expect(used).toHaveLength(1);
    expect(await stored("dropped")).toBe("once");
  });

  it("whose answer is dropped has done its work all the same", async () => {
    const calls = onFirst("TransactWriteItems", "drop-answer");
    expect(await put("unheard", "twice")).toEqual([201, ""]);
    expect(calls).toHaveLength(2);
    expect(used).toHaveLength(2);
  });

  it("whose answer is cut short has done its work, and is made again", async () => {
    const calls = onFirst("TransactWriteItems", "cut-answer");
    expect(await put("half-heard", "twice")).toEqual([201, ""]);
    expect(calls).toHaveLength(2);
    expect(used).toHaveLength(2);
  });

  it("can be throttled, and the SDK tries again", async () => {
    const throttled = dynamoDbError("ProvisionedThroughputExceededException", "slow down");
    const calls = onFirst("TransactWriteItems", { answer: throttled });
    expect(await put("throttled", "later")).toEqual([201, ""]);
    expect(calls).toHaveLength(2);
    expect(await stored("throttled")).toBe("later");
  });

  it("can fail for good, and the API answers 500", async () => {
    intercept = () => ({ answer: dynamoDbError("ValidationException", "no") });
    expect(await put("refused")).toEqual([500, { message: "Internal Server Error" }]);
    intercept = undefined;
    expect(await stored("refused")).toBeUndefined();
  });

  it("can be delayed", async () => {
    const calls = onFirst("TransactWriteItems", { delayMilliseconds: 20 });
    expect(await put("delayed")).toEqual([201, ""]);
    expect(calls).toHaveLength(1);
  });

  it("to the queue can lose its answer too: the message is there twice", async () => {
    onFirst("SendMessage", "drop-answer");
    const headers = { "content-type": "application/json" };
    const [status] = await test.answer("/jobs", { method: "POST", body: '[{"id":"resent"}]', headers });
    await test.cloud.idle();
    const { Count } = await client.send(
      new QueryCommand({
        TableName: test.cloud.tableName,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :id",
        ExpressionAttributeValues: { ":id": { S: "delivery of resent" } },
      }),
    );
    expect([status, Count]).toEqual([202, 2]);
  });
});

describe("what DynamoDB refuses and the engine would accept", () => {
  const TableName = "Fixture-table";
  const values = { ":v": { S: "other" } };

  it.each([
    [
      "an update of a key attribute in a transaction",
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Update: {
              TableName,
              Key: key("a"),
              UpdateExpression: "SET pk = :v",
              ExpressionAttributeValues: values,
            },
          },
        ],
      }),
    ],
    [
      "two actions in one entry of a transaction",
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName, Item: key("b") }, Delete: { TableName, Key: key("c") } }],
      }),
    ],
    [
      "two actions on one item in a transaction",
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: key("d") } },
          { ConditionCheck: { TableName, Key: key("d"), ConditionExpression: "attribute_not_exists(pk)" } },
        ],
      }),
    ],
    ["an empty attribute name", new PutItemCommand({ TableName, Item: { ...key("e"), "": { S: "x" } } })],
    [
      "an update of a key attribute by itself",
      new UpdateItemCommand({
        TableName,
        Key: key("f"),
        UpdateExpression: "SET sk = :v",
        ExpressionAttributeValues: values,
      }),
    ],
    [
      "a cursor of another partition",
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :v",
        ExpressionAttributeValues: values,
        ExclusiveStartKey: key("g"),
      }),
    ],
  ])("%s is refused, and stores nothing", async (_name, command) => {
    expect(test.cloud.tableName).toBe(TableName);
    await expect(client.send(command as PutItemCommand)).rejects.toMatchObject({
      name: "ValidationException",
    });
    for (const pk of ["a", "b", "c", "d", "e", "f", "other"]) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: key(pk), ConsistentRead: true }),
      );
      expect(Item).toBeUndefined();
    }
  });

  it("another service than those that it has is refused in words", async () => {
    const headers = { "x-amz-target": "Kinesis_20131202.PutRecord" };
    const response = await fetch(test.cloud.gatewayEndpoint, { method: "POST", headers, body: "{}" });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        __type: "UnknownOperationException",
        message: "The local cloud has DynamoDB, SQS, S3, SNS and EventBridge only",
      },
    ]);
  });
});
