import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { type ApiClient, dayBefore, type Entry } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Reading metrics; every number here is computed by hand. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
  await api.recordAll("responses", answers());
});
afterAll(() => test?.end());

function answers() {
  const give = (survey: string, day: string, ...scores: number[]) =>
    scores.map((score) => ({ survey, score, occurredAt: `${day}T12:00:00Z` }));
  return [
    ...give("nps", "2024-01-30", 10, 9),
    ...give("nps", "2024-01-31", 8),
    ...give("nps", "2024-02-01", 3),
    ...give("nps", "2024-02-29", 10),
    ...give("nps", "2024-04-15", 0),
    ...give("csat", "2024-03-01", 5, 5, 5, 5, 4, 4, 4, 4, 3, 1),
    ...give("ces", "2024-03-01", 2, 4, 6, 7, 7),
    ...give("esat", "2024-03-01", 10, 8, 3),
  ];
}

const firstHalf = "from=2024-01-01&to=2024-06-30";
const brief = ({ from, to, value, n }: Entry) => [from, to, value, n];

describe("a series of intervals", () => {
  it("by day has every day once, those without data too", async () => {
    const series = await api.series("nps", "from=2024-01-29&to=2024-02-01&interval=day");
    expect(series.map(brief)).toEqual([
      ["2024-01-29", "2024-01-29", null, 0],
      ["2024-01-30", "2024-01-30", 100, 2],
      ["2024-01-31", "2024-01-31", 0, 1],
      ["2024-02-01", "2024-02-01", -100, 1],
    ]);
  });

  it("by week has ISO weeks, from Monday to Sunday, cut to the range", async () => {
    const series = await api.series("nps", "from=2024-01-24&to=2024-02-06&interval=week");
    expect(series.map(brief)).toEqual([
      ["2024-01-24", "2024-01-28", null, 0],
      // 10, 9, 8 and 3: (2 − 1)/4
      ["2024-01-29", "2024-02-04", 25, 4],
      ["2024-02-05", "2024-02-06", null, 0],
    ]);
  });

  it("by month has months of their own lengths", async () => {
    const series = await api.series("nps", `${firstHalf}&interval=month`);
    expect(series.map(({ from, to, n }) => [from, to, n])).toEqual([
      ["2024-01-01", "2024-01-31", 3],
      ["2024-02-01", "2024-02-29", 2],
      ["2024-03-01", "2024-03-31", 0],
      ["2024-04-01", "2024-04-30", 1],
      ["2024-05-01", "2024-05-31", 0],
      ["2024-06-01", "2024-06-30", 0],
    ]);
    // (2 − 0)/3, (1 − 1)/2, nothing, (0 − 1)/1
    expect(series[0]?.value).toBeCloseTo(66.666667, 6);
    expect(series.slice(1, 4).map(({ value }) => value)).toEqual([0, null, -100]);
  });

  it("by quarter, by year and in total is computed from the answers, not from shorter intervals' scores", async () => {
    const quarters = await api.series("nps", `${firstHalf}&interval=quarter`);
    expect(quarters.map(brief)).toEqual([
      ["2024-01-01", "2024-03-31", 40, 5],
      ["2024-04-01", "2024-06-30", -100, 1],
    ]);
    const [year, ...others] = await api.series("nps", `${firstHalf}&interval=year`);
    const total = await api.total("nps", "2024-01-01", "2024-06-30", "&interval=total");
    // (3 − 2)/6
    expect(year).toMatchObject({ n: 6, value: expect.closeTo(16.666667, 6) });
    expect(others).toEqual([]);
    expect(total).toEqual(year);
    expect(await api.total("nps", "2024-01-01", "2024-06-30")).toEqual(total);
  });

  it("has no intervals that have not begun", async () => {
    const series = await api.series("nps", `from=${dayBefore(1)}&to=${dayBefore(-40)}&interval=day`);
    expect(series.map(({ from }) => from)).toEqual([dayBefore(1), dayBefore(0)]);
  });

  it("of a range that has not begun has no shares, and as many customers as there are today", async () => {
    const shop = await test.workspace();
    const joined = { type: "customer.joined", customerId: "c", occurredAt: `${dayBefore(9)}T12:00:00Z` };
    await shop.recordAll("events", [{ ...joined, dimensions: { channel: "web" } }]);
    const ahead = [dayBefore(-10), dayBefore(-40)] as const;
    const nothing = { value: null, low: null, high: null, n: 0, provisional: true };
    for (const id of ["churn-rate", "retention-rate"]) {
      expect(await shop.total(id, ...ahead)).toMatchObject(nothing);
      expect(await shop.series(id, `from=${ahead[0]}&to=${ahead[1]}&groupBy=channel`)).toEqual([]);
    }
    expect(await shop.total("customers", ...ahead)).toMatchObject({ value: 1, n: 1, provisional: true });
    const report = await shop.get(`/v1/report?from=${ahead[0]}&to=${ahead[1]}&groupBy=channel`);
    expect(report.status).toBe(200);
  });

  it("without a range has the 30 days up to today", async () => {
    expect(await api.series("nps", "")).toMatchObject([{ from: dayBefore(29), to: dayBefore(0), n: 0 }]);
  });
});

