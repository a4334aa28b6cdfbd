import type { EnrichedFact } from "../enriched-fact.ts";
import type { Occurrence } from "../occurrences/occurrence.ts";

/** Occurrences of purchases and refunds. */
export function paymentOccurrences({ fact, day, segments, erasedAt }: EnrichedFact): Occurrence[] {
  switch (fact.type) {
    case "purchase.made": {
      const purchased: Occurrence = { kind: "purchased", day, segments, ...fact.money };
      // One of a customer, erased or not, is in the customer's history.
      if (fact.customerId !== undefined || erasedAt !== undefined) return [purchased];
      return [purchased, { kind: "purchases-attributed", day, segments, orders: 1, ...fact.money }];
    }
    case "purchase.refunded":
      return [{ kind: "refunded", day, segments, ...fact.money }];
    default:
      return [];
  }
}
