import {
  compareEstimates,
  compareMeans,
  compareNetPromoter,
  compareProportions,
  type NormalEstimate,
  type ProportionCounts,
  type TestResult,
} from "./statistics/comparison.ts";
import type { Moments, Scale } from "./statistics/mean.ts";
import type { NetPromoterCounts } from "./statistics/nps.ts";

/**
 * What a value was estimated from, in the form that a test of two values needs. A metric that gives its sample can be
 * compared; one that does not has no sampling error, or its periods are not independent of each other.
 */
export type Sample =
  | ({ readonly kind: "net-promoter" } & NetPromoterCounts)
  | ({ readonly kind: "proportion" } & ProportionCounts)
  | ({
      readonly kind: "mean";
      /** Where it has two ends: what equal values leave open is measured by them. */
      readonly scale?: Scale;
    } & Moments)
  | ({ readonly kind: "estimate" } & NormalEstimate);

/**
 * Whether two samples differ, by a two-sided test at 5 %: z for Net Promoter Scores, proportions
 * and estimates with a standard error, Welch's t for means.
 * @returns `undefined` where either has no sample, or they are of different kinds
 */
export function compareSamples(
  first: Sample | undefined,
  second: Sample | undefined,
): TestResult | undefined {
  if (first?.kind === "net-promoter" && second?.kind === "net-promoter") {
    return compareNetPromoter(countsOf(first), countsOf(second));
  }
  if (first?.kind === "proportion" && second?.kind === "proportion") return compareProportions(first, second);
  if (first?.kind === "mean" && second?.kind === "mean") return compareMeans(first, second, first.scale);
  if (first?.kind === "estimate" && second?.kind === "estimate") return compareEstimates(first, second);
  return undefined;
}

function countsOf({ promoters, passives, detractors }: NetPromoterCounts): NetPromoterCounts {
  return { promoters, passives, detractors };
}
