import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { maxGoals } from "../../../lib/store/settings/goals.ts";
import { dynamoDbError, type Intercept } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { type GoalList, put } from "./goals.ts";

/** Goals while the table refuses, or its answers are lost. */

let test: ApiCloud;
let intercept: Intercept | undefined;

beforeAll(async () => {
  test = await ApiCloud.start({ intercept: (call) => intercept?.(call) ?? "pass" });
});
afterEach(() => {
  intercept = undefined;
});
afterAll(() => test?.end());

const base = { from: dayBefore(40), to: dayBefore(11) };
const goal = { metric: "nps", target: { value: 50 }, base, dueDate: dayBefore(-30) };
const other = { ...goal, target: { value: 60 } };

/** Lets something happen to the first calls of an action that the goals' function makes. */
function onFirst(action: string, verdict: Awaited<ReturnType<Intercept>>, times = 1): () => number {
  let left = times;
  intercept = (call) => {
    if (call.functionName !== "manage-goals" || call.action !== action || left === 0) return "pass";
    left -= 1;
    return verdict;
  };
  return () => times - left;
}

const conflict = dynamoDbError("TransactionCanceledException", "conflict", {
  CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
});

it("setting and deleting go on when another transaction is under way", async () => {
  const api = await test.workspace();
  const atCreation = onFirst("TransactWriteItems", { answer: conflict }, 2);
  expect((await put(api, "g", goal)).status).toBe(201);
  expect(atCreation()).toBe(2);
  const atReplacement = onFirst("PutItem", { answer: dynamoDbError("TransactionConflictException", "busy") });
  expect(await put(api, "g", other)).toMatchObject({ status: 200, json: { target: 60 } });
  expect(atReplacement()).toBe(1);
  onFirst("TransactWriteItems", { answer: conflict });
  expect((await api.send("DELETE", "/v1/goals/g")).status).toBe(200);
});

it.each(["drop-answer", "cut-answer"] as const)(
  "a goal whose making or replacing was done but not heard of (%s) is there once, and counted once",
  async (fault) => {
    const api = await test.workspace();
    const atCreation = onFirst("TransactWriteItems", fault);
    expect([200, 201]).toContain((await put(api, "g", goal)).status);
    expect(atCreation()).toBe(1);
    const atReplacement = onFirst("PutItem", fault);
    expect(await put(api, "g", other)).toMatchObject({ status: 200, json: { target: 60 } });
    expect(atReplacement()).toBe(1);
    const ids = Array.from({ length: maxGoals }, (_, index) => `more-${index}`);
    const statuses: number[] = [];
    for (const id of ids) statuses.push((await put(api, id, goal)).status);
    expect(statuses).toEqual([...new Array<number>(maxGoals - 1).fill(201), 409]);
  },
);

it("without the table everything is answered 503 and may be sent again", async () => {
  const api = await test.workspace();
  await put(api, "g", goal);
  intercept = (call) =>
    call.functionName === "manage-goals" ? { answer: dynamoDbError("ServiceUnavailable", "gone") } : "pass";
  const answers = await Promise.all([
    put(api, "g", other),
    put(api, "new", goal),
    api.get("/v1/goals"),
    api.get("/v1/goals/g"),
    api.send("DELETE", "/v1/goals/g"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(new Array<number>(5).fill(503));
  intercept = undefined;
  const { json } = await api.get<GoalList>("/v1/goals");
  expect(json.items.map(({ id, target }) => [id, target])).toEqual([["g", 50]]);
});
