import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { refused } from "../../fixtures/faults.ts";

/** Recounts after a change of settings whose jobs are lost or given up. */

let test: ApiCloud;
let api: ApiClient;
/** Nothing of the recounts' function gets through. */
let isOutOfOrder = false;
/** How many entities are read before that. */
let readsLeft = Number.POSITIVE_INFINITY;

function intercept(call: ServiceCall): Verdict {
  if (call.functionName !== "recount-entities") return "pass";
  if (call.text().includes("#E#customer#")) readsLeft -= 1;
  return isOutOfOrder || readsLeft < 0 ? refused : "pass";
}

beforeAll(async () => {
  test = await ApiCloud.start({ intercept, redeliverySeconds: 0 });
});
afterAll(() => test?.end());

const customerCount = 20;

beforeEach(async () => {
  isOutOfOrder = false;
  readsLeft = Number.POSITIVE_INFINITY;
  api = await test.workspace();
  await recordCustomers(customerCount);
});

/** So many customers with a purchase each, numbered from `first`. */
async function recordCustomers(count: number, first = 0): Promise<void> {
  const [occurredAt, money] = ["2024-06-15T12:00:00Z", { amount: "1.00", currency: "USD" }];
  const purchases = Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return { type: "purchase.made", orderId: `o${number}`, customerId: `c${number}`, occurredAt, money };
  });
  await api.recordAll("events", purchases);
}

const change = async (body: object = { inactivityDays: 30 }) =>
  (await api.send("PATCH", "/v1/workspace", { body })).status;
const customers = async () => (await api.total("customers", "2024-08-31", "2024-08-31")).value;
const recount = async () => (await api.get<{ recount: object }>("/v1/workspace")).json.recount;
const reconcile = async (repair: boolean) => {
  const body = { from: "2024-06-15", to: "2024-06-15", repair };
  const { status, json } = await api.post<Record<string, unknown>>("/v1/reconciliation", body);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
};

/** Changes the settings while nothing can be counted again, until every job of it has been given up. */
async function changeInVain(): Promise<void> {
  isOutOfOrder = true;
  expect(await change()).toBe(200);
  await test.cloud.idle();
  expect(await customers()).toBe(customerCount);
  isOutOfOrder = false;
}

describe("a recount whose jobs were given up", () => {
  it("is owed until the hourly run has begun it again and it has ended", async () => {
    expect(await recount()).toEqual({ state: "complete", since: null, entities: [] });
    await changeInVain();
    expect(await recount()).toMatchObject({
      state: "running",
      since: expect.any(String),
      entities: ["customer"],
    });
    await test.hour();
    expect(await customers()).toBe(0);
    expect(await recount()).toEqual({ state: "complete", since: null, entities: [] });
  });

  it("ends as well after it has been stopped half-way", async () => {
    // With those that are there, more than a page.
    await recordCustomers(200, customerCount);
    readsLeft = 210;
    expect(await change()).toBe(200);
    await test.cloud.idle();
    expect(await customers()).toBeGreaterThan(0);
    readsLeft = Number.POSITIVE_INFINITY;
    await test.hour();
    expect(await customers()).toBe(0);
    expect(await recount()).toMatchObject({ state: "complete" });
  });

  it("is begun again by the same change", async () => {
    await changeInVain();
    expect(await change()).toBe(200);
    await test.cloud.idle();
    expect(await customers()).toBe(0);
    expect(await recount()).toMatchObject({ state: "complete" });
  });

  it("is begun again after the local cloud has been ended in its middle", async () => {
    isOutOfOrder = true;
    expect(await change()).toBe(200);
    await test.restart();
    api = new ApiClient(test.cloud.url, api.key, api.workspace);
    isOutOfOrder = false;
    await test.hour();
    expect(await customers()).toBe(0);
    expect(await recount()).toMatchObject({ state: "complete" });
  });

  it("shows in a reconciliation, which makes up for it on request", async () => {
    await changeInVain();
    const found = await reconcile(false);
    expect(found).toMatchObject({
      differences: [],
      histories: [],
      outdatedTotal: customerCount,
      repaired: 0,
    });
    expect(found["outdated"]).toContainEqual({ entity: "customer", id: "c0" });
    expect(await customers()).toBe(customerCount);
    expect(await reconcile(true)).toMatchObject({ outdatedTotal: customerCount, repaired: customerCount });
    expect(await customers()).toBe(0);
    expect(await reconcile(false)).toMatchObject({ differences: [], outdatedTotal: 0, repaired: 0 });
  });
});

describe("a recount that is owed", () => {
  it("is not taken for done when the settings change again in its middle", async () => {
    await changeInVain();
    expect(await change({ inactivityDays: 10 })).toBe(200);
    await test.cloud.idle();
    expect(await recount()).toMatchObject({ state: "complete" });
    expect((await api.total("customers", "2024-06-25", "2024-06-25")).value).toBe(0);
  });

  it("is none where a change is about other things", async () => {
    expect(await change({ currency: "EUR" })).toBe(200);
    expect(await recount()).toMatchObject({ state: "complete" });
  });
});
