import { dayNumber } from "../calendar/days.ts";
import { longIntervals, type RecurringRevenueMoved } from "../entities/occurrences/subscriptions.ts";
import { partsPerMinor } from "../facts/subscriptions.ts";
import { otherCurrencies } from "./currencies.ts";
import { defineMetric, type MetricSettings } from "./metric.ts";
import { formatMajor, formatMinor, minorPerMajor } from "./money.ts";
import type { Period } from "./period.ts";
import { ratio } from "./statistics/fraction.ts";

/** Counters of movements of recurring revenue, by currency, in twelfths of its minor unit. */
export type MovementPrefix = "new:" | "expansion:" | "contraction:" | "reactivation:" | "churn:";

/** Counters of what became of the revenue that there was when a calendar interval began, by currency. */
type KeptPrefix = `${"net" | "gross"}${"Week" | "Month" | "Quarter" | "Year"}:`;

/** The counters of recurring revenue that stand for many. */
export type RecurringPrefix = MovementPrefix | KeptPrefix | "subscribers:";

/** The counters of recurring revenue. */
export type RecurringCounter = `${RecurringPrefix}${string}`;

const movementPrefixes = ["new:", "expansion:", "contraction:", "reactivation:", "churn:"] as const;

/** What is published about how others compute recurring revenue. */
export const revenueReferences = [
  {
    title: "ChartMogul, Understanding MRR movements",
    url: "https://help.chartmogul.com/hc/en-us/articles/4416682609426-Understanding-MRR-movements",
  },
  { title: "Lago, MRR", url: "https://getlago.com/docs/guide/analytics/revenue/mrr" },
] as const;

/** Monthly recurring revenue. */
export const mrr = defineMetric({
  id: "mrr",
  name: "Monthly recurring revenue",
  area: "customers",
  description:
    "What customers pay a month for their subscriptions at the end of the period, and how that moved in it.",
  formula: "start + new + expansion + reactivation − contraction − churn",
  unit: "money",
  better: "higher",
  version: 1,
  minimumSample: 0,
  interval: "None: every subscription is counted, so there is no sampling error.",
  notes: [
    "A subscription brings amount × quantity a month, a third of that with a quarterly price, a twelfth with a yearly one. It is counted in twelfths of the currency's smallest unit, so that nothing is rounded and the movements add up exactly, each day, in each segment and currency.",
    "Movements are those of a customer, of all its subscriptions in the currency together, from the end of one day to the end of the next. Another subscription of a customer who pays already is expansion, the end of one of two is contraction; churn is what was paid when the last one ended, reactivation what is paid by who had churned.",
    "These are the movements that ChartMogul publishes; it groups activities of the same hour, where here a day's are one. Lago's new, expansion, contraction and churn are the same without reactivation, which it publishes none of, and like here it takes prices of plans, not what was invoiced.",
    "A free subscription (amount 0) brings nothing: its customer is new when it begins to pay. A change of a subscription that is not running starts it. What is charged for usage or once is not in it.",
    "One currency a series: a customer who changes its currency churns in one and is new in the other. Changes of exchange rates move nothing.",
    "By a dimension a customer counts where it was won, with all of its subscriptions.",
  ],
  references: revenueReferences,
  family: "subscriptions",
  countsFrom: ["customer"],
  facts: ["subscription.started", "subscription.changed", "subscription.ended"],
  counters: [
    ...movementPrefixes,
    "subscribers:",
    ...(["netWeek:", "netMonth:", "netQuarter:", "netYear:"] as const),
    ...(["grossWeek:", "grossMonth:", "grossQuarter:", "grossYear:"] as const),
  ],
  cumulative: [...movementPrefixes, "subscribers:"],
  carriesOver: true,
  increments: {
    "recurring-revenue-moved": (occurrence) => {
      const { movement, currency, before, after } = occurrence;
      const size = after > before ? after - before : before - after;
      return {
        [`${movement}:${currency}`]: size,
        ...(before === 0n ? { [`subscribers:${currency}`]: 1 } : {}),
        ...(after === 0n ? { [`subscribers:${currency}`]: -1 } : {}),
        ...keptCells(occurrence),
      };
    },
  },
  compute(period, settings) {
    const { currency, currencyDecimals } = settings;
    const { start, end, ...movements } = recurringBalance(period, currency);
    const partsPerMajor = partsPerMinor * minorPerMajor(currencyDecimals);
    const amount = (parts: bigint) => majorAmount(parts, settings);
    const subscribers = period.before(`subscribers:${currency}`) + period.count(`subscribers:${currency}`);
    const { new: added, expansion, contraction, reactivation, churn } = movements;
    return {
      value: amount(end),
      low: null,
      high: null,
      n: subscribers,
      sample: {
        kind: "balance",
        value: Number(end) / partsPerMajor,
        lastDay: dayNumber(period.to),
        daily: () => dailyChanges(period, currency).map((parts) => parts / partsPerMajor),
      },
      components: {
        start: amount(start),
        new: amount(added),
        expansion: amount(expansion),
        reactivation: amount(reactivation),
        contraction: amount(contraction),
        churn: amount(churn),
        end: amount(end),
        annual: amount(12n * end),
        subscribers,
      },
      ...otherCurrencies("subscriptions", currenciesIn(period), currency),
    };
  },
});

