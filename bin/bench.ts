#!/usr/bin/env node
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { metrics } from "../lib/domain/metrics/registry.ts";
import { defaultWorkspace } from "../lib/domain/workspace/settings.ts";
import { type LocalCloud, startLocalCloud } from "../lib/tools/local-cloud/cloud.ts";
import { region } from "../lib/tools/local-cloud/template/names.ts";
import type { SideBySide } from "./bench-write-path.ts";
import { medianOf } from "./median.ts";

/**
 * `npm run bench`: what recording costs beside its bare transactions (that alone: `-- --write-path`), what facts and answers cost and how long they take, over HTTP on the local cloud. Times depend on the
 * machine; the ratios, measured side by side on the same engine, and the request units do not.
 */

const used = { requests: 0, read: 0, write: 0 };
const clients = 8;

interface Measured {
  readonly seconds: number;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

async function measure(work: () => Promise<void>): Promise<Measured> {
  Object.assign(used, { requests: 0, read: 0, write: 0 });
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, requests: used.requests, readUnits: used.read, writeUnits: used.write };
}

async function call(cloud: LocalCloud, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${cloud.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${cloud.apiKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** Runs the jobs with as many at a time as there are clients. */
async function inParallel(jobs: readonly (() => Promise<unknown>)[]): Promise<void> {
  const queue = [...jobs];
  const client = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await job();
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** Answers spread over the last two years. */
function answer(index: number): object {
  const day = new Date(Date.now() - (1 + (index % 730)) * 86_400_000).toISOString().slice(0, 10);
  return { survey: "nps", score: index % 11, occurredAt: `${day}T12:00:00Z` };
}

const numbersFrom = (start: number, count: number) =>
  Array.from({ length: count }, (_, index) => start + index);

function batches(cloud: LocalCloud, start: number, facts: number, size: number): (() => Promise<unknown>)[] {
  return numbersFrom(0, facts / size).map((batch) => () => {
    const responses = numbersFrom(start + batch * size, size).map(answer);
    return call(cloud, "/v1/responses", { responses });
  });
}

function purchases(cloud: LocalCloud, customers: number, each: number): (() => Promise<unknown>)[] {
  return numbersFrom(0, customers).map((customer) => () => {
    const events = numbersFrom(0, each).map((order) => ({
      type: "purchase.made",
      customerId: `customer-${customer}`,
      orderId: `order-${customer}-${order}`,
      occurredAt: new Date(Date.now() - (30 * order + (customer % 30)) * 86_400_000).toISOString(),
      money: { amount: "12.50", currency: "USD" },
    }));
    return call(cloud, "/v1/events", { events });
  });
}

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Questions by name: each metric's year of days, and a page of everything else that people read. */
const questions: ReadonlyMap<string, string> = new Map([
  ...metrics.map(({ id }) => [id, `/v1/metrics/${id}?interval=day&from=${dayBefore(364)}`] as const),
  ["nps, rolling 90 days", `/v1/metrics/nps?interval=day&window=90&from=${dayBefore(364)}`],
  ["nps, compared", `/v1/metrics/nps?interval=month&from=${dayBefore(364)}&compare=year`],
  ["nps, by channel", `/v1/metrics/nps?interval=month&from=${dayBefore(364)}&groupBy=channel`],
  ["the catalogue", "/v1/metrics"],
  ["responses", "/v1/responses?survey=nps&scoreTo=6"],
  ["a customer", "/v1/customers?customerId=customer-7"],
  ["snapshots", `/v1/snapshots?metric=nps&from=${dayBefore(30)}`],
  ["settings", "/v1/workspace"],
]);

/** The median of 15 answers, in milliseconds, and the units of one. */
async function medianTimeOf(cloud: LocalCloud, path: string): Promise<{ median: number; one: Measured }> {
  await call(cloud, path);
  const times: number[] = [];
  let one: Measured | undefined;
  for (let turn = 0; turn < 15; turn += 1) {
    one = await measure(async () => void (await call(cloud, path)));
    times.push(one.seconds * 1000);
  }
  if (!one) throw new Error("nothing was measured");
  return { median: medianOf(times), one };
}

function print(columns: readonly (string | number)[]): void {
  const texts = columns.map((column) =>
    typeof column === "number" ? column.toFixed(column < 100 ? 2 : 0) : column,
  );
  process.stdout.write(
    `${(texts[0] ?? "").padEnd(50)}${texts
      .slice(1)
      .map((text) => text.padStart(14))
      .join("")}\n`,
  );
}

async function benchWriting(cloud: LocalCloud): Promise<void> {
  print(["writing", "facts/s", "× singles", "WRU a fact"]);
  const singles = 1_000;
  const alone = await measure(() =>
    inParallel(numbersFrom(0, singles).map((index) => () => call(cloud, "/v1/responses", answer(index)))),
  );
  const rate = singles / alone.seconds;
  print([`${singles} responses, one a request`, rate, 1, alone.writeUnits / singles]);
  for (const size of [10, 100, 500]) {
    const facts = 5_000;
    const { seconds, writeUnits } = await measure(() => inParallel(batches(cloud, size, facts, size)));
    print([
      `${facts} responses, ${size} a request`,
      facts / seconds,
      facts / seconds / rate,
      writeUnits / facts,
    ]);
  }
  const events = await measure(() => inParallel(purchases(cloud, 200, 20)));
  print([
    "4000 purchases of 200 customers, 20 a request",
    4_000 / events.seconds,
    4_000 / events.seconds / rate,
    events.writeUnits / 4_000,
  ]);
}

async function benchReading(cloud: LocalCloud): Promise<void> {
  const few = new Map<string, number>();
  for (const [name, path] of questions) few.set(name, (await medianTimeOf(cloud, path)).median);
  await inParallel(batches(cloud, 0, 100_000, 500));
  // As every hour: closes the days that are over.
  await cloud.invoke("plan-snapshots", {});
  await cloud.idle();
  print([""]);
  print(["answers, after 100,000 facts and the hourly run", "median ms", "× before", "requests", "RRU"]);
  for (const [name, path] of questions) {
    const { median, one } = await medianTimeOf(cloud, path);
    print([name, median, median / (few.get(name) ?? Number.NaN), one.requests, one.readUnits]);
  }
}

const bareTable = "cx-metrics-bench-bare";
const anybody = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };

/** Makes a second table like the cloud's. */
async function makeBareTable(cloud: LocalCloud): Promise<void> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint, region, credentials });
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: cloud.tableName }));
  await client.send(
    new CreateTableCommand({
      TableName: bareTable,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: table?.AttributeDefinitions,
      KeySchema: table?.KeySchema,
      GlobalSecondaryIndexes: table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        ...{ IndexName, KeySchema, Projection },
      })),
    }),
  );
  client.destroy();
}

