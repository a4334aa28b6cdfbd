import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi, dataSet, makeFolder, runImport, type SeriesEntry } from "./support.ts";

const data = dataSet("online-retail", "orders.csv", "online-retail.json");
const program = fileURLToPath(new URL("../../bin/local.ts", import.meta.url));
const key = "cxm_acceptance-of-an-interrupted-import";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Starts what `npm start` starts, and waits until it is ready. */
async function startCloud(port: number, dataDir: string): Promise<ChildProcess> {
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
async function progressOf(folder: string, times: number): Promise<void> {
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

describe.skipIf(!data.isThere)(`an interrupted import${data.remark}`, () => {
  let folder: { path: string; remove: () => Promise<void> };
  let cloud: ChildProcess;

  beforeAll(async () => {
    folder = await makeFolder();
  });

  afterAll(async () => {
    cloud?.kill("SIGTERM");
    if (cloud && cloud.exitCode === null && cloud.signalCode === null) await once(cloud, "close");
    await folder?.remove();
  });

  it("ends with exactly the expected numbers after kill -9 of the server and of the import", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const dataDir = join(folder.path, "data");
    cloud = await startCloud(port, dataDir);
    await callApi(url, key, "PATCH", "/v1/workspace", { currency: "GBP", inactivityDays: 90 });

    const first = runImport(data, url, key, folder.path);
    await progressOf(folder.path, 10);
    cloud.kill("SIGKILL");
    await once(cloud, "close");
    // The import tries again by itself until the server is back.
    const goesOn = progressOf(folder.path, 10);
    cloud = await startCloud(port, dataDir);
    await goesOn;
    first.child.kill("SIGKILL");
    await first.finished;

    const rest = await runImport(data, url, key, folder.path).finished;
    expect({ code: rest.code, err: rest.err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^Continuing after row [\d,]+ \(--restart begins again\)\.\n$/),
    });

    const expected = data.expected() as { total: Record<string, string | number> };
    const { orders, revenue, refunds, refunded, customers, repeatCustomers } = expected.total;
    const total = async (metric: string) => {
      const path = `/v1/metrics/${metric}?from=2010-12-01&to=2011-12-09`;
      const { series } = await callApi<{ series: SeriesEntry[] }>(url, key, "GET", path);
      return series[0]?.components;
    };
    expect(await total("sales")).toMatchObject({ orders, revenue, refunds, refunded });
    expect(await total("customers")).toMatchObject({ new: customers });
    expect(await total("repeat-purchase-rate")).toMatchObject({
      buyers: customers,
      repeatBuyers: repeatCustomers,
    });
  });

  it("leaves no secret in the server's logs", async () => {
    const log = await readFile(join(folder.path, "data", "logs", "record-events.log"), "utf8");
    expect(log).toContain('"route":"POST /v1/events"');
    expect(log).not.toContain(key);
    expect(log).not.toContain("order-536365");
  });
});
