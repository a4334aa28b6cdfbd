#!/usr/bin/env node
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { DuckDBInstance } from "@duckdb/node-api";
import { addDays } from "../lib/domain/calendar/days.ts";
import { defaultWorkspace } from "../lib/domain/workspace/settings.ts";
import { workspaceKey } from "../lib/store/table/keys.ts";
import { type LocalCloud, startLocalCloud } from "../lib/tools/local-cloud/cloud.ts";
import { region } from "../lib/tools/local-cloud/template/names.ts";
import { medianOf } from "./median.ts";
import { type Asked, asked } from "./questions/asked.ts";
import { Postgres } from "./questions/postgres.ts";
import { type Shape, writeArchive } from "./questions/purchases.ts";

/**
 * `npm run bench:questions`: questions that no counters answer, asked of the product over HTTP, of DuckDB over the same files in this process,
 * and of PostgreSQL over the raw rows with fitting indexes where it is installed. The files are written by the product's own writer; the
 * table has no facts, and says that all these days are closed. `-- 30000` asks about so many purchases alone.
 */

const repetitions = 5;
const yesterday = addDays(new Date().toISOString().slice(0, 10), -1);
const shapes: readonly Shape[] = [
  { facts: 30_000, days: 200, to: yesterday },
  { facts: 1_000_000, days: 730, to: yesterday },
];

/** Milliseconds that something took: by the clock, and of all threads of this process. */
interface Times {
  readonly wall: number;
  readonly cpu: number;
}

async function timeOf(work: () => Promise<unknown>): Promise<Times> {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - begin, cpu: (user + system) / 1_000 };
}

/** The medians of several tries, after a first one that does not count. */
async function timesOf(work: () => Promise<unknown>): Promise<Times> {
  await work();
  const times: Times[] = [];
  for (let index = 0; index < repetitions; index += 1) times.push(await timeOf(work));
  return { wall: medianOf(times.map(({ wall }) => wall)), cpu: medianOf(times.map(({ cpu }) => cpu)) };
}

/** Lets the workspace look as old as its files, and all its days closed. */
async function closeDays(cloud: LocalCloud, { days, to }: Shape): Promise<void> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint, region, credentials });
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: cloud.tableName,
      Key: workspaceKey(defaultWorkspace),
      UpdateExpression:
        "SET createdAt = :made, snapshotsFrom = :from, snapshotsTo = :to, snapshotsThrough = :to",
      ExpressionAttributeValues: {
        ":made": `${addDays(to, 1 - days)}T00:00:00.000Z`,
        ":from": addDays(to, 1 - days),
        ":to": to,
      },
    }),
  );
  client.destroy();
}

interface Entry {
  readonly value: unknown;
  readonly n: number;
  readonly components: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly source?: string;
  readonly series?: readonly Entry[];
  readonly detail?: string;
  readonly errors?: readonly unknown[];
}

async function askApi(cloud: LocalCloud, path: string, { days, to }: Shape): Promise<readonly Entry[]> {
  const url = `${cloud.url}${path}&from=${addDays(to, 1 - days)}&to=${to}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${cloud.apiKey}` } });
  const body = (await answer.json()) as Answer;
  if (body.source !== "files" || !body.series)
    throw new Error(`${answer.status}: ${body.detail} ${JSON.stringify(body.errors ?? [])}`);
  return body.series;
}

const milliseconds = (time: number | undefined) => (time === undefined ? "–" : `${Math.round(time)}`);

async function measure(
  question: Asked,
  shape: Shape,
  cloud: LocalCloud,
  files: string,
  postgres: Postgres | undefined,
) {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(
    `CREATE VIEW purchases AS SELECT *, dimensions['channel'] AS channel, dimensions['plan'] AS plan, dimensions['country'] AS country FROM read_parquet('${files}/facts/purchases/*/*/*.parquet', hive_partitioning = false)`,
  );
  const sql = question.sql.replaceAll("{purchases}", "purchases");
  try {
    const rows = (await connection.runAndReadAll(sql)).getRowsJson();
    const expected = rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
    const series = await askApi(cloud, question.path, shape);
    const found = series.reduce((sum, entry) => sum + question.sumOf(entry), 0);
    const isSame = Math.abs(found - expected) < 0.005 * Math.max(1, series.length);
    const ours = await timesOf(() => askApi(cloud, question.path, shape));
    const duck = await timesOf(() => connection.runAndReadAll(sql));
    const row = postgres && (await postgresTime(postgres, sql));
    const verdict = ours.wall <= Math.max(3 * duck.wall, 250) ? "yes" : "no";
    const times = [ours.wall, ours.cpu, duck.wall, duck.cpu, row].map(milliseconds);
    const answers = isSame ? "same" : `${found} and ${expected}`;
    console.log(`| ${[question.name, ...times, verdict, answers].join(" | ")} |`);
  } catch (error) {
    // A refusal is an answer too; on a busy machine a question may not end in a request's time.
    console.log(`| ${question.name} | ${error instanceof Error ? error.message : error} |`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function postgresTime(postgres: Postgres, sql: string): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index <= repetitions; index += 1) times.push(await postgres.time(sql));
  return medianOf(times);
}

async function measureShape(shape: Shape, postgres: Postgres | undefined): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "questions-"));
  const cloud = await startLocalCloud({ dataDir });
  try {
    const files = join(dataDir, "buckets", cloud.bucketNames[0] ?? "");
    writeArchive(files, shape);
    await closeDays(cloud, shape);
    await postgres?.load(shape);
    const [first] = asked;
    const cold = first && (await timeOf(() => askApi(cloud, first.path, shape)));
    console.log(
      `\n${shape.facts} purchases on ${shape.days} days; the first question of a new function took ${milliseconds(cold?.wall)} ms (${milliseconds(cold?.cpu)} of CPU)\n`,
    );
    console.log(
      "| question | ours over HTTP, ms | CPU | DuckDB, ms | CPU | PostgreSQL, ms | within 3 × DuckDB or 250 ms | answers |",
    );
    console.log("|---|---|---|---|---|---|---|---|");
    for (const question of asked) await measure(question, shape, cloud, files, postgres);
    console.log(`\nload of the machine: ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    await cloud.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const postgres = await Postgres.start();
if (!postgres) console.log("PostgreSQL is not installed: it is left out.");
try {
  const [only] = process.argv.slice(2).map(Number);
  for (const shape of shapes)
    if (only === undefined || shape.facts === only) await measureShape(shape, postgres);
} finally {
  postgres?.stop();
}
