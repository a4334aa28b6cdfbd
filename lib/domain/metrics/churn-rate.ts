import { monthDays, yearDays } from "./benchmark.ts";
import { churnOf } from "./customer-churn.ts";
import { customerBalance, customers } from "./customers.ts";
import { churnByReasons, reasonComponents, reasonsIn } from "./leaving.ts";
import { defineMetric } from "./metric.ts";
import { percent } from "./statistics/fraction.ts";
import { wilsonInterval } from "./statistics/proportion.ts";

/** Customer churn. */
export const churnRate = defineMetric({
  id: "churn-rate",
  name: "Customer churn",
  area: "customers",
  description: "The share of the customers at the start of the period who were lost in it.",
  formula: "100·(customers at start who were lost in the period)/(customers at start)",
  unit: "percent",
  better: "lower",
  version: 1,
  minimumSample: 30,
  interval:
    "Wilson score interval; for a compounded rate Wilson's with the sample size that Greenwood's variance implies (Rothman 1978).",
  notes: [
    "Exact for calendar intervals: a customer who joined and left inside the interval is not in the numerator; one lost, back and lost again counts once.",
    "For other ranges and rolling windows daily rates are compounded, 1 − Π(1 − daily churn), and the answer says method: compounded.",
    "Why they leave: groupBy=reason has each reason that customer.left gives (its field reason, or the dimension), with those who were lost by it among all customers at the start, so that the reasons add up to the rate; (inactive) are those lost by inactivity, (none) those who say nothing. The components have how many were lost by each (“lost …”). By any other dimension customers are grouped by where they were won.",
    "Conventions: net = (start − end)/start, baremetrics = lost/start, stripe = lost/(start + new). Net churn is negative when a business grows.",
  ],
  references: [
    { title: "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 5: customers and retention" },
    {
      title:
        "Rothman 1978, Estimation of Confidence Limits for the Cumulative Probability of Survival in Life Table Analysis, Journal of Chronic Diseases 31(8), 557–560",
    },
    { title: "Reference: 5–7 % a year for large SaaS businesses, about 5 % a month for small ones" },
  ],
  benchmarks: [
    {
      ...{ low: 5, high: 7, of: "large SaaS businesses, a year", days: yearDays },
      source: "Reference: 5–7 % a year for large SaaS businesses, about 5 % a month for small ones",
    },
    {
      ...{ low: 5, high: 5, of: "small SaaS businesses, a month", days: monthDays },
      source: "Reference: 5–7 % a year for large SaaS businesses, about 5 % a month for small ones",
    },
  ],
  conventions: ["cohort", "net", "baremetrics", "stripe"],
  range: (convention) => ({
    min: convention === "net" ? null : 0,
    max: convention === "cohort" || convention === "net" ? 100 : null,
  }),
  family: "customers",
  counters: [],
  uses: [customers],
  parts: { dimension: "reason", namesIn: reasonsIn },
  compute(period, { convention, parts }) {
    if (parts) return churnByReasons(period, convention, parts);
    const { start, end } = customerBalance(period);
    const lost = period.count("lost");
    const joined = period.count("new");
    const counts = { start, end, new: joined, returned: period.count("returned"), lost };
    const reasons = reasonComponents(period);
    if (convention === "net" || convention === "baremetrics" || convention === "stripe") {
      const numerator = convention === "net" ? start - end : lost;
      const denominator = convention === "stripe" ? start + joined : start;
      const isShare = numerator >= 0 && numerator <= denominator && denominator > 0;
      const { low, high } = isShare ? wilsonInterval(numerator, denominator) : { low: null, high: null };
      return {
        value: percent(numerator, denominator),
        low: low === null ? null : 100 * low,
        high: high === null ? null : 100 * high,
        n: denominator,
        components: { ...counts, ...reasons },
        method: convention,
        ...(isShare ? { sample: { kind: "proportion", successes: numerator, n: denominator } } : {}),
      };
    }
    const churn = churnOf(period);
    const { low, high } = churn;
    return {
      value: churn.exactShare?.percent() ?? null,
      low: low === null ? null : 100 * low,
      high: high === null ? null : 100 * high,
      n: churn.exposed,
      components: { ...counts, lostOfStart: churn.lost, ...reasons },
      method: churn.method,
      ...(churn.share === null
        ? {}
        : {
            sample: {
              kind: "proportion",
              successes: churn.share * churn.effectiveN,
              n: churn.effectiveN,
            },
          }),
    };
  },
});
