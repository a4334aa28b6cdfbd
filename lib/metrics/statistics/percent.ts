import type { Bounds } from "./bounds.ts";
import { wilsonInterval } from "./proportion.ts";

/** A proportion in per cent with its 95 % interval; all are `null` where there are no cases. */
export interface PercentInterval extends Bounds {
  readonly value: number | null;
}

/**
 * A proportion in per cent with Wilson's interval (see `wilsonInterval`).
 * @throws RangeError when a count is negative or infinite, or there are more successes than cases.
 */
export function percentOf(successes: number, n: number): PercentInterval {
  const { low, high } = wilsonInterval(successes, n);
  return {
    value: n === 0 ? null : (100 * successes) / n,
    low: low === null ? null : 100 * low,
    high: high === null ? null : 100 * high,
  };
}
