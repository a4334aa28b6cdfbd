import type { Occurrence } from "../occurrences/occurrence.ts";
import type { EnrichedFact } from "../placed.ts";

/** Occurrences of single events of customer service: tickets and calls have histories. */
export function serviceOccurrences({ fact, day, segments }: EnrichedFact): Occurrence[] {
  return fact.type === "article.written" ? [{ kind: "article-written", day, segments, times: 1 }] : [];
}
