import type { ReadText, Row } from "./scope.ts";

/** Rows of a file that are together one: the lines of an order, the answers of one person. */

export interface Grouping {
  /** The text that the rows of a group share. A row without one belongs to the group before it. */
  readonly keyOf: ReadText;
  /** How many cells a row must have. */
  readonly width: number;
  /** Whether rows of a group may stand anywhere: then the file is read before anything is sent. */
  readonly scattered: boolean;
}

/** The rows of each group as one row: each cell is the first of the group's that is not blank. */
export async function* groupRows(
  rows: AsyncIterable<Row>,
  grouping: Grouping,
): AsyncGenerator<Row, undefined> {
  yield* grouping.scattered ? scatteredGroups(rows, grouping) : adjacentGroups(rows, grouping);
}

async function* scatteredGroups(
  rows: AsyncIterable<Row>,
  grouping: Grouping,
): AsyncGenerator<Row, undefined> {
  const groups = new Map<string, Row[]>();
  let last: string | undefined;
  for await (const row of rows) {
    if (!isWhole(row, grouping)) {
      groups.set(`\u0000${row.number}`, [row]);
      continue;
    }
    const key = grouping.keyOf(row) ?? last ?? `\u0000${row.number}`;
    last = key;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  for (const group of groups.values()) yield merged(group);
}

async function* adjacentGroups(rows: AsyncIterable<Row>, grouping: Grouping): AsyncGenerator<Row, undefined> {
  const seen = new Set<string>();
  let open: { readonly key: string | undefined; readonly rows: Row[] } | undefined;
  const finish = (): Row[] => {
    if (open === undefined) return [];
    const { key, rows: members } = open;
    open = undefined;
    const whole = merged(members);
    if (key === undefined || !seen.has(key)) {
      if (key !== undefined) seen.add(key);
      return [whole];
    }
    const fault = `the rows with "${key}" do not stand together: say "scattered": true (group)`;
    return [{ ...whole, fault }];
  };
  for await (const row of rows) {
    if (!isWhole(row, grouping)) {
      yield* finish();
      yield row;
      continue;
    }
    const key = grouping.keyOf(row);
    if (open && (key === undefined || key === open.key)) {
      open.rows.push(row);
      continue;
    }
    yield* finish();
    open = { key, rows: [row] };
  }
  yield* finish();
}

function isWhole({ cells, fault }: Row, { width }: Grouping): boolean {
  return fault === undefined && cells.length === width;
}

function merged(rows: readonly Row[]): Row {
  const [first, ...others] = rows;
  if (first === undefined) throw new Error("a group has a row");
  if (others.length === 0) return first;
  const cells = first.cells.map((cell, index) =>
    cell.trim() === ""
      ? (others.find((row) => (row.cells[index] ?? "").trim() !== "")?.cells[index] ?? "")
      : cell,
  );
  return { ...first, cells, members: rows };
}
