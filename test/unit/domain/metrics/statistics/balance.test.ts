import { describe, expect, it } from "vitest";
import { type Balance, compareBalances } from "../../../../../lib/domain/metrics/statistics/balance.ts";

const balance = (value: number, lastDay: number, daily: readonly number[]): Balance => ({
  value,
  lastDay,
  daily: () => daily,
});

// Σ(change − mean)² of each week is 6, around means of 1 and 0.
const growing = [2, 0, 2, 0, 2, 0, 1];
const steady = [1, -1, 1, -1, 1, -1, 0];

/** Leaves 2.5 % of Student's t with 12 degrees of freedom on either side, by published tables. */
const quantile = 2.178812829667229;

describe("two balances", () => {
  it.each([16, -16])("differ by what the changes of the days between their ends do: %d days", (gap) => {
    // 12/12 for each of 16 days: a standard error of 4.
    const { pValue, low, high } = compareBalances(
      balance(110, 100 + gap, growing),
      balance(100, 100, steady),
    );
    expect(low).toBeCloseTo(10 - 4 * quantile, 6);
    expect(high).toBeCloseTo(10 + 4 * quantile, 6);
    expect(pValue).toBeGreaterThan(0.02);
    expect(pValue).toBeLessThan(0.05);
  });

  it("that differ by as much as 5 % of such gaps do have a p-value of 0.05", () => {
    const later = balance(100 + 4 * quantile, 116, growing);
    expect(compareBalances(later, balance(100, 100, steady)).pValue).toBeCloseTo(0.05, 7);
  });

  it("count the changes of unequal periods by their days", () => {
    // 6 + 8 around means of 1 and 0, of 6 + 7 degrees of freedom: variance 13·14/13.
    const eight = [1, -1, 1, -1, 1, -1, 1, -1];
    const { low, high } = compareBalances(balance(50, 43, growing), balance(60, 30, eight));
    const published = 2.160368656461013;
    expect(low).toBeCloseTo(-10 - published * Math.sqrt(14), 6);
    expect(high).toBeCloseTo(-10 + published * Math.sqrt(14), 6);
  });

  it("are not compared by fewer than seven days of either, and on the same day", () => {
    const none = { pValue: null, low: null, high: null };
    const few = growing.slice(1);
    expect(compareBalances(balance(110, 116, few), balance(100, 100, steady))).toEqual(none);
    expect(compareBalances(balance(110, 116, growing), balance(100, 100, few))).toEqual(none);
    expect(compareBalances(balance(110, 100, growing), balance(100, 100, steady))).toEqual(none);
  });

  it("that never change differ for sure, or not at all", () => {
    const still = [0, 0, 0, 0, 0, 0, 0];
    const at = (value: number, day: number) => balance(value, day, still);
    expect(compareBalances(at(5, 20), at(5, 10))).toEqual({ pValue: 1, low: 0, high: 0 });
    expect(compareBalances(at(8, 20), at(5, 10))).toEqual({ pValue: 0, low: 3, high: 3 });
  });
});
