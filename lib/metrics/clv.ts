import { countDays } from "../calendar/days.ts";
import { churnOf } from "./customer-churn.ts";
import { customerBalance, customers } from "./customers.ts";
import { defineMetric } from "./metric.ts";
import { formatMajor, formatMinor } from "./money.ts";
import { sales } from "./sales.ts";

/** Mean length of a month of the Gregorian calendar. */
const daysPerMonth = 365.2425 / 12;

/** Customer lifetime value, from averages of the period. */
export const clv = defineMetric({
  id: "clv",
  name: "Customer lifetime value",
  area: "customers",
  description:
    "What a customer brings over the whole relationship, if customers keep buying and leaving as in this period.",
  formula:
    "average order value × purchase frequency (orders/average active customers) × lifespan (1/churn) × margin",
  unit: "money",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval:
    "None: a product of estimates from different samples. The metrics average-order-value and churn-rate have the intervals of two of its factors.",
  notes: [
    "Average active customers are the mean of those at the start and at the end; frequency and churn are those of the period, so the lifespan counts periods.",
    "With zero churn the lifespan is unknown and the value is null; cappedValue assumes a lifespan of maxLifespanMonths.",
    "Without orders there is no average order value, so value and cappedValue are null.",
    "Margin and maxLifespanMonths are settings of the workspace; with margin 1 the value is revenue, not profit.",
    "Orders without a customer id are in the revenue: set margin and compare periods rather than reading one value alone.",
  ],
  references: [
    { title: "Gupta & Lehmann 2003, Customers as Assets, Journal of Interactive Marketing 17(1), 9–24" },
  ],
  family: "customers",
  counters: [],
  uses: [customers, sales],
  compute(period, { currency, currencyDecimals, margin, maxLifespanMonths }) {
    const orders = period.count(`orders:${currency}`);
    const revenue = period.sum(`revenue:${currency}`);
    const { start, end } = customerBalance(period);
    const averageActive = (start + end) / 2;
    const churn = churnOf(period);
    const periodMonths = countDays(period.from, period.to) / daysPerMonth;
    // Revenue over customers is order value × frequency; without orders there is no order value to multiply.
    const perPeriod = orders > 0 && averageActive > 0 ? (Number(revenue) / averageActive) * margin : null;
    const worth = (periods: number | null) =>
      perPeriod === null || periods === null ? null : formatMajor(perPeriod * periods, currencyDecimals);
    const lifespan = churn.share ? 1 / churn.share : null;
    return {
      value: worth(lifespan),
      low: null,
      high: null,
      n: churn.exposed,
      components: {
        orders,
        revenue: formatMinor(revenue, currencyDecimals),
        averageOrderValue: orders === 0 ? null : formatMajor(Number(revenue) / orders, currencyDecimals),
        averageActiveCustomers: averageActive,
        purchaseFrequency: averageActive > 0 ? orders / averageActive : null,
        churn: churn.share,
        lifespanMonths: lifespan === null ? null : lifespan * periodMonths,
        margin,
        maxLifespanMonths,
        cappedValue: worth(Math.min(lifespan ?? Number.POSITIVE_INFINITY, maxLifespanMonths / periodMonths)),
      },
      method: churn.method,
    };
  },
});
