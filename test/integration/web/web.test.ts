import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { customerOf, differencesOf, erase } from "../customers/customers.ts";

/** The website's and the market's metrics over HTTP: facts in, values out. */

let test: ApiCloud;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());

const day = ["2026-03-02", "2026-03-02"] as const;
const month = ["2026-03-01", "2026-03-31"] as const;
const at = (type: string, fields: object = {}, occurredAt = "2026-03-02T12:00:00Z") => ({
  ...{ type, occurredAt },
  ...fields,
});

/** The groups of a metric over March: group → value. */
async function groupsOf(api: ApiClient, metric: string, dimension: string, more = "") {
  const series = await api.series(metric, `from=${month[0]}&to=${month[1]}&groupBy=${dimension}${more}`);
  return Object.fromEntries(
    series.map((entry) => [String(Reflect.get(entry, "group")), entry.value] as const),
  );
}

/** The metric as CSV over March, grouped. */
async function csvOf(api: ApiClient, metric: string, dimension: string): Promise<string> {
  const path = `/v1/metrics/${metric}?from=${month[0]}&to=${month[1]}&groupBy=${dimension}`;
  return (await api.csv(path)).text;
}

describe("events with a count", () => {
  it("count so many, exactly, also when they are sent again", async () => {
    const api = await test.workspace();
    const facts = [
      { id: "s1", ...at("session.ended", { pages: 1, seconds: 604_800, count: 1_000_000 }) },
      { id: "s2", ...at("session.ended", { pages: 3, seconds: 0, count: 1_000_000 }) },
      { id: "s3", ...at("session.ended", { pages: 2, seconds: 1 }) },
    ];
    await api.recordAll("events", facts);
    expect((await api.batch("events", facts)).duplicate).toBe(3);
    const { value, n, components } = await api.total("bounce-rate", ...day);
    expect(n).toBe(2_000_001);
    expect(value).toBeCloseTo(100 * (1_000_000 / 2_000_001), 10);
    expect(components["secondsPerSession"]).toBe((604_800 * 1_000_000 + 1) / 2_000_001);
    expect(components["pagesPerSession"]).toBe(4_000_002 / 2_000_001);
    expect(await differencesOf(api, ...month)).toBe(0);
  });

  it("conflict when the same id comes with another count", async () => {
    const api = await test.workspace();
    const fact = { id: "v", ...at("search.landed", { count: 2 }) };
    await api.recordAll("events", [fact]);
    expect((await api.post("/v1/events", { ...fact, count: 3 })).status).toBe(409);
    expect((await api.total("organic-search", ...day)).value).toBe(2);
  });

  it("from many clients at once lose none", async () => {
    const api = await test.workspace();
    const send = (index: number) =>
      api.batch(
        "events",
        Array.from({ length: 10 }, (_, part) => ({
          ...{ id: `${index}-${part}`, ...at("probe.checked", { up: part > 0, count: 100 }) },
        })),
      );
    await Promise.all(Array.from({ length: 8 }, (_, index) => send(index)));
    const { n, value } = await api.total("uptime", ...day);
    expect({ n, value }).toEqual({ n: 8_000, value: 90 });
  });
});

