import { defineMetric } from "./metric.ts";
import { meanInterval } from "./statistics/mean.ts";

export const mobileScore = defineMetric({
  id: "mobile-score",
  name: "Mobile score",
  area: "web",
  description: "How well pages suit mobile devices, as the mean of scores from 0 to 100.",
  formula: "mean of 0–100",
  unit: "score",
  better: "higher",
  smallestChange: {
    value: 5,
    source:
      "Our own choice: the scores of an unchanged page differ from run to run (Lighthouse, Score variability), though no figure is published by how much",
  },
  version: 1,
  minimumSample: 30,
  interval: "Student's t interval of the mean, clamped to the scale.",
  notes: [
    "Scores of one tool: those of another, or of another version of it, belong into another workspace or a dimension.",
    "groupBy=page shows each page; over all of them each score weighs the same.",
  ],
  references: [
    {
      title: "Lighthouse performance scoring: 0 to 100, 90 and above is good",
      url: "https://developer.chrome.com/docs/lighthouse/performance/performance-scoring",
    },
    { title: "Student 1908, The Probable Error of a Mean, Biometrika 6(1), 1–25" },
  ],
  range: () => ({ min: 0, max: 100 }),
  family: "mobile-score",
  countsFrom: ["events"],
  facts: ["mobile.scored"],
  counters: ["scores", "sum", "squares"],
  increments: {
    "mobile-scored": (occurrence) => ({ scores: 1, sum: occurrence.score, squares: occurrence.score ** 2 }),
  },
  compute(period) {
    const moments = {
      n: period.count("scores"),
      sum: period.sum("sum"),
      sumOfSquares: period.sum("squares"),
    };
    const scale = { min: 0, max: 100 };
    const { mean, low, high, standardDeviation } = meanInterval(moments, scale);
    return {
      ...{ value: mean, low, high },
      n: moments.n,
      components: { scores: moments.n, standardDeviation },
      sample: { kind: "mean", ...moments, scale },
    };
  },
});
