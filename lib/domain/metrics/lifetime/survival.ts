import { daysPerMonth } from "../../calendar/intervals.ts";
import { normalQuantile } from "../statistics/bounds.ts";
import { upperTailOfChiSquare } from "../statistics/distributions.ts";
import { countBelow } from "../statistics/in-order.ts";
import { inverse } from "./maximum.ts";

/** Survival: after how long customers leave, with those who have not left yet counted as long as they are known. */

/** How long a customer was there. */
export interface Lifetime {
  /** Days from joining to being lost the first time, or to the last day that is known. */
  readonly days: number;
  /** Whether it was lost then. */
  readonly isLost: boolean;
  /** Curves of several groups are apart; empty where there are no groups. */
  readonly group: string;
}

/** The share of customers who are still there at the end of a month of their time. */
export interface SurvivalStep {
  /** Months since joining. */
  readonly month: number;
  /** How many were there and known until its end. */
  readonly atRisk: number;
  /** How many were lost up to then. */
  readonly lost: number;
  /** From 0 to 1. */
  readonly share: number;
  /** Its 95 % interval; `null` as long as nobody is lost, and where nobody is left. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The curve of a group. */
export interface SurvivalCurve {
  readonly group: string;
  readonly customers: number;
  readonly lost: number;
  /** The first day of their time at whose end at most half are there; `null` where that is not reached. */
  readonly medianDays: number | null;
  /** Month by month, as long as anybody is known: the first month always. */
  readonly steps: readonly SurvivalStep[];
}

/** At most so many months: ten years. */
const maxMonths = 120;

/** Half, with what rounding may add to a share. */
const half = 0.5 + 1e-9;

/**
 * The curves of all groups, by name (E. L. Kaplan & P. Meier 1958, "Nonparametric estimation from incomplete observations", JASA 53, 457–481), with
 * Greenwood's variance on the scale of log(−log), whose interval stays between 0 and 1 (J. D. Kalbfleisch & R. L. Prentice 2002, "The Statistical Analysis of
 * Failure Time Data", 2nd edition, section 1.4).
 */
export function survivalCurves(lifetimes: readonly Lifetime[]): SurvivalCurve[] {
  return [...Map.groupBy(lifetimes, ({ group }) => group)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, own]) => curveOf(group, own));
}

/** The state of a curve after a day on which somebody was lost. */
interface Drop {
  readonly days: number;
  readonly share: number;
  /** Greenwood's sum: lost/(at risk · (at risk − lost)) of each such day. */
  readonly sum: number;
  readonly lost: number;
}

function curveOf(group: string, lifetimes: readonly Lifetime[]): SurvivalCurve {
  const inOrder = lifetimes.map(({ days }) => days).sort((a, b) => a - b);
  const drops: Drop[] = [];
  let [share, sum, lost] = [1, 0, 0];
  // Losses with nobody in between who is not known any longer leave a plain share of those who were there before: rounded once, not with each loss.
  let [shareBefore, there, left] = [1, lifetimes.length, lifetimes.length];
  for (const { days, atRisk, lost: now } of lossesOf(lifetimes)) {
    if (atRisk !== left) [shareBefore, there] = [share, atRisk];
    left = atRisk - now;
    share = (shareBefore * left) / there;
    sum += now / (atRisk * left);
    lost += now;
    drops.push({ days, share, sum, lost });
  }
  const longest = inOrder.at(-1) ?? 0;
  const months = Math.min(maxMonths, Math.max(1, Math.ceil(longest / daysPerMonth)));
  const steps = Array.from({ length: months }, (_, index): SurvivalStep => {
    const end = Math.floor((index + 1) * daysPerMonth);
    const last = drops.findLast(({ days }) => days <= end);
    const atRisk = inOrder.length - countBelow(inOrder, end);
    const { share: there, sum: variance, lost: so } = last ?? { share: 1, sum: 0, lost: 0 };
    return { month: index + 1, atRisk, lost: so, share: there, ...boundsOf(there, variance) };
  });
  const medianDays = drops.find((drop) => drop.share <= half)?.days ?? null;
  return { group, customers: lifetimes.length, lost, medianDays, steps };
}

