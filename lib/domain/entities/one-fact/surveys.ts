import type { EnrichedFact } from "../enriched-fact.ts";
import type { Occurrence } from "../occurrences/occurrence.ts";

/** Occurrences of survey responses. */
export function surveyOccurrences({
  fact,
  day,
  segments,
  countedAs,
  hadComment = false,
}: EnrichedFact): Occurrence[] {
  if (fact.type !== "response") return [];
  const common = { day, segments, hasComment: hadComment || fact.comment !== undefined };
  switch (fact.survey) {
    case "task-completion": {
      const { survey, completed, inTime } = fact;
      return [{ kind: "task-tried", ...common, survey, completed, inTime }];
    }
    case "visitor-intent": {
      const { survey, choice, completed } = fact;
      return [{ kind: "intent-stated", ...common, survey, intent: countedAs ?? choice, completed }];
    }
    default: {
      const { survey, scale, score } = fact;
      return [{ kind: "answered", ...common, survey, scale, score }];
    }
  }
}
