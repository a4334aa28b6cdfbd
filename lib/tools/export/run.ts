import { mkdir, open, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { ImportIo } from "../import/io.ts";
import { exitCode, Stopped, UsageError } from "../import/problems.ts";
import { exact } from "../import/summary.ts";
import { type Client, createClient } from "./client.ts";
import type { ExportOptions } from "./options.ts";
import { toParquet } from "./parquet.ts";
import { type ExportProgress, noProgress, showProgress } from "./progress.ts";
import {
  atBeginning,
  type ExportState,
  findState,
  firstDay,
  removeState,
  saveState,
  targetOf,
} from "./state.ts";
import { listsOf, type TableName, tableNames } from "./tables.ts";

/** Exports everything that a workspace's key may read, table by table and page by page. */

const workspaceSchema = z.object({ timeZone: z.string(), snapshotsFrom: z.string().nullable() });

/** One export. */
interface Run {
  readonly options: ExportOptions;
  readonly client: Client;
  readonly progress: ExportProgress;
  readonly stop: AbortSignal;
  state: ExportState;
}

/**
 * Runs an export, continuing an interrupted one.
 * @returns the exit code
 * @throws UsageError and ServerError, whose messages are for the person; the state is written by then
 */
export async function runExport(options: ExportOptions, { out, err, stop }: ImportIo): Promise<number> {
  await makeFolder(options.out);
  const progress = options.quiet || !options.progress ? noProgress : showProgress(err);
  const onRetry = (why: string, milliseconds: number) =>
    progress.note(`${why}: trying again in ${(milliseconds / 1000).toFixed(1)} s`);
  const client = createClient(options, onRetry, stop);
  const earlier = options.restart ? undefined : await findState(options);
  if (earlier && !options.quiet)
    err.write("Continuing where the last run stopped (--restart begins again).\n");
  const run: Run = { options, client, progress, stop, state: earlier ?? (await begin(options, client)) };
  try {
    for (const table of tableNames) await exportTable(run, table);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    progress.stop();
    err.write("Interrupted: the same command goes on there.\n");
    return exitCode.interrupted;
  } finally {
    progress.stop();
  }
  await removeState(options.out);
  if (!options.quiet) out.write(`${summaryOf(run.state)}\n`);
  return exitCode.done;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`cannot make the folder ${folder}: ${String(error)}`, { cause: error });
  }
}

async function begin(options: ExportOptions, client: Client): Promise<ExportState> {
  const { timeZone, snapshotsFrom } = await client.get("/v1/workspace", workspaceSchema);
  return {
    ...{ version: 1, format: options.format, target: targetOf(options) },
    // A fact can lie some minutes ahead.
    to: addDays(dayOf(Date.now(), timeZone), 1),
    snapshotsFrom,
    tables: {},
  };
}

/** Where the rows of a table go at first: a Parquet file is made of them once they are all there. */
function rowsPath({ options: { out, format } }: Run, table: TableName): string {
  return join(out, format === "parquet" ? `.${table}.ndjson` : `${table}.${format}`);
}

async function exportTable(run: Run, table: TableName): Promise<void> {
  const { options, state } = run;
  const path = rowsPath(run, table);
  let now = state.tables[table] ?? atBeginning;
  // The rows of a finished Parquet file are gone.
  if (now.isDone && options.format === "parquet") return;
  // What was written after the state was noted is written again.
  await cutTo(path, now.bytes);
  if (now.isDone) return;
  const file = await open(path, "a");
  try {
    const lists = listsOf(table, { from: firstOf(table, state), to: state.to });
    for (let list = lists[now.list]; list !== undefined; list = lists[now.list]) {
      if (run.stop.aborted) throw new Stopped("stopped");
      const { text, rows, day, next } = await readPage(run, list, now);
      await file.write(text);
      const bytes = now.bytes + Buffer.byteLength(text);
      const place = next === undefined ? { list: now.list + 1 } : { list: now.list, cursor: next };
      now = { ...place, bytes, rows: now.rows + rows, isDone: false };
      await note(run, table, now);
      run.progress.update(table, now.rows, day);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (options.format === "parquet") await convert(run, table, path);
  await note(run, table, { ...now, isDone: true });
  if (options.format === "parquet") await rm(path, { force: true });
}

/** Days before the first snapshot need not be asked for: each request looks through the snapshots of all metrics. */
function firstOf(table: TableName, { snapshotsFrom, to }: ExportState): Day {
  return table === "snapshots" ? (snapshotsFrom ?? to) : firstDay;
}

async function readPage(
  { client, options: { format } }: Run,
  list: string,
  now: ExportState["tables"][string],
) {
  const path = now.cursor === undefined ? list : `${list}&cursor=${encodeURIComponent(now.cursor)}`;
  if (format !== "csv") return client.json(path);
  const { header, ...page } = await client.csv(path);
  // One header for all pages: their columns are the same.
  return now.bytes === 0 ? { ...page, text: header + page.text } : page;
}

async function convert(run: Run, table: TableName, lines: string): Promise<void> {
  const { client, options, state } = run;
  const [list = ""] = listsOf(table, { from: state.to, to: state.to });
  // The columns are those of CSV, in their order.
  const { header } = await client.csv(list.replace(/limit=\d+/, "limit=1"));
  const columns = header
    .replace(/^\uFEFF/, "")
    .trim()
    .split(",");
  await toParquet(lines, join(options.out, `${table}.parquet`), columns);
}

async function note(run: Run, table: TableName, now: ExportState["tables"][string]): Promise<void> {
  run.state = { ...run.state, tables: { ...run.state.tables, [table]: now } };
  await saveState(run.options.out, run.state);
}

async function cutTo(path: string, bytes: number): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size < bytes) throw new UsageError(`${path} is shorter than it was: --restart begins again`);
  if (size > bytes) await truncate(path, bytes);
}

function summaryOf({ tables }: ExportState): string {
  return tableNames.map((name) => `${name.padEnd(10)} ${exact(tables[name]?.rows ?? 0)} rows`).join("\n");
}
