import { burstIntervalText, burstReferences } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { spreadOverDays } from "./statistics/clusters.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const uptime = defineMetric({
  id: "uptime",
  name: "Uptime",
  area: "web",
  description: "The share of checks that found the service available.",
  formula: "100·good probes/probes",
  unit: "percent",
  better: "higher",
  smallestChange: {
    value: 0.01,
    source: "Our own choice: 0.01 % of a month is 4 minutes, about the shortest outage that somebody notices",
  },
  version: 1,
  minimumSample: 30,
  interval: `${burstIntervalText} A low sample on fewer days, and without any failure or any success.`,
  notes: [
    "Probes are counted, not minutes: checked at even times, their share is the share of time.",
    "groupBy=target shows each service; over all of them each probe weighs the same, whatever it checked.",
    "Probes that follow each other are not independent, an outage spoils several: so the interval is measured over days. Without a failure nothing tells how long an outage is, and the sample is low.",
  ],
  references: [
    { title: "Beyer et al. 2016, Site Reliability Engineering, chapter 3: measuring service risk" },
    ...burstReferences,
  ],
  family: "uptime",
  countsFrom: ["events"],
  facts: ["probe.checked"],
  counters: ["probes", "good"],
  increments: {
    probed: ({ count, isUp }) => ({ probes: count, good: isUp ? count : 0 }),
  },
  compute(period) {
    const probes = period.count("probes");
    const good = period.count("good");
    const spread = spreadOverDays(period.daily("good"), period.daily("probes"));
    return {
      ...percentageOf(good, probes, spread),
      n: probes,
      components: { probes, good, failed: probes - good },
      sample: { kind: "proportion", successes: good, n: probes, spread, isClustered: true },
    };
  },
});
