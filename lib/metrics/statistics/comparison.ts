import { significanceLevel } from "./bounds.ts";
import { twoSidedNormal, twoSidedStudent } from "./distributions.ts";
import { type Moments, sampleVariance } from "./mean.ts";
import { adjustedNetPromoter, type NetPromoterCounts } from "./nps.ts";

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
 * Nulls when either sample has fewer than two values, or neither has any spread.
 * @throws RangeError when an `n` is negative or not whole.
 */
export function compareMeans(first: Moments, second: Moments): TTest {
  const firstVariance = sampleVariance(first);
  const secondVariance = sampleVariance(second);
  if (firstVariance === null || secondVariance === null) return noTTest;
  const a = firstVariance / first.n;
  const b = secondVariance / second.n;
  if (a + b === 0) return noTTest;
  const t = (Number(first.sum) / first.n - Number(second.sum) / second.n) / Math.sqrt(a + b);
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (second.n - 1));
  return { t, degreesOfFreedom, ...judge(twoSidedStudent(t, degreesOfFreedom)) };
}

/**
 * Whether two estimates of independent samples differ: their difference over the root of the sum of their squared standard
 * errors. Nulls when neither has any error.
 */
export function compareEstimates(first: NormalEstimate, second: NormalEstimate): ZTest {
  const standardError = Math.hypot(first.standardError, second.standardError);
  return standardError === 0 ? noZTest : zTest((first.estimate - second.estimate) / standardError);
}
