import type { Occurrence } from "../occurrences/occurrence.ts";
import type { PlacedFact } from "../placed.ts";

/** What a survey response brings about by itself. */
export function surveyOccurrences({ fact, day, segments }: PlacedFact): Occurrence[] {
  if (fact.type !== "response") return [];
  return [{ kind: "answered", day, segments, survey: fact.survey, scale: fact.scale, score: fact.score }];
}