/** An amount in twelfths of a minor unit as a decimal string in major units: unrounded where it is not whole in minor units. */
export function majorAmount(
  parts: bigint,
  { currencyDecimals }: Pick<MetricSettings, "currencyDecimals">,
): string {
  const perMinor = BigInt(partsPerMinor);
  if (parts % perMinor === 0n) return formatMinor(parts / perMinor, currencyDecimals);
  return formatMajor(ratio(parts, perMinor * BigInt(minorPerMajor(currencyDecimals))));
}

/** What became of the revenue of the beginning of longer intervals: by how much it grew, and by how much what is left of it fell. */
function keptCells({ currency, before, after, atStartOf }: RecurringRevenueMoved): Record<string, bigint> {
  const cells: Record<string, bigint> = {};
  for (const interval of longIntervals) {
    const start = atStartOf[interval];
    if (start === 0n) continue;
    const name = intervalNames[interval];
    cells[`net${name}:${currency}`] = after - before;
    cells[`gross${name}:${currency}`] = least(before, start) - least(after, start);
  }
  return cells;
}

const intervalNames = { week: "Week", month: "Month", quarter: "Quarter", year: "Year" } as const;

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** The counters of what became of the revenue that there was when the calendar interval of a kind began. */
export function keptCounters(
  interval: keyof typeof intervalNames,
  currency: string,
): { readonly net: RecurringCounter; readonly gross: RecurringCounter } {
  const name = intervalNames[interval];
  return { net: `net${name}:${currency}`, gross: `gross${name}:${currency}` };
}

/** A period whose counters are those of recurring revenue. */
export type RecurringPeriod = Period<RecurringCounter, RecurringPrefix>;

/** Recurring revenue when a period starts and when it ends, and how it moved, in twelfths of the currency's minor unit. */
export function recurringBalance(period: RecurringPeriod, currency: string) {
  const before = (prefix: MovementPrefix) => period.cellsBefore(prefix).get(currency) ?? 0n;
  const within = (prefix: MovementPrefix) => period.sum(`${prefix}${currency}`);
  const change = (of: typeof before) =>
    movementPrefixes.reduce((sum, prefix) => sum + BigInt(signOf(prefix)) * of(prefix), 0n);
  const start = change(before);
  return {
    ...{ start, end: start + change(within) },
    ...{ new: within("new:"), expansion: within("expansion:"), reactivation: within("reactivation:") },
    ...{ contraction: within("contraction:"), churn: within("churn:") },
  };
}

/** Whether a movement adds to recurring revenue or takes from it. */
function signOf(prefix: MovementPrefix): 1 | -1 {
  return prefix === "contraction:" || prefix === "churn:" ? -1 : 1;
}

function dailyChanges(period: RecurringPeriod, currency: string): number[] {
  const changes: number[] = [];
  for (const prefix of movementPrefixes) {
    const moved = period.daily(`${prefix}${currency}`);
    for (let day = 0; day < moved.length; day += 1) {
      changes[day] = (changes[day] ?? 0) + signOf(prefix) * (moved[day] ?? 0);
    }
  }
  return changes;
}

/** The currencies in which anything is paid, or moved in the period. */
export function currenciesIn(period: RecurringPeriod): string[] {
  const paid = [...period.cellsBefore("subscribers:").keys()];
  return [...paid, ...movementPrefixes.flatMap((prefix) => period.cellNames(prefix))];
}
