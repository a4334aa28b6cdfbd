import { otherCurrencies } from "./currencies.ts";
import type { Components, Measurement, MetricSettings } from "./metric.ts";
import {
  currenciesIn,
  keptCounters,
  type MovementPrefix,
  majorAmount,
  type RecurringPeriod,
  recurringBalance,
  revenueReferences,
} from "./mrr.ts";
import { Fraction } from "./statistics/fraction.ts";

/** What became of the recurring revenue that there was at the start of a period: what both retention rates and revenue churn share. */

/** A rate in per cent with expansion, and without; `null` where nothing was paid at the start. */
interface NetAndGross {
  readonly net: number | null;
  readonly gross: number | null;
}

/** How much of it is left. */
interface RevenueKept extends NetAndGross {
  readonly method: "exact" | "compounded";
  /** Customers who paid at the start, or on average at the start of a day where days are compounded. */
  readonly n: number;
}

/**
 * Of the customers who paid at the start: what they pay at the end, and how much of what they paid at the start. For a calendar interval exact; for any other
 * range daily shares are compounded.
 * @param convention `chartmogul`: as ChartMogul publishes it, by the movements of all customers
 */
export function revenueKept(period: RecurringPeriod, currency: string): RevenueKept {
  if (!period.calendar || period.calendar === "day") return compounded(period, currency);
  const { start } = recurringBalance(period, currency);
  const counters = keptCounters(period.calendar, currency);
  const n = subscribersAtStart(period, currency);
  if (start <= 0n) return { net: null, gross: null, method: "exact", n };
  return {
    n,
    net: percentOf(start + period.sum(counters.net), start),
    gross: percentOf(start - period.sum(counters.gross), start),
    method: "exact",
  };
}

function percentOf(parts: bigint, start: bigint): number {
  return Fraction.of(parts, start).percent();
}

function compounded(period: RecurringPeriod, currency: string): RevenueKept {
  let active = Number(recurringBalance(period, currency).start);
  const daily = (prefix: MovementPrefix) => period.daily(`${prefix}${currency}`);
  const [added, expansion, reactivation] = [daily("new:"), daily("expansion:"), daily("reactivation:")];
  const [contraction, churn] = [daily("contraction:"), daily("churn:")];
  const joined = period.daily(`subscribers:${currency}`);
  let subscribers = subscribersAtStart(period, currency);
  let [net, gross, daysAtRisk, exposure] = [1, 1, 0, 0];
  for (let day = 0; day < added.length; day += 1) {
    const arrived = added[day] ?? 0;
    const lost = (contraction[day] ?? 0) + (churn[day] ?? 0);
    const grown = expansion[day] ?? 0;
    if (active > 0) {
      daysAtRisk += 1;
      exposure += subscribers;
      net *= Math.max(0, 1 + (grown - lost) / active);
      gross *= Math.max(0, 1 - lost / active);
    }
    active += arrived + grown + (reactivation[day] ?? 0) - lost;
    subscribers += joined[day] ?? 0;
  }
  const method = period.calendar === "day" ? "exact" : "compounded";
  if (daysAtRisk === 0) return { net: null, gross: null, method, n: 0 };
  return { net: 100 * net, gross: 100 * gross, method, n: Math.round(exposure / daysAtRisk) };
}

/** The rates that ChartMogul publishes: movements of the period over the revenue at its start, whoever made them. In per cent; `null` where there was none. */
function chartMogulChurn(period: RecurringPeriod, currency: string): NetAndGross {
  const { start, expansion, reactivation, contraction, churn } = recurringBalance(period, currency);
  if (start <= 0n) return { net: null, gross: null };
  const lost = contraction + churn;
  return { net: percentOf(lost - expansion - reactivation, start), gross: percentOf(lost, start) };
}

/** How many customers pay at the start. */
function subscribersAtStart(period: RecurringPeriod, currency: string): number {
  return Math.max(0, period.before(`subscribers:${currency}`));
}

/** The parts of the answers of all rates of recurring revenue: start and movements, in major units. */
function revenueComponents(period: RecurringPeriod, settings: MetricSettings): Components {
  const { start, new: _, end: __, ...movements } = recurringBalance(period, settings.currency);
  const amount = (parts: bigint) => majorAmount(parts, settings);
  return {
    start: amount(start),
    expansion: amount(movements.expansion),
    reactivation: amount(movements.reactivation),
    contraction: amount(movements.contraction),
    churn: amount(movements.churn),
    subscribers: subscribersAtStart(period, settings.currency),
  };
}

/** What a metric says of a rate, by whether what is left or what is lost is known. */
interface RateOf {
  /** By how much is left of the revenue of the start. */
  kept(left: NetAndGross): number | null;
  /** In conventions of ChartMogul: by how much of it is lost. */
  churned(lost: NetAndGross): number | null;
}

/**
 * A rate of recurring revenue in the convention that was asked for. It has no interval, and nothing to test a change by: how far customers vary is not kept.
 */
export function revenueRate(period: RecurringPeriod, settings: MetricSettings, rate: RateOf): Measurement {
  const { currency, convention } = settings;
  const isPublished = convention.startsWith("chartmogul");
  const kept = isPublished ? undefined : revenueKept(period, currency);
  return {
    value: kept ? rate.kept(kept) : rate.churned(chartMogulChurn(period, currency)),
    ...{ low: null, high: null, n: kept?.n ?? subscribersAtStart(period, currency) },
    method: kept?.method ?? convention,
    components: revenueComponents(period, settings),
    ...otherCurrencies("subscriptions", currenciesIn(period), currency),
  };
}

/** What is left where so much is lost, and the reverse. */
export function restOf(rate: number | null): number | null {
  return rate === null ? null : 100 - rate;
}

/** Why rates of recurring revenue have no interval. */
export const noRevenueInterval =
  "None: every subscription is counted. How far customers of different size could have behaved otherwise by chance is not kept, so that changes are not tested.";

/** Notes of all rates of recurring revenue. */
export const revenueNotes = [
  "Exact for calendar intervals: each customer who paid at the start is followed to the end. For other ranges and rolling windows daily shares are compounded, n is who paid at the start of a day on average, and the answer says method: compounded.",
  "Convention chartmogul: as ChartMogul publishes its MRR churn rates, movements of the period over the revenue at its start, also those of customers who came in the period; reactivation counts as gained. Lago publishes the movements, and no rate.",
  "Without recurring revenue at the start there is no rate. One currency a series.",
] as const;

/** What is published about rates of recurring revenue. */
export const revenueChurnReferences = [
  {
    title: "ChartMogul, Net MRR Churn Rate",
    url: "https://help.chartmogul.com/hc/en-us/articles/4414075567250-Metric-Net-MRR-Churn-Rate",
  },
  {
    title: "ChartMogul, Gross MRR Churn Rate",
    url: "https://help.chartmogul.com/hc/en-us/articles/204898491-Metric-Gross-MRR-Churn-Rate",
  },
  ...revenueReferences,
];
