#!/usr/bin/env node
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { maxReadUnits } from "../lib/store/table/budget.ts";
import { startLocalCloud } from "../lib/tools/local-cloud/cloud.ts";
import {
  type Batch,
  costliestBatches,
  ordinaryBatch,
  publicBatches,
  seedDimensions,
  seedHistories,
} from "./costliest/batches.ts";
import { costliestQuestions, seed } from "./costliest/questions.ts";

/**
 * `npm run bench:costliest [questions|batches]`: asks the costliest questions that we know of, over HTTP on the local cloud, and prints what
 * each costs: read units as the table tells them, and the CPU time of its function. Then the costliest batches, beside an ordinary one. Units do
 * not depend on the machine. Fails where a question takes more than 500 read units or 2 s of CPU, or a batch more than ten times an ordinary one.
 */

const maxCpuMilliseconds = 2_000;
const maxTimesOrdinary = 10;
const [part] = process.argv.slice(2);

const used = { read: 0, write: 0 };
const dataDir = await mkdtemp(join(tmpdir(), "cx-metrics-costliest-"));
const cloud = await startLocalCloud({
  dataDir,
  variables: { KEY_REQUESTS_PER_SECOND: "1000000" },
  onCapacity: ({ units, kind }) => {
    used[kind] += units;
  },
});

async function send(method: string, path: string, body?: unknown, key = cloud.apiKey) {
  const response = await fetch(`${cloud.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, requestId: response.headers.get("apigw-requestid") ?? "" };
}

/** The CPU time of each request that a function has logged, by status and route, the latest last. */
async function latestCpuMilliseconds(): Promise<number> {
  // A function's output is in its file a moment later.
  await wait(200);
  const folder = join(dataDir, "logs");
  const lines: { at: string; cpu: number }[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(".log")) continue;
    const text = await readFile(join(folder, name), "utf8");
    for (const line of text.trimEnd().split("\n").slice(-3)) {
      const found = /"timestamp":"([^"]+)".*"cpuMilliseconds":(\d+)/.exec(line);
      if (found) lines.push({ at: found[1] ?? "", cpu: Number(found[2]) });
    }
  }
  lines.sort((a, b) => (a.at < b.at ? -1 : 1));
  return lines.at(-1)?.cpu ?? Number.NaN;
}

let isTooDear = false;
const print = (columns: readonly string[]) =>
  process.stdout.write(
    `${(columns[0] ?? "").padEnd(74)}${columns
      .slice(1)
      .map((text) => text.padStart(12))
      .join("")}\n`,
  );

async function measureQuestions(): Promise<void> {
  await seed(send);
  await cloud.invoke("plan-snapshots", {});
  await cloud.idle();
  print(["question", "status", "read units", "CPU ms", "ms"]);
  for (const [name, path] of costliestQuestions()) {
    Object.assign(used, { read: 0, write: 0 });
    const begin = performance.now();
    const { status, text } = await send("GET", path);
    const milliseconds = performance.now() - begin;
    const { read } = used;
    const cpu = await latestCpuMilliseconds();
    print([name, String(status), read.toFixed(1), String(cpu), milliseconds.toFixed(0)]);
    if (status >= 400) process.stdout.write(`    ${text.slice(0, 300)}\n`);
    isTooDear ||= status >= 500 || read > maxReadUnits || cpu > maxCpuMilliseconds;
  }
}

/** A public key that may say what it likes as far as its facts go. */
async function makePublicKey(): Promise<string> {
  const { text } = await send("POST", "/v1/keys", {
    ...{ name: "page", scopes: ["ingest"], public: true, unitsPerSecond: 1_000_000, unitsPerDay: null },
  });
  return String(JSON.parse(text).key);
}

async function measureBatches(): Promise<void> {
  await seedDimensions(send);
  const publicKey = await makePublicKey();
  print(["batch of 500", "status", "write units", "read units", "× ordinary", "CPU ms"]);
  let ordinary = Number.NaN;
  const measure = async ([name, path, body]: Batch, key?: string) => {
    Object.assign(used, { read: 0, write: 0 });
    const { status, text } = await send("POST", path, body, key);
    const refused = /.*"status":"invalid"[^}]*/.exec(text)?.[0];
    if (status !== 200 || refused) process.stdout.write(`    ${status} ${(refused ?? text).slice(-300)}\n`);
    const { read, write } = used;
    const price = read + 5 * write;
    if (Number.isNaN(ordinary)) ordinary = price;
    const times = price / ordinary;
    const cpu = await latestCpuMilliseconds();
    print([name, String(status), write.toFixed(0), read.toFixed(0), times.toFixed(1), String(cpu)]);
    isTooDear ||= status !== 200 || refused !== undefined || times > maxTimesOrdinary;
  };
  await measure(ordinaryBatch());
  for (const batch of publicBatches()) await measure(batch, publicKey);
  await seedHistories(send);
  for (const batch of costliestBatches()) await measure(batch);
}

try {
  if (part !== "batches") await measureQuestions();
  if (part !== "questions") await measureBatches();
  if (isTooDear) process.stdout.write("something passes its bound\n");
  process.exitCode = isTooDear ? 1 : 0;
} finally {
  await cloud.stop();
  await rm(dataDir, { recursive: true, force: true });
}
