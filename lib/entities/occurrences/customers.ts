import type { Granularity } from "../../calendar/intervals.ts";
import type { OccurrenceBase } from "./base.ts";

/** A person became a customer for the first time, or again. */
export interface Arrived extends OccurrenceBase {
  readonly kind: "customer-new" | "customer-returned";
}

/** A customer was lost: by an explicit end, or by inactivity. */
export interface Lost extends OccurrenceBase {
  readonly kind: "customer-lost";
  /** For which calendar intervals around the day the customer was active when the interval began. */
  readonly activeAtStartOf: readonly Granularity[];
}

/** A customer made a first or a second purchase ever. */
export interface PurchaseNumbered extends OccurrenceBase {
  readonly kind: "first-purchase" | "second-purchase";
}

/** What follows from a customer's history. */
export type CustomerOccurrence = Arrived | Lost | PurchaseNumbered;