/** The days on which somebody was lost, in order: how many, and how many were there until then. */
function lossesOf(lifetimes: readonly Lifetime[]): { days: number; atRisk: number; lost: number }[] {
  const byDays = new Map<number, { lost: number; all: number }>();
  for (const { days, isLost } of lifetimes) {
    const own = byDays.get(days) ?? { lost: 0, all: 0 };
    byDays.set(days, { lost: own.lost + Number(isLost), all: own.all + 1 });
  }
  let atRisk = lifetimes.length;
  return [...byDays]
    .sort(([a], [b]) => a - b)
    .flatMap(([days, { lost, all }]) => {
      const found = { days, atRisk, lost };
      atRisk -= all;
      return lost > 0 ? [found] : [];
    });
}

function boundsOf(share: number, sum: number): Pick<SurvivalStep, "low" | "high"> {
  if (share <= 0 || share >= 1) return { low: null, high: null };
  const margin = (normalQuantile * Math.sqrt(sum)) / Math.abs(Math.log(share));
  return { low: share ** Math.exp(margin), high: share ** Math.exp(-margin) };
}

/** Whether groups stay for different times. */
export interface LogRank {
  /** χ². */
  readonly statistic: number;
  /** The number of groups that are compared, less one. */
  readonly degreesOfFreedom: number;
  /** How probable so large a difference is if all stay alike. */
  readonly pValue: number;
}

/**
 * The log-rank test of all groups in which somebody was known until the first loss: of the others nothing was to be seen (N. Mantel 1966, "Evaluation of
 * survival data and two new rank order statistics", Cancer Chemotherapy Reports 50, 163–170).
 * @returns `undefined` for fewer than two such groups, and where too few were lost to compare them
 */
export function logRank(lifetimes: readonly Lifetime[]): LogRank | undefined {
  const losses = lossesOf(lifetimes);
  const [first] = losses;
  if (!first) return undefined;
  const seen = lifetimes.filter(({ days }) => days >= first.days);
  const groups = [...new Set(seen.map(({ group }) => group))].sort();
  if (groups.length < 2) return undefined;
  const own = groups.map((name) => lifetimes.filter(({ group }) => group === name));
  const ends = own.map((some) => some.map(({ days }) => days).sort((a, b) => a - b));
  const lostOn = own.map((some) => new Map(lossesOf(some).map(({ days, lost }) => [days, lost])));
  // The last group follows from the others.
  const free = groups.length - 1;
  const excess = new Array<number>(free).fill(0);
  const covariance = excess.map(() => new Array<number>(free).fill(0));
  for (const { days, atRisk, lost } of losses) {
    const shares = ends.map((inOrder) => (inOrder.length - countBelow(inOrder, days)) / atRisk);
    const spread = atRisk > 1 ? (lost * (atRisk - lost)) / (atRisk - 1) : 0;
    for (let row = 0; row < free; row += 1) {
      const share = shares[row] ?? 0;
      excess[row] = (excess[row] ?? 0) + (lostOn[row]?.get(days) ?? 0) - lost * share;
      for (let column = 0; column < free; column += 1) {
        const cells = covariance[row] ?? [];
        cells[column] =
          (cells[column] ?? 0) + spread * share * (Number(row === column) - (shares[column] ?? 0));
      }
    }
  }
  const inverted = inverse(covariance);
  if (!inverted) return undefined;
  const statistic = inverted.reduce(
    (total, cells, row) =>
      total + (excess[row] ?? 0) * cells.reduce((sum, cell, column) => sum + cell * (excess[column] ?? 0), 0),
    0,
  );
  return { statistic, degreesOfFreedom: free, pValue: upperTailOfChiSquare(statistic, free) };
}
