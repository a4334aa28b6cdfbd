import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Days in time zones, customers and money; every number here is computed by hand. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
  await api.recordAll("events", events());
});
afterAll(() => test?.end());

/**
 * Four customers in December. In January c1 leaves, c2 leaves, comes back and leaves again, c5 joins and leaves, and
 * c7 and c8 join.
 */
function events() {
  const step = (type: string, day: string, customerId: string) => ({
    type: `customer.${type}`,
    customerId,
    occurredAt: `${day}T12:00:00Z`,
  });
  const pay = (type: string, day: string, customerId: string, amount: string, currency = "USD") => ({
    ...{
      type: `purchase.${type}`,
      orderId: `${customerId}-${day}`,
      customerId,
      occurredAt: `${day}T15:00:00Z`,
    },
    money: { amount, currency },
  });
  return [
    ...["c1", "c2", "c3", "c4"].map((customer) => step("joined", "2023-12-10", customer)),
    step("left", "2024-01-05", "c1"),
    ...["c7", "c8"].map((customer) => step("joined", "2024-01-15", customer)),
    step("joined", "2024-01-20", "c5"),
    step("left", "2024-01-25", "c5"),
    step("left", "2024-01-28", "c2"),
    step("returned", "2024-01-29", "c2"),
    step("left", "2024-01-30", "c2"),
    pay("made", "2024-01-10", "c3", "10.00"),
    pay("made", "2024-01-12", "c3", "20.10"),
    pay("made", "2024-02-05", "c4", "30.20"),
    pay("refunded", "2024-02-06", "c4", "5.05"),
    pay("made", "2024-02-07", "c3", "7.00", "EUR"),
    pay("made", "2024-02-08", "c3", "150", "JPY"),
  ];
}

const january = ["2024-01-01", "2024-01-31"] as const;
const february = ["2024-02-01", "2024-02-29"] as const;

describe("customers", () => {
  it("add up: start + new + returned − lost = end, from interval to interval", async () => {
    const series = await api.series("customers", "from=2023-12-01&to=2024-02-29&interval=month");
    expect(series.map(({ value, components }) => ({ value, ...components }))).toEqual([
      { value: 4, start: 0, new: 4, returned: 0, lost: 0, end: 4 },
      { value: 4, start: 4, new: 3, returned: 1, lost: 4, end: 4 },
      { value: 4, start: 4, new: 0, returned: 0, lost: 0, end: 4 },
    ]);
  });

  it.each([
    // Of 4 at the start c1 and c2 were lost; c2 counts once, c5 not at all.
    ["", 50, 4, "exact"],
    ["&convention=cohort", 50, 4, "exact"],
    // (4 − 4)/4
    ["&convention=net", 0, 4, "net"],
    // 4 losses of any kind for 4 at the start
    ["&convention=baremetrics", 100, 4, "baremetrics"],
    // 4 losses for 4 at the start and 3 new ones
    ["&convention=stripe", 400 / 7, 7, "stripe"],
  ])("churn in January%s", async (query, value, n, method) => {
    const entry = await api.total("churn-rate", ...january, `&interval=month${query}`);
    expect(entry).toMatchObject({ value: expect.closeTo(value, 9), n, method });
    expect(entry.components).toMatchObject({ start: 4, new: 3, returned: 1, lost: 4, end: 4 });
  });

  it("churn has Wilson's interval, and retention is exactly what it leaves", async () => {
    const churn = await api.total("churn-rate", ...january, "&interval=month");
    const retention = await api.total("retention-rate", ...january, "&interval=month");
    expect(churn).toMatchObject({ low: expect.closeTo(15.003899, 5), high: expect.closeTo(84.996101, 5) });
    expect(retention).toMatchObject({
      value: 50,
      low: 100 - Number(churn.high),
      high: 100 - Number(churn.low),
    });
  });

  it("churn of days that are no calendar interval is compounded, and says so", async () => {
    // 1 of 4, 1 of 6, 1 of 5 and 1 of 5: 1 − ¾·⅚·⅘·⅘
    expect(await api.total("churn-rate", "2024-01-01", "2024-01-30")).toMatchObject({
      value: expect.closeTo(60, 9),
      method: "compounded",
    });
  });

  it("churn without anybody to lose is null", async () => {
    expect(await api.total("churn-rate", "2023-11-01", "2023-11-30")).toMatchObject({ value: null, n: 0 });
  });

  it("who bought again is counted to date", async () => {
    const series = await api.series("repeat-purchase-rate", "from=2024-01-01&to=2024-02-29&interval=month");
    expect(series).toMatchObject([
      { value: 100, n: 1, components: { buyers: 1, repeatBuyers: 1 } },
      { value: 50, n: 2, components: { buyers: 2, repeatBuyers: 1 } },
    ]);
  });
});

