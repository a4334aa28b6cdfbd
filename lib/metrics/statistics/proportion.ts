import { type Bounds, clamp, noBounds, normalQuantile } from "./bounds.ts";
import { percent } from "./fraction.ts";

/**
 * The 95 % interval of a proportion, as shares from 0 to 1: Wilson's score interval (E. B. Wilson 1927, "Probable
 * inference, the law of succession, and statistical inference"), without continuity correction.
 *
 *     (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)     p = successes/n
 *
 * It always contains the observed share, never leaves 0 to 1, and is never empty, not even when all or none succeed.
 * Null bounds when `n` is 0.
 *
 * The counts may be fractions: a share that was not counted but computed comes with the number of cases that would tell
 * as much (its effective sample size), and successes = share·n.
 * @throws RangeError when a count is negative or infinite, or there are more successes than cases.
 */
export function wilsonInterval(successes: number, n: number): Bounds {
  // Written so that NaN is refused as well.
  if (!(successes >= 0 && successes <= n && n < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${successes} successes of ${n} cases`);
  }
  if (n === 0) return noBounds;
  const share = successes / n;
  const z2 = normalQuantile ** 2;
  const centre = share + z2 / (2 * n);
  const margin = normalQuantile * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n ** 2));
  const scale = 1 + z2 / n;
  return {
    // At the ends of the scale the formula gives 0 and 1, but for the last digits.
    low: successes === 0 ? 0 : clamp((centre - margin) / scale, 0, share),
    high: successes === n ? 1 : clamp((centre + margin) / scale, share, 1),
  };
}

/** A share in per cent. */
export interface Percentage extends Bounds {
  /** `null` where there are no cases. */
  readonly value: number | null;
}

/** Of whole numbers rounded once. */
function shareOf(successes: number, n: number): number | null {
  if (Number.isSafeInteger(successes) && Number.isSafeInteger(n)) return percent(successes, n);
  return n === 0 ? null : (100 * successes) / n;
}

/**
 * A share in per cent with its 95 % interval (see `wilsonInterval`).
 * @throws RangeError when a count is negative or infinite, or there are more successes than cases.
 */
export function percentageOf(successes: number, n: number): Percentage {
  const { low, high } = wilsonInterval(successes, n);
  return {
    value: shareOf(successes, n),
    low: low === null ? null : 100 * low,
    high: high === null ? null : 100 * high,
  };
}
