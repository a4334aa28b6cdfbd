import { type Day, isDay } from "../calendar/days.ts";

/** Where the archive's files are: partitioned by workspace and day, in the form that SQL engines know as Hive's. */

/** The table of the snapshots, which stands beside those of the facts. */
export const snapshotsTable = "snapshots";

/** Where all files begin. */
export const filePrefixes = ["facts/", `${snapshotsTable}/`] as const;

/** Where all files of a table begin. */
export function tablePrefix(table: string): string {
  return table === snapshotsTable ? `${snapshotsTable}/` : `facts/${table}/`;
}

/** Where a workspace's files of a table begin. */
export function workspacePrefix(table: string, workspace: string): string {
  return `${tablePrefix(table)}workspace=${workspace}/`;
}

/** The file of a table's day. */
export function filePath(table: string, workspace: string, day: Day): string {
  const name = table === snapshotsTable ? "snapshots" : "facts";
  return `${workspacePrefix(table, workspace)}day=${day}/${name}.parquet`;
}

/** The day of a file's path; `undefined` for a path of something else. */
export function dayOfPath(path: string): Day | undefined {
  const day = /\/day=([^/]+)\/(?:facts|snapshots)\.parquet$/.exec(path)?.[1];
  return day !== undefined && isDay(day) ? day : undefined;
}
