import { defineMetric } from "./metric.ts";
import { formatMinor } from "./money.ts";

/** Sales. */
export const sales = defineMetric({
  id: "sales",
  name: "Sales",
  area: "customers",
  description: "What customers paid in the period, less what was given back.",
  formula: "purchases − refunds",
  unit: "money",
  better: "higher",
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
  perCurrency: true,
  countsFrom: "payments",
  counters: ["orders", "revenue", "revenueSquares", "refunds", "refunded"],
  increments(occurrence) {
    if (occurrence.kind === "purchased") {
      const amount = occurrence.amountMinor;
      return { orders: 1, revenue: amount, revenueSquares: amount * amount };
    }
    if (occurrence.kind === "refunded") return { refunds: 1, refunded: occurrence.amountMinor };
    return undefined;
  },
  compute(period, { currencyDecimals }) {
    const revenue = period.sum("revenue");
    const refunded = period.sum("refunded");
    const orders = period.count("orders");
    return {
      value: formatMinor(revenue - refunded, currencyDecimals),
      low: null,
      high: null,
      n: orders,
      components: {
        orders,
        revenue: formatMinor(revenue, currencyDecimals),
        refunds: period.count("refunds"),
        refunded: formatMinor(refunded, currencyDecimals),
      },
    };
  },
});
