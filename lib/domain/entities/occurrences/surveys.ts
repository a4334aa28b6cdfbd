import { reservedValues } from "../../facts/base.ts";
import type { SurveyName } from "../../facts/responses.ts";
import type { OccurrenceBase } from "./base.ts";

interface Response extends OccurrenceBase {
  readonly survey: SurveyName;
  /** Whether the answer came with a comment. */
  readonly hasComment: boolean;
}

/** Someone answered a survey with a score. */
export interface Answered extends Response {
  readonly kind: "answered";
  /** For example `0-10`. */
  readonly scale: string;
  readonly score: number;
}

/** Someone said whether a task was completed. */
export interface TaskTried extends Response {
  readonly kind: "task-tried";
  readonly completed: boolean;
  /** Absent where nobody said. */
  readonly inTime?: boolean | undefined;
}

/** The name under which all intents past the limit count together. */
export const otherIntents = reservedValues.other;

/** Someone said what for they came. */
export interface IntentStated extends Response {
  readonly kind: "intent-stated";
  /** The intent under which it counts: `(other)` for what came after too many others. */
  readonly intent: string;
  /** Absent where nobody said. */
  readonly completed?: boolean | undefined;
}

/** Occurrences of survey responses. */
export type SurveyOccurrence = Answered | TaskTried | IntentStated;
