import { type Day, isDay } from "../calendar/days.ts";

/** Where the archive's files are: partitioned by workspace and day, in the form that SQL engines know as Hive's. */

/** The table of the snapshots, which stands beside those of the facts. */
export const snapshotsTable = "snapshots";

/** Where the copies of whole months begin: apart from the tables, so that SQL engines read no fact twice. */
const monthsPrefix = "months/";

/** Where all files begin. */
export const filePrefixes = ["facts/", `${snapshotsTable}/`, monthsPrefix] as const;

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

/** A month of a table's days. */
export interface TableMonth {
  readonly table: string;
  readonly workspace: string;
  /** YYYY-MM. */
  readonly month: string;
}

/** The month in which a day lies. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** Where the files of a month's days begin. */
export function daysPrefix({ table, workspace, month }: TableMonth): string {
  return `${workspacePrefix(table, workspace)}day=${month}-`;
}

/** The copy of a month's files. */
export function monthPath({ table, workspace, month }: TableMonth): string {
  return `${monthsPrefix}${table}/workspace=${workspace}/month=${month}/days.bin`;
}

/** The month to which the file of a day belongs; `undefined` for a path of something else. */
export function monthOfPath(path: string): TableMonth | undefined {
  const [, table, workspace] = /^facts\/([^/]+)\/workspace=([^/]+)\//.exec(path) ?? [];
  const day = dayOfPath(path);
  if (table === undefined || workspace === undefined || day === undefined) return undefined;
  return { table, workspace, month: monthOf(day) };
}
