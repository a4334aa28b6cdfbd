import type { Day } from "../calendar/days.ts";

/** Why closed days change, and what is said of one that has changed. */

/** Reasons for which what is counted on a closed day changes, in the order in which they are listed. */
export const lateCauses = ["recorded", "excluded", "included", "settings", "repaired", "predicted"] as const;

/** A fact was recorded late, excluded or included again; a setting changed and customers were counted again; a reconciliation repaired counters; customers were predicted anew. */
export type LateCause = (typeof lateCauses)[number];

/** Causes that are about single facts. */
export const factCauses: readonly LateCause[] = ["recorded", "excluded", "included"];

/** A closed day whose value changed after it had been stated. */
export interface RestatedDay {
  readonly date: Day;
  /** The newest revision: the first is 1. */
  readonly revision: number;
  /** How many facts made the newest revision. */
  readonly facts: number;
  readonly causes: readonly string[];
  /** The value as it was first stated, and as it is now. */
  readonly before: number | string | null;
  readonly after: number | string | null;
}
