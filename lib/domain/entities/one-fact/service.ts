import type { EnrichedFact } from "../enriched-fact.ts";
import type { Occurrence } from "../occurrences/occurrence.ts";

/** Occurrences of single events of customer service: tickets and calls have histories. */
export function serviceOccurrences({ fact, day, segments }: EnrichedFact): Occurrence[] {
  return fact.type === "article.written" ? [{ kind: "article-written", day, segments, times: 1 }] : [];
}
