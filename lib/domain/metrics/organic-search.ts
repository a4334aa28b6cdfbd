import { defineMetric } from "./metric.ts";

/** Visits from search. */
export const organicSearch = defineMetric({
  id: "organic-search",
  name: "Organic search traffic",
  area: "web",
  description: "How many visits came from unpaid results of search engines.",
  formula: "visits from search",
  unit: "count",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None: every visit is counted, so there is no sampling error.",
  notes: [
    "groupBy=keyword shows what was searched for, groupBy=page the pages and articles that visits began on, groupBy=device the devices (a dimension).",
    "Search engines tell few keywords: visits without one are in the group without a value.",
  ],
  references: [{ title: "Kaushik 2010, Web Analytics 2.0, chapter 4: search analytics" }],
  family: "organic-search",
  countsFrom: ["events"],
  facts: ["search.landed"],
  counters: ["visits"],
  increments: {
    "search-landed": (occurrence) => ({ visits: occurrence.count }),
  },
  compute(period) {
    const visits = period.count("visits");
    return {
      ...{ value: visits, low: null, high: null },
      n: visits,
      components: { visits },
      sample: { kind: "process", daily: () => period.daily("visits"), isCount: true },
    };
  },
});
