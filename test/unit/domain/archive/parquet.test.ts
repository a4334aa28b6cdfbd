import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFacts, readTable, writeFacts } from "../../../../lib/domain/archive/parquet.ts";
import { type ArchivedFact, inOrder } from "../../../../lib/domain/archive/rows.ts";
import { factTables, tableOfType } from "../../../../lib/domain/archive/tables.ts";
import { archivedFactArbitrary, withDuckDb } from "../../../fixtures/archive.ts";

const facts = fc.array(archivedFactArbitrary, { minLength: 1, maxLength: 40 });

const purchase: ArchivedFact = {
  fact: {
    type: "purchase.made",
    id: "order-1",
    occurredAt: Date.parse("2026-03-01T09:30:00.123Z"),
    customerId: "17850",
    orderId: "536365",
    money: { amountMinor: 99_999_999_999_999n, currency: "GBP" },
    dimensions: { plan: "pro", channel: "web" },
  },
  day: "2026-03-01",
  segments: { channel: "web" },
  recordedAt: Date.parse("2026-03-02T00:00:00Z"),
  excluded: false,
};

describe("a table's file", () => {
  it("gives back every fact as it was, whatever its type", async () => {
    await fc.assert(
      fc.asyncProperty(facts, async (some) => {
        for (const [table, own] of Map.groupBy(some, ({ fact }) => tableOfType(fact.type))) {
          expect(await readFacts(table, writeFacts(table, own))).toEqual(inOrder(own));
        }
      }),
      { numRuns: 40 },
    );
  });

  it("has the same bytes whatever the order in which its facts were listed", () => {
    fc.assert(
      fc.property(facts, (some) => {
        for (const [table, own] of Map.groupBy(some, ({ fact }) => tableOfType(fact.type))) {
          const unique = [...new Map(own.map((one) => [one.fact.id, one])).values()];
          expect(writeFacts(table, unique.toReversed())).toEqual(writeFacts(table, unique));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is read in part where only some columns are wanted", async () => {
    const rows = await readTable(writeFacts(tableOfType("purchase.made"), [purchase]), ["id", "currency"]);
    expect(rows).toEqual([{ id: "order-1", currency: "GBP" }]);
  });

  it("keeps amounts to the last minor unit, with the decimals of their currencies", async () => {
    const table = tableOfType("purchase.made");
    const amounts = [
      { amountMinor: 1n, currency: "GBP" },
      { amountMinor: 999_999_999_999n, currency: "JPY" },
      { amountMinor: 999_999_999_999_999n, currency: "KWD" },
      { amountMinor: 9_999_999_999_999_999n, currency: "CLF" },
    ];
    const some = amounts.map((money, index) => ({
      ...purchase,
      fact: { ...purchase.fact, id: `order-${index}`, money } as ArchivedFact["fact"],
    }));
    expect(await readFacts(table, writeFacts(table, some))).toEqual(some);
  });
});

describe("DuckDB", () => {
  it("reads every table's file, with the types that its columns say", async () => {
    const drawn = fc.sample(archivedFactArbitrary, { numRuns: 400, seed: 7 });
    const byTable = Map.groupBy(drawn, ({ fact }) => tableOfType(fact.type));
    expect([...byTable.keys()].map(({ name }) => name).sort()).toEqual(
      factTables.map(({ name }) => name).sort(),
    );
    const types: Record<string, string> = {
      ...{
        text: "VARCHAR",
        integer: "INTEGER",
        fraction: "DOUBLE",
        flag: "BOOLEAN",
        instant: "TIMESTAMP",
        day: "DATE",
      },
      ...{ amount: "DECIMAL(18,4)", texts: "VARCHAR[]", map: "MAP(VARCHAR, VARCHAR)" },
    };
    const files = Object.fromEntries(
      [...byTable].map(([table, own]) => [table.name, writeFacts(table, own)]),
    );
    await withDuckDb(files, async (ask) => {
      for (const [table, own] of byTable) {
        const described = await ask(`DESCRIBE SELECT * FROM read_parquet('{${table.name}}')`);
        expect(described.map((row) => [row["column_name"], row["column_type"]])).toEqual(
          table.columns.map(({ name, kind }) => [name, types[kind]]),
        );
        const rows = await ask(`SELECT id FROM read_parquet('{${table.name}}')`);
        expect(rows.map(({ id }) => id)).toEqual(inOrder(own).map(({ fact }) => fact.id));
      }
    });
  });

  it("reads the values: money as a decimal, dimensions by their names, instants in UTC", async () => {
    const files = { purchases: writeFacts(tableOfType("purchase.made"), [purchase]) };
    const select = "dimensions['plan'] plan, amount, currency, occurred_at, day, excluded, public_key";
    const query = `SELECT ${select} FROM read_parquet('{purchases}')`;
    expect(await withDuckDb(files, (ask) => ask(query))).toEqual([
      {
        ...{ plan: "pro", amount: "999999999999.9900", currency: "GBP", day: "2026-03-01" },
        ...{ occurred_at: "2026-03-01 09:30:00.123", excluded: false, public_key: null },
      },
    ]);
  });
});
