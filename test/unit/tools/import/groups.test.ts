import { describe, expect, it } from "vitest";
import { groupRows } from "../../../../lib/tools/import/groups.ts";
import type { Row } from "../../../../lib/tools/import/scope.ts";

async function grouped(cells: readonly string[][], scattered = false): Promise<Row[]> {
  async function* rows() {
    for (const [index, row] of cells.entries()) yield { number: index + 2, index, cells: row };
  }
  const keyOf = (row: Row) => row.cells[0] || undefined;
  const found: Row[] = [];
  for await (const row of groupRows(rows(), { keyOf, width: 2, scattered })) found.push(row);
  return found;
}

describe("rows that are together one", () => {
  it("have each cell of the first row that has it, and stand where the first one does", async () => {
    const rows = await grouped([
      ["a", "x"],
      ["", "y"],
      ["a", "z"],
      ["b", ""],
      ["b", "w"],
    ]);
    expect(rows.map(({ number, cells, members }) => [number, ...cells, members?.length ?? 1])).toEqual([
      [2, "a", "x", 3],
      [5, "b", "w", 2],
    ]);
  });

  it("are refused where they stand apart, unless the mapping says that they may", async () => {
    const cells = [
      ["a", "1"],
      ["b", "2"],
      ["a", "3"],
    ];
    const rows = await grouped(cells);
    expect(rows.map(({ fault }) => fault)).toEqual([
      undefined,
      undefined,
      expect.stringMatching(/"scattered"/),
    ]);
    const all = await grouped(cells, true);
    expect(all.map(({ cells: [key], members }) => [key, members?.length ?? 1])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });

  it("do not take in rows that are broken", async () => {
    const rows = await grouped([["a", "1"], ["a"], ["a", "2"]]);
    expect(rows).toHaveLength(3);
    expect(rows[2]?.fault).toMatch(/scattered/);
  });
});
