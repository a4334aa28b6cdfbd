import { customerSpread, methodOf, remarksOn } from "./customer-spread.ts";
import { customersNote } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { spreadOverDays, widerSpread } from "./statistics/clusters.ts";
import { meanInterval, sampleVariance } from "./statistics/mean.ts";
import { percentageOf, varianceOfShare } from "./statistics/proportion.ts";
import { TouchpointCases } from "./touchpoint-cases.ts";

const scale = { min: 1, max: Number.POSITIVE_INFINITY };

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
  interval:
    "Student's t interval of the mean, not below 1; Wilson score interval of the share above four. Where purchases of a day, or of a customer, resemble each other, both are as wide as that makes them.",
  notes: [
    "A purchase counts on its day, with the different touchpoints of its customer's interactions (interaction.made) on that day and the 29 before, in the segments of its customer.",
    "A purchase whose customer had no interaction in these days is left out: nothing is known of the way to it. So is one without a customer.",
    `aboveFour counts the purchases with more than ${many} touchpoints, aboveFourPercent is their share.`,
    customersNote("purchases"),
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
  cases: {
    types: ["purchase.made", "interaction.made"],
    isOpen: false,
    gather: (maxHeld) => new TouchpointCases(maxHeld),
  },
  // With the purchases themselves, whose counters change anyway.
  family: "sales",
  countsFrom: ["customer"],
  facts: ["interaction.made", "purchase.made"],
  counters: ["touched", "touches", "touches2", "touched5"],
  increments: {
    "purchase-touched": ({ times, touchpoints }) => ({
      touched: times,
      touches: times * touchpoints,
      touches2: times * touchpoints ** 2,
      touched5: touchpoints > many ? times : 0,
    }),
  },
  compute(period, settings) {
    const n = period.count("touched");
    const sum = period.count("touches");
    const aboveFour = period.count("touched5");
    const moments = { n, sum, sumOfSquares: period.count("touches2") };
    const days = period.daily("touched");
    const overCustomers = customerSpread(
      period,
      settings,
      n,
      (sampleVariance(moments) ?? 0) / Math.max(1, n),
    );
    const spread = widerSpread(spreadOverDays(period.daily("touches"), days), overCustomers);
    const { mean, low, high } = meanInterval(moments, scale, 1, spread);
    const ofShare = widerSpread(
      spreadOverDays(period.daily("touched5"), days),
      customerSpread(period, settings, n, varianceOfShare(aboveFour, n)),
    );
    const share = percentageOf(aboveFour, n, ofShare);
    return {
      ...{ value: mean, low, high, n },
      components: {
        ...{ purchases: n, touchpoints: sum, aboveFour, aboveFourPercent: share.value },
        ...{ aboveFourLow: share.low, aboveFourHigh: share.high },
      },
      sample: { kind: "mean", ...moments, scale, spread },
      ...methodOf(overCustomers),
      remarks: remarksOn(spread),
    };
  },
});
