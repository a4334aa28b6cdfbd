import { defineMetric } from "./metric.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const repeatPurchaseRate = defineMetric({
  id: "repeat-purchase-rate",
  name: "Repeat purchases",
  area: "customers",
  description: "The share of all customers to date who have bought more than once.",
  formula: "100·customers with ≥ 2 purchases/customers with ≥ 1",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "As of the interval's last day, over all customers to date: not only those who bought in the interval.",
    "Most customers to date at one moment are still there at the next: compared as if they were independent samples, which finds a change rather too seldom than too often. Where more than half of the buyers are new in the period, it is too early to compare.",
    "Purchases without a customer id are in sales, not here. A refund takes no purchase back.",
  ],
  references: [{ title: "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 4: repeat rate" }],
  family: "customers",
  countsFrom: ["customer"],
  facts: ["purchase.made"],
  counters: ["buyers", "repeatBuyers"],
  cumulative: ["buyers", "repeatBuyers"],
  increments: {
    "first-purchase": () => ({ buyers: 1 }),
    "second-purchase": () => ({ repeatBuyers: 1 }),
  },
  compute(period) {
    const buyers = period.before("buyers") + period.count("buyers");
    const repeatBuyers = period.before("repeatBuyers") + period.count("repeatBuyers");
    return {
      ...percentageOf(repeatBuyers, buyers),
      n: buyers,
      sample: { kind: "proportion", successes: repeatBuyers, n: buyers },
      // Customers who bought for the first time in the period have hardly had the time to buy again.
      ...(2 * period.count("buyers") > buyers ? { maturesAfterDays: Number.POSITIVE_INFINITY } : {}),
      components: {
        buyers,
        repeatBuyers,
        newBuyers: period.count("buyers"),
        newRepeatBuyers: period.count("repeatBuyers"),
      },
    };
  },
});
