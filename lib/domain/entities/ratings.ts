import { dayFromNumber } from "../calendar/days.ts";
import { characteristicNames } from "../facts/characteristics.ts";
import type { EnrichedFact } from "./enriched-fact.ts";
import type { History } from "./history.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";
import type { SurveyOccurrence } from "./occurrences/surveys.ts";
import { surveyOccurrences } from "./one-fact/surveys.ts";

/** Answers about a ticket or an order: each counts in its own segments, and also in those of what it is about that it does not have itself. */

type Said = Omit<SurveyOccurrence, "day" | "segments">;

/** An answer as the detail of a step: its occurrence, and the names of the characteristics that it has itself. The same answer always gives the same text. */
export function ratingOf(placed: EnrichedFact): string {
  const [occurrence] = surveyOccurrences(placed);
  if (!occurrence) return "";
  const { day: _day, segments: _segments, ...said } = occurrence;
  return JSON.stringify([said, characteristicNames(placed.fact)]);
}

/** The answers about something in those of its segments that they do not have themselves. */
export function ratingsBeside({ steps }: Pick<History<"rated">, "steps">, segments: Segments): Occurrence[] {
  return steps.rated.flatMap(({ day, detail, times }): Occurrence[] => {
    const [said, own] = JSON.parse(detail) as [said: Said, own: readonly string[]];
    const others = Object.entries(segments).filter(([dimension]) => !own.includes(dimension));
    if (others.length === 0) return [];
    const common = { day: dayFromNumber(day), segments: Object.fromEntries(others) };
    return [{ ...said, ...common, timesBeside: times } as Occurrence];
  });
}
