import { type Balance, compareBalances } from "./statistics/balance.ts";
import {
  compareEstimates,
  compareMeans,
  compareNetPromoter,
  compareProportions,
  type MeanSample,
  type NetPromoterSample,
  type NormalEstimate,
} from "./statistics/comparison.ts";
import type { Estimate } from "./statistics/estimate.ts";
import { isTooSkewed, type Scale } from "./statistics/mean.ts";
import { compareProcesses, type DailyAmounts } from "./statistics/process.ts";
import type { ProportionCounts } from "./statistics/proportion.ts";
import { compareQuotients } from "./statistics/quotient.ts";
import { verdictLevel } from "./verdict.ts";

/**
 * The data behind a value, in the form that a test of two values needs. Changes are tested only for metrics that
 * give their sample.
 */
export type Sample =
  | ({ readonly kind: "net-promoter" } & NetPromoterSample)
  | ({
      /** The value is the share in per cent. */
      readonly kind: "proportion";
      /** Names the numerator, if it can be another one in another period: such shares are not compared. */
      readonly of?: string;
      /** Whether its cases come in bursts, so that without a spread over days nothing is known of how far it can be off. */
      readonly isClustered?: boolean;
    } & ProportionCounts)
  | ({
      readonly kind: "mean";
      /** If the scale has two ends: equal values are given an uncertainty from its width. In the unit of the values. */
      readonly scale?: Scale;
      /** How many of the values' unit make one of the metric's: 1,000 for milliseconds and seconds; 1 when absent. */
      readonly unit?: number;
    } & MeanSample)
  | ({ readonly kind: "estimate" } & NormalEstimate)
  | {
      /** A count or a sum: known in full, and yet no two weeks are the same. */
      readonly kind: "process";
      /** The amounts of the days; asked for only where something is compared. */
      readonly daily: () => DailyAmounts;
      /** Whether they are numbers of things. */
      readonly isCount: boolean;
      /** How many of the amounts' unit make one of the metric's; 1 when absent. */
      readonly unit?: number;
    }
  | ({ readonly kind: "balance" } & Balance)
  /** In the metric's unit: see `quotientEstimate`. */
  | ({ readonly kind: "quotient" } & Estimate);

/** How a value differs from an earlier one, in the metric's unit. */
export interface Difference {
  /** How probable so large a difference is if nothing changed; `null` where the data allow no test. */
  readonly pValue: number | null;
  /** Whether that is below `verdictLevel`. */
  readonly significant: boolean;
  /** The 95 % interval of the difference; `null` where the data allow none. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * How two samples differ, the first less the second: permutations and z for Net Promoter Scores, Newcombe's interval for proportions, Welch's t
 * for means with a correction where they are skewed, z for estimates with a standard error, counts as processes, and t for quotients of two of these.
 * @returns `undefined` where either has no sample, or they are of different kinds
 */
export function compareSamples(
  first: Sample | undefined,
  second: Sample | undefined,
): Difference | undefined {
  if (first?.kind === "net-promoter" && second?.kind === "net-promoter") {
    return scaled(compareNetPromoter(first, second), 1);
  }
  if (first?.kind === "proportion" && second?.kind === "proportion") {
    return first.of === second.of ? scaled(compareProportions(first, second), 1 / 100) : undefined;
  }
  if (first?.kind === "mean" && second?.kind === "mean") {
    return scaled(compareMeans(first, second, first.scale), first.unit ?? 1);
  }
  if (first?.kind === "estimate" && second?.kind === "estimate") {
    return scaled(compareEstimates(first, second), 1);
  }
  if (first?.kind === "process" && second?.kind === "process") {
    return scaled(compareProcesses(first.daily(), second.daily(), first.isCount), first.unit ?? 1);
  }
  if (first?.kind === "balance" && second?.kind === "balance")
    return scaled(compareBalances(first, second), 1);
  if (first?.kind === "quotient" && second?.kind === "quotient")
    return scaled(compareQuotients(first, second), 1);
  return undefined;
}

function scaled({ pValue, low, high }: Omit<Difference, "significant">, unit: number): Difference {
  const inUnit = (end: number | null) => (end === null ? null : end / unit);
  const significant = pValue !== null && pValue < verdictLevel;
  return { pValue, significant, low: inUnit(low), high: inUnit(high) };
}

/**
 * Whether an interval is not to be relied on, although there are as many values as the metric asks for: few large amounts or few customers decide the mean,
 * or nothing tells how large the bursts are in which cases come.
 */
export function isUnreliable(sample: Sample | undefined): boolean {
  if (sample && "spread" in sample && sample.spread?.isTooFew) return true;
  if (sample?.kind === "mean") return isTooSkewed(sample, sample.scale);
  if (sample?.kind !== "proportion" || !sample.isClustered) return false;
  return !sample.spread || sample.successes === 0 || sample.successes === sample.n;
}
