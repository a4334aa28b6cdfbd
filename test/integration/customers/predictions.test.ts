import { beforeAll, describe, expect, it } from "vitest";
import { addDays, dayNumber } from "../../../lib/domain/calendar/days.ts";
import { predictionOf, worthTermsOf } from "../../../lib/domain/metrics/lifetime/prediction.ts";
import { buyerOf, type PurchaseDay } from "../../../lib/domain/metrics/lifetime/purchases.ts";
import { expectedWorth } from "../../../lib/domain/metrics/lifetime/worth.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { Simulation } from "../../unit/domain/metrics/lifetime/simulation.ts";

/** Predictions over the API, of customers who buy as the models say. */

interface Entry {
  readonly id: string;
  readonly prediction: {
    readonly pAlive: number;
    readonly orders: number;
    readonly value: { readonly amount: string };
  } | null;
}

interface Rated {
  readonly recency: number;
  readonly frequency: number;
  readonly money: number;
  readonly segment: string;
}

interface Rfm {
  readonly customers: number;
  readonly items: readonly {
    readonly segment: string;
    readonly customers: number;
    readonly before: number;
    readonly won: number;
    readonly entered: number;
    readonly left: number;
  }[];
}

const through = dayBefore(1);
const begin = addDays(through, -279);
const settings = { timeZone: "UTC", currency: "GBP", margin: 0.5, discountRate: 0.1 } as const;

/** 300 customers over 40 weeks, each a list of days and pennies. */
function histories(): PurchaseDay[][] {
  const simulation = new Simulation(3);
  return Array.from({ length: 300 }, (_, n) => {
    const came = n % 70;
    const times = simulation.purchases({ r: 1.5, alpha: 10, a: 0.8, b: 3 }, (279 - came) / 7);
    const rate = simulation.gamma(4, 2_000);
    const days = new Set([came, ...times.map((time) => came + Math.ceil(time * 7))]);
    return [...days]
      .filter((day) => day < 280)
      .map((day) => ({
        day: dayNumber(begin) + day,
        amountMinor: 1 + Math.round(simulation.gamma(5, rate)),
      }));
  });
}

/** In which customers were won, but for each third one. */
const channels = ["web", "shop"];

let test: ApiCloud;
let api: ApiClient;
const bought = histories();

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace(settings, 300);
  const events = bought.flatMap((purchases, customer) =>
    purchases.map(({ day, amountMinor }, index) => ({
      ...{ type: "purchase.made", id: `p-${customer}-${index}`, orderId: `${customer}-${index}` },
      customerId: `c-${customer}`,
      occurredAt: `${addDays(begin, day - dayNumber(begin))}T12:00:00Z`,
      money: { amount: (amountMinor / 100).toFixed(2), currency: "GBP" },
      ...(customer % 3 === 2 ? {} : { dimensions: { channel: channels[customer % 3] } }),
    })),
  );
  for (let start = 0; start < events.length; start += 500) {
    await api.recordAll("events", events.slice(start, start + 500));
  }
  await api.recordAll("events", [
    {
      ...{ type: "purchase.refunded", id: "r-1", customerId: "c-0", occurredAt: `${through}T13:00:00Z` },
      money: { amount: "50.00", currency: "GBP" },
    },
    // Somebody who never bought, and another currency: neither is in it.
    { type: "customer.joined", id: "j-1", customerId: "nobody", occurredAt: `${through}T13:00:00Z` },
    {
      ...{
        type: "purchase.made",
        id: "yen",
        orderId: "yen",
        customerId: "yen",
        occurredAt: `${through}T12:00:00Z`,
      },
      money: { amount: "900", currency: "JPY" },
    },
  ]);
});

/** Who is a champion or loyal on a day, by counting who is below. */
function rfmByHand(day: number): string[] {
  const figures = bought.map((purchases) => [
    purchases.at(-1)?.day ?? 0,
    purchases.length,
    purchases.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  ]);
  const fifth = (index: number, value: number) => {
    const all = figures.map((one) => one[index] ?? 0);
    const [below, equal] = [all.filter((one) => one < value), all.filter((one) => one === value)];
    return 1 + Math.floor((5 * (below.length + equal.length / 2)) / all.length);
  };
  return figures.flatMap(([last = 0, times = 0, spent = 0], customer) => {
    expect(last).toBeLessThanOrEqual(day);
    const [recency, worth] = [fifth(0, last), Math.round((fifth(1, times) + fifth(2, spent)) / 2)];
    const isChosen = recency >= 4 ? worth >= 3 : recency === 3 && worth >= 3;
    return isChosen ? [`c-${customer}`] : [];
  });
}

