import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { UsageError } from "../import/problems.ts";
import { removeStateFile, writeStateFile } from "../import/state-file.ts";
import { type ExportOptions, formats } from "./options.ts";

/** The first day that facts can lie on. */
export const firstDay = "1900-01-01";

/** How far an export has come: a file beside what it writes. */

const tableState = z.object({
  /** The list that is being read: see `tables.ts`. */
  list: z.int(),
  /** The cursor of the next page; absent at the beginning of a list. */
  cursor: z.string().optional(),
  /** Bytes that are written for good: what lies behind them is cut off. */
  bytes: z.int(),
  rows: z.int(),
  isDone: z.boolean(),
});

/** How far a table has come. */
export type TableState = z.output<typeof tableState>;

const stateSchema = z.object({
  version: z.literal(1),
  format: z.enum(formats),
  /** A short hash of URL and key: enough to notice another target, too little to find the key by. */
  target: z.string(),
  /** The first day that has snapshots; `null` where none has any. A file that does not say it may have been written where days had some. */
  snapshotsFrom: z.string().nullable().default(firstDay),
  /** The last day that is exported. */
  to: z.string(),
  tables: z.record(z.string(), tableState),
});

/** How far an export has come. */
export type ExportState = z.output<typeof stateSchema>;

/** At the beginning of a table. */
export const atBeginning: TableState = { list: 0, bytes: 0, rows: 0, isDone: false };

function pathOf(folder: string): string {
  return join(folder, ".export-state.json");
}

/** Names the target of an export. */
export function targetOf({ url, key }: Pick<ExportOptions, "url" | "key">): string {
  return hash("sha256", `${url}\n${key}`, "hex").slice(0, 8);
}

/**
 * The state of an interrupted run into the same folder; `undefined` where there is none.
 * @throws UsageError when it is of another export
 */
export async function findState(options: ExportOptions): Promise<ExportState | undefined> {
  const path = pathOf(options.out);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UsageError(`cannot read ${path}: ${String(error)}`, { cause: error });
  }
  const state = parse(text);
  if (!state) throw new UsageError(`${path} is not the state of an export: --restart begins again`);
  if (state.format !== options.format || state.target !== targetOf(options)) {
    throw new UsageError(
      `${options.out} holds an unfinished export in another form, or of another server or key: --restart begins again`,
    );
  }
  return state;
}

function parse(text: string): ExportState | undefined {
  try {
    return stateSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Writes how far an export into a folder has come. */
export function saveState(folder: string, state: ExportState): Promise<void> {
  return writeStateFile(pathOf(folder), state);
}

/** Removes the state of an export that is done. */
export function removeState(folder: string): Promise<void> {
  return removeStateFile(pathOf(folder));
}
