import type { OccurrenceBase } from "./base.ts";

/** A customer's journey began. How far it came counts on the day on which it began. */
export interface JourneyBegun extends OccurrenceBase {
  readonly kind: "journey-begun";
  /** The stages that it has reached, in their order: those entered, and all before them. */
  readonly reached: readonly string[];
  /** Stage → seconds since the stage before it was entered, where both were, one after the other. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** What follows from journeys. */
export type JourneyOccurrence = JourneyBegun;
