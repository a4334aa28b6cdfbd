import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Method } from "../../../lib/route.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let test: ApiCloud;
let api: ApiClient;

async function call(path: string, { body, accept, method }: Asked = {}) {
  const headers = accept === undefined ? {} : { accept };
  const answer = await api.send(method ?? (body === undefined ? "GET" : "POST"), path, { body, headers });
  const isJson = answer.headers.get("content-type")?.includes("json");
  return { ...answer, json: isJson ? JSON.parse(answer.text) : null };
}

interface Asked {
  readonly body?: unknown;
  readonly accept?: string;
  readonly method?: Method;
}

interface Entry {
  readonly group?: string;
  readonly by?: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
  readonly value: number | string | null;
  readonly n: number;
}

async function series(path: string): Promise<Entry[]> {
  const { status, json } = await call(path);
  expect({ path, status, errors: json.errors }).toEqual({ path, status: 200, errors: undefined });
  return json.series;
}

/** September: 40 answers of 9 on the web, 20 of 3 in the app. October: 40 of 9 on the web, 20 of 9 in the app, 5 of 0 nowhere. */
function answers() {
  const many = (count: number, score: number, day: string, dimensions?: Record<string, string>) =>
    Array.from({ length: count }, () => ({
      survey: "nps",
      score,
      occurredAt: `${day}T12:00:00Z`,
      ...(dimensions ? { dimensions } : {}),
    }));
  return [
    ...many(40, 9, "2026-09-10", { channel: "web", plan: "pro" }),
    ...many(20, 3, "2026-09-10", { channel: "app", plan: "free" }),
    ...many(40, 9, "2026-10-10", { channel: "web", plan: "free" }),
    ...many(20, 9, "2026-10-31", { channel: "app", plan: "free" }),
    ...many(5, 0, "2026-10-31"),
  ];
}

function purchases() {
  const buy = (customerId: string, day: string, channel: string, amount: string) => ({
    type: "purchase.made",
    customerId,
    orderId: `${customerId}-${day}`,
    occurredAt: `${day}T09:00:00Z`,
    money: { amount, currency: "USD" },
    dimensions: { channel, store: channel === "web" ? "north" : "south" },
  });
  return [
    buy("c1", "2026-09-01", "web", "10.00"),
    buy("c1", "2026-10-02", "app", "30.00"),
    buy("c2", "2026-09-05", "app", "20.00"),
    buy("c3", "2026-10-07", "web", "5.50"),
  ];
}

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
  const responses = await call("/v1/responses", { body: { responses: answers() } });
  const events = await call("/v1/events", { body: { events: purchases() } });
  expect([responses.json.recorded, events.json.recorded]).toEqual([125, 4]);
});

afterAll(() => test?.end());

describe("rolling windows", () => {
  it("give the value of the days up to each interval's last day", async () => {
    const entries = await series("/v1/metrics/nps?from=2026-09-01&to=2026-10-31&interval=month&window=30");
    expect(entries.map(({ from, to, n }) => ({ from, to, n }))).toEqual([
      { from: "2026-09-01", to: "2026-09-30", n: 60 },
      { from: "2026-10-02", to: "2026-10-31", n: 65 },
    ]);
  });

  it("of 7, 30, 90 and 365 days only", async () => {
    expect((await call("/v1/metrics/nps?window=14")).json).toMatchObject({
      status: 400,
      errors: [{ pointer: "/window", detail: "must be one of 7, 30, 90, 365" }],
    });
  });

  it("that start before everything have a balance as well", async () => {
    const [entry] = await series("/v1/metrics/customers?from=2026-10-31&to=2026-10-31&window=365");
    expect(entry).toMatchObject({ value: 3, components: { start: 0, new: 3, end: 3 } });
  });
});

