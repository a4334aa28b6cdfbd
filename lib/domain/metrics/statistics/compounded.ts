import { type Bounds, noBounds, requireCount } from "./bounds.ts";
import { Fraction } from "./fraction.ts";
import { wilsonInterval } from "./proportion.ts";

/** One day of a group that members join and leave. */
export interface DayAtRisk {
  /** How many there were when the day began. */
  readonly atRisk: number;
  /** How many of these were lost on it. */
  readonly lost: number;
}

/** A compounded share with its 95 % interval, 0 to 1. */
export interface CompoundedShare extends Bounds {
  readonly share: number | null;
  /** The share before it is rounded, to within 2^-100. */
  readonly exactShare: Fraction | null;
  /** The number of members that, watched from the first day to the last, would tell as much; 0 without any. */
  readonly effectiveN: number;
}

/** The share kept is a whole number of these parts: each day adds less than one part to the error. */
const wholeKept = 2n ** 128n;

/**
 * The share lost over a range of days, compounded from the days' shares, with its 95 % interval.
 *
 *     share = 1 − S,   S = Π(1 − lost/atRisk)                 the product-limit estimate (Kaplan & Meier 1958)
 *     variance = S²·Σ lost/(atRisk·(atRisk − lost))           Greenwood 1926
 *     effectiveN = S·(1 − S)/variance                         the binomial sample with this variance
 *
 * The interval is Wilson's for share·effectiveN of effectiveN (K. J. Rothman 1978, "Estimation of confidence limits for
 * the cumulative probability of survival in life table analysis"). For a group that none joins it is exactly Wilson's for
 * lost of atRisk. With no loss, or nobody left, the variance says nothing: the smallest group at risk stands for
 * effectiveN. Days that begin with nobody are left out; without any other day all is `null`.
 * @throws RangeError when a count is negative or not whole, or more are lost than were at risk.
 */
export function compoundedShare(days: Iterable<DayAtRisk>): CompoundedShare {
  let keptParts = wholeKept;
  let relativeVariance = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const { atRisk, lost } of days) {
    requireCount(atRisk, () => "atRisk");
    requireCount(lost, () => "lost");
    if (lost > atRisk) throw new RangeError(`${lost} lost of ${atRisk} at risk`);
    if (atRisk === 0) continue;
    if (lost > 0) keptParts = (keptParts * BigInt(atRisk - lost)) / BigInt(atRisk);
    relativeVariance += lost / (atRisk * (atRisk - lost) || Number.NaN);
    smallest = Math.min(smallest, atRisk);
  }
  if (smallest === Number.POSITIVE_INFINITY) {
    return { share: null, exactShare: null, ...noBounds, effectiveN: 0 };
  }
  const exactShare = new Fraction(wholeKept - keptParts, wholeKept);
  const share = exactShare.toNumber();
  const kept = Fraction.of(keptParts, wholeKept).toNumber();
  // S·(1 − S)/(S²·Σ…), shortened by S. Not a number after a day on which all were lost.
  const fromVariance = share / (kept * relativeVariance);
  const effectiveN = Number.isFinite(fromVariance) && fromVariance > 0 ? fromVariance : smallest;
  return { share, exactShare, ...wilsonInterval(share * effectiveN, effectiveN), effectiveN };
}
