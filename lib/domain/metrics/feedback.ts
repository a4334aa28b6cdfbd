import type { Occurrence } from "../entities/occurrences/occurrence.ts";
import type { SurveyName } from "../facts/responses.ts";
import type { AnyMetric, Metric } from "./metric.ts";

/**
 * How many responses a survey had, and how many of them came with a comment: counted among each survey's own counters, since another
 * family would cost every response 2 write units more. The surveys share two families (nps, csat), so that a metric of all of them reads them in three
 * requests with the workspace; no cell has the same name as another of its family.
 */

/** The names of these counters. */
export type FeedbackCounter<Survey extends string> = `${Survey}-responses` | `${Survey}-comments`;

export function feedbackCounters<const Survey extends SurveyName>(survey: Survey): FeedbackCounter<Survey>[] {
  return [`${survey}-responses`, `${survey}-comments`];
}

type ResponseOccurrence = Extract<Occurrence, { readonly hasComment: boolean }>;

/** The increments of a response to the counters of its survey. */
export function feedbackOf({ survey, hasComment }: ResponseOccurrence): Readonly<Record<string, number>> {
  return incrementsOfSurveys[survey][hasComment ? "withComment" : "withoutComment"];
}

const incrementsOf = (survey: SurveyName) => ({
  withComment: { [`${survey}-responses`]: 1, [`${survey}-comments`]: 1 },
  withoutComment: { [`${survey}-responses`]: 1 },
});

/** Made once: every answer takes some. */
const incrementsOfSurveys = {
  nps: incrementsOf("nps"),
  csat: incrementsOf("csat"),
  ces: incrementsOf("ces"),
  esat: incrementsOf("esat"),
  "task-completion": incrementsOf("task-completion"),
  "visitor-intent": incrementsOf("visitor-intent"),
} satisfies Record<SurveyName, object>;

/**
 * The metric of a survey with these two of its counters alone, to be used by a metric of all surveys: the names of the others are only unique
 * in their own family.
 */
export function feedbackPart<const Survey extends SurveyName>(
  metric: AnyMetric,
  survey: Survey,
): Metric<FeedbackCounter<Survey>> {
  return {
    ...metric,
    counters: feedbackCounters(survey),
    increments: (occurrence) =>
      "hasComment" in occurrence && occurrence.survey === survey ? feedbackOf(occurrence) : {},
  };
}
