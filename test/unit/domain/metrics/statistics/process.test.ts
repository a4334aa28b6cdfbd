import { describe, expect, it } from "vitest";
import { compareProcesses, totalOf } from "../../../../../lib/domain/metrics/statistics/process.ts";

const times = (count: number, ...amounts: readonly number[]): number[] =>
  Array.from({ length: count }, () => amounts).flat();

const days = (count: number, amount: number): number[] => times(count, amount);

/** Weeks without anything, and weeks with two each day. */
const busyAndQuiet = (pairs: number): number[] => times(pairs, ...days(7, 0), ...days(7, 2));

describe("a total of days", () => {
  it("varies by its days around their mean, in less than two weeks", () => {
    // Mean 3; residues −2, −2, −2, −2, −2, −2, 12: squares 168, cubes 1728 − 48. 7/6 of the squares.
    const total = totalOf([1, 1, 1, 1, 1, 1, 15]);
    expect(total).toMatchObject({ value: 21, degreesOfFreedom: 6, third: 1680, rate: 3 });
    expect(total.variance).toBeCloseTo((7 / 6) * 168, 9);
    expect(totalOf(days(13, 4))).toMatchObject({ value: 52, variance: 0, degreesOfFreedom: 12, rate: 4 });
  });

  it("varies by its days around the mean of their weekday, from two weeks on", () => {
    // The weekdays explain all but the first: 3 and 1.
    const total = totalOf([3, 10, 20, 30, 40, 50, 60, 1, 10, 20, 30, 40, 50, 60]);
    expect(total).toMatchObject({ value: 424, variance: 2 * 2, degreesOfFreedom: 7, third: 0 });
    expect(total.rate).toBeCloseTo(212 / 7, 12);
  });

  it("has a rate in which each weekday weighs the same", () => {
    // A third day of the weekday that has 7 does not raise it.
    expect(totalOf([...times(2, 7, 0, 0, 0, 0, 0, 0), 7]).rate).toBeCloseTo(1, 12);
  });

  it("varies by its weeks where these differ by more than their days, from eight weeks on", () => {
    // Weeks of 0 and 14 in turn, 8·7² of squares: 8/7 of them. By days: residues of 1, 56/49 of 56.
    expect(totalOf(busyAndQuiet(4))).toMatchObject({
      value: 56,
      variance: 448,
      degreesOfFreedom: 7,
      rate: 1,
    });
    // What follows the eighth week is in none, and counts by its length.
    const longer = totalOf([...busyAndQuiet(4), 0, 0, 0]);
    expect(longer.variance).toBeCloseTo((59 / 7) * 56, 9);
    expect(longer.degreesOfFreedom).toBe(7);
  });

  it("varies by its days in seven weeks, and where the weeks are more alike than these", () => {
    // Four weeks of 0 and three of 2: residues of 6/7 and 8/7, 48 of squares.
    const seven = totalOf([...busyAndQuiet(3), ...days(7, 0)]);
    expect(seven.variance).toBeCloseTo((49 / 42) * 48, 9);
    expect(seven.degreesOfFreedom).toBe(42);
    // Each week has 7, and each weekday 0 and 2 in turn but for the last.
    const alike = totalOf(times(4, 2, 0, 2, 0, 2, 0, 1, 0, 2, 0, 2, 0, 2, 1));
    expect(alike.variance).toBeCloseTo((56 / 49) * 48, 9);
    expect(alike.degreesOfFreedom).toBe(49);
  });
});

describe("two processes", () => {
  it("are not compared by fewer than seven days of either", () => {
    const none = { pValue: null, low: null, high: null };
    expect(compareProcesses(days(6, 5), days(7, 5), false)).toEqual(none);
    expect(compareProcesses(days(7, 5), days(6, 5), true)).toEqual(none);
  });

  it("whose amounts are the same each day differ for sure, or not at all", () => {
    expect(compareProcesses(days(7, 5), days(7, 5), false)).toEqual({ pValue: 1, low: 0, high: 0 });
    expect(compareProcesses(days(7, 6), days(7, 5), false)).toEqual({ pValue: 0, low: 7, high: 7 });
  });

  it("of counts vary by their number at least, as Poisson's do", () => {
    // 42 and 35 things: √77, and t with 12.0 degrees of freedom by Welch (77²/(42²/6 + 35²/6) = 11.90).
    const { pValue, low, high } = compareProcesses(days(7, 6), days(7, 5), true);
    expect((low ?? 0) + (high ?? 0)).toBeCloseTo(14, 9);
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(2 * 2.1788 * Math.sqrt(77));
    expect((high ?? 0) - (low ?? 0)).toBeLessThan(2 * 2.201 * Math.sqrt(77));
    expect(pValue).toBeGreaterThan(0.43);
    expect(pValue).toBeLessThan(0.45);
  });

  it("of unequal length are told apart by what they make in a day", () => {
    const [short, long] = [times(7, 4, 6), times(14, 4, 6)];
    const same = compareProcesses(long, short, false);
    expect(same.pValue).toBeCloseTo(1, 9);
    expect((same.low ?? 0) + (same.high ?? 0)).toBeCloseTo(2 * 70, 6);
    expect(same.low).toBeGreaterThan(0);
  });
});
