import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getItem, queryPage } from "../../../lib/store/table/items.ts";
import { readOnce } from "../../../lib/store/table/read-once.ts";
import { type MeteredTable, startTestTable, type TestTable } from "../../fixtures/engine.ts";

let engine: TestTable;
let table: MeteredTable;

beforeAll(async () => {
  engine = await startTestTable();
  table = engine.metered();
  await engine.client.send(new PutCommand({ TableName: engine.name, Item: { pk: "a", sk: "b", value: 1 } }));
});
afterAll(() => engine.stop());

const query = {
  KeyConditionExpression: "pk = :pk",
  ExpressionAttributeValues: { ":pk": "a" },
};

it("the same read is sent once, also while it is on its way, and another one by itself", async () => {
  const once = readOnce(table);
  table.reset();
  const items = await Promise.all([1, 2, 3].map(() => getItem(once, { pk: "a", sk: "b" })));
  expect(items.map((item) => item?.["value"])).toEqual([1, 1, 1]);
  expect(table.used.requests).toBe(1);
  await getItem(once, { pk: "a", sk: "c" });
  await queryPage(once, query);
  await queryPage(once, query);
  await queryPage(once, { ...query, Limit: 1 });
  expect(table.used.requests).toBe(4);
});

it("a read that failed is sent again", async () => {
  const once = readOnce(table);
  const wrong = { ...query, KeyConditionExpression: "nothing" };
  table.reset();
  for (let turn = 0; turn < 2; turn += 1) await expect(queryPage(once, wrong)).rejects.toThrow();
  expect(table.used.requests).toBe(2);
});
