import { type Day, dayNumber } from "../calendar/days.ts";
import { weekdayOf, weekdays } from "../calendar/weekdays.ts";
import { customerBalance, customers } from "./customers.ts";
import { defineMetric } from "./metric.ts";
import type { Cells } from "./period.ts";
import { percent } from "./statistics/fraction.ts";

export const contactVolume = defineMetric({
  id: "contact-volume",
  name: "Contact volume",
  area: "service",
  description: "How many contacts customers opened: when, and for how many customers.",
  formula: "contacts opened; also 100·contacts/average active customers",
  unit: "count",
  better: "lower",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None: every contact is counted, so there is no sampling error.",
  notes: [
    "A ticket is one contact, on the day on which it was opened, however often its opening was sent.",
    "hour00 to hour23 are hours of the day in the workspace's time zone; hours and weekdays each add up to the value.",
    "Average active customers are the mean of those at the start and at the end of the period. In a group they are the customers of that group, and without any the figure is null.",
    "The commonest categories: groupBy=category with top=10 or top=20; the rest is the group (other).",
  ],
  references: [
    {
      title:
        "Gans, Koole & Mandelbaum 2003, Telephone Call Centers: Tutorial, Review, and Research Prospects, Manufacturing & Service Operations Management 5(2), 79–141",
      url: "https://doi.org/10.1287/msom.5.2.79.16071",
    },
  ],
  family: "contacts",
  countsFrom: ["ticket"],
  facts: ["ticket.opened"],
  counters: ["contacts", "hour:"],
  exampleCell: "13",
  groupsByOwn: true,
  uses: [customers],
  increments: {
    "contact-opened": (occurrence) => ({ contacts: 1, [`hour:${twoDigits(occurrence.hour)}`]: 1 }),
  },
  compute(period) {
    const contacts = period.count("contacts");
    const { start, end } = customerBalance(period);
    const averageActiveCustomers = (start + end) / 2;
    return {
      value: contacts,
      low: null,
      high: null,
      n: contacts,
      sample: { kind: "process", daily: () => period.daily("contacts"), isCount: true },
      components: {
        averageActiveCustomers,
        per100Customers: averageActiveCustomers > 0 ? percent(2 * contacts, start + end) : null,
        ...byWeekday(period.from, period.daily("contacts")),
        ...byHour(period.cells("hour:")),
      },
    };
  },
});

function twoDigits(hour: number): string {
  return String(hour).padStart(2, "0");
}

function byWeekday(from: Day, daily: readonly number[]): Record<string, number> {
  const sums = Object.fromEntries(weekdays.map((name) => [name, 0]));
  const first = dayNumber(from);
  for (let index = 0; index < daily.length; index += 1) {
    const count = daily[index] ?? 0;
    const name = weekdayOf(first + index);
    sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

function byHour(cells: Cells): Record<string, number> {
  const hours = Array.from({ length: 24 }, (_, hour) => twoDigits(hour));
  return Object.fromEntries(hours.map((hour) => [`hour${hour}`, Number(cells.get(hour) ?? 0n)]));
}
