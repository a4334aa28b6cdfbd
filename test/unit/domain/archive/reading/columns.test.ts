import fc from "fast-check";
import { expect, it, vi } from "vitest";
import type { Cell, Column, ColumnKind } from "../../../../../lib/domain/archive/columns.ts";
import { readTable, writeFacts, writeTable } from "../../../../../lib/domain/archive/parquet.ts";
import { valueAt } from "../../../../../lib/domain/archive/reading/coded-column.ts";
import { readColumns } from "../../../../../lib/domain/archive/reading/columns.ts";
import { something } from "../../../../../lib/domain/archive/reading/pages.ts";
import type { TextColumn } from "../../../../../lib/domain/archive/reading/values.ts";
import { tableOfType } from "../../../../../lib/domain/archive/tables.ts";
import { archivedFactArbitrary } from "../../../../fixtures/archive.ts";

/** Columns are read as the library reads the same file. */

const cells: Readonly<Record<Exclude<ColumnKind, "texts" | "map">, fc.Arbitrary<Cell>>> = {
  text: fc.oneof(fc.constantFrom("web", "größer", "Ω𝄞"), fc.string({ unit: "binary", maxLength: 12 })),
  integer: fc.oneof(fc.constantFrom(0, 7), fc.integer()),
  long: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fraction: fc.double({ noNaN: true }),
  flag: fc.boolean(),
  instant: fc.bigInt({ min: 0n, max: 4_000_000_000_000n }),
  day: fc.integer({ min: 0, max: 40_000 }),
  amount: fc.oneof(
    fc.constantFrom(100n, 2n ** 53n, -(2n ** 53n)),
    fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
  ),
};

/** A column of any kind that is neither a list nor a map, of few values or many, some of them missing. */
const columnArbitrary = (rows: number) =>
  fc
    .tuple(fc.constantFrom(...(Object.keys(cells) as (keyof typeof cells)[])), fc.boolean(), fc.nat(3))
    .chain(([kind, isRequired, different]) => {
      const some = fc.array(cells[kind], { minLength: 1, maxLength: 1 + different });
      const cell = different === 3 ? cells[kind] : some.chain((values) => fc.constantFrom(...values));
      const value = isRequired ? cell : fc.option(cell, { nil: null });
      return fc
        .array(value, { minLength: rows, maxLength: rows })
        .map((values) => ({ kind, isRequired, values }));
    });

const tableArbitrary = fc
  .nat(70)
  .chain((rows) => fc.array(columnArbitrary(rows), { minLength: 1, maxLength: 4 }))
  .map((columns) =>
    columns.map(({ values, ...column }, index) => ({ column: { ...column, name: `c${index}` }, values })),
  );

const plain = (value: unknown) => (typeof value === "bigint" ? String(value) : (value ?? undefined));
const number = (value: unknown) => (typeof value === "number" ? String(value) : plain(value));

function textAt({ codes, texts: { bytes, begins, ends } }: TextColumn, row: number): string | undefined {
  const code = codes[row] ?? -1;
  return code < 0 ? undefined : Buffer.from(bytes.subarray(begins[code], ends[code])).toString();
}

/** Half of a sign beyond the first plane cannot be written. */
const wellFormed = (value: unknown) =>
  typeof value === "string" ? Buffer.from(value).toString() : undefined;

