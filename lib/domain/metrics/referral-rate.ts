import { customerBalance, customers } from "./customers.ts";
import { defineMetric } from "./metric.ts";
import { percent } from "./statistics/fraction.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const referralRate = defineMetric({
  id: "referral-rate",
  name: "Referral rate",
  area: "customers",
  description: "The share of the period's new customers who came because somebody recommended you.",
  formula: "100·new customers who came by referral/new customers",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "A customer who came by referral counts on the day on which it became a customer, whenever its referral.converted says so; someone who never became one is not counted.",
    "referrerShare is the share of the active customers at the interval's end who have recommended you to date.",
    "codesConverted are those of the codes first sent in the interval by which somebody has come to date, so codeConversion never passes 100 %. Give each referral a code of its own to see how many of them convert; with one for each referrer it says how many referrers brought somebody.",
    "referralsSent counts every referral.sent of the interval, several of one code too.",
  ],
  references: [
    {
      title:
        "Schmitt, Skiera & Van den Bulte 2011, Referral Programs and Customer Value, Journal of Marketing 75(1), 46–59",
    },
  ],
  family: "customers",
  countsFrom: ["customer", "referral"],
  facts: ["referral.sent", "referral.converted"],
  counters: ["referred", "referrers", "referralsSent", "codesSent", "codesConverted"],
  cumulative: ["referrers"],
  uses: [customers],
  increments: {
    "customer-referred": () => ({ referred: 1 }),
    "referrers-changed": (occurrence) => ({ referrers: occurrence.referrers }),
    "referrals-sent": (occurrence) => ({ referralsSent: occurrence.times }),
    "referral-code-sent": (occurrence) => ({ codesSent: 1, codesConverted: occurrence.hasConverted ? 1 : 0 }),
  },
  compute(period) {
    const newCustomers = period.count("new");
    const referred = period.count("referred");
    const active = customerBalance(period).end;
    const referrers = period.before("referrers") + period.count("referrers");
    const codesSent = period.count("codesSent");
    const codesConverted = period.count("codesConverted");
    const share = (part: number, whole: number) => percent(part, Math.max(0, whole));
    return {
      ...percentageOf(referred, newCustomers),
      n: newCustomers,
      components: {
        ...{ newCustomers, referredCustomers: referred },
        ...{ activeCustomers: active, referrers, referrerShare: share(referrers, active) },
        referralsSent: period.count("referralsSent"),
        ...{ codesSent, codesConverted, codeConversion: share(codesConverted, codesSent) },
      },
      sample: { kind: "proportion", successes: referred, n: newCustomers },
    };
  },
});
