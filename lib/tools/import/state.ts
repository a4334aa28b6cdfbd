import { createHash, hash } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import * as z from "zod";
import { UsageError } from "./problems.ts";
import { writeStateFile } from "./state-file.ts";
import { tallySchema } from "./tally.ts";

/** The identity of an import: its file, its mapping and its target. Another of one of these is another import. */
const identitySchema = z.object({
  /** Bytes of the data file. */
  size: z.int(),
  /** SHA-256 of its first bytes. */
  beginning: z.string(),
  /** SHA-256 of the mapping and of the options that change what is read. */
  mapping: z.string(),
  /** A short hash of URL and key: enough to notice another target, too little to find the key by. */
  target: z.string(),
});

export type Identity = z.infer<typeof identitySchema>;

const stateSchema = z.object({
  version: z.literal(1),
  identity: identitySchema,
  /** Every row up to this one is answered for (a spreadsheet's number: the header is row 1). */
  lastRow: z.int(),
  tally: tallySchema,
  rejects: z.object({ path: z.string(), bytes: z.int() }),
});

/** How far an import has come: the content of its state file. */
export type ImportState = z.infer<typeof stateSchema>;

const beginningBytes = 65_536;

/** Finds out what an import is of. */
export async function identify(file: string, mapping: string, target: string): Promise<Identity> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, beginningBytes));
    await handle.read(buffer, 0, buffer.length, 0);
    const beginning = createHash("sha256").update(buffer).digest("hex");
    return { size, beginning, mapping, target: hash("sha256", target, "hex").slice(0, 8) };
  } finally {
    await handle.close();
  }
}

/** Whether an earlier run can be continued. */
export type Continuation =
  | { readonly state: ImportState }
  /** `why` is for the person: absent when there was no earlier run. */
  | { readonly state?: undefined; readonly why?: string };

/**
 * Looks for an earlier run of the same import.
 * @throws UsageError when the state file is there and cannot be read.
 */
export async function findState(path: string, identity: Identity, rejects: string): Promise<Continuation> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new UsageError(`cannot read the state file ${path}: ${String(error)}`, { cause: error });
  }
  const state = parseState(text);
  if (!state) return { why: `${path} is not the state of an import` };
  const changed = changeSince(state.identity, identity);
  if (changed) return { why: `${changed} since the interrupted run` };
  if (state.rejects.path !== rejects)
    return { why: "the rejects file is another than in the interrupted run" };
  if ((await sizeOf(rejects)) < state.rejects.bytes) {
    return { why: "the rejects of the interrupted run are not there any more" };
  }
  return { state };
}

function parseState(text: string): ImportState | undefined {
  try {
    return stateSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function changeSince(before: Identity, now: Identity): string | undefined {
  if (before.size !== now.size || before.beginning !== now.beginning) return "the data file has changed";
  if (before.mapping !== now.mapping) return "the mapping or the delimiter has changed";
  if (before.target !== now.target) return "the URL or the key has changed";
  return undefined;
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

/** Writes how far an import has come. */
export function saveState(path: string, state: ImportState): Promise<void> {
  return writeStateFile(path, state);
}
