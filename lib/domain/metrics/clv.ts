import { countDays } from "../calendar/days.ts";
import { daysPerYear } from "../calendar/intervals.ts";
import { otherCurrencies } from "./currencies.ts";
import { type Churn, churnOf } from "./customer-churn.ts";
import { type CustomerCounter, customerBalance, customers } from "./customers.ts";
import { defineMetric, type Measurement, type MetricSettings } from "./metric.ts";
import { formatMajor, formatMinor, minorPerMajor } from "./money.ts";
import { oncePerPeriod, type Period } from "./period.ts";
import { Fraction, ratio } from "./statistics/fraction.ts";
import { quotientEstimate } from "./statistics/quotient.ts";

/** Mean length of a month of the Gregorian calendar. */
const monthDays = Fraction.written(daysPerYear).dividedBy(Fraction.of(12));

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
    "None: a product of estimates from different samples. The metrics average-order-value and churn-rate have the intervals of two of its factors. A change is tested by how much revenue and losses differ from day to day (delta method, from seven days and ten lost customers on): how many customers there are is taken as known, and that customers who spend much can do so in all days of the period is not allowed for.",
  notes: [
    "Average active customers are the mean of those at the start and at the end; frequency and churn are those of the period, so the lifespan counts periods.",
    "In a range that begins before the first customers the average is over the days on which there were any; n is the average over all of its days, so that it is a low sample. While no customer has bought twice on average, the value is at most what was spent a head.",
    "With zero churn the lifespan is unknown and the value is null; cappedValue assumes a lifespan of maxLifespanMonths.",
    "Without orders there is no average order value, so value and cappedValue are null.",
    "Margin and maxLifespanMonths are settings of the workspace; with margin 1 the value is revenue, not profit.",
    "Orders without a customer id are in the revenue: set margin and compare periods rather than reading one value alone.",
    "By a dimension, orders and revenue count in the segment of their customer, like the customers themselves: in which it was won. What a purchase says of itself counts only where it names no customer.",
  ],
  references: [
    { title: "Gupta & Lehmann 2003, Customers as Assets, Journal of Interactive Marketing 17(1), 9–24" },
  ],
  // With the purchases themselves, whose counters change anyway.
  family: "sales",
  countsFrom: ["events", "customer"],
  facts: ["purchase.made"],
  counters: ["customerOrders:", "customerRevenue:"],
  uses: [customers],
  segmentRemark: { id: "remark.inSegmentOfCustomer" },
  increments: {
    "purchases-attributed": ({ currency, orders, amountMinor }) => ({
      [`customerOrders:${currency}`]: orders,
      [`customerRevenue:${currency}`]: amountMinor,
    }),
  },
  compute(period, settings) {
    const { currency, currencyDecimals, margin, maxLifespanMonths } = settings;
    const orders = period.count(`customerOrders:${currency}`);
    const revenue = period.sum(`customerRevenue:${currency}`);
    const { average, days, n } = customersOver(period);
    const churn = churnOf(period);
    const lifespan = lifespanOf(churn);
    const worth = (periods: Fraction | null) => {
      const amount = worthOver(period, settings, periods);
      return amount && formatMajor(amount.toNumber());
    };
    const periodMonths = Fraction.of(days).dividedBy(monthDays);
    const cap = Fraction.of(maxLifespanMonths).dividedBy(periodMonths);
    return {
      value: worth(lifespan),
      low: null,
      high: null,
      n: n ?? churn.exposed,
      components: {
        orders,
        revenue: formatMinor(revenue, currencyDecimals),
        averageOrderValue:
          orders === 0 ? null : formatMajor(ratio(revenue, orders * minorPerMajor(currencyDecimals))),
        averageActiveCustomers: average.toNumber(),
        purchaseFrequency: average.isLessThan(smallest)
          ? null
          : Fraction.of(orders).dividedBy(average).toNumber(),
        churn: churn.share,
        lifespanMonths: lifespan === null ? null : lifespan.times(periodMonths).toNumber(),
        margin,
        maxLifespanMonths,
        cappedValue: worth(lifespan?.isLessThan(cap) ? lifespan : cap),
      },
      method: churn.method,
      ...sampleOf(period, settings),
      ...otherCurrencies("orders", period.cellNames("customerOrders:"), currency),
    };
  },
});

type ValuePeriod = Period<
  CustomerCounter | `${"customerOrders" | "customerRevenue"}:${string}`,
  "customerOrders:" | "customerRevenue:"
