import { normalQuantile, significanceLevel } from "./bounds.ts";
import { twoSidedNormal, twoSidedStudent } from "./distributions.ts";
import { isBounded, isWhole, type Moments, meanInterval, type Scale, sampleVariance } from "./mean.ts";
import { adjustedNetPromoter, type NetPromoterCounts } from "./nps.ts";
import { logGamma } from "./special-functions.ts";

/** What a two-sided test says of a difference. */
export interface TestResult {
  /** How probable so large a difference is if nothing changed, 0 to 1; `null` where the data allow no test. */
  readonly pValue: number | null;
  /** Whether the p-value is below 0.05. `false` where the data allow no test: nothing was shown to differ. */
  readonly significant: boolean;
}

/** The result of a z test. `z` is positive when the first value is the greater one. */
export interface ZTest extends TestResult {
  readonly z: number | null;
}

/** The result of a t test. `t` is positive when the first mean is the greater one. */
export interface TTest extends TestResult {
  readonly t: number | null;
  readonly degreesOfFreedom: number | null;
}

/** A proportion as counted. */
export interface ProportionCounts {
  readonly successes: number;
  readonly n: number;
}

/** An estimate that is close to normally distributed, with its standard error in the same unit. */
export interface NormalEstimate {
  readonly estimate: number;
  readonly standardError: number;
}

function judge(pValue: number): { pValue: number; significant: boolean } {
  return { pValue, significant: pValue < significanceLevel };
}

function zTest(z: number): ZTest {
  return { z, ...judge(twoSidedNormal(z)) };
}

const noZTest: ZTest = { z: null, pValue: null, significant: false };
const noTTest: TTest = { t: null, degreesOfFreedom: null, pValue: null, significant: false };

/**
 * Whether two Net Promoter Scores of independent samples differ: the difference of the adjusted estimates over the
 * root of the sum of their squared standard errors (J. Lewis & J. Sauro 2021, "How to statistically compare two Net
 * Promoter Scores", on the adjusted Wald interval of Rocks 2016). Nulls when either has no answers.
 * @throws RangeError when a count is negative or not whole.
 */
export function compareNetPromoter(first: NetPromoterCounts, second: NetPromoterCounts): ZTest {
  const a = adjustedNetPromoter(first);
  const b = adjustedNetPromoter(second);
  if (!a || !b) return noZTest;
  return zTest((a.estimate - b.estimate) / Math.hypot(a.standardError, b.standardError));
}

/**
 * Whether two proportions of independent samples differ: the z test with the pooled share p, whose z² is Pearson's χ²
 * without continuity correction (K. Pearson 1900; A. Agresti 2002, "Categorical Data Analysis", section 3.2).
 *
 *     z = (p₁ − p₂) / √(p(1 − p)(1/n₁ + 1/n₂))
 *
 * Nulls when either has no cases. When all or none succeeded in both, z is 0 and the p-value 1. The counts may be
 * fractions: an estimated share comes with its effective sample size (see `wilsonInterval`).
 * @throws RangeError when a count is negative or infinite, or there are more successes than cases.
 */
