import { otherCurrencies } from "./currencies.ts";
import { customerSpread, methodOf, remarksOn } from "./customer-spread.ts";
import { customersNote, meanIntervalText, meanReferences } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { formatMajor, formatMinor, minorPerMajor } from "./money.ts";
import { sales } from "./sales.ts";
import { spreadOverDays, widerSpread } from "./statistics/clusters.ts";
import { meanInterval, sampleVariance } from "./statistics/mean.ts";
import { thirdMoment } from "./statistics/skewness.ts";

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
  interval: meanIntervalText,
  notes: [
    "Revenue is what was paid before refunds: a refund changes sales, not the value of the order.",
    "One currency a series.",
    customersNote("orders"),
    "Where a handful of customers makes up most of the difference between orders, no number of them is enough: whoever is not in the sample could decide the mean as well. The answer is a low sample, whatever n says.",
  ],
  references: meanReferences,
  family: "sales",
  counters: [],
  uses: [sales],
  cases: {
    types: ["purchase.made"],
    isOpen: true,
    brings: (fact, { currency }) =>
      fact.type === "purchase.made" && fact.money.currency === currency
        ? Number(fact.money.amountMinor)
        : undefined,
  },
  compute(period, settings) {
    const { currency, currencyDecimals } = settings;
    const orders = period.count(`orders:${currency}`);
    const sums = {
      n: orders,
      sum: period.sum(`revenue:${currency}`),
      sumOfSquares: period.sum(`revenueSquares:${currency}`),
    };
    const moments = {
      ...sums,
      third: thirdMoment({ ...sums, sumOfCubes: period.sum(`revenueCubes:${currency}`) }),
    };
    const alone = (sampleVariance(moments) ?? 0) / Math.max(1, orders);
    const overCustomers = customerSpread(period, settings, orders, alone);
    const spread = widerSpread(
      spreadOverDays(period.daily(`revenue:${currency}`), period.daily(`orders:${currency}`)),
      overCustomers,
    );
    const unit = minorPerMajor(currencyDecimals);
    const scale = { min: 0, max: Number.POSITIVE_INFINITY };
    const { mean, low, high } = meanInterval(moments, scale, unit, spread);
    const money = (amount: number | null) => (amount === null ? null : formatMajor(amount));
    return {
      value: money(mean),
      low: money(low),
      high: money(high),
      n: orders,
      components: { orders, revenue: formatMinor(moments.sum, currencyDecimals) },
      sample: { kind: "mean", ...moments, scale, unit, spread },
      ...methodOf(overCustomers),
      ...otherCurrencies("orders", period.cellNames("orders:"), currency, remarksOn(spread)),
    };
  },
});
