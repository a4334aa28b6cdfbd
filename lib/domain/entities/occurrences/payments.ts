import type { OccurrenceBase } from "./base.ts";

/** Money changed hands: a purchase was made, or money was given back. */
export interface Paid extends OccurrenceBase {
  readonly kind: "purchased" | "refunded";
  /** ISO 4217. */
  readonly currency: string;
  /** In the currency's minor unit (pence, cents). */
  readonly amountMinor: bigint;
}

/** A customer bought, and counts in its own segments; so does a purchase of nobody who is known, in those that it names. */
export interface PurchasesAttributed extends OccurrenceBase {
  readonly kind: "purchases-attributed";
  /** ISO 4217. */
  readonly currency: string;
  /** How many purchases in this currency on this day, and what they come to, in the currency's minor unit. */
  readonly orders: number;
  readonly amountMinor: bigint;
}

/** Occurrences of payments. */
export type PaymentOccurrence = Paid | PurchasesAttributed;
