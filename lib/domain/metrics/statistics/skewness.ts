import { ratio } from "./fraction.ts";

/** The effect of skewed values on a mean: few large amounts, long waits. */

/** Sums of the values and of their powers: see `Moments`. */
interface Powers {
  readonly n: number;
  readonly sum: number | bigint;
  readonly sumOfSquares: number | bigint;
  readonly sumOfCubes: number | bigint;
}

/** Below so many values a third power says nothing: their skewness cannot pass (n − 2)/√(n − 1), however skewed what they are drawn from. */
export const minForSkewness = 30;

/**
 * The third central moment, Σ(x − x̄)³/n, in the third power of the values' unit: of whole numbers exactly, as
 * (n²·Σx³ − 3n·Σx·Σx² + 2(Σx)³)/n³.
 */
export function thirdMoment({ n, sum, sumOfSquares, sumOfCubes }: Powers): number {
  if (n === 0) return 0;
  const powers = [sum, sumOfSquares, sumOfCubes];
  if (powers.every((power) => typeof power === "bigint" || Number.isInteger(power))) {
    const count = BigInt(n);
    const [one, two, three] = [BigInt(sum), BigInt(sumOfSquares), BigInt(sumOfCubes)];
    return ratio(count ** 2n * three - 3n * count * one * two + 2n * one ** 3n, count ** 3n);
  }
  const mean = Number(sum) / n;
  return Number(sumOfCubes) / n - (3 * mean * Number(sumOfSquares)) / n + 2 * mean ** 3;
}

/**
 * The third central moment of what cells hold, from their middles: of a histogram exactly, of a sketch to about 3 %.
 * @param cells value → how often it occurred
 */
export function thirdMomentOf(cells: Iterable<readonly [number, number]>, mean: number): number {
  let [n, sum] = [0, 0];
  for (const [value, count] of cells) {
    n += count;
    sum += count * (value - mean) ** 3;
  }
  return n === 0 ? 0 : sum / n;
}

/**
 * The skewness of a lognormal distribution with a coefficient of variation: cv³ + 3cv (Aitchison & Brown 1957, "The Lognormal
 * Distribution", section 2.3). Amounts and durations are at least about so skewed; of a sample that missed the long tail, this tells more
 * than its own third power.
 */
export function lognormalSkewness(variation: number): number {
  return variation ** 3 + 3 * variation;
}

/**
 * How many values a mean needs, by the skewness of the values: more than 28 + 5·skewness². The form is Cochran's rule (Cochran 1977, "Sampling
 * Techniques", section 2.15; with the 28 of Sugden, Smith & Jones 2000, JRSS B 62(4), 787–793), whose 25 is for the plain normal interval. With the
 * corrected one 5 is enough: `npm run calibrate` measures it.
 */
export function valuesNeeded(skewness: number): number {
  return 28 + 5 * skewness ** 2;
}

/**
 * How well a variance is known from so many values: the more skewed they are, the heavier their tails, and the less. As many degrees of freedom as the variance of
 * a variance says, 2n/(κ − 1), with a κ of 3 + 1.5·skewness² (of a lognormal distribution it is 3 + 16/9·skewness² at least); at most n − 1.
 */
export function freedomOfVariance(n: number, skewness: number): number {
  return Math.min(n - 1, (2 * n) / (2 + 1.5 * skewness ** 2));
}

/**
 * Hall's transformation of a studentised estimate: T + A·T²/3 + A²·T³/27 + A/6 (P. Hall 1992, "On the removal of skewness by
 * transformation", JRSS B 54(1), 221–228). It is about normal where T, by a skewed estimate, is not. It grows with T.
 * @param skew the skewness of the estimate, not of the values: that of the values over √n, of a mean
 */
export function unskewed(t: number, skew: number): number {
  return t + (skew * t ** 2) / 3 + (skew ** 2 * t ** 3) / 27 + skew / 6;
}

/** The T that `unskewed` gives a value for. */
export function skewedAgain(value: number, skew: number): number {
  // So close to 0 the formula below loses all digits, and the two are the same.
  if (Math.abs(skew) < 1e-6) return value;
  return (3 / skew) * (Math.cbrt(1 + skew * (value - skew / 6)) - 1);
}