describe("comparison", () => {
  it("says what changed and whether chance explains it", async () => {
    const { json } = await call(
      "/v1/metrics/nps?from=2026-10-01&to=2026-10-31&interval=month&compare=previous",
    );
    // September (40 − 20)/60, October (60 − 5)/65.
    expect(json.series[0].value).toBeCloseTo(84.615385, 6);
    expect(json.comparison).toMatchObject([
      {
        from: "2026-09-01",
        to: "2026-09-30",
        value: expect.closeTo(33.333333, 6),
        n: 60,
        lowSample: false,
        change: expect.closeTo(51.282051, 6),
        changePercent: expect.closeTo(153.846154, 6),
        significant: true,
      },
    ]);
  });

  it("compares money exactly, and says whether the change may be chance", async () => {
    const { json } = await call(
      "/v1/metrics/sales?from=2026-10-01&to=2026-10-31&interval=month&compare=previous",
    );
    expect(json.series[0].value).toBe("35.50");
    expect(json.comparison[0]).toMatchObject({ value: "30.00", change: "5.50", significant: false });
  });

  it("since a named day is with the month that contains it, whatever the metric", async () => {
    const { json } = await call(
      "/v1/metrics/sales?from=2026-10-01&to=2026-10-31&interval=month&compare=2026-09-17",
    );
    expect(json).toMatchObject({ compare: "2026-09-17", series: [{ value: "35.50" }] });
    expect(json.comparison).toMatchObject([
      { from: "2026-09-01", to: "2026-09-30", value: "30.00", change: "5.50" },
    ]);
    expect(json.comparison[0].changePercent).toBeCloseTo((100 * 5.5) / 30, 9);
    const { json: scores } = await call(
      "/v1/metrics/nps?from=2026-10-05&to=2026-10-31&compare=2026-09-08&groupBy=channel",
    );
    expect(scores.comparison).toMatchObject([
      { group: "web", from: "2026-09-08", to: "2026-10-04", n: 40, value: 100 },
      { group: "app", from: "2026-09-08", to: "2026-10-04", n: 20, value: -100 },
      { group: "(none)", from: "2026-09-08", to: "2026-10-04", n: 0, value: null },
    ]);
  });

  it("with the year before finds no data and says so", async () => {
    const { json } = await call("/v1/metrics/nps?from=2026-10-01&to=2026-10-31&compare=year");
    expect(json.comparison[0]).toMatchObject({
      from: "2025-10-01",
      to: "2025-10-31",
      value: null,
      n: 0,
      change: null,
      significant: null,
    });
  });
});

