import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sqlTypeOf } from "../../../../lib/domain/archive/columns.ts";
import { dayOfPath, filePath } from "../../../../lib/domain/archive/paths.ts";
import { factTables, tableOfType } from "../../../../lib/domain/archive/tables.ts";
import { eventSchemas, eventTypes } from "../../../../lib/domain/facts/events.ts";
import { responseSchema } from "../../../../lib/domain/facts/responses.ts";

const known = new Set(["id", "occurredAt", "dimensions", "type", "customerId"]);
const fieldsOf = (type: Parameters<typeof tableOfType>[0]) => {
  const { columns } = tableOfType(type);
  return new Set(columns.filter(({ of }) => of === "fact").map(({ field }) => field));
};

describe("the tables of the archive", () => {
  it("hold every type of fact, each in one table", () => {
    const types = factTables.flatMap(({ types: own }) => own);
    expect([...types].sort()).toEqual([...eventTypes, "response"].sort());
  });

  it.each(eventSchemas.map(({ shape }) => [shape.type.value, shape] as const))(
    "have a column for every field of %s",
    (type, shape) => {
      const own = Object.keys(shape).filter((name) => !known.has(name));
      const expected = own.flatMap((name) => (name === "money" ? ["amount", "currency"] : [name]));
      expect([...fieldsOf(type)]).toEqual(expect.arrayContaining(expected));
    },
  );

  it("have a column for every field of a response", () => {
    const own = responseSchema.options
      .flatMap(({ shape }) => Object.keys(shape))
      .filter((name) => !known.has(name));
    expect([...fieldsOf("response")]).toEqual(expect.arrayContaining([...new Set(own)]));
  });

  it("have names and columns that SQL takes without quotes, each once", () => {
    for (const { name, columns } of factTables) {
      const names = [name, ...columns.map((column) => column.name)];
      expect(names.filter((one) => !/^[a-z][a-z_]*$/.test(one))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(sqlTypeOf({ kind: "amount" })).toBe("decimal(18,4)");
  });

  it("are in the documentation with all their columns", () => {
    const page = readFileSync(new URL("../../../../docs/archive.md", import.meta.url), "utf8");
    const common = factTables.reduce(
      (names, { columns }) => names.filter((name) => columns.some((column) => column.name === name)),
      factTables[0]?.columns.map(({ name }) => name) ?? [],
    );
    const rows = factTables.map(({ name, columns }) => {
      const own = columns.map((column) => column.name).filter((column) => !common.includes(column));
      return [name, own];
    });
    const documented = [...page.matchAll(/^\| `(\w+)` \|[^|]*\| (.*) \|$/gm)].map(
      ([, name, columns = ""]) => [name, [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => column)],
    );
    expect(documented).toEqual(rows);
    expect(common.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("have a file a day, whose path says which", () => {
    const path = filePath("page_loads", "acme", "2026-03-01");
    expect(path).toBe("facts/page_loads/workspace=acme/day=2026-03-01/facts.parquet");
    expect(dayOfPath(path)).toBe("2026-03-01");
    expect(dayOfPath("facts/page_loads/workspace=acme/day=soon/facts.parquet")).toBeUndefined();
    expect(filePath("snapshots", "acme", "2026-03-01")).toBe(
      "snapshots/workspace=acme/day=2026-03-01/snapshots.parquet",
    );
  });
});
