import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maxReadUnits } from "../../../lib/store/table/budget.ts";
import { chunksOf } from "../../../lib/store/table/chunks.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** What one question may cost: read units as the table tells them. */

let test: ApiCloud;
let api: ApiClient;
let units = 0;

/** What a question answers, and what it cost; the request's key and workspace come on top of its budget. */
async function ask(path: string) {
  await api.get("/v1/metrics?limit=1");
  units = 0;
  const { status, json } = await api.get<Record<string, unknown>>(path);
  return { status, json, units };
}

/** Records facts in as many batches as that takes. */
async function recordMany(field: "responses" | "events", facts: readonly object[]) {
  for (const batch of chunksOf(facts, 500)) await api.recordAll(field, batch);
}

const detailOf = (json: Record<string, unknown>) =>
  (json["errors"] as readonly { pointer: string; detail: string }[] | undefined)?.[0];

/** What the request reads before its question, its key and its workspace, is part of it. */
const most = maxReadUnits + 0.5;

beforeAll(async () => {
  test = await ApiCloud.start({
    onCapacity: ({ kind, units: consumed }) => {
      if (kind === "read") units += consumed;
    },
  });
  api = await test.workspace({ trackedDimensions: ["channel", "plan"] });
  await recordMany(
    "events",
    Array.from({ length: 1_100 }, (_, index) => ({
      ...{ type: "cart.started", cartId: `cart-${index}`, occurredAt: "2026-03-10T12:00:00Z" },
      dimensions: { channel: "web", plan: "pro", shop: "north" },
    })),
  );
  await recordMany(
    "responses",
    Array.from({ length: 2_000 }, (_, index) => ({
      ...{ survey: "esat", score: 1 + (index % 10), occurredAt: "2026-03-10T12:00:00Z" },
      dimensions: { channel: `channel-${index % 199}`, plan: "pro" },
    })),
  );
}, 300_000);
afterAll(() => test?.end());

describe("carts that count from single facts", () => {
  it("are answered for a range in which little happened, however many there are on another day", async () => {
    const april = "/v1/metrics/cart-abandonment?from=2026-05-01&to=2026-05-31&filter.shop=north";
    const { status, json, units: spent } = await ask(april);
    expect({ status, series: json["series"] }).toMatchObject({ status: 200, series: [{ n: 0 }] });
    expect(spent).toBeLessThan(20);
  });

  it("are refused for a day on which there are more than the budget allows, with advice, and without reading them", async () => {
    const {
      status,
      json,
      units: spent,
    } = await ask("/v1/metrics/cart-abandonment?from=2026-03-10&to=2026-03-12&filter.shop=north");
    expect(status).toBe(400);
    expect(detailOf(json)).toEqual({
      pointer: "/filter.shop",
      detail: expect.stringMatching(/ask for fewer days, or track shop in the workspace$/),
    });
    expect(spent).toBeLessThan(most / 2);
  });
});

describe("several dimensions at once", () => {
  it("that are tracked each: the advice is fewer days, or one of them alone, and not to track them", async () => {
    const { json } = await ask(
      "/v1/metrics/cart-abandonment?from=2026-01-01&to=2026-06-30&filter.channel=web&filter.plan=pro",
    );
    const { pointer, detail } = detailOf(json) ?? {};
    expect(pointer).toBe("/filter.channel");
    expect(detail).toMatch(/ask for fewer days, or for channel or plan alone, which has counters$/);
  });

  it("that are grouped by: the advice names them", async () => {
    const { status, json } = await ask(
      "/v1/metrics/cart-abandonment?from=2026-01-01&to=2026-06-30&groupBy=channel,plan",
    );
    expect(status).toBe(400);
    expect(detailOf(json)).toEqual({
      pointer: "/groupBy",
      detail: expect.stringMatching(/^together with plan is counted from single facts/),
    });
  });
});

describe("200 values of a dimension", () => {
  it("are refused in a report before any of them is read, with advice", async () => {
    const { status, json, units: spent } = await ask("/v1/report?from=2016-12-01&groupBy=channel&comments=0");
    expect({ status, detail: detailOf(json) }).toEqual({
      status: 400,
      detail: { pointer: "/groupBy", detail: expect.stringMatching(/single values with filter\.channel$/) },
    });
    expect(spent).toBeLessThan(most);
  });

  it("are answered for one metric", async () => {
    const { status, units: spent } = await ask(
      "/v1/metrics/esat?from=2026-03-01&to=2026-03-31&groupBy=channel&top=10",
    );
    expect(status).toBe(200);
    expect(spent).toBeLessThan(most);
  });
});

describe("comparing with nothing", () => {
  it("is what compare=none says, of a metric and of the report", async () => {
    const { status, json } = await ask("/v1/metrics/esat?from=2026-03-01&to=2026-03-31&compare=none");
    expect(status).toBe(200);
    expect(json).not.toHaveProperty("comparison");
    const report = await api.get("/v1/report?from=2026-03-01&to=2026-03-31&compare=none");
    expect(report.status).toBe(200);
    expect(report.text).not.toContain("compared with");
  });
});

it("terms of comments that nobody wrote cost no more than the budget, however many are asked for", async () => {
  const { status, json, units: spent } = await ask("/v1/terms?survey=esat&from=2026-03-01&comments=5000");
  expect(status).toBe(200);
  expect(json["lookedAt"]).toMatchObject({ comments: 0, responses: 2_000, complete: true });
  expect(spent).toBeLessThan(most);
});

it("goals that count from single facts cost no more than the budget a page, and all are listed", async () => {
  const ids = Array.from({ length: 8 }, (_, index) => `goal-${index}`);
  for (const id of ids) {
    const { status } = await api.send("PUT", `/v1/goals/${id}`, {
      body: {
        ...{ metric: "esat", target: { value: 9 }, dueDate: "2027-06-30" },
        ...{ filter: { channel: "channel-1", plan: "pro" }, base: { from: "2026-03-01", to: "2026-03-31" } },
      },
    });
    expect(status).toBe(201);
  }
  const seen: unknown[] = [];
  for (let cursor: unknown = ""; cursor !== null; ) {
    const {
      status,
      json,
      units: spent,
    } = await ask(`/v1/goals?limit=50${cursor ? `&cursor=${cursor}` : ""}`);
    expect({ status, json }).toMatchObject({ status: 200 });
    expect(spent).toBeLessThan(most);
    const items = json["items"] as readonly { id: string; state: string; base: unknown }[];
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ base }) => base !== null)).toBe(true);
    seen.push(...items.map(({ id }) => id));
    cursor = json["nextCursor"];
  }
  expect(seen).toEqual(ids);
});

it("rolling windows of a year on each of 7,000 days are answered", async () => {
  const { status } = await ask("/v1/metrics/clv?from=2007-01-01&interval=day&window=365&compare=previous");
  expect([200, 400]).toContain(status);
});
