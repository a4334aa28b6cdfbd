import type { Day } from "../calendar/days.ts";
import type { Granularity } from "../calendar/intervals.ts";

/**
 * What facts bring about and metrics count. A response or a purchase is an occurrence by itself; others follow from
 * a customer's whole history (`lib/entities/customer.ts`).
 */

/** The dimensions under which an occurrence counts beside the total: name → value. */
export type Segments = Readonly<Record<string, string>>;

interface Common {
  /** The day on which it counts. */
  readonly day: Day;
  readonly segments: Segments;
}

/** Someone answered a survey with a score. */
export interface Answered extends Common {
  readonly kind: "answered";
  readonly survey: string;
  /** For example `0-10`. */
  readonly scale: string;
  readonly score: number;
}

/** Money changed hands: a purchase was made, or money was given back. */
export interface Paid extends Common {
  readonly kind: "purchased" | "refunded";
  /** ISO 4217. */
  readonly currency: string;
  /** In the currency's minor unit (pence, cents). */
  readonly amountMinor: bigint;
}

/** A person became a customer for the first time, or again. */
export interface Arrived extends Common {
  readonly kind: "customer-new" | "customer-returned";
}

/** A customer was lost: by an explicit end, or by inactivity. */
export interface Lost extends Common {
  readonly kind: "customer-lost";
  /** For which calendar intervals around the day the customer was active when the interval began. */
  readonly activeAtStartOf: readonly Granularity[];
}

/** A customer made a first or a second purchase ever. */
export interface PurchaseNumbered extends Common {
  readonly kind: "first-purchase" | "second-purchase";
}

/** Anything that metrics count. */
export type Occurrence = Answered | Paid | Arrived | Lost | PurchaseNumbered;