describe("fields that stand for dimensions", () => {
  it("group and filter, tracked or not, and are data whatever they hold", async () => {
    const api = await test.workspace();
    const script = '<script>alert("x")</script>';
    const before = [
      at("search.landed", { keyword: script, page: "/a", count: 5 }),
      at("search.landed", { keyword: "=1+1", page: "/b", count: 3 }),
      at("search.landed", { dimensions: { device: "phone" } }),
    ];
    await api.recordAll("events", before);
    expect(await groupsOf(api, "organic-search", "keyword")).toEqual({ [script]: 5, "=1+1": 3, "(none)": 1 });
    expect(await groupsOf(api, "organic-search", "device")).toEqual({ phone: 1, "(none)": 8 });
    expect(await groupsOf(api, "organic-search", "keyword", "&filter.page=/b")).toEqual({ "=1+1": 3 });
    const csv = await csvOf(api, "organic-search", "keyword");
    expect(csv).toContain('"<script>alert(""x"")</script>"');
    expect(csv).not.toMatch(/(^|,)"?=1\+1/m);
    await api.send("PATCH", "/v1/workspace", { body: { trackedDimensions: ["keyword"] } });
    await api.recordAll("events", [at("search.landed", { keyword: script, count: 7 })]);
    // Counters of a dimension begin when it is tracked.
    expect(await groupsOf(api, "organic-search", "keyword")).toEqual({ [script]: 7, "(none)": 9 });
  });

  it("show the call to action, the page, the exit page and the target", async () => {
    const api = await test.workspace();
    await api.recordAll("events", [
      at("cta.viewed", { cta: "buy", page: "/a", count: 200 }),
      at("cta.clicked", { cta: "buy", page: "/a", count: 10 }),
      at("cta.viewed", { cta: "call", page: "/a", count: 100 }),
      at("session.ended", { pages: 1, seconds: 5, page: "/a", exitPage: "/a" }),
      at("session.ended", { pages: 2, seconds: 5, page: "/a", exitPage: "/z" }),
      at("probe.checked", { up: true, target: "shop" }),
      at("probe.checked", { up: false, target: "api" }),
      at("mobile.scored", { score: 90, page: "/a" }),
      at("page.loaded", { milliseconds: 0, page: "/a" }),
      at("mention.seen", { sentiment: "negative", count: 4, dimensions: { channel: "forum" } }),
    ]);
    expect(await groupsOf(api, "cta-engagement", "cta")).toEqual({ buy: 5, call: 0 });
    expect(await groupsOf(api, "cta-engagement", "page")).toEqual({ "/a": 100 / 30 });
    expect(await groupsOf(api, "bounce-rate", "page")).toEqual({ "/a": 50 });
    expect(await groupsOf(api, "bounce-rate", "exitPage")).toEqual({ "/a": 100, "/z": 0 });
    expect(await groupsOf(api, "uptime", "target")).toEqual({ shop: 100, api: 0 });
    expect(await groupsOf(api, "mobile-score", "page")).toEqual({ "/a": 90 });
    expect(await groupsOf(api, "page-speed", "page")).toEqual({ "/a": 0 });
    expect(await groupsOf(api, "social-mentions", "channel")).toEqual({ forum: 4 });
    expect(await groupsOf(api, "social-mentions", "sentiment")).toEqual({ negative: 4 });
  });

  it("keep the 200 that stand for most, not those with most facts", async () => {
    const api = await test.workspace();
    const rare = Array.from({ length: 210 }, (_, index) => [
      at("search.landed", { keyword: `rare ${index}` }),
      at("search.landed", { keyword: `rare ${index}` }),
    ]).flat();
    await api.recordAll("events", [...rare, at("search.landed", { keyword: "frequent", count: 1_000 })]);
    const groups = await groupsOf(api, "organic-search", "keyword");
    expect(groups).toMatchObject({ frequent: 1_000, "(other)": 22 });
  });
});

describe("carts", () => {
  const start = (cartId: string, occurredAt: string, more = {}) =>
    at("cart.started", { cartId, ...more }, occurredAt);
  const buy = (cartId: string, occurredAt: string, more = {}) =>
    at("cart.bought", { cartId, ...more }, occurredAt);
  const rates = async (api: ApiClient) => {
    const series = await api.series("cart-abandonment", "from=2026-03-01&to=2026-03-04&interval=day");
    return series.map(({ n, value }) => [n, value]);
  };

  it("are abandoned when their time runs out, and taken back by a late purchase", async () => {
    const api = await test.workspace();
    await api.recordAll("events", [
      buy("early", "2026-03-01T10:30:00Z"),
      start("open", "2026-03-01T10:00:00Z"),
      start("early", "2026-03-01T10:00:00Z"),
    ]);
    expect(await rates(api)).toEqual([
      [1, 0],
      [1, 100],
      [0, null],
      [0, null],
    ]);
    await api.recordAll("events", [buy("open", "2026-03-04T10:00:00Z")]);
    expect(await rates(api)).toEqual([
      [1, 0],
      [1, 0],
      [0, null],
      [0, null],
    ]);
    const { components } = await api.total("cart-abandonment", ...month);
    expect(components).toMatchObject({ carts: 2, bought: 2, abandoned: 0, boughtLate: 1 });
    expect(await differencesOf(api, ...month)).toBe(0);
  });

  it("that are open are in neither number until the day on which their time runs out", async () => {
    const api = await test.workspace({ cartHours: 720 });
    await api.recordAll("events", [
      { ...start("c", ""), occurredAt: undefined },
      start("d", `${dayBefore(2)}T12:00:00Z`),
    ]);
    const { n, value, components } = await api.total("cart-abandonment", dayBefore(10), dayBefore(0));
    expect({ n, value }).toEqual({ n: 0, value: null });
    expect(components).toMatchObject({ startedInPeriod: 2 });
  });

  it("are counted again when the workspace gives them more or less time", async () => {
    const api = await test.workspace();
    await api.recordAll("events", [
      start("c", "2026-03-01T10:00:00Z"),
      buy("c", "2026-03-03T09:00:00Z"),
      start("d", "2026-03-01T10:00:00Z"),
    ]);
    expect(await rates(api)).toEqual([
      [0, null],
      [2, 50],
      [0, null],
      [0, null],
    ]);
    const { json } = await api.send("PATCH", "/v1/workspace", { body: { cartHours: 48 } });
    expect(json).toMatchObject({ cartHours: 48, effects: [expect.stringMatching(/^cartHours: /)] });
    await test.cloud.idle();
    expect(await rates(api)).toEqual([
      [0, null],
      [0, null],
      [2, 50],
      [0, null],
    ]);
    expect((await api.total("cart-abandonment", ...month)).components).toMatchObject({ boughtLate: 0 });
    expect(await differencesOf(api, ...month)).toBe(0);
  });

  it.each([0, 721, 1.5, "24", null])("refuse cartHours of %j", async (cartHours) => {
    const api = await test.workspace();
    const { status, json } = await api.send("PATCH", "/v1/workspace", { body: { cartHours } });
    expect(status).toBe(422);
    expect(json.errors).toEqual([{ pointer: "/cartHours", detail: "must be an integer from 1 to 720" }]);
  });

  it("stay when their customer is erased", async () => {
    const api = await test.workspace();
    const who = { customerId: "jane@example.com" };
    await api.recordAll("events", [
      { id: "one", ...start("c", "2026-03-01T10:00:00Z", who) },
      { id: "two", ...start("d", "2026-03-01T10:00:00Z", who) },
      { id: "three", ...buy("c", "2026-03-01T11:00:00Z", who) },
    ]);
    expect((await customerOf(api, who.customerId)).items).toHaveLength(3);
    expect(await erase(api, who.customerId)).toMatchObject({ facts: 3 });
    const rate = async () => (await api.total("cart-abandonment", ...month)).value;
    expect(await rate()).toBe(50);
    expect(await differencesOf(api, ...month)).toBe(0);
    await api.recordAll("events", [buy("d", "2026-03-09T11:00:00Z")]);
    expect(await rate()).toBe(0);
  });

  it("started and bought by many requests at once count once each", async () => {
    const api = await test.workspace();
    const send = (index: number) => {
      const hour = String(8 + index).padStart(2, "0");
      return Promise.all([
        api.post("/v1/events", start("same", `2026-03-02T${hour}:00:00Z`)),
        api.post("/v1/events", buy("same", `2026-03-02T${hour}:30:00Z`)),
      ]);
    };
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => send(index)));
    expect(answers.flat().map(({ status }) => status)).toEqual(Array(12).fill(201));
    expect(await api.total("cart-abandonment", ...month)).toMatchObject({
      ...{ n: 1, value: 0 },
      components: { startedInPeriod: 1, boughtLate: 0 },
    });
    expect(await differencesOf(api, ...month)).toBe(0);
  });
});

