import { countDays } from "../calendar/days.ts";
import { otherCurrencies } from "./currencies.ts";
import { type Churn, churnOf } from "./customer-churn.ts";
import { type CustomerCounter, customerBalance, customers } from "./customers.ts";
import { defineMetric, type MetricSettings } from "./metric.ts";
import { formatMajor, formatMinor, minorPerMajor } from "./money.ts";
import type { Period } from "./period.ts";
import { sales } from "./sales.ts";
import { Fraction, ratio } from "./statistics/fraction.ts";

/** Mean length of a month of the Gregorian calendar. */
const daysPerMonth = Fraction.written(365.2425).dividedBy(Fraction.of(12));

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
  compute(period, settings) {
    const { currency, currencyDecimals, margin, maxLifespanMonths } = settings;
    const orders = period.count(`orders:${currency}`);
    const revenue = period.sum(`revenue:${currency}`);
    const { start, end } = customerBalance(period);
    const active = start + end;
    const churn = churnOf(period);
    const lifespan = lifespanOf(churn);
    const perPeriod = worthPerPeriod(period, settings);
    const worth = (periods: Fraction | null) =>
      perPeriod === null || periods === null ? null : formatMajor(perPeriod.times(periods).toNumber());
    const periodMonths = Fraction.of(countDays(period.from, period.to)).dividedBy(daysPerMonth);
    const cap = Fraction.of(maxLifespanMonths).dividedBy(periodMonths);
    return {
      value: worth(lifespan),
      low: null,
      high: null,
      n: churn.exposed,
      components: {
        orders,
        revenue: formatMinor(revenue, currencyDecimals),
        averageOrderValue:
          orders === 0 ? null : formatMajor(ratio(revenue, orders * minorPerMajor(currencyDecimals))),
        averageActiveCustomers: active / 2,
        purchaseFrequency: active > 0 ? ratio(2 * orders, active) : null,
        churn: churn.share,
        lifespanMonths: lifespan === null ? null : lifespan.times(periodMonths).toNumber(),
        margin,
        maxLifespanMonths,
        cappedValue: worth(lifespan?.isLessThan(cap) ? lifespan : cap),
      },
      method: churn.method,
      ...otherCurrencies("Orders", period.cellNames("orders:"), currency),
    };
  },
});

type ValuePeriod = Period<CustomerCounter | `${"orders" | "revenue"}:${string}`, "orders:" | "revenue:">;

/**
 * A customer's worth in one period, in major units: revenue over customers is order value × frequency. `null` without orders, as there
 * is no order value to multiply, and without customers.
 */
function worthPerPeriod(
  period: ValuePeriod,
  { currency, currencyDecimals, margin }: MetricSettings,
): Fraction | null {
  const { start, end } = customerBalance(period);
  if (period.count(`orders:${currency}`) <= 0 || start + end <= 0) return null;
  const revenue = period.sum(`revenue:${currency}`);
  const perCustomer = Fraction.of(
    2n * revenue,
    BigInt(start + end) * BigInt(minorPerMajor(currencyDecimals)),
  );
  return perCustomer.times(Fraction.written(margin));
}

/** How many periods a customer stays; `null` where nobody was lost. */
function lifespanOf({ share, exactShare }: Churn): Fraction | null {
  return share === null || share === 0 || !exactShare ? null : Fraction.of(1).dividedBy(exactShare);
}

/** Customer lifetime value in major units, exactly; `null` where there is none. */
export function lifetimeValueOf(period: ValuePeriod, settings: MetricSettings): Fraction | null {
  const lifespan = lifespanOf(churnOf(period));
  return lifespan && (worthPerPeriod(period, settings)?.times(lifespan) ?? null);
}
