import type { OccurrenceBase } from "./base.ts";

/** Money was spent on winning customers. */
export interface Spent extends OccurrenceBase {
  readonly kind: "spent";
  /** ISO 4217. */
  readonly currency: string;
  /** In the currency's minor unit (pence, cents). */
  readonly amountMinor: bigint;
}

/** Someone recommended the business, on a day, with one link or code. */
export interface ReferralsSent extends OccurrenceBase {
  readonly kind: "referrals-sent";
  readonly times: number;
}

/** A link or code of a referral was sent for the first time. */
export interface ReferralCodeSent extends OccurrenceBase {
  readonly kind: "referral-code-sent";
  /** Whether somebody came by it, on whatever day. */
  readonly hasConverted: boolean;
}

/** Occurrences of acquisition spend, recommendations and their codes. */
export type AcquisitionOccurrence = Spent | ReferralsSent | ReferralCodeSent;
