import { dayNumber } from "../calendar/days.ts";
import { granularities } from "../calendar/intervals.ts";
import type { Lost } from "../entities/occurrences/customers.ts";
import { defineMetric } from "./metric.ts";
import type { Period } from "./period.ts";

/** The counters of which customers arrived and were lost. */
export type CustomerCounter =
  | "new"
  | "returned"
  | "lost"
  | "lostDay"
  | "lostWeek"
  | "lostMonth"
  | "lostQuarter"
  | "lostYear"
  | `left:${string}`
  | `leftNew:${string}`;

/** The counters of why customers were lost: by reason, and those of them who had not been there when the interval of a kind began. */
export type LeavingPrefix = "left:" | "leftNew:";

const lostWithin = {
  day: "lostDay",
  week: "lostWeek",
  month: "lostMonth",
  quarter: "lostQuarter",
  year: "lostYear",
} as const;

/** Active customers. */
export const customers = defineMetric({
  id: "customers",
  name: "Active customers",
  area: "customers",
  description: "How many customers there are at the end of the period, and how they came and went in it.",
  formula: "start + new + returned − lost",
  unit: "count",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None: every customer is counted, so there is no sampling error.",
  notes: [
    "A customer is lost by an explicit end, or, in a workspace that sets inactivityDays, on the last of that many days without a purchase.",
    "A purchase makes an unknown customer join. A purchase on a later day than the customer was lost makes it return.",
    "An end of a customer who is not active changes nothing.",
    "By a dimension a customer counts where it was won, also when it is lost and comes back: by its explicit join, else by its first purchase, or by a return where that is the first that is known of it.",
    "Of the running day: as it will end if nothing else happens. Who is lost on it by inactivity counts as lost already, until the next purchase.",
    "Of an interval that has not begun: as many as there are today, until somebody comes or goes.",
  ],
  references: [
    { title: "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 5: customers and retention" },
  ],
  family: "customers",
  countsFrom: ["customer"],
  facts: ["customer.joined", "customer.left", "customer.returned", "purchase.made"],
  counters: [
    "new",
    "returned",
    "lost",
    "lostDay",
    "lostWeek",
    "lostMonth",
    "lostQuarter",
    "lostYear",
    "left:",
    "leftNew:",
  ],
  exampleCell: "price",
  cumulative: ["new", "returned", "lost"],
  carriesOver: true,
  increments: {
    "customer-new": () => ({ new: 1 }),
    "customer-returned": () => ({ returned: 1 }),
    "customer-lost": (occurrence) => ({
      lost: 1,
      ...Object.fromEntries(occurrence.activeAtStartOf.map((granularity) => [lostWithin[granularity], 1])),
      ...leavingCells(occurrence),
    }),
  },
  compute(period) {
    const { start, end } = customerBalance(period);
    return {
      value: end,
      low: null,
      high: null,
      n: end,
      sample: {
        kind: "balance",
        value: end,
        lastDay: dayNumber(period.to),
        daily: () => {
          const [returned, lost] = [period.daily("returned"), period.daily("lost")];
          return period.daily("new").map((count, day) => count + (returned[day] ?? 0) - (lost[day] ?? 0));
        },
      },
      components: {
        start,
        new: period.count("new"),
        returned: period.count("returned"),
        lost: period.count("lost"),
        end,
      },
    };
  },
});

/** The cells of a lost customer's reason. Customers without a reason need no cell: they are the rest of the whole. */
function leavingCells({
  reason,
  activeAtStartOf,
}: Lost): Partial<Record<`${LeavingPrefix}${string}`, number>> {
  if (reason === "") return {};
  const later = granularities.filter((granularity) => !activeAtStartOf.includes(granularity));
  return {
    [`left:${reason}`]: 1,
    ...Object.fromEntries(later.map((granularity) => [`leftNew:${granularity}:${reason}`, 1])),
  };
}

/** How many customers are active when a period starts and when it ends. */
export function customerBalance(period: Period<CustomerCounter>): { start: number; end: number } {
  const start = period.before("new") + period.before("returned") - period.before("lost");
  return { start, end: start + period.count("new") + period.count("returned") - period.count("lost") };
}

/** The counter of customers who were active when the calendar interval of this kind began and were lost in it. */
export function lostCounter(granularity: keyof typeof lostWithin): CustomerCounter {
  return lostWithin[granularity];
}