export function compareProportions(first: ProportionCounts, second: ProportionCounts): ZTest {
  for (const { successes, n } of [first, second]) {
    // Written so that NaN is refused as well.
    if (!(successes >= 0 && successes <= n && n < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${successes} successes of ${n} cases`);
    }
  }
  if (first.n === 0 || second.n === 0) return noZTest;
  const pooled = (first.successes + second.successes) / (first.n + second.n);
  if (pooled === 0 || pooled === 1) return zTest(0);
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n));
  return zTest((first.successes / first.n - second.successes / second.n) / standardError);
}

/**
 * Whether two means of independent samples differ, whatever their variances: Welch's t test (B. L. Welch 1947) with
 * the degrees of freedom of Welch and Satterthwaite, not rounded.
 *
 *     t = (x̄₁ − x̄₂) / √(s₁²/n₁ + s₂²/n₂)
 *     ν = (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁ − 1) + (s₂²/n₂)²/(n₂ − 1))
 *
 * Where either has no spread, its s² of 0 says that there are too few values to know it, not that nothing varies. On a scale
 * with two ends it is taken for as uncertain as its interval says (see `meanInterval`), on the side that faces the other
 * mean, with endless degrees of freedom, as that interval is made with the normal distribution. And p is never below
 * 2/C(n₁ + n₂, n₁), the least that a permutation test can give (R. A. Fisher 1935, "The Design of Experiments"): of all
 * ways to deal the values into samples of these sizes, at least two are as extreme. Where neither has
 * spread and the scale is open, that is p, and `t` and ν are `null`.
 *
 * All is `null` when either sample has fewer than two values.
 * @param scale that both were measured on
 * @throws RangeError when an `n` is negative or not whole.
 */
export function compareMeans(first: Moments, second: Moments, scale?: Scale): TTest {
  const firstVariance = sampleVariance(first);
  const secondVariance = sampleVariance(second);
  if (firstVariance === null || secondVariance === null) return noTTest;
  const difference = Number(first.sum) / first.n - Number(second.sum) / second.n;
  const a = errorOf(first, firstVariance, difference > 0 ? "low" : "high", scale);
  const b = errorOf(second, secondVariance, difference > 0 ? "high" : "low", scale);
  const squared = a.squared + b.squared;
  const least = firstVariance > 0 && secondVariance > 0 ? 0 : leastOfPermutations(first.n, second.n);
  if (squared === 0) return { ...noTTest, ...judge(isSameMean(first, second) ? 1 : least) };
  const t = difference / Math.sqrt(squared);
  const degreesOfFreedom =
    squared ** 2 / (a.squared ** 2 / a.degreesOfFreedom + b.squared ** 2 / b.degreesOfFreedom);
  return { t, degreesOfFreedom, ...judge(Math.max(least, twoSidedStudent(t, degreesOfFreedom))) };
}

/** The squared standard error of a mean, in the square of the values' unit, and how well it is known. */
interface MeanError {
  readonly squared: number;
  readonly degreesOfFreedom: number;
}

function errorOf(moments: Moments, variance: number, side: "low" | "high", scale?: Scale): MeanError {
  if (variance > 0 || !isBounded(scale)) {
    return { squared: variance / moments.n, degreesOfFreedom: moments.n - 1 };
  }
  const { mean, [side]: end } = meanInterval(moments, scale);
  const standardError = (Number(mean) - Number(end)) / normalQuantile;
  return { squared: standardError ** 2, degreesOfFreedom: Number.POSITIVE_INFINITY };
}

function leastOfPermutations(first: number, second: number): number {
  return Math.min(1, 2 * Math.exp(logGamma(first + 1) + logGamma(second + 1) - logGamma(first + second + 1)));
}

function isSameMean(first: Moments, second: Moments): boolean {
  if (!isWhole(first.sum) || !isWhole(second.sum)) {
    return Number(first.sum) / first.n === Number(second.sum) / second.n;
  }
  // In whole numbers: large sums of the same value can differ in the last digit of their means.
  return BigInt(first.sum) * BigInt(second.n) === BigInt(second.sum) * BigInt(first.n);
}

/**
 * Whether two estimates of independent samples differ: their difference over the root of the sum of their squared standard
 * errors. Without any error in either, whatever differs does so significantly (`z` is infinite): an estimate must come with
 * an error of 0 only where its interval is that one value although there are enough data for one, as that of a quantile
 * of many equal values is (see `quantileInterval`).
 */
export function compareEstimates(first: NormalEstimate, second: NormalEstimate): ZTest {
  const difference = first.estimate - second.estimate;
  return zTest(difference === 0 ? 0 : difference / Math.hypot(first.standardError, second.standardError));
}
