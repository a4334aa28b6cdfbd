import * as z from "zod";
import type { Answer } from "./sender.ts";

/** The outcomes of the facts of one name. */
const outcomesSchema = z.object({
  recorded: z.int(),
  duplicate: z.int(),
  conflict: z.int(),
  invalid: z.int(),
});

/** The counts of an import: over all of its runs when it was interrupted and continued. */
export const tallySchema = z.object({
  rows: z.int(),
  /** By the fact's name in the mapping. */
  facts: z.record(z.string(), outcomesSchema),
  /** Facts that the mapping could not make, so that they were not sent. */
  unmade: z.int(),
  /** Comments that were longer than the API takes, and were sent cut. */
  cut: z.int(),
  /** Rows with more cells than the header that could be put together. */
  mended: z.int(),
  /** Rows left out, by reason. */
  skipped: z.record(z.string(), z.int()),
  /** Rows that are in the rejects file. */
  rejectedRows: z.int(),
});

/** The counts of an import. */
export type Tally = z.infer<typeof tallySchema>;

/** The outcomes of facts. */
export type Outcomes = z.infer<typeof outcomesSchema>;

/** Counts of nothing yet. */
export function emptyTally(names: readonly string[]): Tally {
  const facts = Object.fromEntries(names.map((name) => [name, noOutcomes()]));
  return { rows: 0, facts, unmade: 0, cut: 0, mended: 0, skipped: {}, rejectedRows: 0 };
}

function noOutcomes(): Outcomes {
  return { recorded: 0, duplicate: 0, conflict: 0, invalid: 0 };
}

export function countAnswer(tally: Tally, name: string, status: Answer["status"]): void {
  const outcomes = tally.facts[name] ?? noOutcomes();
  outcomes[status] += 1;
  tally.facts[name] = outcomes;
}

/** Counts rows left out. */
export function countSkipped(tally: Tally, skipped: ReadonlyMap<string, number>): void {
  for (const [reason, rows] of skipped) tally.skipped[reason] = (tally.skipped[reason] ?? 0) + rows;
}

/** The outcomes of all facts together. */
export function allOutcomes(tally: Tally): Outcomes {
  const all = noOutcomes();
  for (const outcomes of Object.values(tally.facts)) {
    for (const status of ["recorded", "duplicate", "conflict", "invalid"] as const)
      all[status] += outcomes[status];
  }
  return all;
}

/** How many facts were answered. */
export function answered(tally: Tally): number {
  const { recorded, duplicate, conflict, invalid } = allOutcomes(tally);
  return recorded + duplicate + conflict + invalid;
}
