import type { OccurrenceBase } from "./base.ts";

/** How a journey came to a stage. Seconds are since the journey began. */
export interface StagePassed {
  readonly stage: string;
  /** When it was entered; absent where nobody saw that. */
  readonly entered?: number;
  /** When it and the stage before had both been entered; absent where not both were. */
  readonly both?: number;
  /** When it or a later one was entered. */
  readonly reached: number;
  /** Since the stage before was entered; absent where the two were not entered one after the other. */
  readonly sinceBefore?: number;
}

interface OnWay extends OccurrenceBase {
  /** The funnel whose stages these are; empty for the workspace's own `journeyStages`. */
  readonly funnel: string;
  /** The stages that it has reached, in their order. */
  readonly stages: readonly StagePassed[];
}

/** A customer's journey began. How far it came counts on the day on which it began. */
export interface JourneyBegun extends OnWay {
  readonly kind: "journey-begun";
}

/**
 * By what a customer with several journeys differs from them: each of them is taken back, and all of them together are added as one, on the day
 * on which the first began.
 */
export interface JourneyRepeated extends OnWay {
  readonly kind: "journey-repeated";
  readonly weight: 1 | -1;
}

/** Occurrences of journeys. */
export type JourneyOccurrence = JourneyBegun | JourneyRepeated;
