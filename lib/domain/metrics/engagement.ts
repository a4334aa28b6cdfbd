import { customerBalance, customers } from "./customers.ts";
import { defineMetric } from "./metric.ts";
import { meanOf } from "./statistics/fraction.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const engagement = defineMetric({
  id: "engagement",
  name: "Engagement",
  area: "customers",
  description: "The share of the active customers who are in touch with you in many places.",
  formula:
    "100·fully engaged/active customers; fully engaged: interactions at ≥ k different touchpoints in 30 days",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "As of the interval's last day, over the 30 days up to it. k is the workspace's engagedTouchpoints, 4 at first.",
    "Who is no active customer at the end of that day is not counted as engaged, whatever the interactions; those of before joining count once there.",
    "interactionsPerEngaged and touchpointsPerEngaged are of the engaged customers in those 30 days.",
    "Most customers at one moment are still there at the next: compared as if they were independent samples, which finds a change rather too seldom than too often.",
    "Of the running day: as it will end if nothing else happens. Customers stop being engaged by time alone, on the day on which too few of the 30 days' interactions are left.",
  ],
  references: [
    {
      title:
        "Gallup 2016, Guide to Customer Centricity: Analytics and Advice for B2B Leaders: 29 % of B2B customers are fully engaged",
    },
    { title: "Reference: customers use six touchpoints on average" },
  ],
  benchmarks: [
    {
      ...{ low: 29, high: 29, of: "B2B customers who are fully engaged" },
      source: "Gallup 2016, Guide to Customer Centricity: Analytics and Advice for B2B Leaders",
    },
  ],
  family: "customers",
  countsFrom: ["customer"],
  facts: ["interaction.made"],
  counters: ["engaged", "engagedInteractions", "engagedTouchpoints"],
  cumulative: ["engaged", "engagedInteractions", "engagedTouchpoints"],
  uses: [customers],
  increments: {
    "engagement-changed": (occurrence) => ({
      engaged: occurrence.engaged,
      engagedInteractions: occurrence.interactions,
      engagedTouchpoints: occurrence.touchpoints,
    }),
  },
  compute(period) {
    const atEnd = (counter: "engaged" | "engagedInteractions" | "engagedTouchpoints") =>
      period.before(counter) + period.count(counter);
    // A write between two reads can make the sums disagree for a moment: never more engaged than there are.
    const active = Math.max(0, customerBalance(period).end);
    const engaged = Math.min(Math.max(0, atEnd("engaged")), active);
    const perEngaged = (sum: number) => meanOf(sum, engaged);
    return {
      ...percentageOf(engaged, active),
      n: active,
      sample: { kind: "proportion", successes: engaged, n: active },
      components: {
        engaged,
        activeCustomers: active,
        interactionsPerEngaged: perEngaged(atEnd("engagedInteractions")),
        touchpointsPerEngaged: perEngaged(atEnd("engagedTouchpoints")),
      },
    };
  },
});
