import type { Cells } from "../period.ts";
import { type Bounds, noBounds, normalQuantile, significanceLevel } from "./bounds.ts";
import { sizeOf, valueOfRank } from "./sketch.ts";

/** Up to here the binomial distribution is summed; beyond, the normal one is as close as a rank is wide. */
const exactUpTo = 1_000;

/** Two ranks among sorted values, 1 for the smallest. */
export interface Ranks {
  readonly low: number;
  readonly high: number;
}

/**
 * Between which of n sorted values a quantile of what they are drawn from lies, in at least 95 of 100 samples, whatever their
 * distribution: the number of values below the quantile is binomial (W. J. Conover 1999, "Practical Nonparametric
 * Statistics", 3rd edition, section 3.2). At most 2.5 % are left out on either side. `null` for so few values that no two of
 * them enclose it so often.
 * @param quantile between 0 and 1, both excluded
 */
export function quantileRanks(n: number, quantile: number): Ranks | null {
  const ranks = n <= exactUpTo ? exactRanks(n, quantile) : normalRanks(n, quantile);
  return ranks.low >= 1 && ranks.high <= n ? ranks : null;
}

function exactRanks(n: number, quantile: number): Ranks {
  const tail = significanceLevel / 2;
  // In logarithms, as the probability of none of a thousand is too small for a number.
  let logProbability = n * Math.log1p(-quantile);
  let atMost = 0;
  let low = 0;
  for (let below = 0; below <= n; below += 1) {
    atMost += Math.exp(logProbability);
    if (atMost <= tail) low = below + 1;
    if (atMost >= 1 - tail) return { low, high: below + 1 };
    logProbability += Math.log(((n - below) / (below + 1)) * (quantile / (1 - quantile)));
  }
  return { low, high: n + 1 };
}

function normalRanks(n: number, quantile: number): Ranks {
  const margin = normalQuantile * Math.sqrt(n * quantile * (1 - quantile));
  return { low: Math.floor(n * quantile - margin), high: Math.ceil(n * quantile + margin) + 1 };
}

/**
 * The 95 % interval of a quantile of what cells hold, from order statistics (see `quantileRanks`). Its ends are right to the
 * accuracy of the cells. Null bounds where there are too few values.
 */
export function quantileInterval(cells: Cells, quantile: number): Bounds {
  const ranks = quantileRanks(sizeOf(cells), quantile);
  if (!ranks) return noBounds;
  return { low: valueOfRank(cells, ranks.low), high: valueOfRank(cells, ranks.high) };
}

/**
 * A standard error that would give an interval as wide (R. S. Woodruff 1952, "Confidence intervals for medians and other
 * position measures"): for tests of a difference. `null` without an interval.
 */
export function standardErrorOf({ low, high }: Bounds): number | null {
  return low === null || high === null ? null : (high - low) / (2 * normalQuantile);
}
