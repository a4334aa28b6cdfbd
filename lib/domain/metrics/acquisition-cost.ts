import { clv, lifetimeValueOf } from "./clv.ts";
import { otherCurrencies } from "./currencies.ts";
import { customers } from "./customers.ts";
import { defineMetric } from "./metric.ts";
import { formatMajor, formatMinor, minorPerMajor } from "./money.ts";
import { Fraction } from "./statistics/fraction.ts";
import { quotientEstimate } from "./statistics/quotient.ts";

/** Customer acquisition cost. */
export const acquisitionCost = defineMetric({
  id: "acquisition-cost",
  name: "Customer acquisition cost",
  area: "customers",
  description: "What was spent in the period on winning customers, for each customer who was won in it.",
  formula: "acquisition spend/new customers",
  unit: "money",
  better: "lower",
  version: 1,
  minimumSample: 30,
  range: () => ({ min: 0, max: null }),
  interval:
    "None: all spend and all customers are counted, so there is no sampling error. A change is tested by how much spend and new customers differ from day to day (delta method, from seven days and ten customers on).",
  notes: [
    "Without new customers the value is null. Customers who come back are not new.",
    "Spend counts on its day, customers on the day on which they become one: choose intervals that are long for the time between.",
    "By channel: spend in the channel that it names, customers and what they bought in the one in which they were won.",
    "lifetimeValueToCost is customer lifetime value of the same period and segment divided by this cost; null where either is missing, and the remarks say why.",
    "One currency a series: spend in other currencies is a series of its own (currency=), never added.",
  ],
  references: [
    {
      title:
        "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 5: acquisition versus retention, average acquisition cost",
    },
  ],
  family: "sales",
  countsFrom: ["events"],
  facts: ["spend.recorded"],
  counters: ["spends:", "spent:"],
  uses: [customers, clv],
  increments: {
    spent: ({ currency, amountMinor }) => ({ [`spends:${currency}`]: 1, [`spent:${currency}`]: amountMinor }),
  },
  compute(period, settings) {
    const { currency, currencyDecimals } = settings;
    const newCustomers = period.count("new");
    const spent = period.sum(`spent:${currency}`);
    const cost =
      newCustomers === 0 ? null : Fraction.of(spent, newCustomers * minorPerMajor(currencyDecimals));
    const lifetimeValue = lifetimeValueOf(period, settings);
    const reason = missingRatio(newCustomers, spent, lifetimeValue);
    const money = (amount: Fraction | null) => amount && formatMajor(amount.toNumber());
    const estimate =
      cost && quotientEstimate(cost.toNumber(), period.daily(`spent:${currency}`), period.daily("new"));
    return {
      value: money(cost),
      low: null,
      high: null,
      n: newCustomers,
      components: {
        spent: formatMinor(spent, currencyDecimals),
        spends: period.count(`spends:${currency}`),
        newCustomers,
        lifetimeValue: money(lifetimeValue),
        lifetimeValueToCost:
          cost && reason === undefined ? (lifetimeValue?.dividedBy(cost).toNumber() ?? null) : null,
      },
      ...(estimate ? { sample: { kind: "quotient", ...estimate } } : {}),
      ...otherCurrencies(
        "spends",
        period.cellNames("spends:"),
        currency,
        reason === undefined ? [] : [{ id: "remark.noRatio", values: { reason } }],
      ),
    };
  },
});

function missingRatio(
  newCustomers: number,
  spent: bigint,
  lifetimeValue: Fraction | null,
): "noCustomers" | "nothingSpent" | "noValue" | undefined {
  if (newCustomers === 0) return "noCustomers";
  if (spent === 0n) return "nothingSpent";
  if (lifetimeValue === null) return "noValue";
  return undefined;
}
