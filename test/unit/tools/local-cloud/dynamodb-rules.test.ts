import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