describe("share prices", () => {
  const quote = (occurredAt: string, amount: string, symbol = "ACME", currency = "USD") =>
    at("share.quoted", { symbol, money: { amount, currency } }, occurredAt);

  it("are the day's last whatever the order, and change against the period before", async () => {
    const api = await test.workspace();
    await api.recordAll("events", [
      quote("2026-03-02T20:00:00Z", "100.00"),
      quote("2026-03-03T20:00:00Z", "104.00"),
      quote("2026-03-03T14:00:00Z", "90.00"),
    ]);
    const price = () => api.total("share-price", "2026-03-03", "2026-03-03");
    expect(await price()).toMatchObject({ value: "104.00", components: { change: "14.00" } });
    await api.recordAll("events", [quote("2026-03-03T21:00:00Z", "105.00")]);
    expect((await price()).value).toBe("105.00");
    const path = "/v1/metrics/share-price?from=2026-03-03&to=2026-03-03&compare=previous";
    const { json } = await api.get<{ comparison: object[] }>(path);
    expect(json.comparison).toMatchObject([{ value: "100.00", change: "5.00", changePercent: 5 }]);
    expect(await differencesOf(api, ...month)).toBe(0);
  });

  it("of several symbols are told apart by filter and group", async () => {
    const api = await test.workspace({ trackedDimensions: ["symbol"] });
    await api.recordAll("events", [
      quote("2026-03-02T20:00:00Z", "100.00"),
      quote("2026-03-02T20:00:00Z", "7.00", "OTHER"),
      quote("2026-03-03T20:00:00Z", "8.00", "OTHER"),
      quote("2026-03-03T20:00:00Z", "999999999.99", "LAST", "GBP"),
    ]);
    expect((await api.total("share-price", ...month)).value).toBeNull();
    expect(await groupsOf(api, "share-price", "symbol")).toEqual({ ACME: "100.00", OTHER: "8.00" });
    expect((await api.total("share-price", ...month, "&filter.symbol=OTHER")).value).toBe("8.00");
    expect((await api.total("share-price", ...month, "&currency=GBP")).value).toBe("999999999.99");
    expect(await differencesOf(api, ...month)).toBe(0);
  });

  it("of one instant, sent by many at once, end the same", async () => {
    const api = await test.workspace();
    const amounts = ["9.00", "10.00", "100.00", "99.00", "50.00", "9.50"];
    const answers = await Promise.all(
      amounts.map((amount) => api.post("/v1/events", quote("2026-03-02T20:00:00Z", amount))),
    );
    expect(answers.map(({ status }) => status)).toEqual(amounts.map(() => 201));
    expect((await api.total("share-price", ...month)).components).toMatchObject({
      ...{ firstPrice: "9.00", lastPrice: "100.00" },
    });
    expect(await differencesOf(api, ...month)).toBe(0);
  });
});

