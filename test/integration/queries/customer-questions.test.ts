import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Questions about customers that one call answers, over HTTP: small cases whose answers were worked out by hand. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace({ trackedDimensions: ["plan"] });
});

interface Asked {
  readonly series: readonly {
    readonly group?: string;
    readonly value: number | string | null;
    readonly n: number;
    readonly components: Readonly<Record<string, unknown>>;
  }[];
  readonly remarks?: readonly string[];
}

const march = "from=2024-03-01&to=2024-03-31";

async function ask(metric: string, query = ""): Promise<Asked> {
  const { status, json } = await api.get<Asked>(`/v1/metrics/${metric}?${march}${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

async function expectReconciled(): Promise<void> {
  const { status, json } = await api.post("/v1/reconciliation", { from: "2024-01-01", to: "2024-04-30" });
  expect(status, JSON.stringify(json)).toBe(200);
  expect(json).toMatchObject({ differencesTotal: 0, historiesTotal: 0 });
}

const noon = (day: string) => ({ occurredAt: `2024-${day}T12:00:00Z` });

it("interactions a customer, engaged or not, by touchpoint and plan", async () => {
  const joined = (customerId: string, plan: string) => ({
    ...{
      id: `join-${customerId}`,
      type: "customer.joined",
      customerId,
      dimensions: { plan },
      ...noon("02-10"),
    },
  });
  const touch = (id: string, customerId: string, touchpoint: string) => ({
    ...{ id, type: "interaction.made", customerId, touchpoint, ...noon("03-10") },
  });
  await api.recordAll("events", [
    ...["1", "2", "3", "4"].map((id) => touch(id, "a", "app")),
    ...[touch("5", "a", "shop"), touch("6", "b", "shop")],
    ...[joined("a", "basic"), joined("b", "pro"), joined("c", "pro"), joined("d", "pro")],
  ]);
  const by = async (query: string) => {
    const { series } = await ask("interactions", query);
    return series.map(({ group, value, n }) => [group, value, n]);
  };
  expect(await by("")).toEqual([[undefined, 1.5, 6]]);
  expect(await by("&groupBy=touchpoint&sort=value")).toEqual([
    ["app", 1, 4],
    ["shop", 0.5, 2],
  ]);
  expect(await by("&filter.touchpoint=shop")).toEqual([[undefined, 0.5, 2]]);
  expect(await by("&groupBy=plan&sort=value")).toEqual([
    ["basic", 5, 5],
    ["pro", 0.3333333333333333, 1],
  ]);
  expect(await by("&groupBy=touchpoint&filter.plan=basic&sort=value")).toEqual([
    ["app", 4, 4],
    ["shop", 1, 1],
  ]);
  await expectReconciled();
});

it("what people do after an article, and which article resolves most", async () => {
  const load = (id: string, page: string, previousPage: string, count = 1) => ({
    ...{ id, type: "page.loaded", milliseconds: 900, page, previousPage, count, ...noon("03-10") },
  });
  const article = (id: string, kind: string, articleId: string, more: object = {}) => ({
    ...{ id, type: `article.${kind}`, articleId, ...noon("03-10"), ...more },
  });
  await api.recordAll("events", [
    ...[load("1", "/contact", "/help", 4), load("2", "/shop", "/help"), load("3", "/shop", "/")],
    load("4", "/help", "/help", 9),
    ...[article("w1", "written", "sizes"), article("w2", "written", "returns")],
    ...["1", "2", "3"].map((id) => article(`u${id}`, "used", "returns", { ticketId: `t${id}` })),
    article("u4", "used", "sizes", { ticketId: "t4" }),
    ...["1", "2", "3", "4"].map((id) => {
      return { id: `o${id}`, type: "ticket.opened", ticketId: `t${id}`, ...noon("03-09") };
    }),
  ]);
  const by = async (metric: string, query: string) => {
    const { series } = await ask(metric, query);
    return series.map(({ group, value }) => [group, value]);
  };
  expect(await by("next-page", "&filter.previousPage=/help&groupBy=page&top=20")).toEqual([
    ["/contact", 4],
    ["/shop", 1],
  ]);
  const resolved = "&convention=resolved&groupBy=articleId&sort=value&top=10";
  expect(await by("knowledge-contributions", resolved)).toEqual([
    ["returns", 3],
    ["sizes", 1],
  ]);
  expect(await by("contributions-per-case", "")).toEqual([[undefined, 50]]);
});

it("how many unhappy customers get in touch, and who helps itself: whatever the order, and too early while there is time", async () => {
  const bad = (customerId: string, day = "03-05") => ({
    ...{ id: `bad-${customerId}`, survey: "nps", score: 2, customerId, ...noon(day) },
  });
  const ticket = (customerId: string, day: string) => ({
    ...{ id: `t-${customerId}`, type: "ticket.opened", ticketId: customerId, customerId, ...noon(day) },
  });
  const search = (customerId: string) => ({
    ...{ id: `s-${customerId}`, type: "article.searched", customerId, ...noon("03-01") },
  });
  await api.recordAll("events", [
    ...["a", "b", "c", "d"].map((customerId) => {
      const dimensions = { plan: customerId === "a" ? "pro" : "basic" };
      return { id: `j-${customerId}`, type: "customer.joined", customerId, dimensions, ...noon("02-10") };
    }),
    ticket("a", "03-05"),
    ticket("b", "04-05"),
    ...["a", "c"].map(search),
  ]);
  await api.recordAll("responses", [bad("a"), bad("b"), bad("c"), bad("d")]);
  const share = async (metric: string, query = "") => {
    const { series } = await ask(metric, query);
    return series.map(({ group, value, n }) => [group, value, n]);
  };
  expect(await share("complaints")).toEqual([[undefined, 25, 4]]);
  // On day 4 of 7 after the search.
  expect(await share("self-service")).toEqual([[undefined, 50, 2]]);
  expect(await share("complaints", "&groupBy=plan&sort=value&order=asc")).toEqual([
    ["basic", 0, 3],
    ["pro", 100, 1],
  ]);
  // A ticket that is known late: on the last of the 30 days.
  await api.recordAll("events", [{ ...ticket("c", "04-04"), id: "late" }]);
  expect(await share("complaints")).toEqual([[undefined, 50, 4]]);
  await expectReconciled();
  const out = { body: { excluded: true, reason: "a test" } };
  expect((await api.send("PATCH", "/v1/responses/bad-d", out)).status).toBe(200);
  expect(await share("complaints")).toEqual([[undefined, 66.66666666666667, 3]]);
  expect((await api.send("DELETE", "/v1/customers?customerId=a")).status).toBe(200);
  expect(await share("complaints")).toEqual([[undefined, 66.66666666666667, 3]]);
  await expectReconciled();
});

it("it is too early to compare days whose customers can still get in touch", async () => {
  const answers = (ago: number) =>
    Array.from({ length: 40 }, (_, index) => ({
      ...{ survey: "nps", score: 2, customerId: `${ago} ${index}` },
      occurredAt: `${dayBefore(ago)}T12:00:00Z`,
    }));
  await api.recordAll("responses", [...answers(5), ...answers(15)]);
  const range = `from=${dayBefore(9)}&to=${dayBefore(1)}&compare=${dayBefore(19)}`;
  const { json } = await api.get(`/v1/metrics/complaints?${range}`);
  expect(json).toMatchObject({
    series: [{ value: 0, n: 40, provisional: true }],
    comparison: [{ verdict: "too-early", significant: false }],
  });
});

it("what customers of a plan are worth, where only the customer says which it is: in order, late, erased", async () => {
  const joined = (customerId: string, plan: string, day = "02-10", id = `join-${customerId}`) => {
    return { id, type: "customer.joined", customerId, dimensions: { plan, region: plan }, ...noon(day) };
  };
  const bought = (orderId: string, amount: string, day: string, more: object) => {
    const money = { amount, currency: "USD" };
    return { id: orderId, type: "purchase.made", orderId, money, ...noon(day), ...more };
  };
  await api.recordAll("events", [
    bought("early", "10.00", "02-20", { customerId: "b" }),
    ...[joined("a", "basic"), joined("b", "basic"), joined("c", "pro")],
    bought("1", "60.00", "03-10", { customerId: "a" }),
    bought("2", "30.00", "03-12", { customerId: "c" }),
    bought("3", "50.00", "03-12", { customerId: "c", dimensions: { plan: "basic", region: "basic" } }),
    bought("4", "15.00", "03-12", { dimensions: { plan: "basic", region: "basic" } }),
    { id: "left-b", type: "customer.left", customerId: "b", ...noon("03-20") },
  ]);
  const groups = async (by: string) => {
    const { series } = await ask("clv", `&groupBy=${by}`);
    const shown = series.map(({ group, value, components: { orders, revenue } }) => {
      return [group, { value, orders, revenue }] as const;
    });
    return Object.fromEntries(shown);
  };
  // Basic: 75.00 of 1.5 customers, one of two is lost: 2 periods. Pro: one customer who stays.
  const expected = {
    basic: { value: "100", orders: 2, revenue: "75.00" },
    pro: { value: null, orders: 2, revenue: "80.00" },
  };
  expect(await groups("plan")).toEqual(expected);
  expect(await groups("region")).toEqual(expected);
  // All: 155.00 of 2.5 customers, one of three is lost.
  const whole = await ask("clv");
  expect(whole.series[0]).toMatchObject({ value: "186", components: { orders: 4, revenue: "155.00" } });
  const remark = "Orders and revenue count in the segment of their customer, in which it was won; a purchase";
  expect((await ask("clv", "&groupBy=plan")).remarks).toContainEqual(expect.stringContaining(remark));
  expect((await ask("clv", "&filter.region=basic")).remarks).toContainEqual(expect.stringContaining(remark));
  expect(whole.remarks ?? []).toEqual([]);
  // Sales count where the purchase says.
  expect((await ask("sales", "&filter.plan=basic")).series[0]).toMatchObject({ value: "65.00" });

  // It turns out that a was on the other plan before.
  await api.recordAll("events", [joined("a", "pro", "01-10", "join-a-before")]);
  const moved = {
    basic: { value: "30", orders: 1, revenue: "15.00" },
    pro: { value: null, orders: 3, revenue: "140.00" },
  };
  expect(await groups("plan")).toEqual(moved);
  expect(await groups("region")).toEqual(moved);
  await expectReconciled();

  const { status } = await api.send("DELETE", "/v1/customers?customerId=c");
  expect(status).toBe(200);
  expect(await groups("plan")).toEqual(moved);
  expect((await ask("clv")).series[0]).toMatchObject({ value: "186" });
  await expectReconciled();
});
