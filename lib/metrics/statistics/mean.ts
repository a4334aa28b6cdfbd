import { type Bounds, clamp, noBounds, requireCounts } from "./bounds.ts";
import { studentQuantile } from "./distributions.ts";
import { ratio } from "./fraction.ts";
import { wilsonInterval } from "./proportion.ts";

/**
 * All that a mean and its interval need, and what adds when samples are merged. Sums of whole numbers are exact; those
 * that can pass 2^53 come as `bigint`.
 */
export interface Moments {
  /** How many values. */
  readonly n: number;
  /** Σx */
  readonly sum: number | bigint;
  /** Σx² */
  readonly sumOfSquares: number | bigint;
}

/** The ends of a scale, both included, in the unit of the values; infinite where it has none. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

/** A mean with its 95 % interval and standard deviation, all in the unit of the values. */
export interface MeanInterval extends Bounds {
  /** `null` without any value. */
  readonly mean: number | null;
  /** The sample standard deviation (n − 1 in the denominator); `null` for fewer than two values. */
  readonly standardDeviation: number | null;
}

/** Whether a number, of any size, is an integer. */
export function isWhole(value: number | bigint): boolean {
  return typeof value === "bigint" || Number.isInteger(value);
}

/**
 * The sample variance, (n·Σx² − (Σx)²)/(n·(n − 1)), in the square of the values' unit; `null` for fewer than two values.
 *
 * The difference in the numerator is taken in whole numbers of any size, so that no digit cancels: values of 10⁹ that
 * differ by 1 have the right variance. Sums of fractions are subtracted as they are and lose what cancels.
 * @throws RangeError when `n` is negative or not whole.
 */
export function sampleVariance({ n, sum, sumOfSquares }: Moments): number | null {
  requireCounts({ n });
  if (n < 2) return null;
  if (isWhole(sum) && isWhole(sumOfSquares)) {
    const numerator = BigInt(n) * BigInt(sumOfSquares) - BigInt(sum) ** 2n;
    // Sums given as numbers above 2^53 are rounded already and can leave a little less than nothing.
    return numerator > 0n ? ratio(numerator, BigInt(n) * BigInt(n - 1)) : 0;
  }
  return Math.max(0, (Number(sumOfSquares) - Number(sum) ** 2 / n) / (n - 1));
}

/** The mean in the unit of the answer: of whole numbers rounded once. */
function meanOf({ n, sum }: Moments, unit: number): number {
  return isWhole(sum) ? ratio(BigInt(sum), BigInt(n) * BigInt(unit)) : Number(sum) / (n * unit);
}

/** Whether a scale has two ends. */
export function isBounded(scale: Scale | undefined): scale is Scale {
  return scale !== undefined && Number.isFinite(scale.min) && Number.isFinite(scale.max);
}

/**
 * The interval of a bounded scale's mean when every answer was the same and the t interval would be ±0. At most the
 * share `w` of all answers differs (the upper end of Wilson's interval for 0 of n), each by at most the way to the end
 * of the scale.
 */
function intervalOfEqualAnswers(mean: number, n: number, scale: Scale): Bounds {
  const differing = wilsonInterval(0, n).high ?? 1;
  return { low: mean - differing * (mean - scale.min), high: mean + differing * (scale.max - mean) };
}

/**
 * A mean and its 95 % interval: mean ± t·s/√n, with Student's t of n − 1 degrees of freedom (Student 1908) and the
 * sample standard deviation s.
 *
 * Without values all is `null`; a single value has a mean but neither interval nor standard deviation. With `scale` the
 * interval stays within the scale, and on one with two ends answers that are all the same never give ±0 (see the
 * interval for 0 of n in Wilson 1927). On any other, values that are all the same give that value alone.
 * @param scale in the unit of the answer
 * @param unit how many of the values' unit make one of the answer's: 1,000 for values in milliseconds and an answer in seconds
 * @throws RangeError when `n` is negative or not whole.
 */
export function meanInterval(moments: Moments, scale?: Scale, unit = 1): MeanInterval {
  const variance = sampleVariance(moments);
  const { n } = moments;
  if (n === 0) return { mean: null, ...noBounds, standardDeviation: null };
  const mean = meanOf(moments, unit);
  if (variance === null) return { mean, ...noBounds, standardDeviation: null };
  const standardDeviation = Math.sqrt(variance) / unit;
  if (variance === 0 && isBounded(scale)) {
    return { mean, ...intervalOfEqualAnswers(mean, n, scale), standardDeviation };
  }
  const margin = (studentQuantile(n - 1) * Math.sqrt(variance / n)) / unit;
  const { min, max } = scale ?? { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  return {
    mean,
    low: clamp(mean - margin, min, max),
    high: clamp(mean + margin, min, max),
    standardDeviation,
  };
}
