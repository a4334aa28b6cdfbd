import { isTested, judgeTogether } from "../domain/metrics/verdict.ts";
import type { MetricSeries } from "./query.ts";

/** All comparisons in one answer are judged together, because among many comparisons some seem to show a change by chance. */

/** The same answers, with the verdicts that hold for all of them together. */
export function judgedTogether(answers: readonly MetricSeries[]): MetricSeries[] {
  const comparisons = answers.flatMap(({ groups }) => groups.flatMap(({ comparison }) => comparison));
  const tested = comparisons.filter(isTested).length;
  if (tested < 2) return [...answers];
  const judged = judgeTogether(comparisons)[Symbol.iterator]();
  return answers.map((answer) => ({
    ...answer,
    groups: answer.groups.map((group) => ({
      ...group,
      comparison: group.comparison.map((entry) => judged.next().value ?? entry),
    })),
    comparedTogether: tested,
  }));
}
