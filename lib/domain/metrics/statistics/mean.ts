import { type Bounds, noBounds, requireCounts } from "./bounds.ts";
import { freedomOf, inflationOf, type Spread } from "./clusters.ts";
import { boundsOf, type Estimate, inUnit } from "./estimate.ts";
import { ratio } from "./fraction.ts";
import { wilsonInterval } from "./proportion.ts";
import { freedomOfVariance, lognormalSkewness, minForSkewness, valuesNeeded } from "./skewness.ts";

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
  /** The third central moment, Σ(x − x̄)³/n, where it is known (see `thirdMoment`). */
  readonly third?: number;
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

/** Whether a scale begins and does not end: of amounts, durations and numbers of things. */
function isOpen(scale: Scale | undefined): boolean {
  return scale !== undefined && scale.min >= 0 && scale.max === Number.POSITIVE_INFINITY;
}

/**
 * How skewed values are: by their third power where that is counted, on a scale without end at least as a lognormal distribution with their
 * coefficient of variation, upwards. 0 of fewer than 30 values, and where nothing is known of it.
 */
export function skewnessOf(moments: Moments, scale?: Scale): number {
  const variance = sampleVariance(moments);
  const { n, sum, third = 0 } = moments;
  if (!variance || n < minForSkewness) return 0;
  const skewness = third / variance ** 1.5;
  return isOpen(scale)
    ? Math.max(skewness, lognormalSkewness(Math.sqrt(variance) / (Number(sum) / n)))
    : skewness;
}

/**
 * Whether there are too few values for how skewed they are (see `valuesNeeded`). On a scale with two ends never: how far a value can be from the
 * others is known.
 */
export function isTooSkewed(moments: Moments, scale?: Scale): boolean {
  return isOpen(scale) && moments.n <= valuesNeeded(skewnessOf(moments, scale));
}

/**
 * A mean with its standard error s/√n, or that over days or customers where it is greater, with n − 1 degrees of freedom, or as many as there are
 * of these less one, fewer where the values are skewed (see `freedomOfVariance`); as skewed as its values, or as its customers where that is more. `null` for fewer than two values.
 * @param spread of the mean over days and customers, in the unit of the values
 * @throws RangeError when `n` is negative or not whole.
 */
export function meanEstimate(moments: Moments, scale?: Scale, spread?: Spread): Estimate | null {
  const variance = sampleVariance(moments);
  if (variance === null) return null;
  const { n } = moments;
  const alone = variance / n;
  const isClustered = spread !== undefined && spread.variance > alone;
  const skewness = skewnessOf(moments, scale);
  return {
    value: meanOf(moments, 1),
    variance: isClustered ? spread.variance : alone,
    degreesOfFreedom: Math.min(
      freedomOfVariance(n, skewness),
      isClustered ? freedomOf(spread) : (spread?.degreesOfFreedom ?? Number.POSITIVE_INFINITY),
    ),
    third: Math.max(
      (skewness * variance ** 1.5) / n ** 2,
      (spread?.skewness ?? Number.NEGATIVE_INFINITY) * (isClustered ? spread.variance : alone) ** 1.5,
    ),
  };
}

/**
 * A mean and its 95 % interval: mean ± t·s/√n, with Student's t of n − 1 degrees of freedom (Student 1908) and the
 * sample standard deviation s; from 30 values on widened to the interval of Hall's transformation where the values are skewed (see
 * `intervalOf` and `skewnessOf`), and where the mean differs more from day to day or from customer to customer than its values say, with that spread.
 *
 * Without values all is `null`; a single value has a mean but neither interval nor standard deviation. With `scale` the
 * interval stays within the scale, and on one with two ends answers that are all the same never give ±0 (see the
 * interval for 0 of n in Wilson 1927). On any other, values that are all the same give that value alone.
 * @param scale in the unit of the answer
 * @param unit how many of the values' unit make one of the answer's: 1,000 for values in milliseconds and an answer in seconds
 * @param spread of the mean over days and customers, in the unit of the values
 * @throws RangeError when `n` is negative or not whole.
 */
export function meanInterval(moments: Moments, scale?: Scale, unit = 1, spread?: Spread): MeanInterval {
  const variance = sampleVariance(moments);
  const { n } = moments;
  if (n === 0) return { mean: null, ...noBounds, standardDeviation: null };
  const mean = meanOf(moments, unit);
  const estimate = meanEstimate(moments, scale, spread);
  if (variance === null || estimate === null) return { mean, ...noBounds, standardDeviation: null };
  const standardDeviation = Math.sqrt(variance) / unit;
  if (variance === 0 && isBounded(scale)) {
    return { mean, ...intervalOfEqualAnswers(mean, n / inflationOf(spread), scale), standardDeviation };
  }
  const ends = scale ?? { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  return { mean, ...boundsOf({ ...inUnit(estimate, unit), value: mean }, ends), standardDeviation };
}
