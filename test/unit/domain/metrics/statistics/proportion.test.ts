import { assert, integer, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  effectiveCases,
  percentageOf,
  varianceOfShare,
  wilsonInterval,
} from "../../../../../lib/domain/metrics/statistics/proportion.ts";

const casesUpTo = (max: number) =>
  integer({ min: 1, max }).chain((n) => tuple(integer({ min: 0, max: n }), integer({ min: n, max: n })));

describe("wilsonInterval", () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  it.each([
    { successes: 81, n: 263, low: 0.2553, high: 0.3662 },
    { successes: 15, n: 148, low: 0.0624, high: 0.1605 },
    { successes: 0, n: 20, low: 0, high: 0.1611 },
    { successes: 1, n: 29, low: 0.0061, high: 0.1718 },
  ])("gives the published interval for $successes of $n", ({ successes, n, low, high }) => {
    const interval = wilsonInterval(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("gives no bounds without cases", () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: null, high: null });
  });

  it("ends exactly at 0 and 1 when none or all succeed, and is never empty", () => {
    for (const n of [1, 2, 3, 7, 30, 1000, 1_234_567]) {
      const none = wilsonInterval(0, n);
      const all = wilsonInterval(n, n);
      expect(none.low).toBe(0);
      expect(none.high).toBeGreaterThan(0);
      expect(all.high).toBe(1);
      expect(all.low).toBeLessThan(1);
    }
  });

  it("contains the observed share and stays within 0 to 1", () => {
    assert(
      property(casesUpTo(1_000_000), ([successes, n]) => {
        const { low, high } = wilsonInterval(successes, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(successes / n);
        expect(high).toBeGreaterThanOrEqual(successes / n);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("mirrors when successes and failures are swapped", () => {
    assert(
      property(casesUpTo(100_000), ([successes, n]) => {
        const { low, high } = wilsonInterval(successes, n);
        const mirrored = wilsonInterval(n - successes, n);
        expect(mirrored.low).toBeCloseTo(1 - (high ?? Number.NaN), 12);
        expect(mirrored.high).toBeCloseTo(1 - (low ?? Number.NaN), 12);
      }),
    );
  });

  it("narrows when the same share is observed on twice as many cases", () => {
    assert(
      property(casesUpTo(100_000), ([successes, n]) => {
        const once = wilsonInterval(successes, n);
        const twice = wilsonInterval(2 * successes, 2 * n);
        expect((twice.high ?? 1) - (twice.low ?? 0)).toBeLessThan((once.high ?? 0) - (once.low ?? 1));
      }),
    );
  });

  it("takes an effective sample size, which lies between the whole ones", () => {
    const width = (n: number) => {
      const { low, high } = wilsonInterval(0.3 * n, n);
      return (high ?? Number.NaN) - (low ?? Number.NaN);
    };
    expect(width(20.5)).toBeLessThan(width(20));
    expect(width(20.5)).toBeGreaterThan(width(21));
    expect(wilsonInterval(0, 0.4).low).toBe(0);
  });

  it.each([
    [3, 2],
    [-1, 5],
    [1, Number.NaN],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [1, Number.POSITIVE_INFINITY],
  ])("refuses %d of %d", (successes, n) => {
    expect(() => wilsonInterval(successes, n)).toThrow(RangeError);
  });
});

describe("percentageOf", () => {
  it("is the share and its interval, times a hundred", () => {
    const { value, low, high } = percentageOf(81, 263);
    expect(value).toBeCloseTo(30.798, 3);
    expect(low).toBeCloseTo(25.53, 2);
    expect(high).toBeCloseTo(36.62, 2);
  });

  it("ends at 0 and 100, and says nothing without cases", () => {
    expect(percentageOf(0, 20)).toMatchObject({ value: 0, low: 0 });
    expect(percentageOf(20, 20)).toMatchObject({ value: 100, high: 100 });
    expect(percentageOf(0, 0)).toEqual({ value: null, low: null, high: null });
  });
});

describe("a share that differs by more than its cases say", () => {
  const independent = { degreesOfFreedom: Number.POSITIVE_INFINITY };

  it("counts as the cases that have its variance", () => {
    // 0.6·0.4/0.0096 = 25 of 100.
    const found = effectiveCases({ successes: 60, n: 100, spread: { variance: 0.0096, clusters: 9 } });
    expect(found.n).toBeCloseTo(25, 9);
    expect(found.successes).toBeCloseTo(15, 9);
    expect(found.degreesOfFreedom).toBe(8);
  });

  it("counts as its cases where it differs by less, and where that is not known", () => {
    const counts = { successes: 60, n: 100 };
    expect(effectiveCases({ ...counts, spread: { variance: 0.0023, clusters: 9 } })).toEqual({
      ...counts,
      ...independent,
    });
    expect(effectiveCases(counts)).toEqual({ ...counts, ...independent });
  });

  it("of none or all counts as so many fewer cases as its customers say", () => {
    const spread = { variance: 0, clusters: 5, inflation: 2 };
    expect(effectiveCases({ successes: 10, n: 10, spread })).toEqual({
      successes: 5,
      n: 5,
      degreesOfFreedom: 4,
    });
    const alone = { successes: 10, n: 10, spread: { variance: 0, clusters: 5 } };
    expect(effectiveCases(alone)).toEqual({ successes: 10, n: 10, ...independent });
  });

  it("of cases that are no whole number is what it is, in per cent", () => {
    expect(percentageOf(2.5, 10).value).toBe(25);
  });

  it("varies by p(1 − p)/n while its cases are independent", () => {
    expect(varianceOfShare(20, 100)).toBeCloseTo((0.2 * 0.8) / 100, 15);
    expect(varianceOfShare(0, 0)).toBe(0);
  });
});
