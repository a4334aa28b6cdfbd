import { customerSpread, methodOf, remarksOn } from "./customer-spread.ts";
import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { customersNote } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { otherScale, type Remark } from "./remark.ts";
import { answersBetween, cellsOf, histogramComponents, histogramOf } from "./scales.ts";
import { meanOf, percent } from "./statistics/fraction.ts";
import { summarise } from "./statistics/histogram.ts";
import { meanInterval, sampleVariance } from "./statistics/mean.ts";
import { thirdMomentOf } from "./statistics/skewness.ts";

const ease = { name: "1-7", from: 1, to: 7 } as const;
const effort = { name: "effort-1-5", from: 1, to: 5 } as const;

/** Customer effort score (Dixon, Freeman & Toman 2010; version 2.0 of 2013 asks for agreement on 1–7). */
export const ces = defineMetric({
  id: "ces",
  name: "Customer effort score",
  area: "survey",
  description:
    "How easy it was to get something done, as the mean of answers from 1 “very difficult” to 7 “very easy”.",
  formula: "mean of 1–7; top-box = 100·(answers 5–7)/n; index = 100·(answers 6–7 − answers 1–3)/n",
  unit: "score",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval:
    "Student's t interval of the mean, clamped to the scale; from 30 answers on widened to that of Hall's transformation (1992), and with fewer degrees of freedom, where they are skewed.",
  notes: [
    "The scale effort-1-5 runs from 1 “very low effort” to 5 “very high effort”, so lower is better: it is never mixed in. Ask for convention=effort-1-5 to see it alone; beside the other convention it is in the components “mean effort-1-5” and “n effort-1-5”, and has a card of its own in the report, as soon as there is one answer.",
    customersNote("answers"),
  ],
  references: [
    {
      title:
        "Dixon, Freeman & Toman 2010, Stop Trying to Delight Your Customers, Harvard Business Review 88(7/8)",
    },
    { title: "Dixon, Toman & DeLisi 2013, The Effortless Experience (CES 2.0)" },
  ],
  conventions: [ease.name, effort.name],
  apart: { [effort.name]: "Customer effort on 1–5", [ease.name]: "Customer effort score" },
  reversedIn: [effort.name],
  range: (convention) => {
    const { from, to } = convention === effort.name ? effort : ease;
    return { min: from, max: to };
  },
  family: "nps",
  countsFrom: ["responses"],
  facts: ["response:ces"],
  counters: [...cellsOf(ease), ...cellsOf(effort), ...feedbackCounters("ces")],
  increments: {
    answered: (occurrence) =>
      occurrence.survey === "ces"
        ? { [`${occurrence.scale}:${occurrence.score}`]: 1, ...feedbackOf(occurrence) }
        : undefined,
  },
  cases: {
    types: ["response"],
    isOpen: false,
    brings: (fact, { convention }) =>
      fact.type === "response" && fact.survey === "ces" && fact.scale === convention ? fact.score : undefined,
  },
  compute(period, settings) {
    const { convention } = settings;
    const onEffort = convention === effort.name;
    const [scale, other] = onEffort ? [effort, ease] : [ease, effort];
    const histogram = histogramOf(period, scale);
    const { n, sum, sumOfSquares } = summarise(histogram);
    const moments = { n, sum, sumOfSquares, third: thirdMomentOf(histogram, sum / n) };
    const ends = { min: scale.from, max: scale.to };
    const alone = (sampleVariance(moments) ?? 0) / Math.max(1, n);
    const spread = customerSpread(period, settings, n, alone);
    const { mean, low, high } = meanInterval(moments, ends, 1, spread);
    const share = (from: number, to: number) => percent(answersBetween(histogram, from, to), n);
    const index = percent(answersBetween(histogram, 6, 7) - answersBetween(histogram, 1, 3), n);
    const others = summarise(histogramOf(period, other));
    const otherAnswers = others.n;
    const remarks: Remark[] = [
      ...(onEffort ? [{ id: "remark.effortOnFive" } as const] : []),
      ...otherScale(other.name, otherAnswers),
      ...remarksOn(spread),
    ];
    return {
      value: mean,
      low,
      high,
      n,
      components: {
        ...(onEffort ? { lowEffortPercent: share(1, 2) } : { topBoxPercent: share(5, 7), index }),
        ...histogramComponents(histogram),
        ...(otherAnswers > 0
          ? { [`mean ${other.name}`]: meanOf(others.sum, others.n), [`n ${other.name}`]: others.n }
          : {}),
      },
      ...(remarks.length > 0 ? { remarks } : {}),
      sample: { kind: "mean", ...moments, scale: ends, spread },
      ...methodOf(spread),
    };
  },
});
