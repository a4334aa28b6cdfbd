import { defineMetric } from "./metric.ts";
import { percentageOf } from "./statistics/proportion.ts";

/** Uptime. */
export const uptime = defineMetric({
  id: "uptime",
  name: "Uptime",
  area: "web",
  description: "The share of checks that found the service available.",
  formula: "100·good probes/probes",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "Probes are counted, not minutes: checked at even times, their share is the share of time.",
    "groupBy=target shows each service; over all of them each probe weighs the same, whatever it checked.",
    "Probes that follow each other are not independent (an outage spoils several), so the interval is rather too narrow.",
  ],
  references: [
    { title: "Beyer et al. 2016, Site Reliability Engineering, chapter 3: measuring service risk" },
    { title: "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference" },
  ],
  family: "uptime",
  countsFrom: ["events"],
  facts: ["probe.checked"],
  counters: ["probes", "good"],
  increments(occurrence) {
    if (occurrence.kind !== "probed") return undefined;
    const { count, isUp } = occurrence;
    return { probes: count, good: isUp ? count : 0 };
  },
  compute(period) {
    const probes = period.count("probes");
    const good = period.count("good");
    return {
      ...percentageOf(good, probes),
      n: probes,
      components: { probes, good, failed: probes - good },
      sample: { kind: "proportion", successes: good, n: probes },
    };
  },
});
