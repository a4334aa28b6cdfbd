import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { kill } from "node:process";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalCloud, startLocalCloud } from "../../lib/tools/local-cloud/cloud.ts";
import { dayBefore } from "../fixtures/api-client.ts";
import { factArbitrary } from "../fixtures/fact-arbitraries.ts";
import { seededRandom } from "../unit/domain/metrics/statistics/random.ts";
import { archiveAll, expectFilesToTellCounters, filesBelow, filesThatName } from "./archived-days.ts";
import { freePort, startCloud } from "./killing.ts";
import { makeFolder } from "./support.ts";

/** Kills while closed days are written as files, and late facts and erasures come in. */

const key = "cxm_acceptance-of-killed-archives";
/** `npm run test:kills` kills twenty times. */
const kills = Number(process.env["KILLS"] || 6);
const days = 10;
const [from, to] = [dayBefore(days), dayBefore(1)];
const factsPerRound = 60;

interface Named {
  readonly route: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const person = (round: number) => `person-${round}-to-be-erased`;

/** Facts of all types; then what one person did on several days, with words of its own. */
function factsOf(round: number): Named[] {
  const drawn = fc.sample(factArbitrary(from, days), { numRuns: factsPerRound, seed: round });
  const own = [1, 4, 8].map((ago): Named => {
    const body = {
      id: `bought-${round}-${ago}`,
      orderId: `order of ${person(round)}`,
      customerId: person(round),
    };
    const money = { amount: "12.50", currency: "USD" };
    return {
      route: "events",
      body: { type: "purchase.made", ...body, money, occurredAt: `${dayBefore(ago)}T10:00:00Z` },
    };
  });
  const comment = `${person(round)} was here`;
  const answer = { id: `said-${round}`, survey: "nps", score: 9, customerId: person(round), comment };
  return [
    ...drawn.map(({ route, body }, index) => ({ route, body: { id: `r-${round}-${index}`, ...body } })),
    ...own,
    { route: "responses", body: { ...answer, occurredAt: `${dayBefore(2)}T11:00:00Z` } },
  ];
}

let folder: { path: string; remove: () => Promise<void> };
let dataDir: string;
let child: ChildProcess | undefined;
let cloud: LocalCloud | undefined;

beforeAll(async () => {
  folder = await makeFolder();
  dataDir = join(folder.path, "data");
  mkdirSync(join(dataDir, "buckets"), { recursive: true });
});

afterAll(async () => {
  child?.kill("SIGKILL");
  await cloud?.stop();
  await folder?.remove();
});

/** Asks until it is answered as it should be, or the server is gone. @returns whether it was */
async function insist(url: string, method: string, path: string, body?: unknown): Promise<boolean> {
  for (;;) {
    try {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const { status } = await fetch(`${url}${path}`, { method, headers, ...sent });
      if (status < 300) return true;
      if (status !== 503 && status !== 429 && status !== 500)
        throw new RangeError(`${method} ${path}: ${status}`);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return false;
    }
  }
}

async function sendAll(url: string, facts: readonly Named[]): Promise<boolean> {
  for (const [route, own] of Map.groupBy(facts, (fact) => fact.route)) {
    if (!(await insist(url, "POST", `/v1/${route}`, { [route]: own.map(({ body }) => body) }))) return false;
  }
  return true;
}

const erase = (url: string, round: number) =>
  insist(url, "DELETE", `/v1/customers?customerId=${person(round)}`);

/** Resolves when so many files of closed days were written. */
function filesWritten(count: number): Promise<void> {
  return new Promise((done) => {
    let seen = 0;
    const watcher = watch(join(dataDir, "buckets"), { recursive: true }, (_event, name) => {
      if (!name?.endsWith(".parquet")) return;
      seen += 1;
      if (seen < count) return;
      watcher.close();
      done();
    });
  });
}

it(`killed ${kills} times, the files say in the end what the table says, and name nobody who was erased`, async () => {
  const random = seededRandom(14);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const unsent: number[] = [];
  const unerased: number[] = [];
  let written = 0;
  for (let round = 1; round <= kills; round += 1) {
    const count = 1 + Math.floor(random() * 25);
    const reached = filesWritten(count).then(() => (written += count));
    // What earlier rounds left is written by the run at the start.
    child = await startCloud(port, dataDir, key);
    unsent.push(round);
    const working = (async () => {
      while (unsent[0] !== undefined && (await sendAll(url, factsOf(unsent[0])))) unsent.shift();
      // The person of the round before is erased while its days are written anew.
      if (round > 1) unerased.push(round - 1);
      const taking = insist(url, "POST", "/v1/snapshots", { from, to });
      while (unerased[0] !== undefined && (await erase(url, unerased[0]))) unerased.shift();
      await taking;
    })();
    await Promise.race([reached, working]);
    const closed = once(child, "close");
    const { enginePid } = JSON.parse(await readFile(join(dataDir, "run.json"), "utf8")) as {
      enginePid: number;
    };
    if (round % 2 === 0) child.kill("SIGKILL");
    else kill(enginePid, "SIGKILL");
    await closed;
    await working;
  }
  expect(written).toBeGreaterThan(0);
  cloud = await startLocalCloud({ dataDir, apiKey: key });
  for (const round of unsent) expect(await sendAll(cloud.url, factsOf(round))).toBe(true);
  for (let round = 1; round <= kills; round += 1) expect(await erase(cloud.url, round)).toBe(true);
  await archiveAll(cloud);
  const files = filesBelow(dataDir);
  expect(await expectFilesToTellCounters(cloud, "default")).toBeGreaterThan(100);
  for (let round = 1; round <= kills; round += 1) {
    expect({ round, named: await filesThatName(files, person(round)) }).toEqual({ round, named: [] });
  }
  expect(await insist(cloud.url, "POST", "/v1/snapshots", { from, to })).toBe(true);
  await archiveAll(cloud);
  expect(filesBelow(dataDir)).toEqual(files);
}, 1_800_000);

it("while a tenth of the calls of S3 go wrong, nothing is lost that the next run would not write", async () => {
  const random = seededRandom(15);
  let [calls, faults] = [0, 0];
  let isFaulty = true;
  const own = join(folder.path, "faulty");
  const faulty = await startLocalCloud({
    ...{ dataDir: own, apiKey: key, redeliverySeconds: 1 },
    intercept: ({ service }) => {
      if (service !== "s3" || !isFaulty) return "pass";
      calls += 1;
      if (random() >= 0.1) return "pass";
      faults += 1;
      const slow = { answer: { status: 503, body: { __type: "SlowDown", message: "slow down" } } };
      const broken = { answer: { status: 500, body: { __type: "InternalError", message: "out of order" } } };
      return ([slow, broken, "drop-request", "drop-answer", "cut-answer"] as const)[faults % 5] ?? "pass";
    },
  });
  try {
    for (let round = 1; round <= 4; round += 1) {
      expect(await sendAll(faulty.url, factsOf(round))).toBe(true);
      await faulty.invoke("plan-snapshots", {});
      const erasing = erase(faulty.url, round);
      await faulty.idle();
      expect(await erasing).toBe(true);
    }
    isFaulty = false;
    await archiveAll(faulty);
    console.log(`${faults} of ${calls} calls of S3 went wrong`);
    expect(faults).toBeGreaterThan(20);
    await expectFilesToTellCounters(faulty, "default");
    const files = filesBelow(own);
    for (let round = 1; round <= 4; round += 1) {
      expect({ round, named: await filesThatName(files, person(round)) }).toEqual({ round, named: [] });
    }
    await archiveAll(faulty);
    expect(filesBelow(own)).toEqual(files);
  } finally {
    await faulty.stop();
  }
}, 1_800_000);
