import { kill } from "node:process";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { LocalCloudError } from "../../../lib/tools/local-cloud/errors.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** The store dies in the middle of the work. */

let test: ApiCloud;
let api: ApiClient;
let onFailure: (error: LocalCloudError) => void = () => {};

beforeEach(async () => {
  test = await ApiCloud.start({ onFailure: (error) => onFailure(error) });
  api = test.client;
});
afterEach(() => test?.end());

const day = "2024-05-02";
const purchase = (id: string) => ({
  ...{ id, type: "purchase.made", orderId: id, customerId: `c-${id.at(-1)}`, occurredAt: `${day}T12:00:00Z` },
  money: { amount: "1.00", currency: "USD" },
});

/** Kills the engine at once, and waits until that has been noticed. */
async function killEngine(): Promise<void> {
  const { enginePid } = test.cloud;
  if (enginePid === undefined) throw new Error("the engine is not the cloud's own");
  const noticed = new Promise<LocalCloudError>((resolve) => {
    onFailure = resolve;
  });
  kill(enginePid, "SIGKILL");
  expect((await noticed).message).toContain("what was acknowledged is kept");
}

it("without its store every route that it was asked before answers 503 and may be resent", async () => {
  const [fact, other] = [purchase("a"), purchase("b")];
  const ask = () =>
    Promise.all([
      api.post("/v1/events", other),
      api.get("/v1/metrics/sales"),
      api.get("/v1/snapshots"),
      api.get("/v1/workspace"),
      api.get("/v1/health", { key: null }),
    ]);
  await api.recordAll("events", [fact]);
  await Promise.all([api.get("/v1/metrics/sales"), api.get("/v1/snapshots"), api.get("/v1/workspace")]);
  await killEngine();
  for (const { status, headers, json } of await ask()) {
    expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(json).toMatchObject({
      title: "Temporarily unavailable",
      detail: expect.stringContaining("is safe"),
    });
  }
  await test.restart();
  api = test.client;
  expect((await ask()).map(({ status }) => status)).toEqual([201, 200, 200, 200, 200]);
  expect(await api.total("sales", day, day)).toMatchObject({ value: "2.00", n: 2 });
});

it("what was acknowledged before the store died is there after a restart, each fact once", async () => {
  const acknowledged: string[] = [];
  const sent: string[] = [];
  let goesOn = true;
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const work = async (worker: number) => {
    for (let round = 0; goesOn; round += 1) {
      const id = `p-${worker}-${round}`;
      sent.push(id);
      // Whoever waits when the cloud stops hears nothing: that is no acknowledgement either.
      const answered = await api.post("/v1/events", purchase(id)).catch(() => undefined);
      if (answered?.status === 201) acknowledged.push(id);
      else expect([undefined, 503]).toContain(answered?.status);
      if (acknowledged.length > 150) resolve();
    }
  };
  const workers = Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(work));
  await Promise.race([enough, workers]);
  await killEngine();
  goesOn = false;
  await test.restart();
  await workers;
  api = test.client;
  const stored = await api.total("sales", day, day);
  expect(stored.n).toBeGreaterThanOrEqual(acknowledged.length);
  expect(stored.n).toBeLessThanOrEqual(sent.length);
  const again = await api.batch("events", acknowledged.slice(0, 500).map(purchase));
  expect(again).toMatchObject({ recorded: 0, duplicate: Math.min(500, acknowledged.length) });
  for (let start = 0; start < sent.length; start += 500) {
    await api.batch("events", sent.slice(start, start + 500).map(purchase));
  }
  expect(await api.total("sales", day, day)).toMatchObject({ n: sent.length, value: `${sent.length}.00` });
  expect(await api.total("customers", day, day)).toMatchObject({
    value: new Set(sent.map((id) => id.at(-1))).size,
  });
});

it("a store that was stopped in an orderly way has everything at the next start", async () => {
  await api.recordAll(
    "events",
    Array.from({ length: 200 }, (_, index) => purchase(`p-${index}`)),
  );
  const key = await test.key(api, "read");
  await api.send("PATCH", "/v1/workspace", { body: { margin: 0.5 } });
  await api.post("/v1/snapshots", { from: day, to: day });
  const snapshots = await api.snapshots(`from=${day}&to=${day}&limit=200`);
  await test.restart();
  api = test.client;
  expect(await api.total("sales", day, day)).toMatchObject({ n: 200, value: "200.00" });
  expect((await api.get("/v1/workspace", { key })).json).toMatchObject({ margin: 0.5 });
  expect(await api.snapshots(`from=${day}&to=${day}&limit=200`)).toEqual(snapshots);
});
