import { averageOrderValue } from "./average-order-value.ts";
import { ces } from "./ces.ts";
import { churnRate } from "./churn-rate.ts";
import { clv } from "./clv.ts";
import { csat } from "./csat.ts";
import { customers } from "./customers.ts";
import { esat } from "./esat.ts";
import type { AnyMetric } from "./metric.ts";
import { nps } from "./nps.ts";
import { repeatPurchaseRate } from "./repeat-purchase-rate.ts";
import { retentionRate } from "./retention-rate.ts";
import { sales } from "./sales.ts";

/** The catalogue, in the order in which it is shown. Routes, snapshots, dashboards and documentation follow from it. */
export const metrics: readonly AnyMetric[] = [
  nps,
  csat,
  ces,
  esat,
  customers,
  churnRate,
  retentionRate,
  sales,
  averageOrderValue,
  repeatPurchaseRate,
  clv,
];

/** The metric with an id, or `undefined`. */
export function findMetric(id: string): AnyMetric | undefined {
  return metrics.find((metric) => metric.id === id);
}
