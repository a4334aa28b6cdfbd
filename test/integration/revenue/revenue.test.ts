import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { shuffled } from "../../fixtures/histories.ts";
import { storedItems } from "../../fixtures/stored.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";
import { customerOf, differencesOf, erase } from "../customers/customers.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

let made = 0;
const at = (day: string, type: string, more: Readonly<Record<string, unknown>>) => {
  made += 1;
  return { id: `e-${made}`, type, occurredAt: `${day}T12:00:00Z`, ...more };
};
const usd = (amount: string) => ({ amount, currency: "USD" });
const from = (channel: string) => ({ dimensions: { channel } });

/** Two customers came from the web, one by anna's code; one from the shop. */
function facts() {
  return [
    at("2026-01-10", "customer.joined", { customerId: "anna", ...from("shop") }),
    at("2026-03-02", "spend.recorded", { money: usd("60.00"), ...from("web") }),
    at("2026-03-03", "spend.recorded", { money: usd("40.00"), ...from("shop") }),
    at("2026-03-04", "referral.sent", { customerId: "anna", code: "A-1", ...from("web") }),
    at("2026-03-05", "customer.joined", { customerId: "ben", ...from("web") }),
    at("2026-03-06", "referral.converted", { customerId: "ben", code: "A-1" }),
    at("2026-03-07", "purchase.made", {
      ...{ customerId: "carl", orderId: "1", money: usd("10.00"), ...from("web") },
    }),
    at("2026-03-17", "purchase.made", {
      ...{ customerId: "carl", orderId: "2", money: usd("10.00"), ...from("shop") },
    }),
    at("2026-03-08", "purchase.made", {
      ...{ customerId: "dora", orderId: "3", money: usd("10.00"), ...from("shop") },
    }),
    ...["app", "shop", "mail", "phone", "phone"].map((touchpoint) =>
      at("2026-03-10", "interaction.made", { customerId: "ben", touchpoint }),
    ),
  ];
}

const march = ["2026-03-01", "2026-03-31"] as const;

describe("customers and revenue", () => {
  it("are measured from facts in any order, in total and by channel", async () => {
    await api.recordAll("events", shuffled(seededRandom(11), facts()));
    const cost = await api.total("acquisition-cost", ...march);
    expect(Number(cost.value)).toBeCloseTo(100 / 3, 9);
    const { json } = await api.get<{ series: { group: string; value: string; n: number }[] }>(
      "/v1/metrics/acquisition-cost?from=2026-03-01&to=2026-03-31&groupBy=channel",
    );
    expect(json.series.map(({ group, value, n }) => ({ group, value, n }))).toEqual([
      { group: "web", value: "30", n: 2 },
      { group: "shop", value: "40", n: 1 },
    ]);
    expect(await api.total("referral-rate", ...march)).toMatchObject({
      value: 100 / 3,
      n: 3,
      components: { referrers: 1, activeCustomers: 4, referrerShare: 25, codesSent: 1, codesConverted: 1 },
    });
    expect(await api.total("loyalty", ...march)).toMatchObject({
      value: 2,
      n: 1,
      components: { meanDaysBetween: 10 },
    });
    expect(await api.total("engagement", ...march)).toMatchObject({
      value: 25,
      n: 4,
      components: { interactionsPerEngaged: 5, touchpointsPerEngaged: 4 },
    });
    expect(await api.total("engagement", "2026-04-08", "2026-04-08")).toMatchObject({ value: 25 });
    expect(await api.total("engagement", "2026-04-09", "2026-04-09")).toMatchObject({ value: 0 });
    expect(await differencesOf(api, "2026-01-01", "2026-04-30")).toBe(0);
  });

  it("change on the days concerned when a fact is told of late", async () => {
    await api.recordAll("events", facts());
    await api.recordAll("events", [
      at("2026-03-12", "purchase.made", { customerId: "carl", orderId: "4", money: usd("1.00") }),
      at("2026-03-01", "interaction.made", { customerId: "anna", touchpoint: "app" }),
      at("2026-02-28", "spend.recorded", { money: usd("5.00") }),
    ]);
    expect(await api.total("loyalty", ...march)).toMatchObject({
      value: 3,
      components: { purchases: 3, repeatPurchases: 2, meanDaysBetween: 5 },
    });
    const days = await api.series("loyalty", "from=2026-03-12&to=2026-03-17&interval=day");
    expect(days.map(({ value, components }) => [value, components["meanDaysBetween"]])).toEqual([
      [2, 5],
      ...Array(4).fill([2, null]),
      [3, 5],
    ]);
    expect((await api.total("acquisition-cost", "2026-02-28", "2026-03-31")).components["spent"]).toBe(
      "105.00",
    );
    expect(await differencesOf(api, "2026-01-01", "2026-04-30")).toBe(0);
  });

  it("are counted again when the workspace says what engaged means", async () => {
    await api.recordAll("events", facts());
    const { json } = await api.send<{ effects: string[] }>("PATCH", "/v1/workspace", {
      body: { engagedTouchpoints: 5 },
    });
    expect(json.effects).toEqual([expect.stringContaining("engagedTouchpoints: takes effect for all days")]);
    await expect
      .poll(async () => (await api.total("engagement", ...march)).value, { timeout: 60_000 })
      .toBe(0);
    expect(await customerOf(api, "ben")).toMatchObject({ referred: true, referralsSent: 0 });
  });

  it("have a balance also where all of a year's changes cancel out", async () => {
    // Engaged from 10 to 20 December alone: the loss is counted ahead, in the same step as the interaction.
    await api.send("PATCH", "/v1/workspace", { body: { engagedTouchpoints: 1 } });
    await api.recordAll("events", [
      at("2024-11-01", "customer.joined", { customerId: "c" }),
      at("2024-12-20", "customer.left", { customerId: "c" }),
    ]);
    await api.recordAll("events", [
      at("2024-12-10", "interaction.made", { customerId: "c", touchpoint: "app" }),
    ]);
    const days = await api.series("engagement", "from=2024-12-19&to=2025-01-10&interval=day");
    expect(days.map(({ components }) => components["engaged"])).toEqual([1, ...Array(22).fill(0)]);
  });

  it("stay when a person is erased, and nothing names the person any more", async () => {
    await api.recordAll("events", facts());
    const all = () =>
      Promise.all(
        ["acquisition-cost", "referral-rate", "loyalty", "engagement"].map((id) => api.total(id, ...march)),
      );
    const before = await all();
    expect(await erase(api, "anna")).toMatchObject({ customer: true, facts: 2 });
    expect(await erase(api, "ben")).toMatchObject({ customer: true, facts: 7 });
    expect(await all()).toEqual(before);
    for (const item of await storedItems(test.cloud, api.workspace)) expect(item).not.toMatch(/anna|ben/);
    expect(await differencesOf(api, "2026-01-01", "2026-04-30")).toBe(0);
  });

  it("show where a customer interacted, and answer CSV by channel", async () => {
    await api.recordAll("events", facts());
    const { items } = await customerOf(api, "ben");
    expect(items).toContainEqual(expect.objectContaining({ type: "interaction.made", touchpoint: "phone" }));
    const path = "/v1/metrics/referral-rate?from=2026-03-01&to=2026-03-31&groupBy=channel";
    const [header = "", ...rows] = (await api.csv(path)).text.trim().split("\r\n");
    expect(header).toContain("components.referrerShare");
    expect(rows).toHaveLength(2);
  });
});
