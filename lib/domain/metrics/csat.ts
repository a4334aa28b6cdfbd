import { customerSpread, methodOf, remarksOn } from "./customer-spread.ts";
import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { customersNote } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { answersBetween, cellsOf, histogramComponents, histogramOf } from "./scales.ts";
import { ratio } from "./statistics/fraction.ts";
import { summarise } from "./statistics/histogram.ts";
import { percentageOf, varianceOfShare } from "./statistics/proportion.ts";

/** Each scale, with the lowest score that counts as satisfied. */
const scales = [
  { name: "1-3", from: 1, to: 3, satisfiedFrom: 3 },
  { name: "1-4", from: 1, to: 4, satisfiedFrom: 3 },
  { name: "1-5", from: 1, to: 5, satisfiedFrom: 4 },
  { name: "1-6", from: 1, to: 6, satisfiedFrom: 5 },
  { name: "1-7", from: 1, to: 7, satisfiedFrom: 6 },
  { name: "1-10", from: 1, to: 10, satisfiedFrom: 8 },
  { name: "0-10", from: 0, to: 10, satisfiedFrom: 8 },
  { name: "0-5", from: 0, to: 5, satisfiedFrom: 4 },
] as const;

/**
 * Whether an answer is satisfied.
 * @throws RangeError when there is no such scale
 */
export function isSatisfied(scaleName: string, score: number): boolean {
  const scale = scales.find(({ name }) => name === scaleName);
  if (!scale) throw new RangeError(`CSAT has no scale ${scaleName}`);
  return score >= scale.satisfiedFrom;
}

/** Customer satisfaction: the share of satisfied answers. */
export const csat = defineMetric({
  id: "csat",
  name: "Customer satisfaction",
  area: "survey",
  description: "The share of answers to “How satisfied are you?” that are satisfied.",
  formula:
    "100·satisfied/n; satisfied = 3 of 3, 3–4 of 4, 4–5 of 5 (also on 0–5), 5–6 of 6, 6–7 of 7, 8–10 of 10",
  unit: "percent",
  better: "higher",
  smallestChange: {
    value: 1,
    source:
      "Our own choice: fewer than one answer in a hundred is seen by nobody who reads them. That satisfaction goes with market value at all: Fornell et al. 2006, Journal of Marketing 70(1), 3–14",
  },
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "The share adds over scales, since each answer is either satisfied or not; the means do not, so there is one for each scale.",
    "The full histogram of every scale that was used is among the components.",
    customersNote("answers"),
  ],
  references: [
    { title: "Farris et al. 2010, Marketing Metrics, 2nd edition, chapter 2: customer satisfaction" },
    {
      title:
        "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22(158), 209–212",
      url: "https://doi.org/10.1080/01621459.1927.10502953",
    },
  ],
  family: "csat",
  countsFrom: ["responses"],
  facts: ["response:csat"],
  counters: [...scales.flatMap((scale) => cellsOf(scale)), ...feedbackCounters("csat")],
  increments: {
    answered: (occurrence) =>
      occurrence.survey === "csat"
        ? { [`${occurrence.scale}:${occurrence.score}`]: 1, ...feedbackOf(occurrence) }
        : undefined,
  },
  cases: {
    types: ["response"],
    isOpen: false,
    brings: (fact) =>
      fact.type === "response" && fact.survey === "csat"
        ? Number(isSatisfied(fact.scale, fact.score))
        : undefined,
  },
  compute(period, settings) {
    let n = 0;
    let satisfied = 0;
    const details: Record<string, number> = {};
    for (const scale of scales) {
      const histogram = histogramOf(period, scale);
      const summary = summarise(histogram);
      if (summary.n === 0) continue;
      n += summary.n;
      satisfied += answersBetween(histogram, scale.satisfiedFrom, scale.to);
      details[`mean ${scale.name}`] = ratio(summary.sum, summary.n);
      Object.assign(details, histogramComponents(histogram, `${scale.name}:`));
    }
    const spread = customerSpread(period, settings, n, varianceOfShare(satisfied, n));
    const remarks = remarksOn(spread);
    return {
      ...percentageOf(satisfied, n, spread),
      n,
      components: { satisfied, notSatisfied: n - satisfied, ...details },
      sample: { kind: "proportion", successes: satisfied, n, spread },
      ...methodOf(spread),
      ...(remarks.length > 0 ? { remarks } : {}),
    };
  },
});
