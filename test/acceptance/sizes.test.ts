import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../lib/domain/calendar/days.ts";
import { chunksOf } from "../../lib/store/table/chunks.ts";
import type { ServiceCall } from "../../lib/tools/local-cloud/aws/interception.ts";
import { ApiClient } from "../fixtures/api-client.ts";
import { ApiCloud } from "../fixtures/cloud.ts";
import { refused } from "../fixtures/faults.ts";
import { freePort, startCloud } from "./killing.ts";
import { makeFolder } from "./support.ts";

/**
 * Amounts at which the service, or the local cloud, once gave up. `SIZE=1` has them as they were; without it a part of them, for a suite
 * that has to end.
 */

const size = Number(process.env["SIZE"] ?? 0.05);
const sized = (amount: number) => Math.round(amount * size);

/** Read and write units since the last look. */
const used = { read: 0, write: 0 };
let isOutOfOrder = false;
let cloud: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  cloud = await ApiCloud.start({
    redeliverySeconds: 0,
    variables: { KEY_REQUESTS_PER_SECOND: "1000000" },
    intercept: (call: ServiceCall) =>
      isOutOfOrder && call.functionName === "recount-entities" ? refused : "pass",
    onCapacity: ({ kind, units }) => {
      used[kind] += units;
    },
  });
});
afterAll(() => cloud?.end());

async function record(field: "responses" | "events", facts: readonly object[]): Promise<void> {
  for (const batch of chunksOf(facts, 500)) await api.recordAll(field, batch);
}

const listOf = (amount: number, make: (index: number) => object) =>
  Array.from({ length: amount }, (_, index) => make(index));

const purchase = (customerId: string, orderId: string, day: string) => ({
  ...{ type: "purchase.made", customerId, orderId, occurredAt: `${day}T12:00:00Z` },
  money: { amount: "1.00", currency: "USD" },
});

/** What an answer says, with the units that it took; the key's are known already. */
async function ask<Body>(path: string): Promise<{ json: Body; units: number }> {
  await api.get("/v1/workspace");
  Object.assign(used, { read: 0, write: 0 });
  const { status, json } = await api.get<Body>(path);
  expect(status, JSON.stringify(json).slice(0, 400)).toBe(200);
  return { json, units: used.read };
}

const maxUnits = 500;

describe(`3,000 customers whose settings change (${sized(3_000)} here)`, () => {
  const children: { kill(): void }[] = [];
  afterEach(() => {
    for (const child of children) child.kill();
  });
  const facts = () => listOf(sized(3_000), (index) => purchase(`c-${index}`, `o-${index}`, "2026-06-15"));

  it("are all lost once the recount has ended, although the local cloud was killed 0.4 s after the change", async () => {
    const folder = await makeFolder();
    const [port, key] = [await freePort(), `cxm_${"k".repeat(43)}`];
    const first = await startCloud(port, folder.path, key);
    api = new ApiClient(`http://127.0.0.1:${port}`, key, "default");
    await record("events", facts());
    const { status } = await api.send("PATCH", "/v1/workspace", { body: { inactivityDays: 30 } });
    expect(status).toBe(200);
    await wait(400);
    first.kill("SIGKILL");
    await once(first, "close");
    const second = await startCloud(port, folder.path, key);
    children.push({ kill: () => void second.kill("SIGTERM") });
    const state = async () =>
      (await api.get<{ recount: { state: string } }>("/v1/workspace")).json.recount.state;
    await expect.poll(state, { timeout: 400_000, interval: 1_000 }).toBe("complete");
    expect((await api.total("customers", "2026-08-31", "2026-08-31")).value).toBe(0);
    const body = { from: "2026-06-15", to: "2026-07-20" };
    expect(await api.reconcile(body)).toMatchObject({ differencesTotal: 0, outdatedTotal: 0 });
    second.kill("SIGTERM");
    await once(second, "close");
    await folder.remove();
  });

  it("are found by a reconciliation, and repaired, where every message of the recount was given up", async () => {
    api = await cloud.workspace();
    await record("events", facts());
    isOutOfOrder = true;
    await api.send("PATCH", "/v1/workspace", { body: { inactivityDays: 30 } });
    await cloud.cloud.idle();
    isOutOfOrder = false;
    const reconcile = async (repair: boolean) => {
      const body = { from: "2026-06-15", to: "2026-06-15", repair };
      return (await api.reconcile(body))["outdatedTotal"];
    };
    expect(await reconcile(false)).toBe(sized(3_000));
    await reconcile(true);
    expect(await reconcile(false)).toBe(0);
    expect((await api.total("customers", "2026-08-31", "2026-08-31")).value).toBe(0);
  });
});

