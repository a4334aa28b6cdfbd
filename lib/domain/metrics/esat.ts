import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { defineMetric } from "./metric.ts";
import { otherScale } from "./remark.ts";
import { answersBetween, cellsOf, histogramComponents, histogramOf } from "./scales.ts";
import { meanOf, percent } from "./statistics/fraction.ts";
import { summarise } from "./statistics/histogram.ts";
import { meanInterval } from "./statistics/mean.ts";
import { thirdMomentOf } from "./statistics/skewness.ts";

/** Counted under the survey's name: in its family other surveys have scales of the same names. */
const ten = { name: "esat", from: 1, to: 10 } as const;
const five = { name: "esat-1-5", from: 1, to: 5 } as const;

/** The conventions, as the scales are called in answers. */
const [onTen, onFive] = ["1-10", "1-5"] as const;

/** The lowest score of the top box: the upper three of ten, the upper two of five. */
const topBoxFrom = { [onTen]: 8, [onFive]: 4 } as const;

/** Employee satisfaction. */
export const esat = defineMetric({
  id: "esat",
  name: "Employee satisfaction",
  area: "survey",
  description: "How satisfied employees are with their work, as the mean of answers on 1–10.",
  formula: "mean of 1–10 (or 1–5); top-box = 100·(answers 8–10, or 4–5)/n",
  unit: "score",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval:
    "Student's t interval of the mean, clamped to the scale; from 30 answers on widened to that of Hall's transformation (1992), and with fewer degrees of freedom, where they are skewed.",
  notes: [
    "Asked of employees: an answer carries no customer id.",
    "Answers on 1–5 declare the scale 1-5, and are never mixed in: convention=1-5 shows them alone, with 4–5 as top box; beside the other convention they are in the components “mean 1-5” and “n 1-5”, and have a card of their own in the report, as soon as there is one.",
  ],
  references: [{ title: "Student 1908, The Probable Error of a Mean, Biometrika 6(1), 1–25" }],
  conventions: [onTen, onFive],
  apart: { [onFive]: "Employee satisfaction on 1–5", [onTen]: "Employee satisfaction" },
  range: (convention) => {
    const { from, to } = convention === onFive ? five : ten;
    return { min: from, max: to };
  },
  family: "nps",
  countsFrom: ["responses"],
  facts: ["response:esat"],
  counters: [...cellsOf(ten), ...cellsOf(five), ...feedbackCounters("esat")],
  increments: {
    answered: (occurrence) => {
      if (occurrence.survey !== "esat") return undefined;
      const scale = occurrence.scale === onFive ? five : ten;
      return { [`${scale.name}:${occurrence.score}`]: 1, ...feedbackOf(occurrence) };
    },
  },
  compute(period, { convention }) {
    const isOnFive = convention === onFive;
    const [scale, other] = isOnFive ? [five, ten] : [ten, five];
    const histogram = histogramOf(period, scale);
    const { n, sum, sumOfSquares } = summarise(histogram);
    const moments = { n, sum, sumOfSquares, third: thirdMomentOf(histogram, sum / n) };
    const ends = { min: scale.from, max: scale.to };
    const { mean, low, high } = meanInterval(moments, ends);
    const satisfied = answersBetween(histogram, topBoxFrom[isOnFive ? onFive : onTen], scale.to);
    const others = summarise(histogramOf(period, other));
    const otherName = isOnFive ? onTen : onFive;
    const remarks = otherScale(otherName, others.n);
    return {
      value: mean,
      low,
      high,
      n,
      components: {
        satisfied,
        topBoxPercent: percent(satisfied, n),
        ...histogramComponents(histogram),
        ...(others.n > 0
          ? { [`mean ${otherName}`]: meanOf(others.sum, others.n), [`n ${otherName}`]: others.n }
          : {}),
      },
      ...(remarks.length > 0 ? { remarks } : {}),
      sample: { kind: "mean", ...moments, scale: ends },
    };
  },
});
