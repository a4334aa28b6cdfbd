import { otherCurrencies } from "./currencies.ts";
import { defineMetric } from "./metric.ts";
import { formatMajor, formatMinor, minorPerMajor } from "./money.ts";
import { sales } from "./sales.ts";
import { meanInterval } from "./statistics/mean.ts";

/** Average order value. */
export const averageOrderValue = defineMetric({
  id: "average-order-value",
  name: "Average order value",
  area: "customers",
  description: "What a customer pays in one order, on average.",
  formula: "revenue/orders",
  unit: "money",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Student's t interval of the mean, from the sum of squared amounts.",
  notes: [
    "Revenue is what was paid before refunds: a refund changes sales, not the value of the order.",
    "One currency a series.",
  ],
  references: [{ title: "Student 1908, The Probable Error of a Mean, Biometrika 6(1), 1–25" }],
  family: "sales",
  counters: [],
  uses: [sales],
  compute(period, { currency, currencyDecimals }) {
    const orders = period.count(`orders:${currency}`);
    const moments = {
      n: orders,
      sum: period.sum(`revenue:${currency}`),
      sumOfSquares: period.sum(`revenueSquares:${currency}`),
    };
    const scale = { min: 0, max: Number.POSITIVE_INFINITY };
    const { mean, low, high } = meanInterval(moments, scale, minorPerMajor(currencyDecimals));
    const money = (amount: number | null) => (amount === null ? null : formatMajor(amount));
    return {
      value: money(mean),
      low: money(low),
      high: money(high),
      n: orders,
      components: { orders, revenue: formatMinor(moments.sum, currencyDecimals) },
      sample: { kind: "mean", ...moments },
      ...otherCurrencies("Orders", period.cellNames("orders:"), currency),
    };
  },
});
