import { churnRate } from "./churn-rate.ts";
import { churnOf } from "./customer-churn.ts";
import { customers } from "./customers.ts";
import { defineMetric } from "./metric.ts";

function complement(percent: number | string | null): number | null {
  return typeof percent === "number" ? 100 - percent : null;
}

/** Customer retention: what churn leaves. */
export const retentionRate = defineMetric({
  id: "retention-rate",
  name: "Customer retention",
  area: "customers",
  description: "The share of the customers at the start of the period who were not lost in it.",
  formula: "100·(start − lost)/start, of the customers at the start: exactly 100 − churn",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "The churn rate's interval, mirrored.",
  notes: [
    "The same customers as the churn rate's: those at the start. Who joined inside the period is in neither part.",
    "For ranges that are no calendar interval daily rates are compounded, and the answer says method: compounded.",
  ],
  references: [
    { title: "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 5: customers and retention" },
  ],
  family: "customers",
  counters: [],
  uses: [customers],
  compute(period, settings) {
    const churn = churnRate.compute(period, { ...settings, convention: "cohort" });
    return {
      ...churn,
      value: churnOf(period).exactShare?.complement().percent() ?? null,
      low: complement(churn.high),
      high: complement(churn.low),
      ...(churn.sample?.kind === "proportion"
        ? { sample: { ...churn.sample, successes: churn.sample.n - churn.sample.successes } }
        : {}),
    };
  },
});
