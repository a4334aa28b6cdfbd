import type { Occurrence } from "../occurrences/occurrence.ts";
import type { EnrichedFact } from "../placed.ts";

/** What an event of customer service brings about by itself: tickets and calls have histories. */
export function serviceOccurrences({ fact, day, segments }: EnrichedFact): Occurrence[] {
  return fact.type === "article.written" ? [{ kind: "article-written", day, segments, times: 1 }] : [];
}
