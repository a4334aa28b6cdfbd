import { type Bounds, noBounds } from "./bounds.ts";
import { minClusters } from "./clusters.ts";
import { differenceOf, type Estimate, intervalOf, testAgainstZero } from "./estimate.ts";
import { type DailyAmounts, totalOf } from "./process.ts";
import { freedomOfVariance } from "./skewness.ts";

/**
 * Quotients of what two processes make in the same days, as the cost of a new customer is: both are known in full, and yet no two months are the same.
 */

/** Below so many of what it is divided by, the quotient of as many days tells next to nothing. */
const minDenominator = 10;

/**
 * How far a value that is in proportion to Σy/Σx can be off, by the delta method (W. G. Cochran 1977, "Sampling Techniques", section 6.4): a day moves it by
 * y/Σy − x/Σx of itself, and the variance of these is that of a process (see `compareProcesses`), for x as a count at least Poisson's. As it is a quotient, it is
 * skewed at least as a lognormal distribution of its variance.
 * @param value above 0
 * @param numerators y of each day
 * @param counts x of each day: numbers of things
 * @returns `undefined` for fewer than seven days, or fewer than ten of what is counted
 */
export function quotientEstimate(
  value: number,
  numerators: DailyAmounts,
  counts: DailyAmounts,
): Estimate | undefined {
  const sumOf = (days: DailyAmounts) => days.reduce((sum, amount) => sum + amount, 0);
  const [total, counted] = [sumOf(numerators), sumOf(counts)];
  if (counts.length < minClusters || counted < minDenominator || !(total > 0) || !(value > 0))
    return undefined;
  const moves = counts.map((count, day) => (numerators[day] ?? 0) / total - count / counted);
  const process = totalOf(moves);
  const variance = Math.max(process.variance, 1 / counted);
  return {
    value,
    variance: value ** 2 * variance,
    degreesOfFreedom: Math.min(process.degreesOfFreedom, freedomOfVariance(moves.length, skewnessOf(moves))),
    third: value ** 3 * (Math.max(0, process.third) + 3 * variance ** 2),
  };
}

function skewnessOf(moves: DailyAmounts): number {
  const mean = (power: number) => moves.reduce((sum, move) => sum + move ** power, 0) / moves.length;
  const squares = mean(2);
  return squares === 0 ? 0 : mean(3) / squares ** 1.5;
}

/** Whether two quotients differ; `pValue` is `null` where neither has an error. */
export function compareQuotients(
  later: Estimate,
  earlier: Estimate,
): Bounds & { readonly pValue: number | null } {
  const difference = differenceOf(later, earlier);
  const test = testAgainstZero(difference);
  return test ? { pValue: test.pValue, ...intervalOf(difference) } : { pValue: null, ...noBounds };
}
