import type { EnrichedFact } from "../enriched-fact.ts";
import type { Occurrence } from "../occurrences/occurrence.ts";

/** Occurrences of acquisition spend. */
export function acquisitionOccurrences({ fact, day, segments }: EnrichedFact): Occurrence[] {
  return fact.type === "spend.recorded" ? [{ kind: "spent", day, segments, ...fact.money }] : [];
}
