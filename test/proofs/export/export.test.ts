import { hash } from "node:crypto";
import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import type { Format } from "../../../lib/tools/export/options.ts";
import { runExport } from "../../../lib/tools/export/run.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Exports over HTTP: what was recorded is what is exported, however often the export is interrupted. */

let test: ApiCloud;
let api: ApiClient;
const folders: string[] = [];
const first = dayBefore(5);
/** More than a page: it has 200. */
const events = 230;
const responses = 40;
const buyers = 60;

beforeAll(async () => {
  test = await ApiCloud.start();
  api = await test.workspace({ timeZone: "UTC" });
  const at = (index: number) => new Date(Date.parse(`${first}T00:00:00Z`) + index * 700_000).toISOString();
  const purchases = Array.from({ length: events }, (_, index) => ({
    ...{
      type: "purchase.made",
      id: `p-${index}`,
      orderId: `o-${index}`,
      customerId: `c, "${index % buyers}"`,
    },
    ...{ occurredAt: at(index), money: { amount: `${index}.50`, currency: "USD" } },
    ...(index % 3 === 0 ? { dimensions: { plan: "pro\\free" } } : {}),
  }));
  await api.recordAll("events", purchases);
  const answers = Array.from({ length: responses }, (_, index) => ({
    ...{ id: `n-${index}`, survey: "nps", score: index % 11, occurredAt: at(index) },
    comment: `Line one of ${index}\nline "two", ünïcode`,
  }));
  await api.recordAll("responses", answers);
  await api.takeSnapshots({ from: addDays(first, 1), to: addDays(first, 1) });
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  await test?.end();
});

const whole = new Map<Format, Promise<string>>();

/** The folder of an export that nothing interrupted. */
function wholeExport(format: Format): Promise<string> {
  const made =
    whole.get(format) ??
    makeFolder().then(async (folder) => {
      expect(await run(folder, format)).toBe(0);
      return folder;
    });
  whole.set(format, made);
  return made;
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "export-"));
  folders.push(folder);
  return folder;
}

class Text extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Exports until the end, or until so many pages have been asked for. */
async function run(out: string, format: Format, pages = Number.POSITIVE_INFINITY): Promise<number> {
  const [stopping, io] = [new AbortController(), { out: new Text(), err: new Text() }];
  const asked = globalThis.fetch;
  let count = 0;
  globalThis.fetch = (...request) => {
    count += 1;
    if (count > pages) stopping.abort();
    return asked(...request);
  };
  try {
    const options = { out, format, url: api.url, key: api.key, restart: false, quiet: true, progress: false };
    return await runExport(options, { ...io, stop: stopping.signal });
  } finally {
    globalThis.fetch = asked;
  }
}

/** The files of a folder, each by the hash of its bytes. */
async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const read = names.map(async (name) => [name, hash("sha256", await readFile(join(folder, name)))]);
  return Object.fromEntries(await Promise.all(read));
}

async function linesOf(folder: string, name: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(folder, name), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

async function askDuckDb(query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create();
  try {
    const connection = await instance.connect();
    return (await connection.runAndReadAll(query)).getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    instance.closeSync();
  }
}

describe("an export", () => {
  it("has everything that was recorded, each fact once, as the API lists it", async () => {
    const folder = await wholeExport("ndjson");
    expect(await readdir(folder)).toHaveLength(4);
    const exported = await linesOf(folder, "events.ndjson");
    const ids = new Set(exported.map(({ id }) => id));
    expect({ rows: exported.length, ids: ids.size }).toEqual({ rows: events, ids: events });
    const listed = await api.get<{ items: object[] }>("/v1/events?limit=200");
    expect(exported.slice(0, 200)).toEqual(listed.json.items);
    const answers = await linesOf(folder, "responses.ndjson");
    expect(answers.map(({ id }) => id).sort()).toEqual(
      Array.from({ length: responses }, (_, index) => `n-${index}`).sort(),
    );
    const customers = await linesOf(folder, "customers.ndjson");
    expect(new Set(customers.map(({ id }) => id)).size).toBe(buyers);
    const days = new Set((await linesOf(folder, "snapshots.ndjson")).map(({ date }) => date));
    expect([...days].sort()).toEqual([addDays(first, 1)]);
  });

  it.each(["ndjson", "csv", "parquet"] as const)(
    "as %s has the same bytes after it was interrupted again and again",
    async (format) => {
      const [complete, parts] = [await wholeExport(format), await makeFolder()];
      let code = 130;
      for (let interrupted = 0; code === 130; interrupted += 1) {
        expect(interrupted).toBeLessThan(60);
        code = await run(parts, format, 2);
        const [started] = (await readdir(parts)).filter((name) => /events|responses/.test(name));
        const isOpen = code === 130 && started !== undefined && format !== "parquet";
        // What a killed run has written and not noted.
        if (isOpen && interrupted === 1) await appendFile(join(parts, `events.${format}`), "half a li");
      }
      expect(code).toBe(0);
      expect(await contents(parts)).toEqual(await contents(complete));
    },
  );

  it("as CSV has one header, and the columns of its schema in every row", async () => {
    const folder = await wholeExport("csv");
    const path = join(folder, "events.csv").replaceAll("'", "''");
    const [counted] = await askDuckDb(
      `SELECT count(*)::INTEGER AS rows, count(DISTINCT id)::INTEGER AS ids, sum("money.amount")::VARCHAR AS amount FROM read_csv('${path}', header = true)`,
    );
    expect(counted).toMatchObject({ rows: events, ids: events });
    const text = await readFile(join(folder, "events.csv"), "utf8");
    expect(text.split("\r\n").filter((line) => line.includes("id,type,"))).toHaveLength(1);
  });

  it("as Parquet has typed columns that DuckDB reads", async () => {
    const folder = await wholeExport("parquet");
    const file = (name: string) => `read_parquet('${join(folder, `${name}.parquet`)}')`;
    const [answers] = await askDuckDb(
      `SELECT count(*)::INTEGER AS rows, sum(score)::INTEGER AS score, min(comment) AS first FROM ${file("responses")}`,
    );
    const scores = Array.from({ length: responses }, (_, index) => index % 11);
    expect(answers).toEqual({
      rows: responses,
      score: scores.reduce((sum, score) => sum + score, 0),
      first: 'Line one of 0\nline "two", ünïcode',
    });
    const [bought] = await askDuckDb(
      `SELECT count(DISTINCT "customerId")::INTEGER AS customers, sum("money.amount"::DECIMAL(18, 2))::VARCHAR AS amount FROM ${file("events")}`,
    );
    expect(bought).toEqual({ customers: buyers, amount: `${(events * (events - 1)) / 2 + events / 2}.00` });
  });

  it("into a folder of an unfinished export in another form is refused", async () => {
    const folder = await makeFolder();
    expect(await run(folder, "ndjson", 2)).toBe(130);
    await expect(run(folder, "csv")).rejects.toThrow("--restart begins again");
  });
});
