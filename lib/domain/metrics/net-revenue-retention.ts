import { defineMetric } from "./metric.ts";
import { mrr } from "./mrr.ts";
import {
  noRevenueInterval,
  restOf,
  revenueChurnReferences,
  revenueNotes,
  revenueRate,
} from "./revenue-kept.ts";

/** Net revenue retention. */
export const netRevenueRetention = defineMetric({
  id: "net-revenue-retention",
  name: "Net revenue retention",
  area: "customers",
  description:
    "What customers who paid at the start of the period pay at its end, in per cent of what they paid then: with what they pay more, less and no more.",
  formula:
    "100·(recurring revenue at the end of the customers who paid at the start)/(recurring revenue at the start)",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: noRevenueInterval,
  notes: [
    "Above 100 the customers of the start grow by more than is lost. New customers are not in it, nor who had churned before and comes back; who churns and comes back inside the period is there at its end.",
    ...revenueNotes,
  ],
  references: revenueChurnReferences,
  conventions: ["cohort", "chartmogul"],
  range: (convention) => ({ min: convention === "chartmogul" ? null : 0, max: null }),
  isOffDashboard: true,
  family: "subscriptions",
  counters: [],
  uses: [mrr],
  compute: (period, settings) =>
    revenueRate(period, settings, { kept: ({ net }) => net, churned: ({ net }) => restOf(net) }),
});
