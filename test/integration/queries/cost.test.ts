import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { type LocalCloud, startLocalCloud } from "../../../lib/tools/local-cloud/cloud.ts";

let cloud: LocalCloud;
let dataDir: string;
let used = { requests: 0, readUnits: 0 };

async function call(
  path: string,
  body?: unknown,
  method = body === undefined ? "GET" : "POST",
): Promise<{ readonly series?: readonly unknown[] }> {
  const response = await fetch(`${cloud.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${cloud.apiKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return (await response.json()) as { readonly series?: readonly unknown[] };
}

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

/** Every day of two years: answers with every score, and purchases that win, keep and lose customers. */
async function fill() {
  await call("/v1/workspace", { inactivityDays: 30 }, "PATCH");
  for (let first = 1; first <= 730; first += 40) {
    const days = Array.from({ length: Math.min(40, 731 - first) }, (_, index) => first + index);
    const at = (daysAgo: number) => `${day(daysAgo)}T00:00:00Z`;
    await call("/v1/responses", {
      responses: days.flatMap((daysAgo) =>
        [0, 5, 9, 10].map((score) => ({ survey: "nps", score, occurredAt: at(daysAgo) })),
      ),
    });
    await call("/v1/events", {
      events: days.flatMap((daysAgo) =>
        [daysAgo, daysAgo >> 1].map((customer, order) => ({
          type: "purchase.made",
          customerId: `customer-${customer}`,
          orderId: `order-${daysAgo}-${order}`,
          occurredAt: at(daysAgo),
          money: { amount: "99.99", currency: "USD" },
        })),
      ),
    });
  }
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "cost-"));
  cloud = await startLocalCloud({
    dataDir,
    maxThreads: 32,
    onCapacity: ({ functionName, kind, units }) => {
      if (functionName !== "read-metrics" || kind !== "read") return;
      used.requests += 1;
      used.readUnits += units;
    },
  });
  await fill();
});

afterAll(async () => {
  await cloud?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe("a year of days, over the API", () => {
  it.each(metrics.map(({ id }) => id))("of %s costs at most 3 requests and 55 read units", async (id) => {
    const path = `/v1/metrics/${id}?interval=day&from=${day(365)}&to=${day(1)}`;
    // What is remembered for some seconds, such as the key and the settings, is looked up before.
    await call("/v1/metrics?limit=1");
    used = { requests: 0, readUnits: 0 };
    const { series } = await call(path);
    expect(series).toHaveLength(365);
    expect(used.requests).toBeGreaterThan(0);
    expect(used.requests).toBeLessThanOrEqual(3);
    expect(used.readUnits).toBeLessThanOrEqual(55);
  });
});
