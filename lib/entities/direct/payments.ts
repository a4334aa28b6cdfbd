import type { Occurrence } from "../occurrences/occurrence.ts";
import type { EnrichedFact } from "../placed.ts";

/** What a purchase or a refund brings about by itself. */
export function paymentOccurrences({ fact, day, segments }: EnrichedFact): Occurrence[] {
  switch (fact.type) {
    case "purchase.made":
      return [{ kind: "purchased", day, segments, ...fact.money }];
    case "purchase.refunded":
      return [{ kind: "refunded", day, segments, ...fact.money }];
    default:
      return [];
  }
}
