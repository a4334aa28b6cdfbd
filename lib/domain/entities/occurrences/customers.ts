import type { Granularity } from "../../calendar/intervals.ts";
import type { OccurrenceBase } from "./base.ts";

/** A person became a customer for the first time, or again. */
export interface Arrived extends OccurrenceBase {
  readonly kind: "customer-new" | "customer-returned";
}

/** A customer was lost: by an explicit end, or by inactivity. */
export interface Lost extends OccurrenceBase {
  readonly kind: "customer-lost";
  /** The reason that an explicit end gave, `(inactive)` for inactivity; empty where none was given. */
  readonly reason: string;
  /** For which calendar intervals around the day the customer was active when the interval began. */
  readonly activeAtStartOf: readonly Granularity[];
}

/** A customer made a first or a second purchase ever. */
export interface PurchaseNumbered extends OccurrenceBase {
  readonly kind: "first-purchase" | "second-purchase";
}

/** A returning customer bought on a day. */
export interface PurchasedAgain extends OccurrenceBase {
  readonly kind: "repeat-purchases";
  /** 1 on the day of the second purchase: from then on the customer is a returning one. */
  readonly returning: 0 | 1;
  /** How many more purchases a returning customer has made to date, and by how much the square of their number grows. */
  readonly purchases: number;
  readonly purchasesSquared: number;
  /** How many of the day's purchases had one before, and the days since that, summed and squared. */
  readonly gaps: number;
  readonly gapDays: number;
  readonly gapDaysSquared: number;
}

/** A customer became engaged or ceased to be, or has more or fewer interactions than before while it is. */
export interface EngagementChanged extends OccurrenceBase {
  readonly kind: "engagement-changed";
  /** 1, 0 or −1 engaged customers more. */
  readonly engaged: number;
  /** By how much the interactions and the different touchpoints of engaged customers change. */
  readonly interactions: number;
  readonly touchpoints: number;
}

/** A customer bought on a day, and had been in touch before. */
export interface PurchaseTouched extends OccurrenceBase {
  readonly kind: "purchase-touched";
  /** How often it bought. */
  readonly times: number;
  /** At how many different touchpoints it was in touch in the 30 days up to the day, at least 1. */
  readonly touchpoints: number;
}

/** A customer was in touch. */
export interface Interacted extends OccurrenceBase {
  readonly kind: "interacted";
  /** The touchpoint under which it counts: `(other)` for what came after too many others. */
  readonly touchpoint: string;
  readonly times: number;
}

/** A customer gave a bad score on a day, or searched or read to help itself. */
export interface ContactAwaited extends OccurrenceBase {
  readonly kind: "unhappy" | "helped-itself";
  /** Whether it got in touch soon after. */
  readonly isContacted: boolean;
}

/** A person who became a customer for the first time came by a recommendation. */
export interface Referred extends OccurrenceBase {
  readonly kind: "customer-referred";
}

/** There is one more, or one less, of the active customers who have recommended the business to date. */
export interface ReferrersChanged extends OccurrenceBase {
  readonly kind: "referrers-changed";
  readonly referrers: 1 | -1;
}

/** Occurrences of a customer's history. */
export type CustomerOccurrence =
  | Arrived
  | Lost
  | PurchaseNumbered
  | PurchasedAgain
  | EngagementChanged
  | PurchaseTouched
  | Interacted
  | ContactAwaited
  | Referred
  | ReferrersChanged;
