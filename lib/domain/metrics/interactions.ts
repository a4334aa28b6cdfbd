import { countDays } from "../calendar/days.ts";
import { customerBalance, customers } from "./customers.ts";
import { defineMetric } from "./metric.ts";
import type { Cells, Period } from "./period.ts";
import { ratio } from "./statistics/fraction.ts";

/** Interactions a customer. */
export const interactions = defineMetric({
  id: "interactions",
  name: "Interactions a customer",
  area: "customers",
  description: "How often customers are in touch with you, engaged or not, for each customer: by touchpoint.",
  formula: "interactions/average active customers",
  unit: "count",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 30,
  interval: "None: every interaction is counted, so there is no sampling error.",
  notes: [
    "An interaction (interaction.made) counts on its day, in the segments of its customer. n is how many there were.",
    "Average active customers are the mean of those at the start and at the end; without any the value is null. Interactions of people who are no customers are among them.",
    "groupBy=touchpoint tells the value apart: the interactions at each touchpoint, over all customers, so that the parts add up to the whole. A workspace's first 30 touchpoints are counted by name, the others as (other).",
  ],
  references: [{ title: "Reference: customers use six touchpoints on average" }],
  range: () => ({ min: 0, max: null }),
  family: "interactions",
  countsFrom: ["customer"],
  facts: ["interaction.made"],
  counters: ["at:"],
  exampleCell: "app",
  groupsByOwn: true,
  uses: [customers],
  parts: { dimension: "touchpoint", namesIn: touchpointsIn },
  increments: {
    interacted: (occurrence) => ({ [`at:${occurrence.touchpoint}`]: occurrence.times }),
  },
  compute(period, { parts }) {
    const { start, end } = customerBalance(period);
    const customersTwice = Math.max(0, start + end);
    const cells = byNumber(period.cells("at:")).filter(([name]) => parts === null || parts.includes(name));
    const names = cells.map(([name]) => name);
    const n = cells.reduce((sum, [, times]) => sum + Number(times), 0);
    return {
      value: customersTwice === 0 ? null : ratio(2n * BigInt(n), BigInt(customersTwice)),
      low: null,
      high: null,
      n,
      // Who is in touch often is so in bursts: how much days differ tells by how much the value does.
      sample: { kind: "process", daily: () => dailyOf(period, names, customersTwice / 2), isCount: false },
      components: {
        ...{ interactions: n, averageActiveCustomers: customersTwice / 2 },
        ...Object.fromEntries(cells.map(([name, times]) => [`at ${name}`, Number(times)])),
      },
    };
  },
});

/** The interactions of each day at some touchpoints, for each customer. */
function dailyOf(period: Period<`at:${string}`>, names: readonly string[], customersThere: number): number[] {
  const days = new Array<number>(countDays(period.from, period.to)).fill(0);
  for (const name of names) {
    for (const [day, times] of period.daily(`at:${name}`).entries()) {
      days[day] = (days[day] ?? 0) + times / customersThere;
    }
  }
  return days;
}

/** The touchpoints of a period, the busiest first. */
function touchpointsIn(period: Period): string[] {
  return byNumber(period.cells("at:")).map(([name]) => name);
}

function byNumber(cells: Cells): [name: string, times: bigint][] {
  return [...cells].sort(([a, one], [b, other]) => Number(other - one) || (a < b ? -1 : 1));
}
