#!/usr/bin/env node
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { addDays, type Day } from "../lib/domain/calendar/days.ts";
import { defaultWorkspace } from "../lib/domain/workspace/settings.ts";
import { counterKey, entityKey, type Key } from "../lib/store/table/keys.ts";
import { type LocalCloud, startLocalCloud } from "../lib/tools/local-cloud/cloud.ts";
import { region } from "../lib/tools/local-cloud/template/names.ts";
import { type Batch, batchesOf, purchaseDays, type Shape, totalsOf } from "./reconciliation/facts.ts";

/**
 * `npm run bench:reconciliation [FACTS]`: sends facts over HTTP (1,000,000 unless said otherwise, of some three tenths as many customers), compares
 * what the API answers with sums made without the product, spoils counters and histories in the table, and lets a reconciliation find
 * and repair them, in steps. Exits with 1 where anything is not as it must be.
 */

const days = 400;
const inactivityDays = 90;
const clients = 4;
/** The most that a request takes. */
const batchSize = 500;
/** So many counters and histories are spoilt. */
const spoilt = 20;

const facts = Number(process.argv[2] ?? 1_000_000);
const to = addDays(new Date().toISOString().slice(0, 10), -1);
const shape: Shape = {
  facts,
  customers: Math.round(facts * 0.325),
  days,
  from: addDays(to, 1 - days),
};

const log = (text: string) => process.stdout.write(`${text}\n`);

function hold(what: string, found: unknown, expected: unknown): void {
  const [is, must] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is === must) {
    log(`right: ${what}: ${is.slice(0, 200)}`);
    return;
  }
  process.exitCode = 1;
  log(`WRONG: ${what}: ${is.slice(0, 1_000)}, not ${must.slice(0, 1_000)}`);
}

async function call<Body>(
  { url, apiKey }: LocalCloud,
  path: string,
  body?: object,
  method = body === undefined ? "GET" : "POST",
): Promise<Body> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} for ${path}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as Body;
}

const tries = 10;

/** Sends a batch, as the client package does: what was not taken, again. */
async function send(cloud: LocalCloud, { field, facts: sent }: Batch): Promise<void> {
  let problem: unknown;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      const body = { [field]: sent };
      const { results } = await call<{ results: readonly { status: string }[] }>(cloud, `/v1/${field}`, body);
      const others = results.filter(({ status }) => status !== "created" && status !== "duplicate");
      if (others.length === 0) return;
      problem = new Error(JSON.stringify(others.slice(0, 3)));
    } catch (error) {
      problem = error;
    }
    await wait(1_000 * attempt);
  }
  throw problem;
}

