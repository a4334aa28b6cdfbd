import type { Occurrence } from "../occurrences/occurrence.ts";
import type { EnrichedFact } from "../placed.ts";
import { acquisitionOccurrences } from "./acquisition.ts";
import { paymentOccurrences } from "./payments.ts";
import { serviceOccurrences } from "./service.ts";
import { surveyOccurrences } from "./surveys.ts";
import { webOccurrences } from "./web.ts";

const families = [
  surveyOccurrences,
  paymentOccurrences,
  acquisitionOccurrences,
  serviceOccurrences,
  webOccurrences,
] as const;

/** Occurrences that follow from one fact alone, whatever happened before and after. */
export function occurrencesOf(placed: EnrichedFact): Occurrence[] {
  return families.flatMap((family) => family(placed));
}
