import { contactVolume } from "./contact-volume.ts";
import { knowledgeContributions } from "./knowledge-contributions.ts";
import { defineMetric } from "./metric.ts";
import { percent } from "./statistics/fraction.ts";
import { quotientEstimate } from "./statistics/quotient.ts";

/** Contributions per 100 cases. */
export const contributionsPerCase = defineMetric({
  id: "contributions-per-case",
  name: "Contributions per 100 cases",
  area: "service",
  description:
    "How many articles of the knowledge base were created or improved for each hundred cases, and how many cases articles resolved.",
  formula: "100·(articles created + articles improved)/contacts opened",
  unit: "count",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval:
    "None: all contributions and all contacts are counted, so there is no sampling error. A change is tested by how much contributions and contacts differ from day to day (delta method, from seven days and ten contacts on).",
  notes: [
    "n is the contacts opened in the same period, in a group those of the group: by agent the cases of the agent. Without any the value is null.",
    "Contributions count on the day of the writing, contacts on the day of the opening: choose intervals that are long for the time between.",
  ],
  references: [
    { title: "Consortium for Service Innovation, KCS v6 Practices Guide: create, reuse and improve" },
  ],
  range: () => ({ min: 0, max: null }),
  family: "knowledge",
  counters: [],
  uses: [knowledgeContributions, contactVolume],
  compute(period) {
    const [contributions, contacts] = [period.count("written"), period.count("contacts")];
    const resolvedCases = period.count("resolvedCases");
    const value = percent(contributions, contacts);
    const estimate = value && quotientEstimate(value, period.daily("written"), period.daily("contacts"));
    return {
      ...{ value, low: null, high: null, n: contacts },
      ...(estimate ? { sample: { kind: "quotient", ...estimate } } : {}),
      components: {
        contributions,
        contacts,
        resolvedCases,
        resolvedPercent: percent(resolvedCases, contacts),
      },
    };
  },
});
