import type { ItemSize } from "../table/budget.ts";

/** Bytes of a fact at most, but for the log of its exclusions: a comment of 5,000 characters, 20 tags and ten dimensions. */
export const factSize: ItemSize = { name: "fact", maxBytes: 40 * 1024 };