describe("money", () => {
  it("is a decimal string, exact, with refunds on their own day", async () => {
    const series = await api.series("sales", "from=2024-01-01&to=2024-02-29&interval=month");
    expect(series.map(({ value, n }) => [value, n])).toEqual([
      ["30.10", 2],
      ["25.15", 1],
    ]);
    expect(series[1]?.components).toEqual({ orders: 1, revenue: "30.20", refunds: 1, refunded: "5.05" });
    expect(await api.total("sales", "2024-02-06", "2024-02-06")).toMatchObject({ value: "-5.05", n: 0 });
  });

  it("of another currency is a series of its own, with that currency's decimals", async () => {
    expect(await api.total("sales", ...february, "&currency=EUR")).toMatchObject({ value: "7.00", n: 1 });
    expect(await api.total("sales", ...february, "&currency=JPY")).toMatchObject({ value: "150", n: 1 });
    expect(await api.total("sales", ...february, "&currency=CHF")).toMatchObject({ value: "0.00", n: 0 });
  });

  it("on average is the revenue before refunds for each order", async () => {
    const series = await api.series("average-order-value", "from=2024-01-01&to=2024-02-29&interval=month");
    expect(series.map(({ value, n }) => [value, n])).toEqual([
      ["15.05", 2],
      ["30.2", 1],
    ]);
  });

  it("over a customer's life is revenue for each active customer, times 1/churn", async () => {
    const [first, second] = await api.series("clv", "from=2024-01-01&to=2024-02-29&interval=month");
    // 30.10 / ((4 + 4)/2) · 1/0.5
    expect(first).toMatchObject({
      value: "15.05",
      components: { churn: 0.5, orders: 2, purchaseFrequency: 0.5 },
    });
    // Nobody was lost in February: no lifespan, so no value but the capped one.
    expect(second).toMatchObject({
      value: null,
      components: { churn: 0, cappedValue: expect.stringMatching(/^\d+\.\d+$/) },
    });
  });
});

