import { defineMetric } from "./metric.ts";
import { mrr } from "./mrr.ts";
import {
  noRevenueInterval,
  restOf,
  revenueChurnReferences,
  revenueNotes,
  revenueRate,
} from "./revenue-kept.ts";

/** Gross revenue retention. */
export const grossRevenueRetention = defineMetric({
  id: "gross-revenue-retention",
  name: "Gross revenue retention",
  area: "customers",
  description:
    "How much of what customers paid at the start of the period they still pay at its end, in per cent: what they pay more does not count.",
  formula:
    "100·Σ min(a customer’s recurring revenue at the start, at the end)/(recurring revenue at the start)",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: noRevenueInterval,
  notes: [
    "Never above 100, and exactly 100 − revenue-churn. A customer who expands and contracts again to where it was at the start has lost nothing; by convention chartmogul its contraction counts.",
    ...revenueNotes,
  ],
  references: revenueChurnReferences,
  conventions: ["cohort", "chartmogul"],
  range: (convention) => ({ min: convention === "chartmogul" ? null : 0, max: 100 }),
  isOffDashboard: true,
  family: "subscriptions",
  counters: [],
  uses: [mrr],
  compute: (period, settings) =>
    revenueRate(period, settings, { kept: ({ gross }) => gross, churned: ({ gross }) => restOf(gross) }),
});
