import { defineMetric } from "./metric.ts";
import { meanInterval } from "./statistics/mean.ts";
import { percentageOf } from "./statistics/proportion.ts";

/** More touchpoints than this are many. */
const many = 4;

/** Touchpoints for a purchase. */
export const touchpointsPerPurchase = defineMetric({
  id: "touchpoints-per-purchase",
  name: "Touchpoints for a purchase",
  area: "customers",
  description: "At how many different touchpoints customers were in touch with you before they bought.",
  formula: "sum of different touchpoints in the 30 days up to a purchase/purchases with at least one",
  unit: "count",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Student's t interval of the mean, not below 1; Wilson score interval of the share above four.",
  notes: [
    "A purchase counts on its day, with the different touchpoints of its customer's interactions (interaction.made) on that day and the 29 before, in the segments of its customer.",
    "A purchase whose customer had no interaction in these days is left out: nothing is known of the way to it. So is one without a customer.",
    `aboveFour counts the purchases with more than ${many} touchpoints, aboveFourPercent is their share.`,
    "Purchases of the same customer are not independent of each other, so a change carries no test of significance.",
    "Reference: customers use six touchpoints on average, and nearly half of them more than four.",
  ],
  references: [
    { title: "Reference: customers use six touchpoints on average" },
    { title: "Student 1908, The Probable Error of a Mean, Biometrika 6(1), 1–25" },
  ],
  benchmarks: [
    {
      ...{ low: 6, high: 6, of: "consumers, for an item, on average" },
      source: "Reference: customers use six touchpoints on average",
    },
  ],
  range: () => ({ min: 1, max: null }),
  // With the purchases themselves, whose counters change anyway.
  family: "sales",
  countsFrom: ["customer"],
  counts: ["purchase-touched"],
  facts: ["interaction.made", "purchase.made"],
  counters: ["touched", "touches", "touches2", "touched5"],
  increments(occurrence) {
    if (occurrence.kind !== "purchase-touched") return undefined;
    const { times, touchpoints } = occurrence;
    return {
      touched: times,
      touches: times * touchpoints,
      touches2: times * touchpoints ** 2,
      touched5: touchpoints > many ? times : 0,
    };
  },
  compute(period) {
    const n = period.count("touched");
    const sum = period.count("touches");
    const aboveFour = period.count("touched5");
    const { mean, low, high } = meanInterval(
      { n, sum, sumOfSquares: period.count("touches2") },
      { min: 1, max: Number.POSITIVE_INFINITY },
    );
    const share = percentageOf(aboveFour, n);
    return {
      ...{ value: mean, low, high, n },
      components: {
        ...{ purchases: n, touchpoints: sum, aboveFour, aboveFourPercent: share.value },
        ...{ aboveFourLow: share.low, aboveFourHigh: share.high },
      },
    };
  },
});
