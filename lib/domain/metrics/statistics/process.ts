import type { Bounds } from "./bounds.ts";
import { minClusters } from "./clusters.ts";
import { differenceOf, type Estimate, intervalOf, inUnit, testAgainstZero } from "./estimate.ts";

/**
 * Counts and sums by day as a process: they are known in full, and yet no two weeks are the same. Whether a total changed is
 * whether it differs by more than its days usually do.
 */

const daysPerWeek = 7;

/** Weeks of at least two are needed to tell what a weekday is like. */
const minDaysForWeekdays = 2 * daysPerWeek;

/** Of at least so many weeks the variance between them is told. */
const minWeeks = 8;

/** The amounts of consecutive days. */
export type DailyAmounts = readonly number[];

/** A total, and how far it can be off from what the process makes of as many days. */
interface Total extends Estimate {
  /** A day's amount, where each weekday weighs the same: a month with five Sundays is no other for it. */
  readonly rate: number;
}

/**
 * The total of days that follow each other: its variance is that of the days around the mean of their weekday (from two weeks on), and where there are eight weeks
 * at least that of the weeks, where it is greater.
 */
export function totalOf(days: DailyAmounts): Total {
  const total = days.reduce((sum, amount) => sum + amount, 0);
  const expected = days.length < minDaysForWeekdays ? means(days, 1) : means(days, daysPerWeek);
  const freedom = days.length - expected.length;
  let [squares, cubes] = [0, 0];
  for (let day = 0; day < days.length; day += 1) {
    const amount = days[day] ?? 0;
    const residue = amount - (expected[day % expected.length] ?? 0);
    squares += residue ** 2;
    cubes += residue ** 3;
  }
  const scale = days.length / freedom;
  const byDay = { variance: scale * squares, degreesOfFreedom: freedom };
  const byWeek = weekVariance(days);
  const spread = byWeek && byWeek.variance > byDay.variance ? byWeek : byDay;
  const rate = expected.reduce((sum, mean) => sum + mean, 0) / expected.length;
  return { value: total, ...spread, third: cubes, rate };
}

/** The means of every first, second … of so many days in turn. */
function means(days: DailyAmounts, period: number): number[] {
  const sums = new Array<number>(period).fill(0);
  const counts = new Array<number>(period).fill(0);
  for (let day = 0; day < days.length; day += 1) {
    const amount = days[day] ?? 0;
    sums[day % period] = (sums[day % period] ?? 0) + amount;
    counts[day % period] = (counts[day % period] ?? 0) + 1;
  }
  return sums.map((sum, index) => sum / (counts[index] || 1));
}

/** The variance of a total by its whole weeks: what a busy week does that a busy day does not. `undefined` for few weeks. */
function weekVariance(days: DailyAmounts): { variance: number; degreesOfFreedom: number } | undefined {
  const weeks = Math.floor(days.length / daysPerWeek);
  if (weeks < minWeeks) return undefined;
  const sums = new Array<number>(weeks).fill(0);
  for (let day = 0; day < weeks * daysPerWeek; day += 1) {
    const week = Math.floor(day / daysPerWeek);
    sums[week] = (sums[week] ?? 0) + (days[day] ?? 0);
  }
  const mean = sums.reduce((sum, amount) => sum + amount, 0) / weeks;
  const squares = sums.reduce((sum, amount) => sum + (amount - mean) ** 2, 0);
  return {
    variance: ((days.length / daysPerWeek) * squares) / (weeks - 1),
    degreesOfFreedom: weeks - 1,
  };
}

/** Whether two totals differ by more than their days do. */
export interface ProcessTest extends Bounds {
  /** `null` where there are too few days to know how much they usually differ. */
  readonly pValue: number | null;
}

const tooFewDays: ProcessTest = { pValue: null, low: null, high: null };

/**
 * Compares two totals as processes: the variance of each is that of its days around the mean of their weekday (from two weeks on), and
 * where there are eight weeks at least that of the weeks, where it is greater; counts are over-dispersed nearly always, so Poisson's is not
 * relied on (quasi-likelihood: McCullagh & Nelder 1989, "Generalized Linear Models", section 6.2), and is the least there can be. The test is of
 * the rates per day, the interval of the difference of the totals: where both have as many days the two agree.
 * @param isCount whether the amounts are numbers of things
 */
export function compareProcesses(later: DailyAmounts, earlier: DailyAmounts, isCount: boolean): ProcessTest {
  if (later.length < minClusters || earlier.length < minClusters) return tooFewDays;
  const [a, b] = [later, earlier].map((days) => atLeastPoisson(totalOf(days), isCount));
  if (!a || !b) return tooFewDays;
  const difference = differenceOf(a, b);
  const rate = differenceOf(rateOf(a, later.length), rateOf(b, earlier.length));
  const test = testAgainstZero(rate);
  const { low, high } = intervalOf(difference);
  return { pValue: test ? test.pValue : rate.value === 0 ? 1 : 0, low, high };
}

function atLeastPoisson(total: Total, isCount: boolean): Total {
  return isCount ? { ...total, variance: Math.max(total.variance, total.value) } : total;
}

function rateOf(total: Total, days: number): Estimate {
  return { ...inUnit(total, days), value: total.rate };
}