describe("a value carries its evidence", () => {
  it("NPS: the adjusted Wald interval and the histogram", async () => {
    const entry = await api.total("nps", "2024-01-01", "2024-03-31");
    // ¾, 1½ and ¾ added to 3, 1 and 1: 25 ± 1.96·100·√(0.625/8)
    expect(entry).toMatchObject({
      low: expect.closeTo(-29.782659, 5),
      high: expect.closeTo(79.782659, 5),
      lowSample: true,
      provisional: true,
      components: {
        promoters: 3,
        passives: 1,
        detractors: 1,
        meanScore: 8,
        score10: 2,
        score9: 1,
        score8: 1,
        score3: 1,
      },
    });
  });

  it("CSAT: Wilson's interval of 8 in 10", async () => {
    const components = { satisfied: 8, notSatisfied: 2, "mean 1-5": 4 };
    const interval = { low: expect.closeTo(49.016247, 5), high: expect.closeTo(94.331784, 5) };
    expect(await api.total("csat", "2024-03-01", "2024-03-01")).toMatchObject({
      value: 80,
      n: 10,
      ...interval,
      components,
    });
  });

  it("CES: the mean with Student's interval, cut to the scale, top box and index", async () => {
    // 5.2 ± 2.776·√(4.7/5), of which 7 is the most; 3 of 5 answers are 5 or more; (3 − 1)/5
    expect(await api.total("ces", "2024-03-01", "2024-03-01")).toMatchObject({
      value: expect.closeTo(5.2, 10),
      low: expect.closeTo(2.508141, 5),
      high: 7,
      n: 5,
      components: { topBoxPercent: 60, index: 40 },
    });
  });

  it("ESAT: the mean and who is satisfied", async () => {
    const components = { satisfied: 2, topBoxPercent: expect.closeTo(66.666667, 6) };
    expect(await api.total("esat", "2024-03-01", "2024-03-01")).toMatchObject({ value: 7, n: 3, components });
  });

  it("is marked as a low sample below 30 answers, and not from 30 on", async () => {
    const own = await test.workspace();
    const many = (count: number) => Array.from({ length: count }, () => ({ survey: "nps", score: 7 }));
    await own.recordAll("responses", many(29));
    expect((await own.series("nps", ""))[0]).toMatchObject({ n: 29, lowSample: true });
    await own.recordAll("responses", many(1));
    expect((await own.series("nps", ""))[0]).toMatchObject({ n: 30, lowSample: false });
  });

  it.each(metrics.map(({ id }) => id))("%s without any data is null or zero, never wrong", async (id) => {
    const own = await api.total(id, "2010-01-01", "2010-12-31");
    expect(own).toMatchObject({ n: 0, low: null, high: null, provisional: true });
    const counts = [
      ...["customers", "feedback-volume", "contact-volume", "knowledge-contributions"],
      ...["organic-search", "social-mentions", "next-page"],
    ];
    const amounts = ["sales", "mrr"];
    expect(own.value).toBe(amounts.includes(id) ? "0.00" : counts.includes(id) ? 0 : null);
  });

  it("a fact that was acknowledged is in the next read, each time", async () => {
    const own = await test.workspace();
    for (let sent = 1; sent <= 25; sent += 1) {
      expect((await own.post("/v1/responses", { survey: "nps", score: 10 })).status).toBe(201);
      expect((await own.series("nps", ""))[0]).toMatchObject({ n: sent, provisional: true });
    }
  });
});

