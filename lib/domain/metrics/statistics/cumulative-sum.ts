import { twoSidedNormal } from "./distributions.ts";

/** Cumulative sums: whether a course has moved, looked at after each of its points. */

/** Half of the shift, in standard deviations, that is found soonest. */
const reference = 0.5;

/** For how many points probabilities of a false alarm are told: a month of days. */
export const horizon = 30;

/** A sum goes so much beyond its limit when it passes it, on average (D. Siegmund 1985, "Sequential Analysis", section 10.2), twice. */
const overshoot = 1.166;

/** The sums of a course so far. */
export interface Sums {
  /** Of points above the level, and of those below: never less than 0 (E. S. Page 1954, Biometrika 41, 100–115). */
  readonly above: number;
  readonly below: number;
  /** How many points each has been above 0 for: since when the course may have moved. */
  readonly pointsAbove: number;
  readonly pointsBelow: number;
}

/** Before the first point. */
export const noSums: Sums = { above: 0, below: 0, pointsAbove: 0, pointsBelow: 0 };

/** The sums after one more point. @param score standard normal while nothing changes */
export function addToSums(sums: Sums, score: number): Sums {
  const above = Math.max(0, sums.above + score - reference);
  const below = Math.max(0, sums.below - score - reference);
  return {
    above,
    below,
    pointsAbove: above > 0 ? sums.pointsAbove + 1 : 0,
    pointsBelow: below > 0 ? sums.pointsBelow + 1 : 0,
  };
}

/**
 * How probable it is that the sum on one side comes to be so great within `horizon` points, if nothing changes: 1 − exp(−horizon/ARL), with Siegmund's approximation of the average run length,
 * ARL = (exp(2·k·b) − 2·k·b − 1)/(2·k²), b = sum + 1.166.
 */
export function chanceOfSum(sum: number): number {
  const b = 2 * reference * (sum + overshoot);
  const runLength = (Math.exp(b) - b - 1) / (2 * reference ** 2);
  return -Math.expm1(-horizon / runLength);
}

/** How probable it is that any of `horizon` points is so far from its level, on either side, if nothing changes. */
export function chanceOfPoint(deviations: number): number {
  return -Math.expm1(horizon * Math.log1p(-Math.min(twoSidedNormal(deviations), 1 - 1e-9)));
}
