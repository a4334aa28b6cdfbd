import { countDays } from "../calendar/days.ts";
import type { MetricSettings } from "./metric.ts";
import type { Period } from "./period.ts";
import type { Remark } from "./remark.ts";
import type { Spread } from "./statistics/clusters.ts";
import { effectIn, spreadOverCustomers } from "./statistics/customer-effect.ts";

/** Customers as clusters, in what a metric answers. */

/** What the answer says of an interval that takes customers for clusters (`Measurement.method`). */
export const byCustomer = { method: "by-customer" } as const;

/**
 * How far a mean or a share can be off by its customers; `undefined` where that was not measured, or there is no case.
 * @param cases how many there are
 * @param alone the variance of the mean if they were independent, in the square of their unit
 */
export function customerSpread(
  { from, to }: Pick<Period, "from" | "to">,
  { customerEffects = [] }: MetricSettings,
  cases: number,
  alone: number,
): Spread | undefined {
  if (cases === 0) return undefined;
  const effect = effectIn(customerEffects, countDays(from, to));
  return effect && spreadOverCustomers(effect, cases, alone);
}

/** The `method` of an answer. */
export function methodOf(spread: Spread | undefined): { readonly method?: string } {
  return spread?.inflation === undefined ? {} : byCustomer;
}

/** Says that there are too few customers, where they decide it. */
export function remarksOn(spread: Spread | undefined): readonly Remark[] {
  return spread?.isTooFew ? [{ id: "remark.tooFewCustomers" }] : [];
}
