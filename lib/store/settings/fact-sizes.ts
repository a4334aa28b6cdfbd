import type { StoreContext } from "../table/context.ts";
import { NotedBound } from "./noted-bound.ts";

/** How large the facts of a workspace are at most: whoever reads many of them sets aside no more than that for each. */

/** What a workspace notes before it has any fact: most never have a larger one. */
export const leastFactBytes = 2 * 1024;

/** Bytes that a stored fact may grow by: who took it out of the counts, and why. */
const bytesForChanges = 1024;

const factBytes = new NotedBound("factBytes", "<");

/** Bytes of a fact's item at most: JSON has quotes where the table has none. */
export function factBytesOf(item: Readonly<Record<string, unknown>>): number {
  const text = JSON.stringify(item, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return Buffer.byteLength(text) + bytesForChanges;
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
