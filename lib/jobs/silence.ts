import type { Arrival, Span } from "../store/records/arrivals.ts";

/**
 * Whether a silence is unusual. What counts is not how many facts came in the same hours of earlier weeks but how evenly: a span is divided
 * into twelve parts, and a week says that facts come then if some came in eight of them. So one large batch is no stream, and a few facts
 * a day are too few to tell. Where facts come by chance and just so often, two silences in a million are as long as that.
 */

/** Into so many equal parts a span is divided. */
export const partsOfSpan = 12;

/** In so many parts of a span facts have to come for a week to say that they usually do. */
export const minPartsWithFacts = 8;

/** So many weeks are looked at, and so many of them have to say the same: the others may have had a holiday or an outage. */
export const weeksLookedAt = 4;
export const minWeeksAlike = 3;

/** The beginnings of a silence that are judged, in hours: the shortest one that is told stays told while nothing comes. */
export const judgedHours = [1, 2, 4, 8, 16, 24] as const;

/** The parts of a span, in order. */
export function partsOf({ from, to }: Span): Span[] {
  const length = (to - from) / partsOfSpan;
  return Array.from({ length: partsOfSpan }, (_, index) => ({
    from: from + index * length,
    to: from + (index + 1) * length,
  }));
}

/** In how many parts of a span facts happened that had come by some instant. */
export function partsWithFacts(span: Span, arrivals: readonly Arrival[], knownBy: number): number {
  return partsOf(span).filter(({ from, to }) =>
    arrivals.some(
      ({ occurredAt, recordedAt }) => occurredAt >= from && occurredAt < to && recordedAt <= knownBy,
    ),
  ).length;
}

/** Whether facts usually come in a span. @param weeks in how many parts of it some came, for each of the weeks before */
export function isUsual(weeks: readonly number[]): boolean {
  return weeks.filter((parts) => parts >= minPartsWithFacts).length >= minWeeksAlike;
}
