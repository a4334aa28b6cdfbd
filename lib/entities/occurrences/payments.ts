import type { OccurrenceBase } from "./base.ts";

/** Money changed hands: a purchase was made, or money was given back. */
export interface Paid extends OccurrenceBase {
  readonly kind: "purchased" | "refunded";
  /** ISO 4217. */
  readonly currency: string;
  /** In the currency's minor unit (pence, cents). */
  readonly amountMinor: bigint;
}

/** Occurrences of payments. */
export type PaymentOccurrence = Paid;
