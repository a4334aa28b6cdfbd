import type { Bounds } from "./bounds.ts";

/**
 * Intervals that hold however often one looks: sequences of intervals that all contain the mean at once, with a probability of 95 %.
 */

/** The probability that any of them misses the mean. */
const outside = 0.05;

/** At so many values the sequence is to be about as narrow as it can be. */
const narrowestAt = 14;

/**
 * ρ² of the mixture that is narrowest at a number of values (I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy & A. Ramdas 2024, "Time-uniform central limit theory and
 * asymptotic confidence sequences", The Annals of Statistics 52(6), 2613–2640, equation 2.7).
 */
const mixture = (-2 * Math.log(outside) + Math.log(-2 * Math.log(outside) + 1)) / narrowestAt;

/**
 * Half the width of the interval of a mean of `n` values in an asymptotic confidence sequence (the same, theorem 2.2, after the mixture of Robbins that S. R. Howard, A. Ramdas,
 * J. McAuliffe & J. Sekhon 2021, The Annals of Statistics 49(2), 1055–1080, give for values with known variance):
 *
 *     s·√(2·(n·ρ² + 1)/(n²·ρ²)·log(√(n·ρ² + 1)/α))
 * @param deviation the standard deviation of the values
 */
export function sequenceHalfWidth(n: number, deviation: number): number {
  const weight = n * mixture;
  return (
    deviation * Math.sqrt(((2 * (weight + 1)) / (n * weight)) * Math.log(Math.sqrt(weight + 1) / outside))
  );
}

/** The interval of a mean at one of the looks. */
export function sequenceInterval(mean: number, n: number, deviation: number): Bounds {
  if (n < 1 || !Number.isFinite(deviation)) return { low: null, high: null };
  const half = sequenceHalfWidth(n, deviation);
  return { low: mean - half, high: mean + half };
}