async function sendAll(cloud: LocalCloud): Promise<void> {
  const batches = batchesOf(shape, batchSize);
  const begin = performance.now();
  let sent = 0;
  const client = async () => {
    for (let next = batches.next(); !next.done; next = batches.next()) {
      await send(cloud, next.value);
      const before = sent;
      sent += next.value.facts.length;
      if (Math.floor((20 * sent) / facts) === Math.floor((20 * before) / facts)) continue;
      const seconds = (performance.now() - begin) / 1_000;
      log(`${sent} facts sent in ${Math.round(seconds)} s (${Math.round(sent / seconds)} a second)`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

interface Found {
  readonly facts: number;
  readonly differencesTotal: number;
  readonly historiesTotal: number;
  readonly unsettled: number;
  readonly repaired: number;
  readonly skippedDays: readonly Day[];
}

interface Job {
  readonly id: string;
  readonly state: string;
  readonly days: number;
  readonly daysDone: number;
  readonly found: Found;
}

/** Reconciles all days. */
async function reconcile(cloud: LocalCloud, repair: boolean): Promise<Found> {
  const begin = performance.now();
  const seconds = () => Math.round((performance.now() - begin) / 1_000);
  const answer = await call<Found | Job>(cloud, "/v1/reconciliation", { from: shape.from, to, repair });
  if (!("state" in answer)) {
    log(`reconciled in one request, in ${seconds()} s`);
    return answer;
  }
  let job = answer;
  let quarter = 0;
  while (job.state === "running" || job.state === "stalled") {
    await wait(1_000);
    job = await call<Job>(cloud, `/v1/reconciliation/${job.id}`);
    if (Math.floor((4 * job.daysDone) / job.days) === quarter) continue;
    quarter = Math.floor((4 * job.daysDone) / job.days);
    log(`  ${job.daysDone} of ${job.days} days and ${job.found.facts} facts after ${seconds()} s`);
  }
  log(`reconciled ${repair ? "and repaired " : ""}in steps, in ${seconds()} s`);
  return job.found;
}

const partsOf = ({
  facts: counted,
  differencesTotal,
  historiesTotal,
  unsettled,
  repaired,
  skippedDays,
}: Found) => ({
  ...{ facts: counted, differencesTotal, historiesTotal, unsettled, repaired, skippedDays },
});

async function change(cloud: LocalCloud, keys: readonly Key[], expression: string, counter?: string) {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint, region, credentials });
  const documents = DynamoDBDocumentClient.from(client);
  for (const key of keys) {
    await documents.send(
      new UpdateCommand({
        ...{ TableName: cloud.tableName, Key: { ...key }, UpdateExpression: expression },
        ...(counter === undefined
          ? {}
          : { ExpressionAttributeNames: { "#counter": counter }, ExpressionAttributeValues: { ":by": 7 } }),
      }),
    );
  }
  client.destroy();
}

/** Adds to counters what no fact says, and takes a step from the histories of tickets. */
async function spoil(cloud: LocalCloud): Promise<void> {
  const at = (index: number) => Math.floor((index * days) / spoilt);
  const counters = Array.from({ length: spoilt }, (_, index) =>
    counterKey(defaultWorkspace, "sales", "all", addDays(shape.from, at(index)), 0),
  );
  await change(cloud, counters, "ADD #counter :by", "orders:USD");
  const tickets = Array.from({ length: spoilt }, (_, index) => {
    const fact = 20 * Math.floor((index * facts) / spoilt / 20) + 4;
    return entityKey(defaultWorkspace, "ticket", `ticket-${fact}`);
  });
  await change(cloud, tickets, "REMOVE steps.o");
}

type Components = Readonly<Record<string, string | number | null>>;

/** The components of a metric for each day, as the API answers them. */
async function daily(cloud: LocalCloud, metric: string): Promise<readonly Components[]> {
  const path = `/v1/metrics/${metric}?interval=day&from=${shape.from}&to=${to}`;
  const { series } = await call<{ series: readonly { n: number; components: Components }[] }>(cloud, path);
  return series.map(({ n, components }) => ({ ...components, n }));
}

/** How many customers are won, lost and come back on each day, from their purchases alone. */
function movements(): readonly Components[] {
  const moved = Array.from({ length: days }, () => ({ new: 0, lost: 0, returned: 0 }));
  for (const own of purchaseDays(shape).values()) {
    for (const [index, day] of own.entries()) {
      const [before, after] = [own[index - 1], own[index + 1] ?? Number.POSITIVE_INFINITY];
      const at = moved[day];
      if (before === undefined && at) at.new += 1;
      else if (before !== undefined && at && day - before > inactivityDays) at.returned += 1;
      const lapse = moved[day + inactivityDays];
      if (lapse && after > day + inactivityDays) lapse.lost += 1;
    }
  }
  return moved;
}

/** Compares each day of four metrics with what was sent. */
async function compare(cloud: LocalCloud): Promise<void> {
  const totals = totalsOf(shape);
  const differing = (found: readonly Components[], expected: readonly Components[]) =>
    expected.flatMap((must, index) =>
      Object.entries(must).flatMap(([name, value]) => {
        const is = found[index]?.[name];
        return is === value ? [] : [`${addDays(shape.from, index)}: ${name} ${is}, not ${value}`];
      }),
    );
  const sales = totals.map(({ orders, cents }) => ({ orders, revenue: (cents / 100).toFixed(2) }));
  hold("days on which sales differ", differing(await daily(cloud, "sales"), sales), []);
  const answers = totals.map(({ answers: n, promoters }) => ({ n, promoters }));
  hold("days on which NPS differs", differing(await daily(cloud, "nps"), answers), []);
  const tickets = totals.map(({ tickets: n }) => ({ n }));
  hold("days on which contacts differ", differing(await daily(cloud, "contact-volume"), tickets), []);
  hold("days on which churn differs", differing(await daily(cloud, "churn-rate"), movements()), []);
}

const dataDir = await mkdtemp(join(tmpdir(), "reconciliation-"));
const cloud = await startLocalCloud({
  ...{ dataDir, runSchedules: false, variables: { KEY_REQUESTS_PER_SECOND: "1000000" } },
});
const right = { facts, differencesTotal: 0, historiesTotal: 0, unsettled: 0, repaired: 0, skippedDays: [] };
try {
  log(`${facts} facts of ${purchaseDays(shape).size} customers who buy, on ${days} days`);
  await call(cloud, "/v1/workspace", { timeZone: "UTC", currency: "USD", inactivityDays }, "PATCH");
  await sendAll(cloud);
  await cloud.idle();
  await compare(cloud);
  hold("what differs before anything is spoilt", partsOf(await reconcile(cloud, false)), right);
  await spoil(cloud);
  const spoiltFound = { ...right, differencesTotal: spoilt, historiesTotal: spoilt, repaired: 2 * spoilt };
  hold("what differs then", partsOf(await reconcile(cloud, true)), spoiltFound);
  hold("what differs after the repair", partsOf(await reconcile(cloud, false)), right);
  await compare(cloud);
  log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await cloud.stop();
  await rm(dataDir, { recursive: true, force: true });
}
