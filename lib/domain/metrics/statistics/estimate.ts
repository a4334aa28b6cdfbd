import type { Bounds } from "./bounds.ts";
import { studentQuantile, twoSidedStudent } from "./distributions.ts";
import { skewedAgain, unskewed } from "./skewness.ts";

/** An estimate, such as a mean, and how far it can be off. */
export interface Estimate {
  readonly value: number;
  /** The square of its standard error, in the square of its unit. */
  readonly variance: number;
  /** How well the variance is known; infinite where it follows from the value. */
  readonly degreesOfFreedom: number;
  /** Its third cumulant, in the third power of its unit: of a mean the values' third central moment over n². */
  readonly third: number;
}

/** The skewness of an estimate. */
function skewOf({ variance, third }: Estimate): number {
  return variance > 0 ? third / variance ** 1.5 : 0;
}

/**
 * The 95 % interval of an estimate: from the lower to the upper end of two, Student's and that of Hall's transformation (P. Hall
 * 1992), as it takes few values to see that they are skewed, and many to know how much.
 */
export function intervalOf(estimate: Estimate): { readonly low: number; readonly high: number } {
  const { value, variance, degreesOfFreedom } = estimate;
  const error = Math.sqrt(variance);
  const t = studentQuantile(degreesOfFreedom);
  const skew = skewOf(estimate);
  return {
    low: value - error * Math.max(t, skewedAgain(t, skew)),
    high: value - error * Math.min(-t, skewedAgain(-t, skew)),
  };
}

/** The result of a test of an estimate against 0. */
export interface ZeroTest {
  /** The estimate over its standard error. */
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** The greater one of the two p-values that belong to the intervals of `intervalOf`: below 0.05 where its interval leaves 0 out. */
  readonly pValue: number;
}

/**
 * Whether an estimate differs from 0.
 * @returns `undefined` where it has no error to measure it by
 */
export function testAgainstZero(estimate: Estimate): ZeroTest | undefined {
  const { value, variance, degreesOfFreedom } = estimate;
  if (!(variance > 0)) return undefined;
  const t = value / Math.sqrt(variance);
  const plain = twoSidedStudent(t, degreesOfFreedom);
  const transformed = twoSidedStudent(unskewed(t, skewOf(estimate)), degreesOfFreedom);
  return { t, degreesOfFreedom, pValue: Math.max(plain, transformed) };
}

/**
 * The difference of two independent estimates, with the degrees of freedom of Welch and Satterthwaite, not rounded
 * (B. L. Welch 1947): ν = (V₁ + V₂)²/(V₁²/ν₁ + V₂²/ν₂).
 */
export function differenceOf(later: Estimate, earlier: Estimate): Estimate {
  const variance = later.variance + earlier.variance;
  const freedom =
    variance ** 2 /
    (later.variance ** 2 / later.degreesOfFreedom + earlier.variance ** 2 / earlier.degreesOfFreedom);
  return {
    value: later.value - earlier.value,
    variance,
    degreesOfFreedom: Number.isNaN(freedom) ? Number.POSITIVE_INFINITY : freedom,
    third: later.third - earlier.third,
  };
}

/** An estimate in a unit of which so many make one of the other. */
export function inUnit({ value, variance, degreesOfFreedom, third }: Estimate, unit: number): Estimate {
  return { value: value / unit, variance: variance / unit ** 2, degreesOfFreedom, third: third / unit ** 3 };
}

/** Bounds of an estimate that stay on a scale. */
export function boundsOf(estimate: Estimate, scale: { readonly min: number; readonly max: number }): Bounds {
  const { low, high } = intervalOf(estimate);
  const within = (end: number) => Math.min(scale.max, Math.max(scale.min, end));
  return { low: within(low), high: within(high) };
}
