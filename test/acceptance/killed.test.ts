import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { kill } from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectShop, freePort, progressOf, setUpShop, shopFacts, startCloud } from "./killing.ts";
import { dataSet, makeFolder, reconcile, runImport } from "./support.ts";

const data = dataSet("online-retail", "orders.csv", "online-retail.json");
const key = "cxm_acceptance-of-twenty-kills";
/** `npm run test:kills` kills twenty times. */
const kills = Number(process.env["KILLS"] || 6);

interface ImportState {
  readonly tally: {
    readonly facts: Record<string, { readonly recorded: number; readonly duplicate: number }>;
  };
}

describe.skipIf(!data.isThere)(`an import whose server is killed ${kills} times${data.remark}`, () => {
  let folder: { path: string; remove: () => Promise<void> };
  let cloud: ChildProcess | undefined;
  let port: number;
  let dataDir: string;

  beforeAll(async () => {
    folder = await makeFolder();
    port = await freePort();
    dataDir = join(folder.path, "data");
  });

  afterAll(async () => {
    await end("SIGTERM");
    await folder?.remove();
  });

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!cloud || cloud.exitCode !== null || cloud.signalCode !== null) return;
    const closed = once(cloud, "close");
    cloud.kill(signal);
    await closed;
  }

  /** Ends the engine; the local cloud notices that and ends itself. */
  async function endEngine(): Promise<void> {
    if (!cloud) throw new Error("the local cloud does not run");
    const closed = once(cloud, "close");
    const run = JSON.parse(await readFile(join(dataDir, "run.json"), "utf8")) as { enginePid: number };
    kill(run.enginePid, "SIGKILL");
    await closed;
  }

  /** How many facts the import knows to be recorded. */
  async function acknowledged(): Promise<number> {
    const state = JSON.parse(await readFile(join(folder.path, "import-state.json"), "utf8")) as ImportState;
    return Object.values(state.tally.facts).reduce(
      (sum, { recorded, duplicate }) => sum + recorded + duplicate,
      0,
    );
  }

  it("keeps what was acknowledged every time, and ends with exactly the expected numbers", async () => {
    const url = `http://127.0.0.1:${port}`;
    let known = 0;
    for (let round = 1; round <= kills; round += 1) {
      cloud = await startCloud(port, dataDir, key);
      if (round === 1) await setUpShop(url, key);
      expect(await shopFacts(url, key)).toBeGreaterThanOrEqual(known);
      const running = runImport(data, url, key, folder.path, ["--batch", "100"]);
      await progressOf(folder.path, 4);
      await (round % 2 === 0 ? end("SIGKILL") : endEngine());
      if (round === 1) {
        // The import tries again by itself until the server is back.
        const goesOn = progressOf(folder.path, 4);
        cloud = await startCloud(port, dataDir, key);
        await goesOn;
        await end("SIGKILL");
      }
      running.child.kill("SIGKILL");
      await running.finished;
      known = await acknowledged();
    }
    cloud = await startCloud(port, dataDir, key);
    const { code, err } = await runImport(data, url, key, folder.path).finished;
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^Continuing after row [\d,]+ \(--restart begins again\)\.\n$/),
    });
    await expectShop(data, url, key);
    const range = { from: "2011-11-01", to: "2011-12-31" };
    expect(await reconcile(url, key, range)).toMatchObject({
      ...{ differencesTotal: 0, historiesTotal: 0, unsettled: 0 },
    });
  }, 1_800_000);

  it("leaves no secret in the server's logs", async () => {
    const log = await readFile(join(dataDir, "logs", "record-events.log"), "utf8");
    expect(log).toContain('"route":"POST /v1/events"');
    expect(log).not.toContain(key);
    expect(log).not.toContain("order-536365");
  });
});
