import { createReadStream } from "node:fs";
import { rename } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileWriter, parquetWriteRows } from "hyparquet-writer";

/** Lines of JSON as a Parquet file, read twice and never held whole. */

/** So many rows are held at a time. */
const rowsPerGroup = 20_000;

type Row = Readonly<Record<string, unknown>>;
type Kind = "BOOLEAN" | "INT64" | "DOUBLE" | "STRING";

/**
 * Writes a Parquet file in the place of one that is there. A column's type is what all its values have: yes or no, a whole number, a number,
 * else text. Fields of objects are columns with dotted names; what has free names, and lists, are JSON in one column.
 * @param columns their names in order
 */
export async function toParquet(lines: string, path: string, columns: readonly string[]): Promise<void> {
  const kinds = await kindsOf(lines, columns);
  const part = `${path}.part`;
  await parquetWriteRows({
    writer: fileWriter(part),
    rows: rowsAs(lines, columns, kinds),
    columns: columns.map((name) => ({ name, type: kinds.get(name) ?? "STRING", nullable: true })),
    rowGroupSize: rowsPerGroup,
    createdBy: "cx-metrics",
  });
  await rename(part, path);
}

async function* rowsIn(lines: string): AsyncGenerator<Row> {
  const stream = createReadStream(lines, "utf8");
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== "") yield JSON.parse(line) as Row;
  }
}

async function kindsOf(lines: string, columns: readonly string[]): Promise<ReadonlyMap<string, Kind>> {
  const kinds = new Map<string, Kind>();
  for await (const row of rowsIn(lines)) {
    for (const column of columns) {
      const value = valueAt(row, column);
      if (value === undefined || value === null) continue;
      kinds.set(column, wider(kinds.get(column), kindOf(value)));
    }
  }
  return kinds;
}

function kindOf(value: unknown): Kind {
  if (typeof value === "boolean") return "BOOLEAN";
  if (typeof value !== "number") return "STRING";
  return Number.isSafeInteger(value) ? "INT64" : "DOUBLE";
}

function wider(one: Kind | undefined, other: Kind): Kind {
  if (one === undefined || one === other) return other;
  const isNumber = (kind: Kind) => kind === "INT64" || kind === "DOUBLE";
  return isNumber(one) && isNumber(other) ? "DOUBLE" : "STRING";
}

async function* rowsAs(
  lines: string,
  columns: readonly string[],
  kinds: ReadonlyMap<string, Kind>,
): AsyncGenerator<Record<string, unknown>> {
  for await (const row of rowsIn(lines)) {
    const cells = columns.map((column) => [column, cellOf(valueAt(row, column), kinds.get(column))] as const);
    yield Object.fromEntries(cells);
  }
}

function cellOf(value: unknown, kind: Kind | undefined): unknown {
  if (value === undefined || value === null) return null;
  if (kind === "INT64") return BigInt(Number(value));
  if (kind === "DOUBLE" || kind === "BOOLEAN") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The value at a dotted name, whose parts may have dots themselves. */
function valueAt(row: Row, column: string): unknown {
  if (Object.hasOwn(row, column)) return row[column];
  for (let dot = column.indexOf("."); dot >= 0; dot = column.indexOf(".", dot + 1)) {
    const inner = row[column.slice(0, dot)];
    if (typeof inner === "object" && inner !== null) return valueAt(inner as Row, column.slice(dot + 1));
  }
  return undefined;
}
