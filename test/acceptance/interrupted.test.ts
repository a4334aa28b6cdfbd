import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectShop, freePort, progressOf, setUpShop, startCloud } from "./killing.ts";
import { dataSet, makeFolder, runImport } from "./support.ts";

const data = dataSet("online-retail", "orders.csv", "online-retail.json");
const key = "cxm_acceptance-of-an-interrupted-import";

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
    cloud = await startCloud(port, dataDir, key);
    await setUpShop(url, key);

    const first = runImport(data, url, key, folder.path);
    await progressOf(folder.path, 10);
    cloud.kill("SIGKILL");
    await once(cloud, "close");
    // The import tries again by itself until the server is back.
    const goesOn = progressOf(folder.path, 10);
    cloud = await startCloud(port, dataDir, key);
    await goesOn;
    first.child.kill("SIGKILL");
    await first.finished;

    const rest = await runImport(data, url, key, folder.path).finished;
    expect({ code: rest.code, err: rest.err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^Continuing after row [\d,]+ \(--restart begins again\)\.\n$/),
    });

    await expectShop(data, url, key);
  });

  it("leaves no secret in the server's logs", async () => {
    const log = await readFile(join(folder.path, "data", "logs", "record-events.log"), "utf8");
    expect(log).toContain('"route":"POST /v1/events"');
    expect(log).not.toContain(key);
    expect(log).not.toContain("order-536365");
  });
});