describe("segments", () => {
  it("groups add up to the whole, with one for what has no value", async () => {
    const { json } = await call("/v1/metrics/nps?from=2026-09-01&to=2026-10-31&groupBy=channel");
    expect(json.source).toBe("counters");
    expect(json.series.map(({ group, n, value }: Entry) => ({ group, n, value }))).toEqual([
      { group: "web", n: 80, value: 100 },
      { group: "app", n: 40, value: 0 },
      { group: "(none)", n: 5, value: -100 },
    ]);
  });

  it("a filter by a tracked dimension applies to numerator and denominator alike", async () => {
    const [app] = await series("/v1/metrics/nps?from=2026-09-01&to=2026-10-31&filter.channel=app");
    expect(app).toMatchObject({ n: 40, value: 0, components: { promoters: 20, detractors: 20 } });
  });

  it("a value that nobody sent has no data", async () => {
    const [none] = await series("/v1/metrics/nps?from=2026-09-01&to=2026-10-31&filter.channel=fax");
    expect(none).toMatchObject({ n: 0, value: null });
  });

  it("several filters are recounted from the facts, and the answer says so", async () => {
    const { json } = await call(
      "/v1/metrics/nps?from=2026-09-01&to=2026-10-31&filter.channel=web&filter.plan=free",
    );
    expect(json).toMatchObject({ source: "facts", series: [{ n: 40, value: 100 }] });
    expect(json.recounted).toBeGreaterThanOrEqual(125);
  });

  it("an untracked dimension can be grouped by", async () => {
    const { json } = await call("/v1/metrics/nps?from=2026-09-01&to=2026-10-31&groupBy=plan");
    expect(json.source).toBe("facts");
    expect(json.series.map(({ group, n }: Entry) => ({ group, n }))).toEqual([
      { group: "free", n: 80 },
      { group: "pro", n: 40 },
      { group: "(none)", n: 5 },
    ]);
  });

  it("several dimensions can be grouped by: each combination is a group, and all add up to the whole", async () => {
    const path = "/v1/metrics/nps?from=2026-09-01&to=2026-10-31&groupBy=channel,plan";
    const { json } = await call(path);
    expect(json).toMatchObject({ source: "facts", groupBy: "channel,plan" });
    expect(json.series.map(({ group, by, n, value }: Entry) => ({ group, by, n, value }))).toEqual([
      { group: "web,pro", by: { channel: "web", plan: "pro" }, n: 40, value: 100 },
      { group: "app,free", by: { channel: "app", plan: "free" }, n: 40, value: 0 },
      { group: "web,free", by: { channel: "web", plan: "free" }, n: 40, value: 100 },
      { group: "(none)", by: { channel: "(none)", plan: "(none)" }, n: 5, value: -100 },
    ]);
    const rows = parse((await call(path, { accept: "text/csv" })).text, { bom: true, columns: true });
    expect(rows[1]).toMatchObject({ group: "app,free", "by.channel": "app", "by.plan": "free", n: "40" });
  });

  it("several dimensions have a group for all combinations that are not shown", async () => {
    const { json } = await call(
      "/v1/metrics/nps?from=2026-09-01&to=2026-10-31&groupBy=channel,plan&top=1&sort=value&order=asc",
    );
    expect(json.series.map(({ group, by, n }: Entry) => ({ group, by, n }))).toEqual([
      { group: "app,free", by: { channel: "app", plan: "free" }, n: 40 },
      { group: "(none)", by: { channel: "(none)", plan: "(none)" }, n: 5 },
      { group: "(other)", by: { channel: "(other)", plan: "(other)" }, n: 80 },
    ]);
  });

  it("a part of what is not shown is not the whole of it: customers who left, by reason and channel", async () => {
    const path = "/v1/metrics/churn-rate?from=2026-09-01&to=2026-10-31&groupBy=reason,channel";
    expect((await call(path)).status).toBe(200);
  });

  it("customers count in the segment in which they were won, from counters and recounted alike", async () => {
    const path = "/v1/metrics/customers?from=2026-10-01&to=2026-10-31";
    const tracked = await series(`${path}&filter.channel=web`);
    const untracked = await series(`${path}&filter.store=north`);
    expect(tracked).toMatchObject([{ value: 2, components: { start: 1, new: 1, end: 2 } }]);
    expect(untracked).toMatchObject([{ value: 2, components: { start: 1, new: 1, end: 2 } }]);
  });

  it("a dimension tracked from now on says so", async () => {
    const changed = await call("/v1/workspace", {
      method: "PATCH",
      body: { trackedDimensions: ["channel", "touchpoint", "region"] },
    });
    expect(changed.json.trackedSince.region).toMatch(/^\d{4}-\d\d-\d\dT/);
    const { json } = await call("/v1/metrics/nps?filter.region=north");
    expect(json.remarks).toEqual([expect.stringContaining("region is tracked since")]);
  });

  it.each([
    ["groupBy=Channel", "/groupBy"],
    ["groupBy=channel,channel", "/groupBy"],
    ["groupBy=channel,", "/groupBy"],
    ["groupBy=a,b,c,d", "/groupBy"],
    ["groupBy=plan,channel&filter.channel=web", "/groupBy"],
    ["groupBy=channel&filter.channel=web", "/groupBy"],
    ["filter.=web", "/filter."],
    ["filter.channel=", "/filter.channel"],
    ["filter.__proto__=x", "/filter.__proto__"],
    ["channel=web", "/channel"],
  ])("refuses %s", async (query, pointer) => {
    const { status, json } = await call(`/v1/metrics/nps?${query}`);
    expect({ status, pointer: json.errors[0].pointer }).toEqual({ status: 400, pointer });
  });
});

describe("CSV", () => {
  it("has the same rows as the JSON", async () => {
    const path =
      "/v1/metrics/nps?from=2026-09-01&to=2026-10-31&interval=month&groupBy=channel&compare=previous";
    const [{ json }, csv] = [await call(path), await call(path, { accept: "text/csv" })];
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    const rows: Record<string, string>[] = parse(csv.text, { bom: true, columns: true });
    expect(rows.map(({ group, from, value, n }) => ({ group, from, value, n }))).toEqual(
      json.series.map(({ group, from, value, n }: Entry) => ({
        group,
        from,
        value: value === null ? "" : String(value),
        n: String(n),
      })),
    );
    expect(rows[0]).toHaveProperty("compared.significant");
    expect(rows[0]).toHaveProperty("components.promoters");
  });

  it("is only for those who ask for it", async () => {
    const { headers } = await call("/v1/metrics", { accept: "application/json, text/csv;q=0.5" });
    expect(headers.get("content-type")).toBe("application/json");
  });
});
