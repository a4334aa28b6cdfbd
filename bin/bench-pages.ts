#!/usr/bin/env node
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays } from "../lib/domain/calendar/days.ts";
import { dayOf } from "../lib/domain/calendar/zones.ts";
import { runDemo } from "../lib/tools/demo/run.ts";
import { startLocalCloud } from "../lib/tools/local-cloud/cloud.ts";
import { medianOf } from "./median.ts";

/**
 * `npm run bench:pages [customers]`: fills a local cloud with the demo's company, closes its days, and prints what each page over a year
 * costs: the time at the server when it is opened for the first time, the median of it being rendered after something has changed and shown again
 * when nothing has, read units, and bytes. Fails where rendering the overview takes more than 500 ms, 100 read units or 150 KB, or another page
 * more than 200 ms; nothing bounds the first time.
 */

const [customers = "200"] = process.argv.slice(2);
const repetitions = 15;
const bounds = {
  overview: { milliseconds: 500, units: 100, bytes: 150_000 },
  other: { milliseconds: 200, units: 500, bytes: 150_000 },
};

const used = { read: 0, write: 0 };
const dataDir = await mkdtemp(join(tmpdir(), "cx-metrics-pages-"));
const cloud = await startLocalCloud({
  dataDir,
  variables: { KEY_REQUESTS_PER_SECOND: "1000000" },
  onCapacity: ({ units, kind }) => {
    used[kind] += units;
  },
});

const yesterday = addDays(dayOf(Date.now(), "UTC"), -1);
const year = `from=${addDays(yesterday, -364)}&to=${yesterday}`;
const pages = [
  `/?${year}`,
  "/",
  `/metrics/nps?${year}`,
  `/metrics/nps?${year}&groupBy=channel`,
  `/metrics/sales?${year}`,
  `/metrics/churn-rate?${year}`,
  "/comments?survey=nps",
  "/customers",
  "/goals",
  "/annotations",
  "/docs",
] as const;

async function signIn(): Promise<string> {
  const answer = await fetch(`${cloud.url}/session`, {
    method: "POST",
    redirect: "manual",
    body: `key=${cloud.apiKey}`,
    headers: { "content-type": "application/x-www-form-urlencoded", origin: cloud.url },
  });
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** Changes what pages show: an annotation and a goal. */
async function change(turn: number): Promise<void> {
  const headers = { authorization: `Bearer ${cloud.apiKey}`, "content-type": "application/json" };
  const put = async (path: string, body: object) => {
    const answer = await fetch(`${cloud.url}${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  const target = { value: 40 + turn / 100 };
  await put("/v1/annotations/bench", { from: yesterday, text: `Change ${turn}` });
  await put("/v1/goals/bench", { metric: "nps", target, dueDate: addDays(yesterday, 90) });
}

async function open(path: string, cookie: string) {
  Object.assign(used, { read: 0, write: 0 });
  const begin = performance.now();
  const answer = await fetch(`${cloud.url}${path}`, { headers: { cookie } });
  const bytes = Buffer.byteLength(await answer.text());
  return { milliseconds: performance.now() - begin, units: used.read, bytes, status: answer.status };
}

async function measure(path: string, cookie: string) {
  const rendered: number[] = [];
  const kept: number[] = [];
  let last = await open(path, cookie);
  const { milliseconds: first } = last;
  for (let turn = 0; turn < repetitions; turn += 1) {
    await change(turn);
    last = await open(path, cookie);
    rendered.push(last.milliseconds);
    kept.push((await open(path, cookie)).milliseconds);
  }
  const { status, units, bytes } = last;
  return { status, first, milliseconds: medianOf(rendered), again: medianOf(kept), units, bytes };
}

try {
  const options = { url: cloud.url, key: cloud.apiKey, seed: 1, customers: Number(customers), days: 400 };
  const io = { out: process.stderr, err: process.stderr, stop: new AbortController().signal };
  await runDemo({ ...options, until: undefined, force: false, progress: false }, io, Date.now());
  await cloud.invoke("plan-snapshots", {});
  await cloud.idle();
  const cookie = await signIn();
  process.stdout.write(
    "| page | at first, ms | rendered, ms | again, ms | read units | KB |\n|---|---|---|---|---|---|\n",
  );
  for (const path of pages) {
    const { status, first, milliseconds, again, units, bytes } = await measure(path, cookie);
    const shown = path.replaceAll(year, "a year");
    const kilobytes = (bytes / 1000).toFixed(0);
    process.stdout.write(
      `| \`${shown}\` | ${first.toFixed(0)} | ${milliseconds.toFixed(0)} | ${again.toFixed(0)} | ${units.toFixed(1)} | ${kilobytes} |\n`,
    );
    const bound = path === "/" || path.startsWith("/?") ? bounds.overview : bounds.other;
    const isOver = milliseconds > bound.milliseconds || units > bound.units || bytes > bound.bytes;
    if (status !== 200 || isOver) {
      process.stdout.write(`passes its bound: ${shown} (${status})\n`);
      process.exitCode = 1;
    }
  }
} finally {
  await cloud.stop();
  await rm(dataDir, { recursive: true, force: true });
}
