import { defineMetric } from "./metric.ts";
import { mrr } from "./mrr.ts";
import {
  noRevenueInterval,
  restOf,
  revenueChurnReferences,
  revenueNotes,
  revenueRate,
} from "./revenue-kept.ts";

/** Revenue churn. */
export const revenueChurn = defineMetric({
  id: "revenue-churn",
  name: "Revenue churn",
  area: "customers",
  description:
    "How much of what customers paid at the start of the period they pay no more at its end, in per cent.",
  formula: "100·Σ (what a customer pays less at the end than at the start)/(recurring revenue at the start)",
  unit: "percent",
  better: "lower",
  version: 1,
  minimumSample: 30,
  interval: noRevenueInterval,
  notes: [
    "Conventions: gross is exactly 100 − gross-revenue-retention, net exactly 100 − net-revenue-retention, and negative where the customers of the start grow. chartmogul and chartmogul-net are ChartMogul's gross and net MRR churn rate.",
    ...revenueNotes,
  ],
  references: revenueChurnReferences,
  conventions: ["gross", "net", "chartmogul", "chartmogul-net"],
  range: (convention) => ({
    min: convention === "gross" || convention === "chartmogul" ? 0 : null,
    max: convention === "gross" ? 100 : null,
  }),
  isOffDashboard: true,
  family: "subscriptions",
  counters: [],
  uses: [mrr],
  compute(period, settings) {
    const side = settings.convention.endsWith("net") ? "net" : "gross";
    return revenueRate(period, settings, {
      kept: (left) => restOf(left[side]),
      churned: (lost) => lost[side],
    });
  },
});
