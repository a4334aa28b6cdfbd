import { defineMetric } from "./metric.ts";

/** Next pages. */
export const nextPage = defineMetric({
  id: "next-page",
  name: "Next pages",
  area: "web",
  description: "How often people went on from one page or article to another: what they do after it.",
  formula: "page loads that came from another page",
  unit: "count",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None: every load is counted, so there is no sampling error.",
  notes: [
    "A load (page.loaded) counts here where it names the page before it (previousPage), and that is another one.",
    "After a page: filter.previousPage=/help/returns with groupBy=page and top=20 shows where people went from there, the most frequent first.",
    "Who leaves goes to no next page: bounce-rate with groupBy=exitPage shows on which page visits end.",
    "A fact with a count stands for so many loads.",
  ],
  references: [{ title: "Kaushik 2010, Web Analytics 2.0, chapter 3: next page flow" }],
  // With the loads themselves, whose counters change anyway.
  family: "page-speed",
  countsFrom: ["events"],
  facts: ["page.loaded"],
  counters: ["moves"],
  increments: {
    "pages-loaded": (occurrence) => (occurrence.isNext ? { moves: occurrence.count } : undefined),
  },
  compute(period) {
    const moves = period.count("moves");
    return {
      ...{ value: moves, low: null, high: null, n: moves },
      components: { moves },
      sample: { kind: "process", daily: () => period.daily("moves"), isCount: true },
    };
  },
});
