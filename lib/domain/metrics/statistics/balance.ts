import { minClusters } from "./clusters.ts";
import { intervalOf, testAgainstZero } from "./estimate.ts";
import type { DailyAmounts, ProcessTest } from "./process.ts";

/** A balance, such as the number of customers: what comes and goes by day is known in full, and no two weeks are the same. */
export interface Balance {
  /** At the end of the period. */
  readonly value: number;
  /** The number of its last day (`dayNumber`). */
  readonly lastDay: number;
  /** The net change on each day of the period. */
  readonly daily: () => DailyAmounts;
}

/**
 * Whether a balance differs from an earlier one by more than its days usually make it: against no drift at all, with the variance of the days'
 * changes of both periods for all days between the two ends. Nulls for fewer than seven days in either.
 */
export function compareBalances(later: Balance, earlier: Balance): ProcessTest {
  const days = [later.daily(), earlier.daily()];
  const gap = Math.abs(later.lastDay - earlier.lastDay);
  if (gap === 0 || days.some(({ length }) => length < minClusters))
    return { pValue: null, low: null, high: null };
  let [squares, freedom] = [0, 0];
  for (const changes of days) {
    const mean = changes.reduce((sum, amount) => sum + amount, 0) / changes.length;
    squares += changes.reduce((sum, amount) => sum + (amount - mean) ** 2, 0);
    freedom += changes.length - 1;
  }
  const estimate = {
    value: later.value - earlier.value,
    variance: (gap * squares) / freedom,
    degreesOfFreedom: freedom,
    third: 0,
  };
  const test = testAgainstZero(estimate);
  return { pValue: test ? test.pValue : estimate.value === 0 ? 1 : 0, ...intervalOf(estimate) };
}