describe("days", () => {
  const hourly = (from: string, hours: number) =>
    Array.from({ length: hours }, (_, hour) => ({
      survey: "nps",
      score: 9,
      occurredAt: new Date(Date.parse(from) + hour * 3_600_000).toISOString(),
    }));

  it.each([
    // From 00:00 UTC, 01:00 in Berlin; the clocks go forward on 31 March, and back on 27 October.
    ["forward", "2024-03-30", "2024-04-02", [23, 23, 24, 2]],
    ["back", "2024-10-26", "2024-10-29", [22, 25, 24, 1]],
  ])("around the night in which clocks go %s have every fact once", async (_name, from, to, counts) => {
    const berlin = await test.workspace({ timeZone: "Europe/Berlin" });
    await berlin.recordAll("responses", hourly(`${from}T00:00:00Z`, 72));
    const series = await berlin.series("nps", `from=${from}&to=${to}&interval=day`);
    expect(series.map(({ n }) => n)).toEqual(counts);
    expect((await berlin.total("nps", from, to)).n).toBe(72);
  });

  it.each([
    ["Pacific/Kiritimati", "2024-05-02", "2024-05-03"],
    ["Pacific/Pago_Pago", "2024-05-01", "2024-05-02"],
    ["Asia/Kathmandu", "2024-05-02", "2024-05-02"],
  ])("begin and end in %s", async (timeZone, before, after) => {
    const own = await test.workspace({ timeZone });
    const at = (occurredAt: string, score: number) => ({ survey: "nps", score, occurredAt });
    // In Pago Pago midnight is at 11:00 UTC, in Kiritimati at 10:00.
    const late = timeZone === "Pacific/Kiritimati" ? "2024-05-02T09:59:59.999Z" : "2024-05-02T10:59:59.999Z";
    await own.recordAll("responses", [at(late, 0), at("2024-05-02T11:00:00Z", 10)]);
    const series = await own.series("nps", "from=2024-05-01&to=2024-05-03&interval=day");
    const daysOf = (kind: string) =>
      series.filter(({ components }) => components[kind] === 1).map(({ from }) => from);
    expect([daysOf("detractors"), daysOf("promoters")]).toEqual([[before], [after]]);
  });

  it.each([
    // In São Paulo 4 November 2018 began at 01:00, and 17 February 2018 had its last hour twice.
    ["America/Sao_Paulo", "2018-11-03", "2018-11-06", "2018-11-03T03:00:00Z", [24, 23, 24, 1]],
    ["America/Sao_Paulo", "2018-02-17", "2018-02-20", "2018-02-17T02:00:00Z", [25, 24, 23, 0]],
    // Half an hour off, and a leap day.
    ["Asia/Kolkata", "2024-02-28", "2024-03-02", "2024-02-27T18:30:00Z", [24, 24, 24, 0]],
  ])("in %s from %s on have every hour once", async (timeZone, from, to, start, counts) => {
    const own = await test.workspace({ timeZone });
    await own.recordAll("responses", hourly(start, 72));
    const series = await own.series("nps", `from=${from}&to=${to}&interval=day`);
    expect(series.map(({ n }) => n)).toEqual(counts);
  });

  it("have their last millisecond, and the ISO week over New Year has the days of both years", async () => {
    const own = await test.workspace();
    const instants = [
      ...["2024-12-29T23:59:59.999Z", "2024-12-30T00:00:00.000Z", "2024-12-31T23:59:59.999Z"],
      ...["2025-01-01T00:00:00.000Z", "2025-01-05T23:59:59.999Z", "2025-01-06T00:00:00.000Z"],
    ];
    const facts = instants.map((occurredAt) => ({ survey: "nps", score: 9, occurredAt }));
    await own.recordAll("responses", facts);
    const counts = async (interval: string) => {
      const series = await own.series("nps", `from=2024-12-23&to=2025-01-12&interval=${interval}`);
      return series.filter(({ n }) => n > 0).map(({ from, to, n }) => [from, to, n]);
    };
    expect(await counts("week")).toEqual([
      ["2024-12-23", "2024-12-29", 1],
      ["2024-12-30", "2025-01-05", 4],
      ["2025-01-06", "2025-01-12", 1],
    ]);
    expect(await counts("year")).toEqual([
      ["2024-12-23", "2024-12-31", 3],
      ["2025-01-01", "2025-01-12", 3],
    ]);
    expect((await counts("day")).map(([day]) => day)).toEqual([
      ...["2024-12-29", "2024-12-30", "2024-12-31", "2025-01-01", "2025-01-05", "2025-01-06"],
    ]);
  });

  it("are those on which facts happened, whatever their offset and whenever they arrive", async () => {
    const own = await test.workspace();
    const at = (occurredAt: string) => ({ survey: "nps", score: 9, occurredAt });
    await own.recordAll("responses", [
      at("2024-05-02T23:30:00-02:00"),
      at("2024-05-02T01:00:00+02:00"),
      at("2024-05-02T12:00:00Z"),
    ]);
    const series = await own.series("nps", "from=2024-05-01&to=2024-05-03&interval=day");
    expect(series.map(({ n }) => n)).toEqual([1, 1, 1]);
    expect((await own.total("nps", dayBefore(5), dayBefore(0))).n).toBe(0);
  });

  it("before 2000 in the workspace's own time zone are refused", async () => {
    const own = await test.workspace({ timeZone: "America/New_York" });
    const at = (occurredAt: string) => own.post("/v1/responses", { survey: "nps", score: 9, occurredAt });
    // Midnight in New York is at 05:00 UTC.
    expect((await at("2000-01-01T04:59:59Z")).status).toBe(422);
    expect((await at("2000-01-01T05:00:00Z")).status).toBe(201);
  });
});