describe("a late fact", () => {
  it("restates the closed day's snapshots", async () => {
    const api = await test.workspace({}, 3);
    const [date, noon] = [dayBefore(2), `${dayBefore(2)}T12:00:00Z`];
    await api.recordAll("events", [
      at("session.ended", { pages: 1, seconds: 3 }, noon),
      at("share.quoted", { symbol: "ACME", money: { amount: "1.00", currency: "USD" } }, noon),
    ]);
    await api.takeSnapshots({ from: date, to: date });
    const snapshot = async (metric: string) =>
      (await api.snapshots(`from=${date}&to=${date}&metric=${metric}`))[0];
    expect(await snapshot("bounce-rate")).toMatchObject({ value: 100, revision: 1 });
    expect(await snapshot("share-price")).toMatchObject({ value: "1.00", revision: 1 });
    await api.recordAll("events", [
      at("session.ended", { pages: 2, seconds: 3 }, noon),
      at("share.quoted", { symbol: "ACME", money: { amount: "2.00", currency: "USD" } }, `${date}T13:00:00Z`),
    ]);
    await api.takeSnapshots({ from: date, to: date });
    expect(await snapshot("bounce-rate")).toMatchObject({ value: 50, revision: 2 });
    expect(await snapshot("share-price")).toMatchObject({ value: "2.00", revision: 2 });
  });
});