>;

/**
 * A customer's worth in one period, in major units: revenue over customers is order value × frequency. `null` without orders, as there
 * is no order value to multiply, and without customers.
 */
function worthPerPeriod(
  period: ValuePeriod,
  { currency, currencyDecimals, margin }: MetricSettings,
): Fraction | null {
  const { average } = customersOver(period);
  if (period.count(`customerOrders:${currency}`) <= 0 || average.isLessThan(smallest)) return null;
  const revenue = Fraction.of(period.sum(`customerRevenue:${currency}`), minorPerMajor(currencyDecimals));
  return revenue.dividedBy(average).times(Fraction.written(margin));
}

/** Less than any average of customers that is not 0. */
const smallest = Fraction.of(1, 10n ** 12n);

/** The customers of a period on average, over how many days, and how many count as a sample where that is not who was there at the start. */
interface CustomersOver {
  readonly average: Fraction;
  readonly days: number;
  readonly n?: number;
}

/**
 * The mean of the customers at the start and at the end. In a range that begins before there were any it is over the days on which there were: else the
 * empty years before would make each of them seem to have bought often.
 */
const customersOver = oncePerPeriod((period: ValuePeriod): CustomersOver => {
  const { start, end } = customerBalance(period);
  const length = countDays(period.from, period.to);
  if (start > 0 || period.calendar)
    return { average: Fraction.of(Math.max(0, start + end), 2), days: length };
  // Without anybody who came there is nothing to look for day by day.
  if (period.count("new") + period.count("returned") === 0) return { average: Fraction.of(0), days: 1, n: 0 };
  const [joined, returned, lost] = [period.daily("new"), period.daily("returned"), period.daily("lost")];
  let [active, twice, days] = [0, 0, 0];
  for (let day = 0; day < joined.length; day += 1) {
    const arrived = joined[day] ?? 0;
    const before = active;
    active = Math.max(0, active + arrived + (returned[day] ?? 0) - (lost[day] ?? 0));
    if (before + active === 0) continue;
    twice += before + active;
    days += 1;
  }
  const average = Fraction.of(twice, Math.max(1, 2 * days));
  return { average, days: Math.max(1, days), n: Math.round(twice / 2 / length) };
});

/**
 * The margin on a customer in so many periods, in major units. If the period contains everything that customers ever did, and on
 * average none has bought twice, it is at most what they spent: nobody has stayed to spend more.
 */
function worthOver(period: ValuePeriod, settings: MetricSettings, periods: Fraction | null): Fraction | null {
  const perPeriod = worthPerPeriod(period, settings);
  if (perPeriod === null || periods === null) return null;
  const worth = perPeriod.times(periods);
  const { currency, currencyDecimals, margin } = settings;
  const customersWon = period.count("new");
  const isWhole = customerBalance(period).start <= 0 && !period.calendar && customersWon > 0;
  if (!isWhole || period.count(`customerOrders:${currency}`) > customersWon) return worth;
  const revenue = period.sum(`customerRevenue:${currency}`);
  const spent = Fraction.of(revenue, BigInt(customersWon) * BigInt(minorPerMajor(currencyDecimals)));
  const most = spent.times(Fraction.written(margin));
  return most.isLessThan(worth) ? most : worth;
}

/**
 * How far the value can be off: it grows with what a day brings, and shrinks with who is lost on it. Nothing is known of it in a period that begins before the first
 * customers.
 */
function sampleOf(period: ValuePeriod, settings: MetricSettings): Pick<Measurement, "sample"> {
  const value = lifetimeValueOf(period, settings)?.toNumber() ?? 0;
  if (customerBalance(period).start <= 0) return {};
  const revenue = period.daily(`customerRevenue:${settings.currency}`);
  const estimate = quotientEstimate(value, revenue, period.daily("lost"));
  return estimate ? { sample: { kind: "quotient", ...estimate } } : {};
}

/** How many periods a customer stays; `null` where nobody was lost. */
function lifespanOf({ share, exactShare }: Churn): Fraction | null {
  return share === null || share === 0 || !exactShare ? null : Fraction.of(1).dividedBy(exactShare);
}

/** Customer lifetime value in major units, exactly; `null` where there is none. */
export function lifetimeValueOf(period: ValuePeriod, settings: MetricSettings): Fraction | null {
  return worthOver(period, settings, lifespanOf(churnOf(period)));
}