it("gives every value of columns of every kind, few or many different ones, missing or not", async () => {
  await fc.assert(
    fc.asyncProperty(tableArbitrary, async (table) => {
      const columns: Column[] = table.map(({ column }) => column);
      const bytes = writeTable(
        columns,
        table.map(({ values }) => values),
      );
      const names = columns.map(({ name }) => name);
      const read = await readColumns(bytes, { whole: names });
      const present = await readColumns(bytes, { whole: [], presence: names });
      const late = await readColumns(bytes, { whole: [], late: names });
      const texts = columns.filter(({ kind }) => kind === "text").map(({ name }) => name);
      const inBytes = await readColumns(bytes, { whole: [], texts });
      for (const { column, values } of table) {
        const of = read.column(column.name);
        expect(values.map((_, row) => number(valueAt(of, row)))).toEqual(values.map(number));
        const later = late.later(column.name)();
        expect(values.map((_, row) => number(valueAt(later, row)))).toEqual(values.map(number));
        if (column.kind === "text") {
          const own = inBytes.texts(column.name);
          expect(values.map((_, row) => textAt(own, row))).toEqual(values.map(wellFormed));
        }
        const there = present.column(column.name);
        expect(values.map((_, row) => valueAt(there, row))).toEqual(
          values.map((value) => (value === null ? undefined : something)),
        );
      }
    }),
    { numRuns: 300 },
  );
});

it("gives of facts of every type what the library gives, lists and maps too", async () => {
  const facts = fc.array(archivedFactArbitrary, { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(facts, async (some) => {
      for (const [table, own] of Map.groupBy(some, ({ fact }) => tableOfType(fact.type))) {
        const bytes = writeFacts(table, own);
        const names = table.columns.map(({ name }) => name);
        const [read, rows] = [await readColumns(bytes, { whole: names }), await readTable(bytes)];
        expect(read.rows).toBe(rows.length);
        for (const name of names) {
          expect(rows.map((_, row) => number(valueAt(read.column(name), row)))).toEqual(
            rows.map((row) => number(row[name])),
          );
        }
      }
    }),
    { numRuns: 40 },
  );
});

it("reads days of more rows than fit one group, and says that a column is not there", async () => {
  const names = ["code", "text"];
  const columns = [
    { name: "code", kind: "integer", isRequired: false },
    { name: "text", kind: "text", isRequired: true },
  ] as const;
  const codes = Array.from({ length: 230_000 }, (_, row) => (row % 1_000 === 0 ? null : row % 50));
  const texts = codes.map((_, row) => `text ${row % 70_000}`);
  const read = await readColumns(writeTable(columns, [codes, texts]), { whole: [...names, "other"] });
  const [code, text, other] = [...names, "other"].map((name) => read.column(name));
  if (!code || !text || !other) throw new Error("each column is there");
  expect(codes.filter((value, row) => (valueAt(code, row) ?? null) !== value)).toEqual([]);
  expect(texts.filter((value, row) => valueAt(text, row) !== value)).toEqual([]);
  expect(valueAt(other, 3)).toBeUndefined();
});

it("never reads a file in the slow way for columns that it does not have, only for its lists and maps", async () => {
  const columns = [
    { name: "code", kind: "integer", isRequired: false },
    { name: "labels", kind: "texts", isRequired: false },
  ] as const;
  const bytes = writeTable(columns, [
    [1, 2],
    [["a"], ["b", "c"]],
  ]);
  // The library gets a copy of the file.
  const copies = vi.spyOn(ArrayBuffer.prototype, "slice");
  try {
    await readColumns(bytes, { whole: ["code", "other"], presence: ["another"] });
    expect(copies).not.toHaveBeenCalled();
    const read = await readColumns(bytes, { whole: ["labels", "other"] });
    expect(copies).toHaveBeenCalled();
    expect(valueAt(read.column("labels"), 1)).toEqual(["b", "c"]);
    expect(valueAt(read.column("other"), 1)).toBeUndefined();
  } finally {
    copies.mockRestore();
  }
});

it("refuses what is no Parquet file, and one that is cut off", async () => {
  const fact = fc.sample(archivedFactArbitrary, { numRuns: 1, seed: 3 });
  const bytes = writeFacts(tableOfType(fact[0]?.fact.type ?? "response"), fact);
  await expect(readColumns(Buffer.from("nothing of that kind"), { whole: ["id"] })).rejects.toThrow(
    "Parquet",
  );
  const cut = Buffer.concat([bytes.subarray(0, 4), bytes.subarray(bytes.length - 40)]);
  await expect(readColumns(cut, { whole: ["id"] })).rejects.toThrow("cut off");
});