it("customers are in the list by the segments that have been told apart, also before there is a prediction", async () => {
  const { json: rfm } = await api.get<Rfm>("/v1/rfm");
  expect(rfm.customers).toBe(300);
  for (const { segment, customers } of [rfm.items[0], rfm.items.at(-1)].filter((one) => one !== undefined)) {
    const { json } = await api.get<{ items: { rfm: Rated | null }[]; total: number }>(
      `/v1/customers?rfm=${segment}&limit=1`,
    );
    expect({ segment, total: json.total }).toEqual({ segment, total: customers });
    for (const one of json.items) expect(one.rfm).toMatchObject({ segment, through });
  }
});

describe("a prediction", () => {
  it("is that of the models on the same purchases, and is listed", async () => {
    const { status, json } = await api.send<Record<string, unknown>>("POST", "/v1/predictions", {
      body: { through },
    });
    expect(status, JSON.stringify(json)).toBe(201);
    const spent = bought.flat().reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const expected = predictionOf(bought, dayNumber(through), {
      ...{ through, fittedAt: "", currency: "GBP", months: 12, discountRate: 0.1, margin: 0.5 },
      refunded: 5_000 / spent,
    });
    if ("reason" in expected.model || "reason" in expected.holdout) throw new Error(JSON.stringify(expected));
    expect(json).toMatchObject({
      ...{ through, currency: "GBP", months: 12, discountRate: 0.1, margin: 0.5, customers: 300 },
      refundedShare: expect.closeTo(5_000 / spent, 12),
      buying: { model: "bg-nbd", customers: 300 },
      spending: { model: "gamma-gamma" },
      expected: { customers: 300, orders: expect.closeTo(expected.model.total.orders, 1) },
      holdout: {
        ...{ to: through, actualOrders: expected.holdout.actualOrders },
        spendMeanAbsoluteError: (Math.round(expected.holdout.spendMeanAbsoluteErrorMinor ?? 0) / 100).toFixed(
          2,
        ),
        spendCorrelation: expect.closeTo(expected.holdout.spendCorrelation ?? 0, 4),
      },
      ...{ reason: null, holdoutReason: null },
    });
    const buying = json["buying"] as { logLikelihood: number };
    expect(buying.logLikelihood).toBeCloseTo(expected.model.buying.logLikelihood, 4);
    const { json: list } = await api.get("/v1/predictions");
    expect(list).toEqual({ items: [json], nextCursor: null });
  });

  it("of an earlier day comes after it in the list, page by page", async () => {
    const earlier = addDays(through, -60);
    const made = await api.send("POST", "/v1/predictions", { body: { through: earlier } });
    // What was given back since then is not known on that day.
    expect([made.status, made.json]).toMatchObject([201, { through: earlier, refundedShare: 0 }]);
    const first = await api.get<{ items: object[]; nextCursor: string }>("/v1/predictions?limit=1");
    expect(first.json.items).toMatchObject([{ through }]);
    const second = await api.get(`/v1/predictions?limit=1&cursor=${first.json.nextCursor}`);
    expect(second.json).toMatchObject({ items: [{ through: earlier }], nextCursor: null });
  });

  it("gives each customer's, the same in the list and alone, by which the list can be sorted", async () => {
    const { json: predictions } = await api.get<{ items: Record<string, never>[] }>("/v1/predictions");
    const latest = predictions.items[0] as unknown as Record<"buying" | "spending", { parameters: never }> & {
      refundedShare: number;
    };
    const model = { buying: latest.buying.parameters, spending: latest.spending.parameters };
    const terms = worthTermsOf({
      months: 12,
      discountRate: 0.1,
      margin: 0.5,
      refunded: latest.refundedShare,
    });
    const { json } = await api.get<{ items: Entry[] }>("/v1/customers?sort=predictedValue&limit=200");
    expect(json.items).toHaveLength(200);
    const today = dayNumber(dayBefore(0));
    const values = json.items.map(({ id, prediction }) => {
      const buyer = buyerOf(bought[Number(id.slice(2))] ?? [], today);
      if (!buyer) throw new Error(id);
      const { pAlive, orders, valueMinor } = expectedWorth(model, buyer, terms);
      expect(prediction, id).toMatchObject({
        pAlive: expect.closeTo(pAlive, 10),
        orders: expect.closeTo(orders, 10),
        value: { amount: (Math.round(valueMinor) / 100).toFixed(2), currency: "GBP" },
        ...{ months: 12, through },
      });
      return valueMinor;
    });
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const [best] = json.items;
    const alone = await api.get<Entry>(`/v1/customers?customerId=${best?.id}`);
    expect(alone.json.prediction).toEqual(best?.prediction);
  });

  it("has nothing to say of who has not bought in its currency", async () => {
    for (const id of ["nobody", "yen"]) {
      expect((await api.get<Entry>(`/v1/customers?customerId=${id}`)).json.prediction, id).toBeNull();
    }
    const { json } = await api.get<{ items: Entry[] }>("/v1/customers?sort=pAlive&order=asc&limit=200");
    const alive = json.items.map(({ prediction }) => prediction?.pAlive ?? 2);
    expect(alive).toEqual([...alive].sort((a, b) => a - b));
  });

  it("is the metric clv-predicted from the next day on, whose groups add up to the whole", async () => {
    const { json } = await api.get<{ items: { expected: Record<string, unknown> }[] }>("/v1/predictions");
    const [latest] = json.items;
    const today = dayBefore(0);
    const whole = await api.total("clv-predicted", today, today);
    const { components, n, method } = whole;
    expect({ n, method, low: Number(whole.low), high: Number(whole.high) }).toEqual({
      ...{ n: 300, method: "purchases" },
      low: expect.closeTo(Number(latest?.expected["low"]), 1),
      high: expect.closeTo(Number(latest?.expected["high"]), 1),
    });
    expect(Number(whole.value)).toBeCloseTo(Number(latest?.expected["valuePerCustomer"]), 4);
    expect(Number(components["totalValue"])).toBeCloseTo(Number(latest?.expected["value"]), 1);
    expect(components).toMatchObject({ horizonMonths: 12, daysSinceFit: 1, margin: 0.5, discountRate: 0.1 });
    expect(components["holdoutOrdersErrorPercent"]).toEqual(expect.any(Number));
    const groups = await api.get<{
      series: { group: string; n: number; components: Record<string, unknown> }[];
    }>(`/v1/metrics/clv-predicted?from=${today}&to=${today}&groupBy=channel`);
    expect(groups.json.series.map(({ group, n: of }) => [group, of]).sort()).toEqual([
      ["(none)", 100],
      ["shop", 100],
      ["web", 100],
    ]);
    const sum = (name: string) =>
      groups.json.series.reduce((total, one) => total + Number(one.components[name]), 0);
    for (const name of ["totalValue", "orders", "alive"]) {
      expect(sum(name), name).toBeCloseTo(Number(components[name]), 4);
    }
    const web = await api.total("clv-predicted", today, today, "&filter.channel=web");
    expect(web.n).toBe(100);
    const untracked = await api.get(`/v1/metrics/clv-predicted?from=${today}&to=${today}&filter.plan=pro`);
    expect(untracked.json).toMatchObject({
      series: [{ value: null, n: 0 }],
      remarks: [expect.stringContaining("By plan nothing is predicted")],
    });
  });

  it("of a day that is over restates the day after it, and reconciliation has nothing to say of it", async () => {
    const earlier = addDays(through, -20);
    const day = addDays(earlier, 1);
    await api.takeSnapshots({ from: day, to: day });
    const stated = await api.total("clv-predicted", day, day);
    await api.send("PATCH", "/v1/workspace", { body: { predictionMonths: 6 } });
    await api.send("POST", "/v1/predictions", { body: { through: earlier } });
    const changed = await api.total("clv-predicted", day, day);
    expect(changed).not.toEqual(stated);
    expect(changed).toMatchObject({ provisional: true, components: { horizonMonths: 6, daysSinceFit: 1 } });
    await api.takeSnapshots({ from: day, to: day });
    const taken = await api.snapshots(`metric=clv-predicted&from=${day}&to=${day}`);
    expect(taken).toMatchObject([
      { value: changed.value, revision: 2, restatedBecause: { facts: 0, causes: ["predicted"] } },
    ]);
    expect(await api.reconcile({ from: day, to: day })).toMatchObject({ differences: [] });
    await api.send("PATCH", "/v1/workspace", { body: { predictionMonths: 12 } });
  });

  it("rates each customer by recency, frequency and money, the same in the list and alone, by which the list is chosen", async () => {
    const { json } = await api.get<{ items: (Entry & { rfm: Rated | null })[]; total: number }>(
      "/v1/customers?rfm=champions,loyal&sort=rfm&limit=200",
    );
    const sums = json.items.map(({ rfm }) => (rfm ? rfm.recency + rfm.frequency + rfm.money : 0));
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
    expect(new Set(json.items.map(({ rfm }) => rfm?.segment))).toEqual(new Set(["champions", "loyal"]));
    const [best] = json.items;
    const alone = await api.get<{ rfm: object }>(`/v1/customers?customerId=${best?.id}`);
    expect(alone.json.rfm).toEqual({ ...best?.rfm, through });
    // Both are rated on the same day.
    const { json: rfm } = await api.get<Rfm>(`/v1/rfm?on=${through}&since=${addDays(through, -90)}`);
    expect(rfm.customers).toBe(300);
    const sizes = new Map(rfm.items.map(({ segment, customers }) => [segment, customers]));
    expect((sizes.get("champions") ?? 0) + (sizes.get("loyal") ?? 0)).toBe(json.total);
    for (const { customers, before, won, entered, left } of rfm.items) {
      expect(before + won + entered - left).toBe(customers);
    }
    const chosen = rfmByHand(dayNumber(through));
    expect(json.items.map(({ id }) => id).sort()).toEqual(chosen.sort());
  });

  it("is what the list can be chosen by: who is hardly a customer any more, and who brings much", async () => {
    const { json: all } = await api.get<{ items: Entry[] }>("/v1/customers?sort=pAlive&limit=200");
    const { json } = await api.get<{ items: Entry[]; total: number }>(
      "/v1/customers?pAlive=0.5..&predictedValue=..40&sort=pAlive&limit=200",
    );
    const isChosen = ({ prediction }: Entry) =>
      prediction !== null && prediction.pAlive >= 0.5 && Number(prediction.value.amount) <= 40;
    expect(json.items.map(({ id }) => id)).toEqual(all.items.filter(isChosen).map(({ id }) => id));
    expect(json.items.length).toBeGreaterThan(0);
    const wrong = await api.get("/v1/customers?pAlive=often&rfm=best");
    expect(wrong).toMatchObject({ status: 400 });
  });

  it("is by contracts where customers leave explicitly, and says so", async () => {
    const members = await test.workspace({ timeZone: "UTC", currency: "GBP" }, 300);
    // Each month 40 join and pay once; of each 10 leave in the first month, 5 in the second.
    const events = [240, 200, 160, 120].flatMap((daysAgo, cohort) =>
      Array.from({ length: 40 }, (_, n) => {
        const [customerId, id] = [`m-${cohort}-${n}`, `${cohort}-${n}`];
        const at = (days: number) => `${addDays(through, days - daysAgo)}T12:00:00Z`;
        const left = n < 10 ? 15 : n < 15 ? 45 : undefined;
        return [
          { type: "customer.joined", id: `j-${id}`, customerId, occurredAt: at(0) },
          {
            ...{ type: "purchase.made", id: `p-${id}`, orderId: id, customerId, occurredAt: at(0) },
            money: { amount: "12.00", currency: "GBP" },
          },
          ...(left === undefined
            ? []
            : [{ type: "customer.left", id: `l-${id}`, customerId, occurredAt: at(left) }]),
        ];
      }).flat(),
    );
    await members.recordAll("events", events);
    const { status, json } = await members.send<Record<string, unknown>>("POST", "/v1/predictions", {
      body: {},
    });
    expect(status, JSON.stringify(json)).toBe(201);
    expect(json).toMatchObject({
      ...{ taken: "contracts", contractsReason: null, buying: null },
      takenBecause: expect.stringMatching(/^60 customers have left explicitly/),
      contracts: {
        customers: 160,
        expected: { customers: 100 },
        holdout: { to: through, actualStaying: 100 },
      },
    });
    await expectEachUnderContract(members, ["m-0-20", "m-0-0"]);
  });

  /** Each customer's prediction is by the model that makes the total: 100 are there, and nothing is expected of the 60 who left. */
  async function expectEachUnderContract(own: ApiClient, [there = "", left = ""]: readonly string[]) {
    const today = dayBefore(0);
    const { components } = await own.total("clv-predicted", today, today);
    const { json } = await own.get<{ items: Entry[] }>("/v1/customers?sort=predictedValue&limit=200");
    const said = new Map(json.items.map(({ id, prediction }) => [id, prediction]));
    const sum = [...said.values()].reduce((total, one) => total + Number(one?.value.amount), 0);
    // Of today, the metric of yesterday: some have been there for a month more.
    expect(Math.abs(sum / Number(components["totalValue"]) - 1)).toBeLessThan(0.02);
    expect(said.get(left)).toMatchObject({ pAlive: 0, orders: 0, value: { amount: "0.00" } });
    for (const id of [there, left]) {
      const alone = await own.get<Entry>(`/v1/customers?customerId=${id}`);
      expect(alone.json.prediction).toEqual(said.get(id));
    }
    for (const [pAlive, total] of [
      ["0.5..", 100],
      ["..0.5", 60],
    ]) {
      const chosen = await own.get<{ total: number }>(`/v1/customers?pAlive=${pAlive}&sort=pAlive&limit=1`);
      expect(chosen.json.total).toBe(total);
    }
  }

  it("is by subscriptions where these end, and nobody says that customers leave", async () => {
    const payers = await test.workspace({ timeZone: "UTC", currency: "GBP" }, 300);
    const events = [240, 200, 160, 120].flatMap((daysAgo, cohort) =>
      Array.from({ length: 40 }, (_, n) => {
        const id = `${cohort}-${n}`;
        const about = { customerId: `s-${id}`, subscriptionId: `sub-${id}` };
        const at = (days: number) => `${addDays(through, days - daysAgo)}T12:00:00Z`;
        const ends = n < 10 ? 15 : n < 15 ? 45 : undefined;
        const price = { interval: "quarter", quantity: 2, money: { amount: "18.00", currency: "GBP" } };
        return [
          { type: "subscription.started", id: `s-${id}`, occurredAt: at(0), ...about, ...price },
          ...(ends === undefined
            ? []
            : [{ type: "subscription.ended", id: `e-${id}`, occurredAt: at(ends), ...about }]),
        ];
      }).flat(),
    );
    await payers.recordAll("events", events);
    const { json } = await payers.send<{
      readonly contracts: { readonly expected: { readonly months: number; readonly value: string } };
    }>("POST", "/v1/predictions", { body: {} });
    // 36.00 a quarter are 12.00 a month.
    expect(json).toMatchObject({
      taken: "contracts",
      takenBecause: expect.stringMatching(/^60 times a customer has ended all of its subscriptions/),
      contracts: {
        ...{ basis: "subscriptions", customers: 160 },
        expected: { customers: 100, monthlyRevenue: "12" },
      },
    });
    const today = dayBefore(0);
    const { n, method, components } = await payers.total("clv-predicted", today, today);
    const { months, value } = json.contracts.expected;
    expect({ n, method }).toEqual({ n: 100, method: "contracts" });
    expect(Number(components["totalValue"])).toBeCloseTo(Number(value), 1);
    expect(Number(value)).toBeCloseTo(12 * months, 1);
    await expectEachUnderContract(payers, ["s-0-20", "s-0-0"]);
  });

  it("is refused of a day that is not over", async () => {
    const { status, json } = await api.send("POST", "/v1/predictions", { body: { through: dayBefore(0) } });
    expect({ status, json }).toMatchObject({ status: 422, json: { errors: [{ pointer: "/through" }] } });
  });

  it("says why there is none of a workspace with few customers", async () => {
    const few = await test.workspace({ timeZone: "UTC" }, 40);
    const { status, json } = await few.send("POST", "/v1/predictions", { body: {} });
    expect({ status, json }).toMatchObject({
      status: 201,
      json: {
        ...{ customers: 0, buying: null, expected: null, holdout: null, reason: expect.any(String) },
        ...{ taken: "purchases", contracts: null, contractsReason: expect.stringMatching(/^0 customers/) },
      },
    });
  });
});
