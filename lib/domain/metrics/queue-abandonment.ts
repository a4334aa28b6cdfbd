import { burstIntervalText } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { spreadOverDays } from "./statistics/clusters.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const queueAbandonment = defineMetric({
  id: "queue-abandonment",
  name: "Queue abandonment",
  area: "service",
  description: "How many of a hundred callers who waited hung up before anybody answered.",
  formula: "100·calls abandoned/calls queued",
  unit: "percent",
  better: "lower",
  version: 1,
  minimumSample: 30,
  interval: burstIntervalText,
  notes: [
    "An abandoned call counts on the day on which it was queued, in the segments of its queueing, so that the rate never passes 100 %.",
    "A call counts once, however often it was queued or abandoned. One that was never queued counts nowhere until its call.queued arrives.",
    "Every abandonment counts, however short the wait.",
  ],
  references: [
    {
      title:
        "Gans, Koole & Mandelbaum 2003, Telephone Call Centers: Tutorial, Review, and Research Prospects, Manufacturing & Service Operations Management 5(2), 79–141",
      url: "https://doi.org/10.1287/msom.5.2.79.16071",
    },
  ],
  family: "queue",
  countsFrom: ["call"],
  facts: ["call.queued", "call.abandoned"],
  counters: ["queued", "abandoned"],
  increments: {
    "call-queued": () => ({ queued: 1 }),
    "call-abandoned": () => ({ abandoned: 1 }),
  },
  compute(period) {
    const queued = period.count("queued");
    const abandoned = period.count("abandoned");
    const spread = spreadOverDays(period.daily("abandoned"), period.daily("queued"));
    return {
      ...percentageOf(abandoned, queued, spread),
      n: queued,
      components: { queued, abandoned, notAbandoned: queued - abandoned },
      sample: { kind: "proportion", successes: abandoned, n: queued, spread },
    };
  },
});
