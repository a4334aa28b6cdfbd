#!/usr/bin/env node
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/**
 * `npm run bench:memory [REQUESTS [FACTS]]`: starts the local cloud in a process of its own, records so many facts on its 60 days in batches
 * (none unless said otherwise), sends it requests of all kinds (25,000), has it close all days, and prints how much memory it has at points on
 * the way. Linux only: it reads `/proc`.
 */

const requests = Number(process.argv[2] ?? 25_000);
const factsBefore = Number(process.argv[3] ?? 0);
const days = 60;
const clients = 8;
const most = 500;

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

type Call = readonly [path: string, body?: object];

/** One in two writes; the others ask what people and dashboards ask. */
function callOf(index: number): Call {
  const day = dayBefore(1 + (Math.floor(index / 2) % days));
  const answer = {
    survey: "nps",
    score: index % 11,
    occurredAt: `${day}T12:00:00Z`,
    comment: "Quick and friendly.",
  };
  const purchase = {
    ...{ type: "purchase.made", customerId: `c-${index % 997}`, orderId: `o-${index}` },
    ...{ occurredAt: `${day}T12:00:00Z`, money: { amount: "12.50", currency: "USD" } },
  };
  const from = dayBefore(days);
  const calls: readonly Call[] = [
    ["/v1/responses", answer],
    [`/v1/metrics/nps?interval=day&from=${from}`],
    ["/v1/events", purchase],
    [`/v1/metrics/sales?interval=week&from=${from}&compare=previous`],
    ["/v1/responses", { ...answer, dimensions: { channel: ["web", "app", "shop"][index % 3] } }],
    ["/v1/responses?survey=nps&scoreTo=6&limit=20"],
    ["/v1/events", { type: "ticket.opened", ticketId: `t-${index}`, occurredAt: `${day}T12:00:00Z` }],
    [`/v1/metrics/nps?interval=month&from=${from}&groupBy=channel`],
    ["/v1/responses", { responses: Array.from({ length: 20 }, () => answer) }],
    [["/v1/report", "/v1/metrics", "/v1/workspace", "/v1/goals", "/v1/terms?survey=nps"][index % 5] ?? ""],
  ];
  return calls[index % calls.length] ?? ["/v1/workspace"];
}

interface Running {
  readonly url: string;
  readonly key: string;
  readonly pid: number;
  stop(): Promise<void>;
}

async function startCloud(dataDir: string): Promise<Running> {
  const program = fileURLToPath(new URL("start.ts", import.meta.url));
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: "0", DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, address] = /^ready (http:\S+)\n/m.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    void ended.then(() => reject(new Error("the local cloud did not start")));
  });
  const key = (await readFile(join(dataDir, "admin-key"), "utf8")).trim();
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { url, key, pid: child.pid ?? 0, stop };
}

/** The resident memory of a process and its highest so far, in megabytes. */
async function memoryOf(pid: number): Promise<{ now: number; highest: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
  return { now: Math.round(read("VmRSS")), highest: Math.round(read("VmHWM")) };
}

function ask({ url, key }: Running, [path, body]: Call): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function send(running: Running, call: Call): Promise<number> {
  const response = await ask(running, call);
  await response.arrayBuffer();
  return response.status;
}

/** Records facts in batches of 500: one in twelve is a purchase or a ticket, as among the requests. */
async function recordBefore(running: Running): Promise<void> {
  for (let batch = 0; batch * 500 < factsBefore; batch += 1) {
    const occurredAt = `${dayBefore(1 + (batch % days))}T12:00:00Z`;
    const answers = Array.from({ length: 458 }, (_, index) => {
      return { survey: "nps", score: index % 11, occurredAt, comment: "Quick and friendly." };
    });
    const events = Array.from({ length: 42 }, (_, index) => {
      const id = `before-${batch}-${index}`;
      if (index % 2 === 0) return { type: "ticket.opened", ticketId: id, occurredAt };
      const money = { amount: "12.50", currency: "USD" };
      return { type: "purchase.made", customerId: `c-${index * 47}`, orderId: id, occurredAt, money };
    });
    const statuses = [
      await send(running, ["/v1/responses", { responses: answers }]),
      await send(running, ["/v1/events", { events }]),
    ];
    if (statuses.some((status) => status !== 200)) throw new Error(`answered ${statuses.join(", ")}`);
  }
}

/** Has the days closed that have changed, as the hourly run does, and waits for it. */
async function closeDays(running: Running): Promise<number> {
  const read = async (call: Call): Promise<unknown> => {
    const response = await ask(running, call);
    if (!response.ok) throw new Error(`closing days was answered ${response.status}`);
    return response.json();
  };
  const { days: asked } = (await read(["/v1/archive", {}])) as { days: number };
  for (;;) {
    const { waiting } = (await read(["/v1/archive"])) as { waiting: { days: number } };
    if (waiting.days === 0) return asked;
    await wait(500);
  }
}

const dataDir = await mkdtemp(join(tmpdir(), "cx-metrics-memory-"));
const cloud = await startCloud(dataDir);
try {
  const statuses = new Map<number, number>();
  const report = async (what: string) => {
    const { now, highest } = await memoryOf(cloud.pid);
    process.stdout.write(`${what.padStart(22)}   ${now} MB   highest ${highest} MB\n`);
  };
  await report("started");
  if (factsBefore > 0) {
    await recordBefore(cloud);
    await report(`${factsBefore} facts before`);
    await report(`${await closeDays(cloud)} days closed`);
  }
  let next = 0;
  const client = async () => {
    for (let index = next++; index < requests; index = next++) {
      const status = await send(cloud, callOf(index));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if ((index + 1) % Math.max(1, Math.round(requests / 10)) === 0) await report(`${index + 1} requests`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  await report(`${await closeDays(cloud)} days closed`);
  process.stdout.write(
    `answers ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}\n`,
  );
  if ((await memoryOf(cloud.pid)).highest > most) {
    process.stdout.write(`more than ${most} MB\n`);
    process.exitCode = 1;
  }
} finally {
  await cloud.stop();
  await rm(dataDir, { recursive: true, force: true });
}
