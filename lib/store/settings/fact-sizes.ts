import { memoize } from "../../domain/calendar/memoize.ts";
import type { StoreContext } from "../table/context.ts";
import { NotedBound } from "./noted-bound.ts";

/** How large the facts of a workspace are at most: whoever reads many of them sets aside no more than that for each. */

/** What a workspace notes before it has any fact: most never have a larger one. */
export const leastFactBytes = 2 * 1024;

/** Bytes that a stored fact may grow by: who took it out of the counts, and why. */
const bytesForChanges = 1024;

const factBytes = new NotedBound("factBytes", "<");

/** Bytes of a fact's item at most. */
export function factBytesOf(item: Readonly<Record<string, unknown>>): number {
  return bytesOf(item) + bytesForChanges;
}

/** Bytes that a number takes at most, and that a list, a map and each of their elements take beside what they hold. */
const numberBytes = 21;
const elementBytes = 4;

/** Facts have the same few names, but for those of dimensions. */
const maxNames = 1_000;
const bytesOfName = memoize(maxNames, (name: string) => Buffer.byteLength(name));

/** Bytes of a value as DynamoDB counts them, or some more: each fact that is recorded comes by, and writing it as JSON takes four times as long. */
function bytesOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value !== "object" || value === null) return numberBytes;
  let bytes = elementBytes;
  for (const name of Object.keys(value)) {
    bytes += bytesOfName(name) + bytesOf(value[name as keyof typeof value]) + elementBytes;
  }
  return bytes;
}

/**
 * Notes the size of a fact before it is stored, as the next power of two: a few writes in the life of a workspace.
 * @param bytes of the largest fact that will be stored (`factBytesOf`)
 */
export async function noteFactBytes(context: StoreContext, bytes: number): Promise<void> {
  const known = factBytes.of(context.workspace);
  // A workspace that notes none may have facts of any size.
  if (known === undefined || bytes <= known) return;
  await factBytes.widen(context, 2 ** Math.ceil(Math.log2(bytes)));
}
