import { type Bounds, clamp, noBounds, normalQuantile } from "./bounds.ts";
import { freedomOf, inflationOf, type Spread } from "./clusters.ts";
import { studentQuantile, twoSidedNormal, twoSidedStudent } from "./distributions.ts";
import { percent } from "./fraction.ts";
import { poissonLimit } from "./poisson.ts";

/**
 * The 95 % interval of a proportion, as shares from 0 to 1: Wilson's score interval (E. B. Wilson 1927, "Probable
 * inference, the law of succession, and statistical inference"), without continuity correction.
 *
 *     (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)     p = successes/n
 *
 * It always contains the observed share, never leaves 0 to 1, and is never empty, not even when all or none succeed.
 * Null bounds when `n` is 0.
 *
 * From 30 cases on, where at most three of them succeed, the lower end is at most the Poisson one, and where at most three fail, so the upper one:
 * Wilson's alone covers a rare event's share in 84 of 100 samples only (L. D. Brown, T. T. Cai & A. DasGupta 2001, "Interval estimation for
 * a binomial proportion", Statistical Science 16(2), section 4.1.1).
 *
 * The counts may be fractions: a share that was not counted but computed comes with the number of cases that would tell
 * as much (its effective sample size), and successes = share·n.
 * @param level another than 95 %
 * @throws RangeError when a count is negative or infinite, or there are more successes than cases.
 */
export function wilsonInterval(successes: number, n: number, level: Level = usual): Bounds {
  requireShare(successes, n);
  if (n === 0) return noBounds;
  const share = successes / n;
  const z2 = level.quantile ** 2;
  const centre = share + z2 / (2 * n);
  const margin = level.quantile * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n ** 2));
  const scale = 1 + z2 / n;
  return {
    // At the ends of the scale the formula gives 0 and 1, but for the last digits.
    low:
      successes === 0
        ? 0
        : Math.min(clamp((centre - margin) / scale, 0, share), rareLimit(successes, n, level)),
    high:
      successes === n
        ? 1
        : Math.max(clamp((centre + margin) / scale, share, 1), 1 - rareLimit(n - successes, n, level)),
  };
}

/** How far an interval reaches, in standard errors, and what it leaves out on both sides together. */
export interface Level {
  readonly quantile: number;
  readonly outside: number;
}

const usual: Level = { quantile: normalQuantile, outside: twoSidedNormal(normalQuantile) };

/** Up to so many events are rare, from so many cases on. */
const rare = { events: 3, cases: 30 };

/** The lower end for a rare event; 1 where it is not rare. */
function rareLimit(events: number, n: number, { outside }: Level): number {
  return events > rare.events || n < rare.cases ? 1 : poissonLimit(events, outside) / n;
}

/** @throws RangeError when a count is negative or infinite, or there are more successes than cases. */
function requireShare(successes: number, n: number): void {
  // Written so that NaN is refused as well.
  if (!(successes >= 0 && successes <= n && n < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${successes} successes of ${n} cases`);
  }
}

/** A share as it was counted, and how it differs from day to day and from customer to customer. */
export interface ProportionCounts {
  readonly successes: number;
  readonly n: number;
  /** Of the share, 0 to 1. */
  readonly spread?: Spread | undefined;
}

/** The cases that tell as much as a share's, and how well that number is known. */
interface Effective {
  readonly successes: number;
  readonly n: number;
  readonly degreesOfFreedom: number;
}

/**
 * The sample that tells as much: where a share differs more from day to day or from customer to customer than its cases say, that of independent cases with this
 * variance, p(1 − p)/variance of them (the design effect of Kish 1965, section 5.4).
 */
export function effectiveCases({ successes, n, spread }: ProportionCounts): Effective {
  requireShare(successes, n);
  const share = successes / n;
  const alone = (share * (1 - share)) / n;
  if (!spread || (alone === 0 ? inflationOf(spread) === 1 : !(spread.variance > alone))) {
    return { successes, n, degreesOfFreedom: Number.POSITIVE_INFINITY };
  }
  const effective = alone === 0 ? n / inflationOf(spread) : (share * (1 - share)) / spread.variance;
  return { successes: share * effective, n: effective, degreesOfFreedom: freedomOf(spread) };
}

/** The variance of a share of so many independent cases, 0 to 1. */
export function varianceOfShare(successes: number, n: number): number {
  return n === 0 ? 0 : (successes * (n - successes)) / n ** 3;
}

/** The level of an interval that reaches so many standard errors. */
export function levelOf(quantile: number, degreesOfFreedom: number): Level {
  return { quantile, outside: twoSidedStudent(quantile, degreesOfFreedom) };
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
 * A share in per cent with its 95 % interval (see `wilsonInterval`), of the sample that tells as much (see `effectiveCases`).
 * @param spread of the share over days and customers, 0 to 1
 * @throws RangeError when a count is negative or infinite, or there are more successes than cases.
 */
export function percentageOf(successes: number, n: number, spread?: Spread): Percentage {
  const { low, high } = shareInterval({ successes, n, spread });
  return {
    value: shareOf(successes, n),
    low: low === null ? null : 100 * low,
    high: high === null ? null : 100 * high,
  };
}

/** The 95 % interval of a share, 0 to 1, of the sample that tells as much. */
export function shareInterval(counts: ProportionCounts): Bounds {
  const { successes, n, degreesOfFreedom } = effectiveCases(counts);
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return wilsonInterval(successes, n);
  return wilsonInterval(successes, n, levelOf(studentQuantile(degreesOfFreedom), degreesOfFreedom));
}
