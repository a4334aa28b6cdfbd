import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getItem, getItems, queryPage } from "../../../lib/store/table/items.ts";
import { readOnce } from "../../../lib/store/table/read-once.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
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

it("what the table left out of an answer is asked for again, and not what it answered", async () => {
  const key = { pk: "a", sk: "b" };
  const send = engine.client.send.bind(engine.client) as (command: unknown) => Promise<object>;
  let sent = 0;
  const throttled = async (command: unknown) => {
    sent += 1;
    const answer = await send(command);
    return sent > 2
      ? answer
      : { ...answer, Responses: {}, UnprocessedKeys: { [engine.name]: { Keys: [key] } } };
  };
  const client: typeof engine.client = Object.assign(Object.create(engine.client), { send: throttled });
  const once = readOnce({ name: engine.name, client });
  for (let turn = 0; turn < 2; turn += 1) {
    const found: unknown[] = [];
    for await (const item of getItems(once, [key], deadlineIn(2_000))) found.push(item["value"]);
    expect(found).toEqual([1]);
  }
  expect(sent).toBe(3);
});
