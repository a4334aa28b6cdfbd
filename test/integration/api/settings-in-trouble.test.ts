import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { broken } from "../../fixtures/faults.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

/** Settings change while the queue of the recounts is out of order. */

let test: ApiCloud;
let api: ApiClient;
let isBroken: (text: string) => boolean = () => false;
/** What went into the queue, as it was sent. */
let sent: string[] = [];

function intercept(call: ServiceCall): Verdict {
  if (call.service !== "sqs" || call.functionName !== "manage-workspace") return "pass";
  if (isBroken(call.text())) return broken;
  sent.push(call.text());
  return "pass";
}

beforeAll(async () => {
  test = await ApiCloud.start({ intercept });
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
  isBroken = () => false;
  sent = [];
  const [occurredAt, money] = ["2024-05-01T12:00:00Z", { amount: "1.00", currency: "USD" }];
  await api.recordAll("events", [
    { type: "purchase.made", orderId: "1", customerId: "a", occurredAt, money },
  ]);
});

const inactivityDays = 10;
const change = async () => (await api.send("PATCH", "/v1/workspace", { body: { inactivityDays } })).status;
const customers = async () => (await api.total("customers", "2024-05-31", "2024-05-31")).value;

it("a change whose recount cannot be asked for is not made, and sent again it is made and counted", async () => {
  isBroken = () => true;
  expect(await change()).toBe(503);
  expect((await api.get("/v1/workspace")).json).toMatchObject({ inactivityDays: null });
  isBroken = () => false;
  expect(await change()).toBe(200);
  await eventually(customers).toBe(0);
});

it("a change that is made has its recount in the queue already, whatever happens after it", async () => {
  isBroken = (text) => !/"DelaySeconds":[1-9]/.test(text);
  expect(await change()).toBe(503);
  expect((await api.get("/v1/workspace")).json).toMatchObject({ inactivityDays });
  expect(sent.some((text) => text.includes(api.workspace))).toBe(true);
});
