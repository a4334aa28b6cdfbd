import type { OccurrenceBase } from "./base.ts";

/** How a customer's recurring revenue can move, as ChartMogul and others call it. */
export const revenueMovements = ["new", "expansion", "contraction", "reactivation", "churn"] as const;

/** A way in which recurring revenue moves. */
export type RevenueMovement = (typeof revenueMovements)[number];

/** Intervals that are longer than a day. */
export const longIntervals = ["week", "month", "quarter", "year"] as const;

/** What a customer pays a month for all of its subscriptions in a currency is another amount at the end of a day than at the end of the day before. */
export interface RecurringRevenueMoved extends OccurrenceBase {
  readonly kind: "recurring-revenue-moved";
  /** ISO 4217. */
  readonly currency: string;
  readonly movement: RevenueMovement;
  /** A month's, in twelfths of the currency's minor unit. */
  readonly before: bigint;
  readonly after: bigint;
  /** The same when the calendar interval of a kind began in which the day lies. */
  readonly atStartOf: Readonly<Record<(typeof longIntervals)[number], bigint>>;
}
