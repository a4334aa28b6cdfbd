import { defineMetric } from "./metric.ts";

/** Agent knowledge contributions. */
export const knowledgeContributions = defineMetric({
  id: "knowledge-contributions",
  name: "Agent knowledge contributions",
  area: "service",
  description:
    "How often agents created or improved articles of the knowledge base, and how often their articles resolved a case: by agent with groupBy=agent, by article with groupBy=articleId.",
  conventions: ["written", "resolved"],
  formula: "articles created + articles improved; resolved: cases that articles resolved",
  unit: "count",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None: every contribution is counted, so there is no sampling error.",
  notes: [
    "Whoever wrote an article first is its author: the earliest article.written creates it, each later one improves it and is credited to whoever sent it as agent.",
    "Uses and resolved cases are credited to the article's author, on the day of the use. An article whose article.written has not arrived is credited to nobody, and its uses count nowhere until it has.",
    "convention=resolved is how many cases articles resolved: with groupBy=articleId, sort=value and top=10 those that resolve most.",
    "A use resolved a case if it says so (resolved), and when it says nothing, if it names a ticket.",
  ],
  references: [
    { title: "Consortium for Service Innovation, KCS v6 Practices Guide: create, reuse and improve" },
  ],
  family: "knowledge",
  countsFrom: ["events", "article"],
  facts: ["article.written", "article.used"],
  counters: ["written", "created", "used", "resolvedCases"],
  increments: {
    "article-written": (occurrence) => ({ written: occurrence.times }),
    "article-created": (occurrence) => ({ created: occurrence.times }),
    "article-used": (occurrence) => ({ used: occurrence.times }),
    "article-resolved": (occurrence) => ({ resolvedCases: occurrence.times }),
  },
  compute(period, { convention }) {
    const written = period.count("written");
    const created = period.count("created");
    const used = period.count("used");
    const resolvedCases = period.count("resolvedCases");
    const components = { created, improved: written - created, used, resolvedCases };
    const counter = convention === "resolved" ? "resolvedCases" : "written";
    const value = period.count(counter);
    return {
      ...{ value, low: null, high: null, n: value, components, method: convention },
      sample: { kind: "process", daily: () => period.daily(counter), isCount: true },
    };
  },
});
