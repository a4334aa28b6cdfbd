import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import { addDays } from "../../lib/domain/calendar/days.ts";
import { ensureWorkspace } from "../../lib/store/settings/bootstrap.ts";
import { documentClient } from "../../lib/store/table/client.ts";
import { type LocalCloud, startLocalCloud } from "../../lib/tools/local-cloud/cloud.ts";
import { ApiClient } from "../fixtures/api-client.ts";

/** What the acceptance runs share: the data beside the project, a cloud of their own, the import command. */

const project = fileURLToPath(new URL("../..", import.meta.url));

/** One set of real data, with the results that independent code computed from it. */
export interface DataSet {
  readonly file: string;
  readonly mapping: string;
  /** Whether the data are there: they are not part of the project. */
  readonly isThere: boolean;
  /** What a test's name says about that. */
  readonly remark: string;
  rows(): Record<string, string>[];
  expected(): unknown;
}

/** The data in `../shared/data/<folder>`, with the mapping in `examples`. */
export function dataSet(folder: string, file: string, mapping: string): DataSet {
  const data = join(project, "..", "shared", "data", folder);
  const isThere = existsSync(join(data, file));
  return {
    file: join(data, file),
    mapping: join(project, "examples", mapping),
    isThere,
    remark: isThere ? "" : ` (skipped: ../shared/data/${folder}/${file} is not there)`,
    rows: () => parse(readFileSync(join(data, file)), { columns: true }),
    expected: () => JSON.parse(readFileSync(join(data, "expected.json"), "utf8")),
  };
}

/** A folder of one's own, removed at the end. */
export async function makeFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "cx-metrics-acceptance-"));
  // The last lines of a log may still be on their way when the folder goes.
  const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 };
  return { path, remove: () => rm(path, options) };
}

/** A local cloud with a data folder of its own, and a client. */
export class Bench {
  readonly cloud: LocalCloud;
  readonly #folder: { path: string; remove: () => Promise<void> };

  private constructor(cloud: LocalCloud, folder: { path: string; remove: () => Promise<void> }) {
    this.cloud = cloud;
    this.#folder = folder;
  }

  static async start(): Promise<Bench> {
    const folder = await makeFolder();
    return new Bench(await startLocalCloud({ dataDir: join(folder.path, "data") }), folder);
  }

  async stop(): Promise<void> {
    await this.cloud.stop();
    await this.#folder.remove();
  }

  /** Makes a workspace of its own with a client that has its admin key. */
  async workspace(name: string): Promise<ApiClient> {
    const client = new DynamoDBClient({
      endpoint: this.cloud.engineEndpoint,
      region: "local",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    try {
      const table = { client: documentClient(client), name: this.cloud.tableName };
      const { apiKey } = await ensureWorkspace(table, name);
      return new ApiClient(this.cloud.url, apiKey, name);
    } finally {
      client.destroy();
    }
  }

  /** Where the import notes its progress and its rejects. */
  get folder(): string {
    return this.#folder.path;
  }

  async call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    return callApi<Body>(this.cloud.url, this.cloud.apiKey, method, path, body);
  }

  get<Body>(path: string): Promise<Body> {
    return this.call<Body>("GET", path);
  }

  /** The series of a metric. */
  async series(metric: string, query: string): Promise<SeriesEntry[]> {
    const { series } = await this.get<{ series: SeriesEntry[] }>(`/v1/metrics/${metric}?${query}`);
    return series;
  }

  /** The one entry of a metric's total. */
  async total(metric: string, query: string): Promise<SeriesEntry> {
    const [entry, ...others] = await this.series(metric, query);
    if (!entry || others.length > 0) throw new Error(`${metric} has not one entry`);
    return entry;
  }

  /**
   * Counts the stored facts of some days again, so many days a request, and finds no difference anywhere.
   * @returns how many facts there were
   */
  async reconcile(from: string, to: string, days: number): Promise<number> {
    let facts = 0;
    for (let first = from; first <= to; first = addDays(first, days)) {
      const last = addDays(first, days - 1);
      const range = { from: first, to: last < to ? last : to };
      const found = await new ApiClient(this.cloud.url, this.cloud.apiKey, "default").reconcile(range);
      expect({ range, ...found }).toMatchObject({ differencesTotal: 0, historiesTotal: 0, unsettled: 0 });
      facts += Number(found["facts"]);
    }
    return facts;
  }

  /** Runs the import command on a data set until it ends. */
  async import(data: DataSet): Promise<Imported> {
    const finished = await runImport(data, this.cloud.url, this.cloud.apiKey, this.folder).finished;
    return { ...finished, outcomes: outcomesOf(finished.out) };
  }
}

/** One entry of a series. */
export interface SeriesEntry {
  readonly from: string;
  readonly to: string;
  readonly value: number | string | null;
  readonly n: number;
  readonly components: Readonly<Record<string, number | string | null>>;
  readonly method?: string;
}

/** What an import command left. */
export interface Imported {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Calls the API. @throws Error when it does not answer 200 */
export async function callApi<Body>(
  url: string,
  key: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Body> {
  const { status, json } = await answerOf<Body>(url, key, method, path, body);
  expect({ path, status }).toEqual({ path, status: 200 });
  return json;
}

async function answerOf<Body>(url: string, key: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Body };
}

interface Reconciliation {
  readonly id: string;
  readonly state: string;
  readonly found: object;
}

/** Reconciles some days, and waits for the end where one request is not enough. @returns what was found */
export async function reconcile(
  url: string,
  key: string,
  range: { readonly from: string; readonly to: string },
): Promise<object> {
  const { status, json } = await answerOf<Reconciliation>(url, key, "POST", "/v1/reconciliation", range);
  if (status === 200) return json;
  expect(status).toBe(202);
  const latest = () => callApi<Reconciliation>(url, key, "GET", `/v1/reconciliation/${json.id}`);
  await expect.poll(async () => (await latest()).state, { timeout: 900_000, interval: 1_000 }).toBe("done");
  return (await latest()).found;
}

/** Starts the import command, as a person would. */
export function runImport(
  data: { readonly file: string; readonly mapping?: string },
  url: string,
  key: string,
  folder: string,
  more: readonly string[] = [],
) {
  const state = ["--state", join(folder, "import-state.json"), "--rejects", join(folder, "rejects.csv")];
  const child = spawn(
    process.execPath,
    [
      join(project, "bin/import.ts"),
      data.file,
      ...(data.mapping === undefined ? [] : ["--map", data.mapping]),
      "--url",
      url,
      "--no-progress",
      ...state,
      ...more,
    ],
    { env: { ...process.env, API_KEY: key }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const finished = new Promise<{ code: number | null; out: string; err: string }>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, out, err }));
  });
  return { child, finished };
}

/** The counts that an import ends with: outcome → facts. */
function outcomesOf(out: string): Record<string, number> {
  return Object.fromEntries(
    ["recorded", "duplicate", "conflict", "invalid"].map((outcome) => {
      const [, count = ""] = new RegExp(`^\\s*${outcome}\\s+([\\d,]+)`, "m").exec(out) ?? [];
      return [outcome, Number(count.replaceAll(",", ""))];
    }),
  );
}
