import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient } from "../fixtures/api-client.ts";
import { CustomerRecount, dayNumberOf } from "./customers-recount.ts";
import { Bench, dataSet, type Imported } from "./support.ts";

const data = dataSet("online-retail", "orders.csv", "online-retail.json");
const span = "from=2010-12-01&to=2011-12-09";
const inactivityDays = 90;

/** As many days as one request takes. */
const quarters = [
  ["2010-12-01", "2011-02-28"],
  ["2011-03-01", "2011-05-31"],
  ["2011-06-01", "2011-08-31"],
  ["2011-09-01", "2011-11-30"],
  ["2011-12-01", "2011-12-09"],
] as const;

interface Figures {
  readonly orders: number;
  readonly revenue: string;
  readonly refunds: number;
  readonly refunded: string;
  readonly sales: string;
  readonly averageOrderValue: number;
}

interface Expected {
  readonly total: Figures & {
    readonly customers: number;
    readonly repeatCustomers: number;
    readonly repeatPurchaseRate: number;
  };
  readonly months: Readonly<Record<string, Figures & { readonly newCustomers: number }>>;
}

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

const rangeOf = (month: string) => `from=${month}-01&to=${lastDayOf(month)}`;

describe.skipIf(!data.isThere)(`the invoices of an online shop${data.remark}`, () => {
  let bench: Bench;
  let imported: Imported;
  let expected: Expected;
  let recount: CustomerRecount;
  let orders: Map<string, { count: number; pence: number }>;

  beforeAll(async () => {
    expected = data.expected() as Expected;
    const sales = data.rows().filter(({ kind, amount_gbp }) => kind === "sale" && Number(amount_gbp) > 0);
    recount = new CustomerRecount(
      sales
        .filter(({ customer_id }) => customer_id)
        .map(({ customer_id = "", ordered_at = "" }) => ({
          customer: customer_id,
          day: dayNumberOf(ordered_at),
        })),
      inactivityDays,
    );
    orders = new Map();
    for (const { ordered_at = "", amount_gbp } of sales) {
      const { count, pence } = orders.get(ordered_at.slice(0, 7)) ?? { count: 0, pence: 0 };
      const more = Math.round(Number(amount_gbp) * 100);
      orders.set(ordered_at.slice(0, 7), { count: count + 1, pence: pence + more });
    }
    bench = await Bench.start();
    await bench.call("PATCH", "/v1/workspace", {
      ...{ currency: "GBP", inactivityDays, trackedDimensions: ["country"] },
    });
    imported = await bench.import(data);
  });

  afterAll(() => bench?.stop());

  it("are all recorded", () => {
    expect(imported).toMatchObject({
      code: 0,
      outcomes: {
        recorded: expected.total.orders + expected.total.refunds,
        duplicate: 0,
        conflict: 0,
        invalid: 0,
      },
    });
    console.info(imported.out);
  });

  it("give the orders, sales, refunds and average order value of the whole time", async () => {
    const { orders: count, revenue, refunds, refunded, sales, averageOrderValue } = expected.total;
    expect(await bench.total("sales", span)).toMatchObject({
      value: sales,
      components: { orders: count, revenue, refunds, refunded },
    });
    const { value } = await bench.total("average-order-value", span);
    expect(Number(value)).toBeCloseTo(averageOrderValue, 6);
  });

  it("give the same of each month, and the customers who are new in it", async () => {
    for (const [month, figures] of Object.entries(expected.months)) {
      const { orders: count, revenue, refunds, refunded, sales } = figures;
      expect(await bench.total("sales", rangeOf(month)), month).toMatchObject({
        value: sales,
        components: { orders: count, revenue, refunds, refunded },
      });
      const order = await bench.total("average-order-value", rangeOf(month));
      expect(Number(order.value), month).toBeCloseTo(figures.averageOrderValue, 6);
      const customers = await bench.total("customers", rangeOf(month));
      expect(customers.components["new"], month).toBe(figures.newCustomers);
    }
  });

  it("give the customers and the repeat purchase rate", async () => {
    const { customers, repeatCustomers, repeatPurchaseRate } = expected.total;
    expect((await bench.total("customers", span)).components["new"]).toBe(customers);
    const rate = await bench.total("repeat-purchase-rate", span);
    expect(rate).toMatchObject({
      n: customers,
      components: { buyers: customers, repeatBuyers: repeatCustomers },
    });
    expect(Number(rate.value)).toBeCloseTo(repeatPurchaseRate, 6);
  });

  it("give the churn of each month and year as a recount of the rows does", async () => {
    const months = await bench.series("churn-rate", "from=2010-12-01&to=2012-03-31&interval=month");
    expect(months).toHaveLength(16);
    const years = await bench.series("churn-rate", "from=2011-01-01&to=2012-12-31&interval=year");
    for (const { from, to, value, n, method } of [...months, ...years]) {
      const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
      const start = recount.activeAtStartOf(first);
      const lost = recount.lostOfStart(first, last);
      expect({ from, n, method }).toEqual({ from, n: start, method: "exact" });
      if (start === 0) expect(value, from).toBeNull();
      else expect(Number(value), from).toBeCloseTo((100 * lost) / start, 9);
    }
    // Not a comparison of nothing with nothing.
    expect(months.filter(({ value }) => Number(value) > 0).length).toBeGreaterThan(8);
  });

  it("give the compounded churn of any other range as a recount of the rows does", async () => {
    for (const [from, to] of [
      ["2011-03-05", "2011-05-17"],
      ["2010-12-10", "2011-12-09"],
    ] as const) {
      const { value, method } = await bench.total("churn-rate", `from=${from}&to=${to}`);
      const churn = recount.compoundedChurn(dayNumberOf(from), dayNumberOf(to));
      expect(method).toBe("compounded");
      expect(Number(value)).toBeCloseTo(100 * Number(churn), 9);
    }
  });

  it("give the customer lifetime value of each month as a recount of the rows does", async () => {
    for (const { from, to, value } of await bench.series(
      "clv",
      "from=2011-03-01&to=2011-11-30&interval=month",
    )) {
      const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
      const [start, end] = [recount.activeAtStartOf(first), recount.activeAtStartOf(last + 1)];
      const { count, pence } = orders.get(from.slice(0, 7)) ?? { count: 0, pence: 0 };
      const frequency = count / ((start + end) / 2);
      const lifespan = start / recount.lostOfStart(first, last);
      const clv = (pence / 100 / count) * frequency * lifespan;
      expect(Number(value) / clv, from).toBeCloseTo(1, 9);
    }
  });

  it("are snapshotted as the metrics say", async () => {
    const range = { from: "2011-11-01", to: "2011-11-07" };
    const taken = await bench.call<{ taken: number }>("POST", "/v1/snapshots", range);
    expect(taken.taken).toBeGreaterThan(0);
    const query = `from=${range.from}&to=${range.to}`;
    for (const metric of [
      "sales",
      "customers",
      "churn-rate",
      "average-order-value",
      "repeat-purchase-rate",
    ]) {
      const { items } = await bench.get<{ items: { date: string; value: unknown }[] }>(
        `/v1/snapshots?${query}&metric=${metric}`,
      );
      const days = await bench.series(metric, `${query}&interval=day`);
      expect(items.map(({ date, value }) => [date, value])).toEqual(
        days.map(({ from, value }) => [from, value]),
      );
    }
  });

  it("counted again differ nowhere from the counters, nor the customers' histories", async () => {
    const { orders: made, refunds } = expected.total;
    expect(await bench.reconcile("2010-12-01", "2011-12-31", 62)).toBe(made + refunds);
  });

  it("imported again are all duplicates, and no number changes", async () => {
    const queries = [
      "sales",
      "average-order-value",
      "customers",
      "churn-rate",
      "repeat-purchase-rate",
      "clv",
    ].map((metric) => `/v1/metrics/${metric}?from=2010-12-01&to=2012-04-30&interval=day`);
    const answers = () => Promise.all(queries.map((query) => bench.get(query)));
    const before = await answers();
    const again = await bench.import(data);
    expect(again).toMatchObject({
      code: 0,
      outcomes: { recorded: 0, duplicate: imported.outcomes["recorded"], conflict: 0, invalid: 0 },
    });
    expect(await answers()).toEqual(before);
  });

  it("say too little of how customers leave to predict them: the prediction, the list of predictions and the metric say so", async () => {
    const api = new ApiClient(bench.cloud.url, bench.cloud.apiKey, "default");
    // With them come the files of these days, from which so many customers are read.
    for (const [from, to] of quarters) await api.takeSnapshots({ from, to });
    const why = expect.stringContaining("do not say how customers leave");
    const refused = {
      ...{ buying: null, spending: null, expected: null, reason: why, holdout: null, holdoutReason: why },
      ...{ taken: "purchases", contracts: null, contractsReason: expect.stringContaining("have left") },
    };
    const { customers } = expected.total;
    const made = await api.send("POST", "/v1/predictions", { body: { through: "2011-12-09" } });
    expect([made.status, made.json]).toMatchObject([201, { ...refused, customers, through: "2011-12-09" }]);
    // A time in the middle says as little.
    const earlier = await api.send("POST", "/v1/predictions", { body: { through: "2011-08-31" } });
    expect([earlier.status, earlier.json]).toMatchObject([201, refused]);
    const { items } = await bench.get<{ items: object[] }>("/v1/predictions");
    expect(items).toEqual([made.json, earlier.json]);
    const said = await bench.total("clv-predicted", "from=2011-12-10&to=2011-12-10");
    expect(said).toMatchObject({ value: null, n: 0, components: {}, remarks: [why] });
  });
});
