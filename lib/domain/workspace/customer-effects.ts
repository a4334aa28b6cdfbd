import type { AnyMetric, MetricSettings } from "../metrics/metric.ts";
import type { CustomerEffect } from "../metrics/statistics/customer-effect.ts";
import type { Workspace } from "./settings.ts";

/** What a workspace's customers do to the variance of what is asked. */

/**
 * What was measured of a metric, where it holds for these settings: the orders of another currency, or answers on another scale, are other cases.
 * @returns `undefined` where that was not measured
 */
export function customerEffectsOf(
  { customers }: Pick<Workspace, "customers">,
  { id, unit }: Pick<AnyMetric, "id" | "unit">,
  { currency, convention }: Pick<MetricSettings, "currency" | "convention">,
): readonly CustomerEffect[] | undefined {
  const measured = customers?.effects[id];
  if (!measured || measured.convention !== convention) return undefined;
  // What is no money has the same cases in every currency.
  return unit === "money" && measured.currency !== currency ? undefined : measured.windows;
}
