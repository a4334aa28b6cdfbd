import type { Occurrence } from "../occurrences/occurrence.ts";
import type { EnrichedFact } from "../placed.ts";

/** Occurrences of purchases and refunds. */
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
