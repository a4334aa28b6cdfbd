import { afterAll, beforeAll, expect, it } from "vitest";
import { dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Customers are clusters: the hourly run measures on closed days how much their orders and answers resemble each other. */

let test: ApiCloud;

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
});
afterAll(() => test?.end());

const days = 20;

/** Orders of some customers, each at a level of its own, spread over the days. */
function orders(customers: number, each: number, levelOf: (customer: number) => number): object[] {
  return Array.from({ length: customers * each }, (_, index) => {
    const customer = Math.floor(index / each);
    return {
      ...{ id: `o-${index}`, type: "purchase.made", orderId: `o-${index}`, customerId: `c-${customer}` },
      occurredAt: `${dayBefore(1 + (index % days))}T12:00:00Z`,
      money: { amount: (levelOf(customer) + (index % 3)).toFixed(2), currency: "USD" },
    };
  });
}

interface Answer {
  readonly series: readonly {
    readonly low: string;
    readonly high: string;
    readonly n: number;
    readonly lowSample: boolean;
    readonly method?: string;
    readonly remarks?: readonly string[];
  }[];
}

async function ask(api: Awaited<ReturnType<ApiCloud["workspace"]>>, metric: string) {
  const { json } = await api.get<Answer>(`/v1/metrics/${metric}?from=${dayBefore(days)}&to=${dayBefore(1)}`);
  const [entry] = json.series;
  if (!entry) throw new Error("one interval has one entry");
  return { ...entry, width: Number(entry.high) - Number(entry.low) };
}

it("an average order value is as uncertain as its customers make it, and says so", async () => {
  const api = await test.workspace({}, days);
  await api.recordAll(
    "events",
    orders(60, 5, (customer) => 20 + (customer % 20)),
  );
  const before = await ask(api, "average-order-value");
  await test.hour();
  const after = await ask(api, "average-order-value");
  expect([before.method, after.method]).toEqual([undefined, "by-customer"]);
  // Of 300 orders 60 customers are left: the interval is √5 times as wide.
  expect(after.width / before.width).toBeGreaterThan(2.1);
  expect(after.width / before.width).toBeLessThan(2.5);
  expect([after.n, after.lowSample]).toEqual([300, false]);
});

it("where few customers decide, there are too few, however many orders", async () => {
  const api = await test.workspace({}, days);
  await api.recordAll(
    "events",
    orders(40, 10, (customer) => (customer < 3 ? 5_000 * 4 ** customer : 20)),
  );
  await test.hour();
  const { n, lowSample, remarks } = await ask(api, "average-order-value");
  expect([n, lowSample]).toEqual([400, true]);
  expect(remarks).toEqual([expect.stringContaining("too few customers for how much they differ")]);
});

it("answers of a few customers who answer often are as many as the customers", async () => {
  const api = await test.workspace({}, days);
  const answers = Array.from({ length: 100 }, (_, index) => ({
    ...{ id: `a-${index}`, survey: "nps", score: index % 10 < 7 ? 10 : 3, customerId: `c-${index % 10}` },
    occurredAt: `${dayBefore(1 + (Math.floor(index / 10) % days))}T12:00:00Z`,
  }));
  await api.recordAll("responses", answers);
  await test.hour();
  const { n, lowSample, method } = await ask(api, "nps");
  expect({ n, lowSample, method }).toEqual({ n: 100, lowSample: true, method: "by-customer" });
});

it("the touchpoints for a purchase are as uncertain as the customers who were in touch make them", async () => {
  const api = await test.workspace({}, days);
  const purchases = orders(60, 5, () => 20);
  const touched = Array.from({ length: 60 }, (_, customer) =>
    ["app", "shop", "mail", "web", "chat"].slice(0, 1 + 2 * (customer % 3)).map((touchpoint) => ({
      ...{ id: `t-${customer}-${touchpoint}`, type: "interaction.made", touchpoint },
      ...{ customerId: `c-${customer}`, occurredAt: `${dayBefore(days)}T01:00:00Z` },
    })),
  ).flat();
  await api.recordAll("events", [...purchases, ...touched]);
  const before = await ask(api, "touchpoints-per-purchase");
  await test.hour();
  const after = await ask(api, "touchpoints-per-purchase");
  expect([before.method, after.method]).toEqual([undefined, "by-customer"]);
  expect([before.n, after.n, after.lowSample]).toEqual([300, 300, false]);
  expect(after.width / before.width).toBeGreaterThan(1.8);
});

it("what is kept names nobody", async () => {
  const api = await test.workspace({}, days);
  await api.recordAll(
    "events",
    orders(30, 2, (customer) => 20 + customer),
  );
  await test.hour();
  const { json } = await api.get("/v1/workspace");
  expect(JSON.stringify(json)).not.toContain("c-1");
});
