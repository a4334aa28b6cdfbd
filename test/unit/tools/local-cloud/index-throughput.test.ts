import { beforeEach, describe, expect, it } from "vitest";
import { IndexThroughput } from "../../../../lib/tools/local-cloud/aws/index-throughput.ts";
import type { Attributes } from "../../../../lib/tools/local-cloud/aws/index-writes.ts";
import type { TableBlueprint } from "../../../../lib/tools/local-cloud/template/table-blueprint.ts";

const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });

const table: TableBlueprint = {
  name: "things",
  schema: {
    KeySchema: [key("pk", "HASH"), key("sk", "RANGE")],
    AttributeDefinitions: [],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byGroup",
        KeySchema: [key("group", "HASH"), key("at", "RANGE")],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  },
  timeToLive: undefined,
};

const text = (value: string) => ({ S: value });
const keyOf = (pk: string) => ({ pk: text(pk), sk: text("item") });
const item = (pk: string, group?: string, at = "1") => ({
  ...keyOf(pk),
  ...(group === undefined ? {} : { group: text(group), at: text(at) }),
});
const put = (Item: object) => ({ TableName: "things", Item });
const putNew = (Item: object) => ({ ...put(Item), ConditionExpression: "attribute_not_exists(pk)" });
const update = (pk: string, UpdateExpression: string, values: object = {}) => ({
  ...{ TableName: "things", Key: keyOf(pk), UpdateExpression },
  ExpressionAttributeValues: values,
});

let now: number;
let throughput: IndexThroughput;
let stored: Map<string, Attributes>;

beforeEach(() => {
  now = 0;
  throughput = new IndexThroughput({ unitsPerSecond: 3, now: () => now });
  stored = new Map();
});

function reserve(action: string, request: object) {
  return throughput.reserve(action, request, [table], async (_, { pk }) => stored.get(JSON.stringify(pk)));
}

function store(old: Attributes): void {
  stored.set(JSON.stringify(old["pk"]), old);
}

/** How many units a request takes of the partition, which has three at first. */
async function unitsOf(group: string, action: string, request: object): Promise<number> {
  expect((await reserve(action, request)).refusal).toBeUndefined();
  let left = 0;
  while ((await reserve("PutItem", putNew(item(`probe-${left}`, group)))).refusal === undefined) left++;
  return 3 - left;
}

describe("one partition of an index", () => {
  it("takes so many write units a second, and throttles what comes beyond", async () => {
    const outcomes: unknown[] = [];
    for (let index = 0; index < 5; index++) {
      outcomes.push((await reserve("PutItem", putNew(item(`i${index}`, "a")))).refusal?.body);
    }
    const throttled = { __type: expect.stringMatching(/#ThrottlingException$/) };
    expect(outcomes).toMatchObject([undefined, undefined, undefined, throttled, throttled]);
    expect((await reserve("PutItem", putNew(item("other", "b")))).refusal).toBeUndefined();
    now += 1_000;
    expect((await reserve("PutItem", putNew(item("later", "a")))).refusal).toBeUndefined();
  });

  it("cancels a transaction as a whole, naming the entries that were too much", async () => {
    const entries = ["a", "a", "a", "b", "a"].map((group, index) => ({
      Put: putNew(item(`i${index}`, group)),
    }));
    const { refusal } = await reserve("TransactWriteItems", { TransactItems: entries });
    expect(refusal).toMatchObject({
      status: 400,
      body: {
        __type: expect.stringMatching(/#TransactionCanceledException$/),
        CancellationReasons: ["None", "None", "None", "None", "ThrottlingError"].map((Code) => ({ Code })),
      },
    });
    const three = { TransactItems: entries.slice(0, 3) };
    expect((await reserve("TransactWriteItems", three)).refusal).toBeUndefined();
  });

  it("has again what was taken for a write that was not done", async () => {
    const three = { TransactItems: ["1", "2", "3"].map((pk) => ({ Put: putNew(item(pk, "a")) })) };
    const first = await reserve("TransactWriteItems", three);
    expect((await reserve("TransactWriteItems", three)).refusal).toBeDefined();
    first.release();
    expect((await reserve("TransactWriteItems", three)).refusal).toBeUndefined();
  });
});

describe("what a write costs in a partition of an index", () => {
  it.each([
    ["a new item of it", 1, putNew(item("new", "a"))],
    ["an item without its keys", 0, putNew(item("new"))],
    ["an item put again with the same keys", 0, put({ ...item("old", "a"), more: text("text") })],
    ["an item put again that leaves it", 1, put(item("old", "b"))],
    ["an item put again that moves within it", 2, put(item("old", "a", "2"))],
    ["an item of more than a kilobyte", 2, putNew(item("x".repeat(1_024), "a"))],
  ])("%s: %i", async (_, units, request) => {
    store(item("old", "a"));
    expect(await unitsOf("a", "PutItem", request)).toBe(units);
  });

  it.each([
    ["an update that gives an item its keys", 1, update("bare", "ADD n :n SET #g = :g, at = :t")],
    ["an update that sets the same keys", 0, update("old", "SET #g = :g, at = :t ADD n :n")],
    ["an update that takes the keys away", 1, update("old", "REMOVE #g, at")],
    ["an update of something else", 0, update("old", "ADD n :n")],
  ])("%s: %i", async (_, units, request) => {
    store(item("old", "a"));
    store(item("bare"));
    const names = { ExpressionAttributeNames: { "#g": "group" } };
    const values = { ExpressionAttributeValues: { ":g": text("a"), ":t": text("1"), ":n": { N: "1" } } };
    expect(await unitsOf("a", "UpdateItem", { ...request, ...names, ...values })).toBe(units);
  });

  it("an item that is deleted: 1", async () => {
    store(item("old", "a"));
    expect(await unitsOf("a", "DeleteItem", { TableName: "things", Key: keyOf("old") })).toBe(1);
    expect(await unitsOf("b", "DeleteItem", { TableName: "things", Key: keyOf("unknown") })).toBe(0);
  });
});
