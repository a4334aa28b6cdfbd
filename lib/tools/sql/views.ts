import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Column, ColumnKind } from "../../domain/archive/columns.ts";
import { customerDayColumns, customerDaysTable } from "../../domain/archive/customer-days.ts";
import { snapshotsTable, tablePrefix } from "../../domain/archive/paths.ts";
import { snapshotColumns } from "../../domain/archive/snapshots.ts";
import { factTables } from "../../domain/archive/tables.ts";

/** The archive's tables as views of DuckDB over its files. */

/** Every table that can be asked, with its columns. */
const tables: readonly { readonly name: string; readonly columns: readonly Column[] }[] = [
  ...factTables,
  { name: customerDaysTable, columns: customerDayColumns },
  { name: snapshotsTable, columns: snapshotColumns },
];

const types: Readonly<Record<ColumnKind, string>> = {
  ...{ text: "VARCHAR", integer: "INTEGER", long: "BIGINT", fraction: "DOUBLE", flag: "BOOLEAN" },
  ...{ instant: "TIMESTAMP", day: "DATE", amount: "DECIMAL(18,4)", texts: "VARCHAR[]" },
  map: "MAP(VARCHAR, VARCHAR)",
};

/**
 * The statements that make a view of each table, with the columns that the archive has and `workspace` before them; one without files is
 * empty.
 * @param bucket the folder that holds the archive
 */
export function viewStatements(bucket: string): string[] {
  return tables.map(({ name, columns }) => {
    const folder = join(bucket, tablePrefix(name));
    const names = ["workspace", ...columns.map((column) => column.name)].join(", ");
    if (!hasFiles(folder)) {
      const empty = columns.map((column) => `NULL::${types[column.kind]} AS ${column.name}`);
      return `CREATE VIEW ${name} AS SELECT ${["NULL::VARCHAR AS workspace", ...empty].join(", ")} WHERE false`;
    }
    const files = `${folder}*/*/*.parquet`.replaceAll("'", "''");
    const hive = "hive_partitioning = true, hive_types = {'workspace': VARCHAR, 'day': DATE}";
    return `CREATE VIEW ${name} AS SELECT ${names} FROM read_parquet('${files}', ${hive})`;
  });
}

function hasFiles(folder: string): boolean {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.some((entry) => entry.isFile() && entry.name.endsWith(".parquet"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** The folder of the archive in a local cloud's data folder; the first bucket that is there. */
export function archiveFolder(dataDir: string): string | undefined {
  const buckets = join(dataDir, "buckets");
  try {
    const [first] = readdirSync(buckets, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => name)
      .sort();
    return first === undefined ? undefined : join(buckets, first);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
