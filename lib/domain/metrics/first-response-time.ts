import { durationCell, summariseDurations } from "./durations.ts";
import { meanIntervalText, meanReferences } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { spreadOverDays } from "./statistics/clusters.ts";

export const firstResponseTime = defineMetric({
  id: "first-response-time",
  name: "First response time",
  area: "service",
  description: "How long customers wait for the first reply to a ticket, as the mean.",
  formula: "sum of (first reply − opened)/tickets with a first reply",
  unit: "seconds",
  better: "lower",
  version: 1,
  minimumSample: 30,
  interval: meanIntervalText,
  notes: [
    "Only the first reply at or after the opening counts, on the day of that reply, in the segments of the ticket's opening.",
    "A ticket that nobody has replied to is in no figure yet.",
    "p50 and p90 come from a sketch whose cells add, within 1 % of the exact ones; the mean is exact.",
    "Time runs round the clock: nights and weekends count.",
  ],
  references: [
    ...meanReferences,
    {
      title: "Masson, Rim & Lee 2019, DDSketch, PVLDB 12(12), 2195–2205",
      url: "https://doi.org/10.14778/3352063.3352135",
    },
  ],
  family: "first-response",
  countsFrom: ["ticket"],
  facts: ["ticket.opened", "ticket.replied"],
  counters: ["responses", "wait", "waitSquares", "w:"],
  exampleCell: "c420",
  increments: {
    "first-replied": ({ milliseconds }) => ({
      responses: 1,
      wait: milliseconds,
      waitSquares: BigInt(milliseconds) ** 2n,
      [`w:${durationCell(milliseconds)}`]: 1,
    }),
  },
  compute(period) {
    const n = period.count("responses");
    const { mean, bounds, p50, p90, sample } = summariseDurations(
      {
        n,
        sum: period.sum("wait"),
        squares: period.sum("waitSquares"),
        cells: period.cells("w:"),
      },
      spreadOverDays(period.daily("wait"), period.daily("responses")),
    );
    return { value: mean, ...bounds, n, components: { responses: n, mean, p50, p90 }, sample };
  },
});
