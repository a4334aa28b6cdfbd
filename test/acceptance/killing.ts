import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { callApi, type DataSet, type SeriesEntry } from "./support.ts";

/** What tests share that end processes in the middle of an import of a shop's invoices. */

const program = fileURLToPath(new URL("../../bin/start.ts", import.meta.url));

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Starts what `npm start` starts, and waits until it is ready. */
export async function startCloud(port: number, dataDir: string, key: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, API_KEY: key },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((ready, fail) => {
    let printed = "";
    child.stdout?.on("data", (text) => {
      printed += text;
      if (/^ready /m.test(printed)) ready();
    });
    child.once("close", () => fail(new Error(`the cloud ended: ${printed}`)));
  });
  return child;
}

/** Resolves when an import in this folder has noted its progress so many times more. */
export async function progressOf(folder: string, times: number): Promise<void> {
  const watcher = watch(folder);
  let seen = 0;
  await new Promise<void>((done) => {
    watcher.on("change", (_event, name) => {
      if (name === "import-state.json") seen += 1;
      if (seen === times) done();
    });
  });
  watcher.close();
}

/** The settings of the shop. */
export async function setUpShop(url: string, key: string): Promise<void> {
  await callApi(url, key, "PATCH", "/v1/workspace", { currency: "GBP", inactivityDays: 90 });
}

/** What the API says of the thirteen months of the shop. */
async function shopTotal(url: string, key: string, metric: string): Promise<SeriesEntry["components"]> {
  const path = `/v1/metrics/${metric}?from=2010-12-01&to=2011-12-09`;
  const { series } = await callApi<{ series: SeriesEntry[] }>(url, key, "GET", path);
  return series[0]?.components ?? {};
}

/** How many facts are stored and counted. */
export async function shopFacts(url: string, key: string): Promise<number> {
  const { orders, refunds } = await shopTotal(url, key, "sales");
  return Number(orders) + Number(refunds);
}

/** The numbers are exactly those that independent code computed from the rows. */
export async function expectShop(data: DataSet, url: string, key: string): Promise<void> {
  const expected = data.expected() as { total: Record<string, string | number> };
  const { orders, revenue, refunds, refunded, customers, repeatCustomers } = expected.total;
  expect(await shopTotal(url, key, "sales")).toMatchObject({ orders, revenue, refunds, refunded });
  expect(await shopTotal(url, key, "customers")).toMatchObject({ new: customers });
  expect(await shopTotal(url, key, "repeat-purchase-rate")).toMatchObject({
    ...{ buyers: customers, repeatBuyers: repeatCustomers },
  });
}
