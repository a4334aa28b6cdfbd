import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Which groups are shown: all in which something was counted, whatever the size of their samples. */

let test: ApiCloud;
let api: ApiClient;

const at = (day: string, type: string, channel: string, fields: object = {}) => ({
  ...{ type, occurredAt: `${day}T12:00:00Z`, dimensions: { channel } },
  ...fields,
});
const usd = (amount: string) => ({ money: { amount, currency: "USD" } });
const march = "from=2026-03-01&to=2026-03-31";

/** The groups of a metric by channel: group → value. */
async function groupsOf(metric: string, query: string) {
  const series = await api.series(metric, `${query}&groupBy=channel`);
  return Object.fromEntries(series.map((entry) => [String(Reflect.get(entry, "group")), entry.value]));
}

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
  await api.recordAll("events", [
    at("2026-03-02", "purchase.made", "web", { orderId: "1", ...usd("100.00") }),
    at("2026-03-03", "purchase.refunded", "store", { orderId: "2", ...usd("30.00") }),
    at("2026-03-04", "spend.recorded", "radio", usd("50.00")),
    at("2026-02-01", "customer.joined", "fair", { customerId: "anna" }),
    at("2026-03-10", "customer.left", "fair", { customerId: "anna" }),
    at("2026-03-05", "customer.joined", "web", { customerId: "ben" }),
    at("2026-03-06", "cta.clicked", "mail", { cta: "buy" }),
    at("2026-03-06", "cta.viewed", "web", { cta: "buy" }),
    at("2026-03-07", "referral.sent", "letter", { customerId: "carl", code: "C-1" }),
    at("2025-06-01", "mention.seen", "forum", { sentiment: "neutral" }),
  ]);
});
afterAll(() => test?.end());

it("a group with refunds and no orders is shown, so that the groups add up to the whole", async () => {
  expect(await groupsOf("sales", march)).toEqual({ web: "100.00", store: "-30.00" });
  expect(await groupsOf("sales", `${march}&top=1`)).toEqual({ web: "100.00", "(other)": "-30.00" });
  expect((await api.total("sales", "2026-03-01", "2026-03-31")).value).toBe("70.00");
});

it("a group whose last customer has left is shown with 0, then and later", async () => {
  expect(await groupsOf("customers", march)).toEqual({ web: 1, fair: 0 });
  expect(await groupsOf("customers", "from=2026-05-01&to=2026-05-31")).toEqual({ web: 1, fair: 0 });
  expect(await groupsOf("customers", "from=2026-02-01&to=2026-02-28")).toEqual({ fair: 1 });
});

it("a group without a denominator is shown with null where it has a numerator", async () => {
  expect(await groupsOf("acquisition-cost", march)).toMatchObject({ web: "0", radio: null });
  expect(await groupsOf("cta-engagement", march)).toEqual({ web: 0, mail: null });
  expect(await groupsOf("referral-rate", march)).toMatchObject({ letter: null });
});

it("a group in which nothing was counted in the interval is left out", async () => {
  expect(await groupsOf("sales", "from=2026-04-01&to=2026-04-30")).toEqual({});
  expect(await groupsOf("social-mentions", march)).toEqual({});
  expect(await groupsOf("clv", march)).not.toHaveProperty("forum");
  expect(await groupsOf("nps", march)).toEqual({});
});

it("a group without customers and orders is in the report too", async () => {
  expect((await api.get(`/v1/report?${march}&groupBy=channel`)).text).toContain("store");
});
