import type { EnrichedFact } from "../enriched-fact.ts";
import type { Occurrence } from "../occurrences/occurrence.ts";
import { acquisitionOccurrences } from "./acquisition.ts";
import { paymentOccurrences } from "./payments.ts";
import { serviceOccurrences } from "./service.ts";
import { surveyOccurrences } from "./surveys.ts";
import { webOccurrences } from "./web.ts";

/** Of events: answers have their own. No event has occurrences of two of them, so that the first that finds some is the only one. */
const families = [paymentOccurrences, acquisitionOccurrences, serviceOccurrences, webOccurrences] as const;

/** The occurrences that follow from one fact alone. Those that need the history of an entity come from its `derive`. */
export function occurrencesOf(placed: EnrichedFact): Occurrence[] {
  if (placed.fact.type === "response") return surveyOccurrences(placed);
  for (const family of families) {
    const occurrences = family(placed);
    if (occurrences.length > 0) return occurrences;
  }
  return [];
}
