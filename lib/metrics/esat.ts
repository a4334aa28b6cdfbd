import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { defineMetric } from "./metric.ts";
import { answersBetween, cellsOf, histogramComponents, histogramOf } from "./scales.ts";
import { percent } from "./statistics/fraction.ts";
import { summarise } from "./statistics/histogram.ts";
import { meanInterval } from "./statistics/mean.ts";
import { thirdMomentOf } from "./statistics/skewness.ts";

/** Answers on 1–10. Named by the survey: in its family another survey has a scale 1–10 too. */
const scale = { name: "esat", from: 1, to: 10 } as const;

/** Employee satisfaction. */
export const esat = defineMetric({
  id: "esat",
  name: "Employee satisfaction",
  area: "survey",
  description: "How satisfied employees are with their work, as the mean of answers on 1–10.",
  formula: "mean of 1–10; top-box = 100·(answers 8–10)/n",
  unit: "score",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval:
    "Student's t interval of the mean, clamped to the scale; from 30 answers on widened to that of Hall's transformation (1992), and with fewer degrees of freedom, where they are skewed.",
  notes: ["Asked of employees: an answer carries no customer id."],
  references: [{ title: "Student 1908, The Probable Error of a Mean, Biometrika 6(1), 1–25" }],
  range: () => ({ min: scale.from, max: scale.to }),
  family: "nps",
  countsFrom: ["responses"],
  facts: ["response:esat"],
  counters: [...cellsOf(scale), ...feedbackCounters("esat")],
  increments(occurrence) {
    if (occurrence.kind !== "answered" || occurrence.survey !== "esat") return undefined;
    return { [`${scale.name}:${occurrence.score}`]: 1, ...feedbackOf(occurrence) };
  },
  compute(period) {
    const histogram = histogramOf(period, scale);
    const { n, sum, sumOfSquares } = summarise(histogram);
    const moments = { n, sum, sumOfSquares, third: thirdMomentOf(histogram, sum / n) };
    const ends = { min: scale.from, max: scale.to };
    const { mean, low, high } = meanInterval(moments, ends);
    const satisfied = answersBetween(histogram, 8, 10);
    return {
      value: mean,
      low,
      high,
      n,
      components: {
        satisfied,
        topBoxPercent: percent(satisfied, n),
        ...histogramComponents(histogram),
      },
      sample: { kind: "mean", ...moments, scale: ends },
    };
  },
});
