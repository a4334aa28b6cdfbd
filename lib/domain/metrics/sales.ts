import { otherCurrencies } from "./currencies.ts";
import { defineMetric } from "./metric.ts";
import { formatMinor, minorPerMajor } from "./money.ts";

/**
 * From here on an amount in minor units counts as this one among the cubes: a sum of larger ones would have more than the 38 digits that the
 * store's numbers have.
 */
const maxCubed = 10n ** 10n;

function cubed(amountMinor: bigint): bigint {
  return (amountMinor < maxCubed ? amountMinor : maxCubed) ** 3n;
}

export const sales = defineMetric({
  id: "sales",
  name: "Sales",
  area: "customers",
  description: "What customers paid in the period, less what was given back.",
  formula: "purchases − refunds",
  unit: "money",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None: every purchase is counted, so there is no sampling error.",
  notes: [
    "One currency a series: amounts in other currencies are series of their own (currency=), never added.",
    "A refund belongs to the day on which the money was given back.",
    "Amounts are whole minor units from the first to the last step: no rounding error.",
  ],
  references: [
    { title: "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 3: margins and profits" },
  ],
  family: "sales",
  countsFrom: ["events"],
  facts: ["purchase.made", "purchase.refunded"],
  counters: ["orders:", "revenue:", "revenueSquares:", "revenueCubes:", "refunds:", "refunded:"],
  increments: {
    purchased: ({ currency, amountMinor }) => ({
      [`orders:${currency}`]: 1,
      [`revenue:${currency}`]: amountMinor,
      [`revenueSquares:${currency}`]: amountMinor * amountMinor,
      [`revenueCubes:${currency}`]: cubed(amountMinor),
    }),
    refunded: ({ currency, amountMinor }) => ({
      [`refunds:${currency}`]: 1,
      [`refunded:${currency}`]: amountMinor,
    }),
  },
  compute(period, { currency, currencyDecimals }) {
    const revenue = period.sum(`revenue:${currency}`);
    const refunded = period.sum(`refunded:${currency}`);
    const orders = period.count(`orders:${currency}`);
    return {
      value: formatMinor(revenue - refunded, currencyDecimals),
      low: null,
      high: null,
      n: orders,
      components: {
        orders,
        revenue: formatMinor(revenue, currencyDecimals),
        refunds: period.count(`refunds:${currency}`),
        refunded: formatMinor(refunded, currencyDecimals),
      },
      sample: {
        kind: "process",
        daily: () => {
          const given = period.daily(`refunded:${currency}`);
          return period.daily(`revenue:${currency}`).map((amount, day) => amount - (given[day] ?? 0));
        },
        isCount: false,
        unit: minorPerMajor(currencyDecimals),
      },
      ...otherCurrencies(
        "purchases",
        [...period.cellNames("orders:"), ...period.cellNames("refunds:")],
        currency,
      ),
    };
  },
});
