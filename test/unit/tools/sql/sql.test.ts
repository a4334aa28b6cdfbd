import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFacts } from "../../../../lib/domain/archive/parquet.ts";
import { filePath } from "../../../../lib/domain/archive/paths.ts";
import type { ArchivedFact } from "../../../../lib/domain/archive/rows.ts";
import { writeSnapshots } from "../../../../lib/domain/archive/snapshots.ts";
import { factTables, tableOfType } from "../../../../lib/domain/archive/tables.ts";
import { SqlDatabase } from "../../../../lib/tools/sql/database.ts";
import { queriesIn, readOptions } from "../../../../lib/tools/sql/options.ts";
import { printCsv, printTable } from "../../../../lib/tools/sql/print.ts";
import { archiveFolder } from "../../../../lib/tools/sql/views.ts";
import { archivedFactArbitrary } from "../../../fixtures/archive.ts";

const documentation = readFileSync(new URL("../../../../docs/sql.md", import.meta.url), "utf8");
const documented = [...documentation.matchAll(/^## (.*?)\n\n```sql\n([\s\S]*?)```/gm)].map(
  ([, title = "", query = ""]) => [title, query] as const,
);

const dataDir = mkdtempSync(join(tmpdir(), "sql-"));
const bucket = join(dataDir, "buckets", "app-archive");
const facts = fc
  .sample(archivedFactArbitrary, { numRuns: 200, seed: 11 })
  .map((one, index) => ({ ...one, fact: { ...one.fact, id: `f-${index}` } as ArchivedFact["fact"] }));

function write(path: string, content: Uint8Array): void {
  const file = join(bucket, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

let database: SqlDatabase;
let empty: SqlDatabase;

beforeAll(async () => {
  for (const [day, ofDay] of Map.groupBy(facts, (one) => one.day)) {
    for (const [table, own] of Map.groupBy(ofDay, ({ fact }) => tableOfType(fact.type))) {
      write(filePath(table.name, "acme", day), writeFacts(table, own));
    }
  }
  const snapshot = {
    ...{ metric: "sales", date: "2024-03-01", version: 1, value: "12.34", low: null, high: null, n: 1 },
    ...{ components: { orders: 1 }, settings: { currency: "USD" }, revision: 2 },
    ...{ takenAt: "2024-03-02T00:15:00Z", restatedBecause: { facts: 1, causes: ["recorded"] } },
  };
  write(filePath("snapshots", "acme", "2024-03-01"), writeSnapshots([snapshot]));
  database = await SqlDatabase.open(archiveFolder(dataDir) ?? "");
  empty = await SqlDatabase.open(join(dataDir, "nothing"));
});

afterAll(() => {
  database.close();
  empty.close();
  rmSync(dataDir, { recursive: true });
});

describe("the queries of the documentation", () => {
  it("are ten", () => {
    expect(documented).toHaveLength(10);
  });

  it.each(documented)("run: %s", async (_title, query) => {
    const [only = "", ...others] = queriesIn(query);
    expect(others).toEqual([]);
    const { columns } = await database.ask(only);
    expect(columns.length).toBeGreaterThan(2);
    // Tables without files are there and empty, with the same columns.
    expect(await empty.ask(only)).toEqual({ columns, rows: [] });
  });

  it("say of revenue what the facts say", async () => {
    const [, query = ""] = documented.find(([title]) => title.startsWith("Revenue")) ?? [];
    const { rows } = await database.ask(queriesIn(query)[0] ?? "");
    const sums = new Map<string, number>();
    for (const { fact } of facts) {
      if (fact.type !== "purchase.made" && fact.type !== "purchase.refunded") continue;
      const { amountMinor, currency } = fact.money;
      const sign = fact.type === "purchase.made" ? 1 : -1;
      sums.set(currency, (sums.get(currency) ?? 0) + sign * Number(amountMinor));
    }
    const answered = new Map<string, number>();
    for (const [, currency = "", revenue] of rows) {
      const minor = Math.round(Number(revenue) * (currency === "USD" ? 100 : 1));
      answered.set(currency, (answered.get(currency) ?? 0) + minor);
    }
    expect(answered).toEqual(sums);
  });
});

it("the tables have all facts, each with its workspace and its day", async () => {
  for (const { name, types } of factTables) {
    const own = facts.filter(({ fact }) => (types as readonly string[]).includes(fact.type));
    const { rows } = await database.ask(`SELECT id, day FROM ${name} WHERE workspace = 'acme'`);
    expect([...rows].sort()).toEqual(own.map(({ fact, day }) => [fact.id, day]).sort());
  }
});

describe("answers", () => {
  const answer = {
    columns: ["id", "comment"],
    rows: [
      ["1", "a\nb"],
      ["22", 'say "x"'],
    ],
  };

  it("is a table of as many rows as there are", () => {
    const rows = new Array(200_000).fill(["1"]);
    expect(printTable({ columns: ["id"], rows })).toMatch(/^id\n--\n1\n[\s\S]*\n\(200000 rows\)\n$/);
  });

  it("are printed as a table, each row on one line", () => {
    expect(printTable(answer)).toBe('id  comment\n--  -------\n1   a b\n22  say "x"\n(2 rows)\n');
  });

  it("are printed as CSV, whole", () => {
    expect(printCsv(answer)).toBe('id,comment\r\n1,"a\nb"\r\n22,"say ""x"""\r\n');
  });
});

describe("the command line", () => {
  it("takes a query or a file", () => {
    const query = { query: "SELECT 1", csv: true, dataDir: ".local" };
    expect(readOptions(["SELECT 1", "--csv"], {})).toMatchObject(query);
    const file = { file: "q.sql", dataDir: "/data" };
    expect(readOptions(["--file", "q.sql"], { DATA_DIR: "/data" })).toMatchObject(file);
    expect(() => readOptions(["SELECT", "1"], {})).toThrow("in quotes");
    expect(() => readOptions(["SELECT 1", "--file", "q.sql"], {})).toThrow("either");
  });

  it("parts queries at semicolons that end a line", () => {
    expect(queriesIn("-- first\nSELECT ';' AS a;\nSELECT 2\n")).toEqual(["SELECT ';' AS a", "SELECT 2"]);
  });
});
