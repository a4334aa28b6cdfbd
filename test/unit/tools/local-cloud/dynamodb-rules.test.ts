import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemBytes } from "../../../../lib/tools/local-cloud/aws/dynamodb-limits.ts";
import { refusalOf } from "../../../../lib/tools/local-cloud/aws/dynamodb-rules.ts";
import { updatedPaths } from "../../../../lib/tools/local-cloud/aws/expressions.ts";
import type { TableBlueprint } from "../../../../lib/tools/local-cloud/template/table-blueprint.ts";

const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });

const table: TableBlueprint = {
  name: "things",
  schema: {
    KeySchema: [key("pk", "HASH"), key("sk", "RANGE")],
    AttributeDefinitions: ["pk", "sk", "group"].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S",
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: "byGroup",
        KeySchema: [key("group", "HASH"), key("sk", "RANGE")],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  },
  timeToLive: undefined,
};

/** Why a request is refused; undefined when it is not. */
function refusal(action: string, request: object): string | undefined {
  const answer = refusalOf(action, Buffer.from(JSON.stringify(request)), [table]);
  if (answer === undefined) return undefined;
  expect(answer).toMatchObject({
    status: 400,
    body: { __type: expect.stringMatching(/#ValidationException$/) },
  });
  return (answer.body as { message: string }).message;
}

function transaction(...TransactItems: object[]): string | undefined {
  return refusal("TransactWriteItems", { TransactItems });
}

function update(
  UpdateExpression: string,
  ExpressionAttributeNames?: Record<string, string>,
): string | undefined {
  return transaction({ Update: { TableName: "things", UpdateExpression, ExpressionAttributeNames } });
}

describe("a transaction", () => {
  it.each([
    ["SET pk = :v", undefined],
    ["SET a = if_not_exists(a, :zero), #k = :v", { "#k": "sk" }],
    ["ADD a :one REMOVE sk", undefined],
    ["set a = :v delete pk :v", undefined],
  ])("that updates a key attribute is refused: %s", (expression, names) => {
    expect(update(expression, names)).toMatch(/Cannot update attribute (pk|sk)/);
  });

  it.each([
    ["SET a = :v REMOVE a", undefined],
    ["SET #a = :v, a = :w", { "#a": "a" }],
  ])("that updates an attribute twice is refused: %s", (expression, names) => {
    expect(update(expression, names)).toMatch("paths overlap");
  });

  it.each([
    ["SET a = :v, #set = :v REMOVE b, c[1] ADD n :one DELETE s :set", { "#set": "set" }],
    ["SET a = pk, b = if_not_exists(b, sk)", undefined],
    ["SET m.pk = :v, m.sk = :v", undefined],
    ["SET pks = :v, #s = list_append(#s, :v)", { "#s": "list" }],
  ])("that updates other attributes goes on: %s", (expression, names) => {
    expect(update(expression, names)).toBeUndefined();
  });

  it("with two actions in one entry is refused", () => {
    const Put = { TableName: "things", Item: { pk: { S: "a" }, sk: { S: "b" } } };
    expect(transaction({ Put }, { Put, Delete: { TableName: "things", Key: Put.Item } })).toMatch(
      "only contain one",
    );
    expect(transaction({ Put }, { Put })).toBeUndefined();
  });
});

describe("an update expression", () => {
  it("names each path that it writes to, however it is put together", () => {
    const paths = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 8 });
    const reserved = ["set", "remove", "add", "delete"];
    fc.assert(
      fc.property(paths, fc.nat(), (names, seed) => {
        const used = names.filter((name) => !reserved.includes(name));
        const sets = used.filter((_, index) => (index + seed) % 2 === 0);
        const adds = used.filter((_, index) => (index + seed) % 2 === 1);
        const set = sets.map((name) => `${name} = list_append(if_not_exists(${name}, :e), :v)`).join(", ");
        const add = adds.map((name) => `#${name} :v`).join(",");
        const expression = `${sets.length > 0 ? `SET ${set}` : ""} ${adds.length > 0 ? `ADD ${add}` : ""}`;
        const placeholders = Object.fromEntries(adds.map((name) => [`#${name}`, name]));
        expect(updatedPaths(expression, placeholders)).toEqual([...sets, ...adds]);
      }),
    );
  });
});

