import { customerSpread, methodOf, remarksOn } from "./customer-spread.ts";
import { feedbackCounters, feedbackOf } from "./feedback.ts";
import { customersNote } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { otherScale, type Remark } from "./remark.ts";
import { answersBetween, cellsOf, histogramComponents, histogramOf } from "./scales.ts";
import { meanOf, percent } from "./statistics/fraction.ts";
import { summarise } from "./statistics/histogram.ts";
import { netPromoterInterval, varianceOfNetPromoter } from "./statistics/nps.ts";

const standard = { name: "0-10", from: 0, to: 10 } as const;
const fromOne = { name: "1-10", from: 1, to: 10 } as const;

/** Net Promoter Score (Reichheld 2003). */
export const nps = defineMetric({
  id: "nps",
  name: "Net Promoter Score",
  area: "survey",
  description:
    "How much more likely customers are to recommend you than not, from answers to “How likely are you to recommend us?” on 0–10.",
  formula: "100·(promoters − detractors)/n; 9–10 promoter, 7–8 passive, 0–6 detractor",
  unit: "points",
  better: "higher",
  smallestChange: {
    value: 1,
    source:
      "Marsden, Samson & Upton 2005, Advocacy Drives Growth (London School of Economics): 1 point goes with 0.147 % more growth, 7 points with 1 %",
  },
  version: 1,
  minimumSample: 30,
  interval:
    "Adjusted Wald: ¾ promoter, 1½ passives and ¾ detractor are added before the standard error is taken; clamped to ±100.",
  notes: [
    "Surveys asked on 1–10 declare the scale 1-10. They are not comparable and never mixed in: convention=1-10 shows them alone, a workspace can make that its default (conventions), and beside the other convention they are in the components “score 1-10”, “low 1-10”, “high 1-10” and “n 1-10”, and have a card of their own in the report, as soon as there is one.",
    "Scores add over surveys, segments and periods: the score of a year is computed from the year's answers, not from its months' scores.",
    customersNote("answers"),
  ],
  references: [
    { title: "Reichheld 2003, The One Number You Need to Grow, Harvard Business Review 81(12)" },
    {
      title:
        "Rocks 2016, Interval Estimation for the Net Promoter Score, The American Statistician 70(4), 365–372",
      url: "https://doi.org/10.1080/00031305.2016.1158124",
    },
  ],
  conventions: ["0-10", "1-10"],
  apart: { "1-10": "Net Promoter Score on 1–10", "0-10": "Net Promoter Score" },
  family: "nps",
  countsFrom: ["responses"],
  facts: ["response:nps"],
  counters: [...cellsOf(standard), ...cellsOf(fromOne), ...feedbackCounters("nps")],
  increments: {
    answered: (occurrence) =>
      occurrence.survey === "nps"
        ? { [`${occurrence.scale}:${occurrence.score}`]: 1, ...feedbackOf(occurrence) }
        : undefined,
  },
  cases: {
    types: ["response"],
    isOpen: false,
    brings: (fact, { convention }) =>
      fact.type === "response" && fact.survey === "nps" && fact.scale === convention
        ? Number(fact.score >= 9) - Number(fact.score <= 6)
        : undefined,
  },
  compute(period, settings) {
    const { convention } = settings;
    const [scale, other] = convention === "1-10" ? [fromOne, standard] : [standard, fromOne];
    const histogram = histogramOf(period, scale);
    const promoters = answersBetween(histogram, 9, 10);
    const passives = answersBetween(histogram, 7, 8);
    const detractors = answersBetween(histogram, 0, 6);
    const { n, sum } = summarise(histogram);
    const variance = varianceOfNetPromoter(promoters, passives, detractors) ?? 0;
    const spread = customerSpread(period, settings, n, variance / n);
    const { low, high } = netPromoterInterval(promoters, passives, detractors, spread);
    const others = histogramOf(period, other);
    const otherAnswers = answersBetween(others, 0, 10);
    const remarks: Remark[] = [
      ...(scale === fromOne ? [{ id: "remark.askedOnOneToTen" } as const] : []),
      ...otherScale(other.name, otherAnswers),
      ...remarksOn(spread),
    ];
    return {
      value: percent(promoters - detractors, n),
      low,
      high,
      n,
      components: {
        promoters,
        passives,
        detractors,
        meanScore: meanOf(sum, n),
        ...histogramComponents(histogram),
        ...(otherAnswers > 0 ? scoreApart(other.name, others) : {}),
      },
      ...(remarks.length > 0 ? { remarks } : {}),
      sample: { kind: "net-promoter", promoters, passives, detractors, spread },
      ...methodOf(spread),
    };
  },
});

/** The score of the answers on another scale, under its own name. */
function scoreApart(name: string, histogram: ReadonlyMap<number, number>): Record<string, number | null> {
  const promoters = answersBetween(histogram, 9, 10);
  const passives = answersBetween(histogram, 7, 8);
  const detractors = answersBetween(histogram, 0, 6);
  const n = promoters + passives + detractors;
  const { low, high } = netPromoterInterval(promoters, passives, detractors);
  return {
    [`score ${name}`]: percent(promoters - detractors, n),
    [`low ${name}`]: low,
    [`high ${name}`]: high,
    [`n ${name}`]: n,
  };
}