describe("the catalogue", () => {
  it("lists every metric with what it means and its sources", async () => {
    const { json } = await api.get<{ items: { id: string; references: object[] }[] }>("/v1/metrics");
    expect(json.items.map(({ id }) => id)).toEqual(metrics.map(({ id }) => id));
    for (const item of json.items) {
      expect(item).toMatchObject({ formula: expect.any(String), dimensions: ["channel", "touchpoint"] });
      expect(item.references.length).toBeGreaterThan(0);
    }
  });

  it("comes on one page where nothing else is asked for, and on as many as a limit makes", async () => {
    type Page = { readonly items: readonly { readonly id: string }[]; readonly nextCursor: string | null };
    expect((await api.get<Page>("/v1/metrics")).json.nextCursor).toBeNull();
    const pages: string[][] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const { json } = await api.get<Page>(`/v1/metrics?limit=15${more}`);
      pages.push(json.items.map(({ id }) => id));
      cursor = json.nextCursor;
    }
    expect(pages.flat()).toEqual(metrics.map(({ id }) => id));
    expect(pages.map(({ length }) => length).slice(0, -1)).toEqual(pages.slice(0, -1).map(() => 15));
    const whole = await api.get<Page>(`/v1/metrics?limit=${metrics.length}`);
    expect(whole.json).toMatchObject({ items: { length: metrics.length }, nextCursor: null });
  });

  it("names unit, direction, formula and version in every answer", async () => {
    const { json } = await api.get("/v1/metrics/nps");
    const head = {
      metric: "nps",
      version: 1,
      unit: "points",
      better: "higher",
      timeZone: "UTC",
      interval: "total",
    };
    expect(json).toMatchObject({
      ...head,
      convention: "0-10",
      formula: expect.stringContaining("promoters"),
    });
  });
});

describe("a query is refused, with the parameter named", () => {
  it.each([
    ["form=2024-01-01", "/form"],
    ["From=2024-01-01", "/From"],
    ["from=2024-02-30", "/from"],
    ["from=2024-1-1", "/from"],
    ["from=", "/from"],
    ["from=2024-01-01T00:00:00Z", "/from"],
    ["from=2024-01-01&from=2024-01-02", "/from"],
    ["from=2024-02-01&to=2024-01-01", "/to"],
    ["from=1800-01-01", "/from"],
    ["to=3000-01-01", "/to"],
    ["from=2000-01-01&to=2024-01-01", "/from"],
    ["interval=hour", "/interval"],
    ["interval=", "/interval"],
    ["compare=last", "/compare"],
    ["compare=2025-02-29", "/compare"],
    ["compare=2999-01-01", "/compare"],
    ["compare=1999-01-01", "/compare"],
    ["convention=other", "/convention"],
    ["currency=usd", "/currency"],
    ["window=0", "/window"],
    ["__proto__=x", "/__proto__"],
    ["constructor=x", "/constructor"],
    ["groupBy=toString", "/groupBy"],
  ])("%s", async (query, pointer) => {
    const { status, json } = await api.get(`/v1/metrics/nps?${query}`);
    expect({ status, pointers: json.errors?.map((error) => error.pointer) }).toEqual({
      status: 400,
      pointers: [pointer],
    });
  });

  it.each([
    ["limit=0", "/limit"],
    ["limit=201", "/limit"],
    ["cursor=x", "/cursor"],
    // {"after":"no-metric"}
    ["cursor=eyJhZnRlciI6Im5vLW1ldHJpYyJ9", "/cursor"],
    ["from=2026-10-01", "/from"],
  ])("%s of the catalogue", async (query, pointer) => {
    const { json } = await api.get(`/v1/metrics?${query}`);
    expect(json).toMatchObject({ status: 400, errors: [{ pointer }] });
  });

  it("with more groups and intervals than one answer can have, and only where there are data", async () => {
    const wide = await test.workspace();
    const channels = Array.from({ length: 40 }, (_, index) => `c${index}`);
    const answer = { survey: "csat", score: 5, occurredAt: "2024-05-02T12:00:00Z" };
    await wide.recordAll(
      "responses",
      channels.map((channel) => ({ ...answer, dimensions: { channel } })),
    );
    const ask = (id: string, interval: string) =>
      wide.get(`/v1/metrics/${id}?groupBy=channel&interval=${interval}&from=2023-06-01&to=2024-05-31`);
    const { status, json } = await ask("csat", "day");
    expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 400, pointer: "/interval" });
    expect((await ask("csat", "week")).json).toMatchObject({ series: { length: 40 * 53 } });
    expect(await ask("bounce-rate", "day")).toMatchObject({ status: 200, json: { series: [] } });
  });

  it("with every parameter that is wrong, not only the first", async () => {
    const { json } = await api.get("/v1/metrics/nps?from=x&to=y&interval=z&extra=1");
    expect(json.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      "/extra",
      "/from",
      "/interval",
      "/to",
    ]);
  });
});
