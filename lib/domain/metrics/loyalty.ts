import { defineMetric } from "./metric.ts";
import { meanInterval } from "./statistics/mean.ts";

/** Purchase loyalty. */
export const loyalty = defineMetric({
  id: "loyalty",
  name: "Purchase loyalty",
  area: "customers",
  description:
    "How often customers who came back have bought, and how long they wait until the next purchase.",
  formula: "purchases to date of returning customers/returning customers to date; returning: ≥ 2 purchases",
  unit: "count",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Student's t interval of the mean, from the sum of squared numbers of purchases.",
  notes: [
    "As of the interval's last day, over all customers to date; meanDaysBetween is of the purchases made in the interval, each with the days since the same customer's purchase before it.",
    "Purchases on one day have no days between them. A late purchase between two others divides the days between them.",
    "Most customers to date at one moment are still there at the next: compared as if they were independent samples, which finds a change rather too seldom than too often.",
    "Purchases without a customer id are in sales, not here. A refund takes no purchase back.",
    "Reads the days of sales since the beginning: about 9 read units for each closed year with purchases on every day.",
  ],
  references: [
    {
      title:
        "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 5: recency, frequency and retention of customers",
    },
  ],
  family: "sales",
  countsFrom: ["customer"],
  facts: ["purchase.made"],
  wholeHistory: true,
  // All days since the beginning are read, so these names are short.
  counters: ["loyal", "bought", "bought2", "gaps", "gapDays", "gapDays2"],
  increments: {
    "repeat-purchases": ({ returning, purchases, purchasesSquared, gaps, gapDays, gapDaysSquared }) => ({
      loyal: returning,
      bought: purchases,
      bought2: purchasesSquared,
      gaps,
      gapDays,
      gapDays2: gapDaysSquared,
    }),
  },
  compute(period) {
    const toDate = (counter: Parameters<typeof period.count>[0]) =>
      period.before(counter) + period.count(counter);
    const customers = toDate("loyal");
    const purchases = toDate("bought");
    const moments = { n: customers, sum: purchases, sumOfSquares: toDate("bought2") };
    const scale = { min: 2, max: Number.POSITIVE_INFINITY };
    const { mean, low, high } = meanInterval(moments, scale);
    const gaps = meanInterval(
      { n: period.count("gaps"), sum: period.count("gapDays"), sumOfSquares: period.count("gapDays2") },
      { min: 0, max: Number.POSITIVE_INFINITY },
    );
    return {
      value: mean,
      low,
      high,
      n: customers,
      sample: { kind: "mean", ...moments, scale },
      components: {
        returningCustomers: customers,
        purchases,
        newReturningCustomers: period.count("loyal"),
        repeatPurchases: period.count("gaps"),
        meanDaysBetween: gaps.mean,
        meanDaysBetweenLow: gaps.low,
        meanDaysBetweenHigh: gaps.high,
      },
    };
  },
});