describe(`100,500 carts of one day (${sized(100_500)} here)`, () => {
  const cart = (index: number) => ({
    ...{ type: "cart.started", cartId: `cart-${index}`, occurredAt: "2026-03-10T12:00:00Z" },
    dimensions: { shop: "north" },
  });

  it("cost nothing in a question about other days, and every day can be reconciled", async () => {
    api = await cloud.workspace();
    await record("events", listOf(sized(20_500), cart));
    const filtered = "/v1/metrics/cart-abandonment?from=2026-05-01&to=2026-05-31&filter.shop=north";
    const { json, units } = await ask(filtered);
    expect(json).toMatchObject({ series: [{ n: 0 }] });
    expect(units).toBeLessThan(50);
    await record(
      "events",
      listOf(sized(80_000), (index) => cart(20_500 + index)),
    );
    for (const day of ["2026-03-09", "2026-03-10", "2026-03-12", "2026-04-20"]) {
      const found = await api.reconcile({ from: day, to: day });
      expect(found).toMatchObject({ differencesTotal: 0, historiesTotal: 0, skippedDays: [] });
      if (day === "2026-03-10") expect(found["facts"]).toBe(sized(100_500));
    }
  });
});

describe("questions that look at much", () => {
  it("50 goals of two filters each are listed page by page, each within 500 units", async () => {
    api = await cloud.workspace({ trackedDimensions: ["channel", "plan"] });
    await record(
      "responses",
      listOf(sized(5_000), (index) => ({
        ...{ survey: "esat", score: 1 + (index % 10), occurredAt: "2026-03-10T12:00:00Z" },
        dimensions: { channel: `channel-${index % 50}`, plan: "pro" },
      })),
    );
    for (let index = 0; index < 50; index += 1) {
      const body = {
        ...{ metric: "esat", target: { value: 9 }, dueDate: "2027-06-30" },
        ...{ filter: { channel: `channel-${index}`, plan: "pro" } },
        base: { from: "2026-03-01", to: "2026-03-31" },
      };
      expect((await api.send("PUT", `/v1/goals/goal-${index}`, { body })).status).toBe(201);
    }
    let listed = 0;
    for (let cursor: string | null = ""; cursor !== null; ) {
      const more: string = cursor ? `&cursor=${cursor}` : "";
      const page = await ask<{ items: object[]; nextCursor: string | null }>(`/v1/goals?limit=50${more}`);
      expect(page.units).toBeLessThanOrEqual(maxUnits);
      listed += page.json.items.length;
      cursor = page.json.nextCursor;
    }
    expect(listed).toBe(50);
    const { units } = await ask("/v1/terms?survey=nps&comments=5000");
    expect(units).toBeLessThanOrEqual(maxUnits);
  });

  it("493 comments among many answers come in pages of 200, 200 and 93", async () => {
    api = await cloud.workspace();
    const all = Math.max(1_000, sized(6_000));
    await record(
      "responses",
      listOf(all, (index) => ({
        ...{ survey: "nps", score: index % 11 },
        occurredAt: new Date(Date.parse("2026-03-10T00:00:00Z") + index * 60_000).toISOString(),
        ...(index % 2 === 0 && index < 2 * 493 ? { comment: `Comment ${index}` } : {}),
      })),
    );
    const sizes: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const more: string = cursor ? `&cursor=${cursor}` : "";
      const path = `/v1/responses?survey=nps&hasComment=true&limit=200${more}`;
      const { json, units } = await ask<{ items: object[]; nextCursor: string | null }>(path);
      expect(units).toBeLessThanOrEqual(maxUnits);
      sizes.push(json.items.length);
      cursor = json.nextCursor;
    }
    expect(sizes).toEqual([200, 200, 93]);
  });
});

it(`a purchase in the middle of 3,000 days of one customer (${sized(3_000)} here) is recorded at a cost in proportion`, async () => {
  api = await cloud.workspace();
  const days = sized(3_000);
  const first = "2016-01-01";
  await record(
    "events",
    listOf(days, (index) => purchase("guest", `guest-${index}`, addDays(first, index))),
  );
  Object.assign(used, { read: 0, write: 0 });
  await api.recordAll("events", [purchase("guest", "one-more", addDays(first, Math.floor(days / 2)))]);
  expect(used.write).toBeLessThan(100 + 1.2 * days);
  const last = addDays(first, days - 1);
  expect((await api.total("sales", first, last)).components).toMatchObject({ orders: days + 1 });
});

it("300 connections that never end their head are closed, and others are served meanwhile", async () => {
  api = await cloud.workspace();
  const { port } = new URL(api.url);
  const sockets = await Promise.all(
    listOf(300, () => ({})).map(async (): Promise<Socket> => {
      const socket = connect(Number(port), "127.0.0.1");
      socket.on("error", () => {}).resume();
      await once(socket, "connect");
      socket.write("GET /v1/workspace HTTP/1.1\r\nHost: api\r\nX-Half");
      return socket;
    }),
  );
  const closed = Promise.all(sockets.map((socket) => once(socket, "close")));
  expect((await api.get("/v1/workspace")).status).toBe(200);
  await closed;
  expect((await api.get("/v1/workspace")).status).toBe(200);
});
