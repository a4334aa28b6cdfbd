import { normalQuantile, significanceLevel } from "./bounds.ts";
import type { Spread } from "./clusters.ts";
import { studentQuantile, twoSidedNormal, twoSidedStudent } from "./distributions.ts";
import { differenceOf, type Estimate, intervalOf, testAgainstZero } from "./estimate.ts";
import {
  isBounded,
  isWhole,
  type Moments,
  meanEstimate,
  meanInterval,
  type Scale,
  sampleVariance,
} from "./mean.ts";
import { adjustedNetPromoter, type NetPromoterCounts } from "./nps.ts";
import { permutationTest } from "./permutation.ts";
import { effectiveCases, levelOf, type ProportionCounts, wilsonInterval } from "./proportion.ts";
import { logGamma } from "./special-functions.ts";

/** The result of a two-sided test of a difference: the first value less the second. */
export interface TestResult {
  /** How probable so large a difference is if nothing changed, 0 to 1; `null` where the data allow no test. */
  readonly pValue: number | null;
  /** Whether the p-value is below 0.05. `false` where the data allow no test: nothing was shown to differ. */
  readonly significant: boolean;
  /** The 95 % interval of the difference, in the unit of the values; `null` where the data allow none. */
  readonly low: number | null;
  readonly high: number | null;
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

/** An estimate that is close to normally distributed, with its standard error in the same unit. */
export interface NormalEstimate {
  readonly estimate: number;
  readonly standardError: number;
  /** The measuring resolution: differences up to this are no difference. In the same unit; 0 when absent. */
  readonly resolution?: number;
}

function judge(pValue: number): { pValue: number; significant: boolean } {
  return { pValue, significant: pValue < significanceLevel };
}

/** The z test of a difference with its standard error, and its interval. */
function zTest(difference: number, standardError: number): ZTest {
  const z = difference === 0 ? 0 : difference / standardError;
  const margin = normalQuantile * standardError;
  return { z, ...judge(twoSidedNormal(z)), low: difference - margin, high: difference + margin };
}

const nothing = { pValue: null, significant: false, low: null, high: null };
const noZTest: ZTest = { z: null, ...nothing };
const noTTest: TTest = { t: null, degreesOfFreedom: null, ...nothing };

/** Up to so many answers in the smaller sample all ways to deal the answers are counted. */
const maxForPermutations = 50;

/**
 * Whether two Net Promoter Scores of independent samples differ: the difference of the adjusted estimates over the
 * root of the sum of their squared standard errors (J. Lewis & J. Sauro 2021, "How to statistically compare two Net
 * Promoter Scores", on the adjusted Wald interval of Rocks 2016). While either sample is small, p is at least that of the exact permutation
 * test (see `permutationTest`). Nulls when either has no answers.
 * @throws RangeError when a count is negative or not whole.
 */
export function compareNetPromoter(first: NetPromoterSample, second: NetPromoterSample): ZTest {
  const a = adjustedNetPromoter(first, first.spread);
  const b = adjustedNetPromoter(second, second.spread);
  if (!a || !b) return noZTest;
  const test = zTest(a.estimate - b.estimate, Math.hypot(a.standardError, b.standardError));
  if (Math.min(sizeOf(first), sizeOf(second)) > maxForPermutations) return test;
  return {
    ...test,
    ...judge(Math.max(test.pValue ?? 0, permutationTest(countsOf(first), countsOf(second)))),
  };
}

/** The answers behind a Net Promoter Score, and how it differs from customer to customer. */
export interface NetPromoterSample extends NetPromoterCounts {
  readonly spread?: Spread | undefined;
}

function countsOf({ promoters, passives, detractors }: NetPromoterSample): NetPromoterCounts {
  return { promoters, passives, detractors };
}

function sizeOf({ promoters, passives, detractors }: NetPromoterCounts): number {
  return promoters + passives + detractors;
}

/**
 * Whether two proportions of independent samples differ, with Newcombe's interval of the difference (R. G. Newcombe 1998, "Interval estimation
 * for the difference between independent proportions", Statistics in Medicine 17(8), 873–890, method 10) from the Wilson intervals l, u of both:
 *
 *     p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²)  to  p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²)
 *
 * The p-value is what the widest such interval that leaves out 0 leaves out, so that test and interval never disagree; `z` is how many standard errors
 * it reaches. Shares that differ more from day to day than their cases say count as fewer cases (see `effectiveCases`).
 *
 * Nulls when either has no cases. When all or none succeeded in both, z is 0 and the p-value 1. The counts may be
 * fractions: an estimated share comes with its effective sample size (see `wilsonInterval`).
 * @throws RangeError when a count is negative or infinite, or there are more successes than cases.
 */
export function compareProportions(first: ProportionCounts, second: ProportionCounts): ZTest {
  const a = effectiveCases(first);
  const b = effectiveCases(second);
  if (first.n === 0 || second.n === 0) return noZTest;
  const difference = first.successes / first.n - second.successes / second.n;
  const degreesOfFreedom = freedomOf(a, b);
  const interval = newcombeInterval(a, b, difference);
  const ends = interval(levelOf(studentQuantile(degreesOfFreedom), degreesOfFreedom));
  if (difference === 0) return { z: 0, ...judge(1), ...ends };
  const excludes = (quantile: number) => {
    const { low, high } = interval(levelOf(quantile, degreesOfFreedom));
    return difference > 0 ? low > 0 : high < 0;
  };
  const z = widest(excludes);
  return { z: Math.sign(difference) * z, ...judge(twoSidedStudent(z, degreesOfFreedom)), ...ends };
}

interface Cases {
  readonly successes: number;
  readonly n: number;
  readonly degreesOfFreedom: number;
}

function freedomOf(a: Cases, b: Cases): number {
  const varianceOf = ({ successes, n }: Cases) => (successes * (n - successes)) / n ** 3;
  const estimateFrom = (cases: Cases): Estimate => ({
    value: 0,
    third: 0,
    ...cases,
    variance: varianceOf(cases),
  });
  return differenceOf(estimateFrom(a), estimateFrom(b)).degreesOfFreedom;
}

/** Newcombe's interval at any level. */
function newcombeInterval(a: Cases, b: Cases, difference: number) {
  return (level: ReturnType<typeof levelOf>): { low: number; high: number } => {
    const [one, two] = [reach(a, level), reach(b, level)];
    return {
      low: difference - Math.hypot(one.down, two.up),
      high: difference + Math.hypot(one.up, two.down),
    };
  };
}

/** How far the Wilson interval reaches down and up from the share. */
function reach({ successes, n }: Cases, level: ReturnType<typeof levelOf>): { down: number; up: number } {
  const { low, high } = wilsonInterval(successes, n, level);
  const share = successes / n;
  return { down: share - (low ?? share), up: (high ?? share) - share };
}

/** Beyond it, no double tells a p-value from 0. */
const maxQuantile = 40;

/** How many standard errors the widest interval reaches for which something holds, if it holds for all that are narrower. */
function widest(holds: (quantile: number) => boolean): number {
  let [reached, beyond] = [0, maxQuantile];
  if (holds(beyond)) return beyond;
  for (let round = 0; round < 45; round += 1) {
    const middle = (reached + beyond) / 2;
    if (holds(middle)) reached = middle;
    else beyond = middle;
  }
  return reached;
}

/**
 * Whether two means of independent samples differ, whatever their variances: Welch's t test (B. L. Welch 1947) with
 * the degrees of freedom of Welch and Satterthwaite, not rounded.
 *
 *     t = (x̄₁ − x̄₂) / √(s₁²/n₁ + s₂²/n₂)
 *     ν = (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁ − 1) + (s₂²/n₂)²/(n₂ − 1))
 *
 * Where the values are skewed p is at least that of Hall's transformation of t (X.-H. Zhou & P. Dinh 2005, "Nonparametric confidence intervals
 * for the one- and two-sample problems", Biostatistics 6(2), 187–200): skewed samples of unequal sizes differ by chance more often than t says.
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
export function compareMeans(first: MeanSample, second: MeanSample, scale?: Scale): TTest {
  const firstVariance = sampleVariance(first);
  const secondVariance = sampleVariance(second);
  if (firstVariance === null || secondVariance === null) return noTTest;
  const sign = Number(first.sum) / first.n - Number(second.sum) / second.n;
  const a = errorOf(first, firstVariance, sign > 0 ? "low" : "high", scale);
  const b = errorOf(second, secondVariance, sign > 0 ? "high" : "low", scale);
  const difference = differenceOf(a, b);
  const test = testAgainstZero(difference);
  const least = firstVariance > 0 && secondVariance > 0 ? 0 : leastOfPermutations(first.n, second.n);
  if (!test) return { ...noTTest, ...judge(isSameMean(first, second) ? 1 : least) };
  const { t, degreesOfFreedom, pValue } = test;
  return { t, degreesOfFreedom, ...judge(Math.max(least, pValue)), ...intervalOf(difference) };
}

/** A sample of values, and how its mean differs from day to day. */
export interface MeanSample extends Moments {
  readonly spread?: Spread | undefined;
}

function errorOf(sample: MeanSample, variance: number, side: "low" | "high", scale?: Scale): Estimate {
  const value = Number(sample.sum) / sample.n;
  const estimate = meanEstimate(sample, scale, sample.spread);
  if (estimate && (variance > 0 || !isBounded(scale))) return { ...estimate, value };
  const { mean, [side]: end } = meanInterval(sample, scale, 1, sample.spread);
  const standardError = (Number(mean) - Number(end)) / normalQuantile;
  return { value, variance: standardError ** 2, degreesOfFreedom: Number.POSITIVE_INFINITY, third: 0 };
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
 * of many equal values is (see `quantileInterval`). A difference that the instrument cannot tell is none, however sure the estimates
 * are: p is 1, and the interval has 0 inside.
 */
export function compareEstimates(first: NormalEstimate, second: NormalEstimate): ZTest {
  const difference = first.estimate - second.estimate;
  const standardError = Math.hypot(first.standardError, second.standardError);
  // Values that are exactly one cell apart differ in the last digit of the sum of their errors.
  const resolution = ((first.resolution ?? 0) + (second.resolution ?? 0)) * (1 + 1e-9);
  const { low, high } = zTest(difference, standardError);
  const { z, pValue, significant } = zTest(beyond(difference, resolution), standardError);
  return { z, pValue, significant, low: (low ?? 0) - resolution, high: (high ?? 0) + resolution };
}

/** How much further from 0 a difference is than what cannot be told apart. */
function beyond(difference: number, resolution: number): number {
  return Math.sign(difference) * Math.max(0, Math.abs(difference) - resolution);
}