describe("a query's cursor", () => {
  const query = {
    TableName: "things",
    KeyConditionExpression: "#p = :p AND begins_with(sk, :s)",
    ExpressionAttributeNames: { "#p": "pk" },
    ExpressionAttributeValues: { ":p": { S: "a" }, ":s": { S: "x" } },
  };

  it("of another partition is refused", () => {
    const cursor = { pk: { S: "other" }, sk: { S: "x1" } };
    expect(refusal("Query", { ...query, ExclusiveStartKey: cursor })).toMatch("starting key is invalid");
  });

  it("of the partition that is read goes on", () => {
    const cursor = { pk: { S: "a" }, sk: { S: "x1" } };
    expect(refusal("Query", { ...query, ExclusiveStartKey: cursor })).toBeUndefined();
    expect(refusal("Query", query)).toBeUndefined();
  });

  it("is held against the index that is read", () => {
    const onIndex = { ...query, IndexName: "byGroup", ExpressionAttributeNames: { "#p": "group" } };
    const cursor = { pk: { S: "any" }, sk: { S: "x1" }, group: { S: "a" } };
    expect(refusal("Query", { ...onIndex, ExclusiveStartKey: cursor })).toBeUndefined();
    expect(refusal("Query", { ...onIndex, ExclusiveStartKey: { ...cursor, group: { S: "b" } } })).toMatch(
      "invalid",
    );
  });
});

describe("an attribute's name", () => {
  it("must not be empty, at whatever depth", () => {
    const put = (Item: object) => refusal("PutItem", { TableName: "things", Item });
    expect(put({ "": { S: "x" } })).toMatch("name cannot be empty");
    expect(put({ a: { M: { "": { S: "x" } } } })).toMatch("name cannot be empty");
    expect(put({ a: { S: '{"":1}' }, b: { S: "" } })).toBeUndefined();
  });
});

describe("sizes that DynamoDB does not take", () => {
  const additions = (count: number) =>
    `ADD ${Array.from({ length: count }, (_, index) => `#c${index} :c${index}`).join(", ")}`;
  const textItem = (bytes: number) => ({ pk: { S: "x".repeat(bytes - 2) } });
  const put = (bytes: number) => ({ Put: { TableName: "things", Item: textItem(bytes) } });

  it("an expression of more than 4 KB is refused, alone and in a transaction, in whatever part of a request it is", () => {
    expect(Buffer.byteLength(additions(315))).toBeLessThanOrEqual(4_096);
    expect(Buffer.byteLength(additions(340))).toBeGreaterThan(4_096);
    const long = { TableName: "things", UpdateExpression: additions(340) };
    const fitting = { TableName: "things", UpdateExpression: additions(315) };
    const tooLong = /Expression size has exceeded the maximum allowed size/;
    expect(transaction({ Update: long })).toMatch(tooLong);
    expect(refusal("UpdateItem", long)).toMatch(tooLong);
    expect(refusal("Query", { FilterExpression: "a = :v OR ".repeat(500) })).toMatch(tooLong);
    expect([transaction({ Update: fitting }), refusal("UpdateItem", fitting)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("an item of more than 400 KB is refused, alone, in a batch and in a transaction", () => {
    const most = 400 * 1_024;
    const tooLarge = /Item size has exceeded/;
    const batch = (bytes: number) => ({
      RequestItems: { things: [{ PutRequest: { Item: textItem(bytes) } }] },
    });
    for (const [bytes, isRefused] of [
      [most, false],
      [most + 1, true],
    ] as const) {
      const answers = [
        transaction(put(bytes)),
        refusal("PutItem", { Item: textItem(bytes) }),
        refusal("BatchWriteItem", batch(bytes)),
      ];
      expect(answers.map((answer) => tooLarge.test(answer ?? ""))).toEqual([isRefused, isRefused, isRefused]);
    }
  });

  it("a transaction of items of more than 4 MB together is refused", () => {
    const items = Array.from({ length: 16 }, () => put(256 * 1_024));
    expect(transaction(...items)).toBeUndefined();
    expect(transaction(...items, put(2))).toMatch(/aggregate size/);
  });
});

describe("the size of an item", () => {
  it.each([
    [{ ab: { S: "€" } }, 5],
    [{ a: { N: "0" } }, 2],
    [{ a: { N: "-12345" } }, 6],
    [{ a: { B: "AAAA" } }, 4],
    [{ a: { BOOL: true }, b: { NULL: true } }, 4],
    [{ a: { L: [{ S: "xy" }, { N: "1" }] } }, 1 + 3 + 3 + 3],
    [{ a: { M: { b: { S: "xy" } } } }, 1 + 3 + 1 + 3],
    [{ a: { SS: ["x", "yz"] }, b: { NS: ["1", "22"] }, c: { BS: ["AAAA"] } }, 4 + 5 + 4],
  ])("is counted as DynamoDB does: %j", (item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });
});
