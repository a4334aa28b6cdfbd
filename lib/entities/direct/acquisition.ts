import type { Occurrence } from "../occurrences/occurrence.ts";
import type { EnrichedFact } from "../placed.ts";

/** What acquisition spend brings about by itself. */
export function acquisitionOccurrences({ fact, day, segments }: EnrichedFact): Occurrence[] {
  return fact.type === "spend.recorded" ? [{ kind: "spent", day, segments, ...fact.money }] : [];
}
