import type { OccurrenceBase } from "./base.ts";

/** Someone answered a survey with a score. */
export interface Answered extends OccurrenceBase {
  readonly kind: "answered";
  readonly survey: string;
  /** For example `0-10`. */
  readonly scale: string;
  readonly score: number;
}

/** What follows from survey responses. */
export type SurveyOccurrence = Answered;
