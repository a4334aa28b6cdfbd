import { normalQuantile } from "./bounds.ts";
import { complementaryError, logGamma, regularisedBeta } from "./special-functions.ts";

/** From here on the series is right to more digits than it takes. */
const seriesFrom = 100;

/** Above this many degrees of freedom Student's t and the normal distribution give the same p to 6 digits. */
const normalFrom = 1_000_000;

/** The probability outside a 95 % interval. */
const outside = 0.05;

/**
 * The t that leaves 2.5 % on either side of Student's t distribution: what a 95 % interval multiplies a standard error
 * with. Right to 7 decimals for any number of degrees of freedom from 1.
 *
 * From 100 degrees of freedom on by the asymptotic series in 1/ν of Abramowitz & Stegun 1964, formula 26.7.5; below by
 * Newton's method, which never passes the solution: the p-value falls with t, and ever more slowly.
 * @param degreesOfFreedom above 0, not necessarily whole
 */
export function studentQuantile(degreesOfFreedom: number): number {
  if (degreesOfFreedom >= seriesFrom) return quantileBySeries(degreesOfFreedom);
  let t = normalQuantile;
  for (let step = Number.POSITIVE_INFINITY; step > 1e-12 * t; ) {
    step = (twoSidedStudent(t, degreesOfFreedom) - outside) / (2 * studentDensity(t, degreesOfFreedom));
    t += step;
  }
  return t;
}

function quantileBySeries(degreesOfFreedom: number): number {
  const z = normalQuantile;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degreesOfFreedom + second / degreesOfFreedom ** 2 + third / degreesOfFreedom ** 3;
}

function studentDensity(t: number, nu: number): number {
  const constant = Math.exp(logGamma((nu + 1) / 2) - logGamma(nu / 2)) / Math.sqrt(nu * Math.PI);
  return constant * (1 + (t * t) / nu) ** (-(nu + 1) / 2);
}

/**
 * The probability that a standard normal variable is at least as far from 0 as `z`, on either side: the p-value of a
 * two-sided z test.
 */
export function twoSidedNormal(z: number): number {
  return complementaryError(Math.abs(z) / Math.SQRT2);
}

/**
 * The probability that Student's t is at least as far from 0 as `t`, on either side: the p-value of a two-sided t test.
 * @param degreesOfFreedom above 0, not necessarily whole
 */
export function twoSidedStudent(t: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom > normalFrom) return twoSidedNormal(t);
  return regularisedBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}

/**
 * The probability that χ² is greater than a value (Abramowitz & Stegun 1964, formulas 26.4.4 and 26.4.5).
 * @param value at least 0
 * @param degreesOfFreedom a whole number, at least 1
 */
export function upperTailOfChiSquare(value: number, degreesOfFreedom: number): number {
  const half = value / 2;
  if (half <= 0) return 1;
  const isOdd = degreesOfFreedom % 2 === 1;
  let tail = isOdd ? complementaryError(Math.sqrt(half)) : Math.exp(-half);
  for (let freedom = isOdd ? 1 : 2; freedom < degreesOfFreedom; freedom += 2) {
    tail += Math.exp((freedom / 2) * Math.log(half) - half - logGamma(freedom / 2 + 1));
  }
  return Math.min(1, tail);
}