/** Measures recording against the bare transaction: in one process, on one engine, in turns. */
async function benchWritePath(cloud: LocalCloud): Promise<void> {
  await makeBareTable(cloud);
  const measured: SideBySide[] = [];
  const child = fork(fileURLToPath(new URL("bench-write-path.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      ...anybody,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_DYNAMODB: cloud.engineEndpoint,
      TABLE_NAME: cloud.tableName,
      OTHER_TABLE_NAME: bareTable,
      WORKSPACE: defaultWorkspace,
      KEY_REQUESTS_PER_SECOND: "1000000",
    },
    execArgv: process.env["BENCH_PROFILE"]
      ? ["--cpu-prof", `--cpu-prof-dir=${process.env["BENCH_PROFILE"]}`]
      : [],
  });
  child.on("message", (one: SideBySide) => measured.push(one));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the write path ended with ${code}`);
  print([""]);
  print(["recording beside its bare transactions", "CPU ms/fact", "bare", "× CPU", "× throughput"]);
  for (const [size, rounds] of Map.groupBy(measured, ({ size: one }) => one)) {
    const median = (of: (one: SideBySide) => number) =>
      rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN;
    print([
      `${size === 1 ? "one fact" : `${size} facts`} a request`,
      median((one) => one.handler.cpuMillisecondsPerFact),
      median((one) => one.bare.cpuMillisecondsPerFact),
      median((one) => one.handler.cpuMillisecondsPerFact / one.bare.cpuMillisecondsPerFact),
      median((one) => one.handler.factsPerSecond / one.bare.factsPerSecond),
    ]);
  }
}

const dataDir = await mkdtemp(join(tmpdir(), "cx-metrics-bench-"));
const cloud = await startLocalCloud({
  dataDir,
  // Days that a run closes in between would make the facts after it cost more.
  runSchedules: false,
  onCapacity: ({ units, kind }) => {
    used.requests += 1;
    used[kind] += units;
  },
});
try {
  print([`Node ${process.version}, ${clients} clients`]);
  await benchWritePath(cloud);
  if (!process.argv.includes("--write-path")) {
    await benchWriting(cloud);
    await benchReading(cloud);
  }
} finally {
  await cloud.stop();
  await rm(dataDir, { recursive: true, force: true });
}
