import { array, assert, double, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { summarise } from "../../../../../lib/domain/metrics/statistics/histogram.ts";
import {
  type Moments,
  meanInterval,
  sampleVariance,
} from "../../../../../lib/domain/metrics/statistics/mean.ts";

function momentsOf(values: readonly number[]): Moments {
  return {
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    sumOfSquares: values.reduce((sum, value) => sum + value ** 2, 0),
  };
}

function exactMomentsOf(values: readonly bigint[]): Moments {
  return {
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0n),
    sumOfSquares: values.reduce((sum, value) => sum + value ** 2n, 0n),
  };
}

// Student 1908, the hours of sleep gained by ten patients with two drugs, in tenths of an hour.
const sleep = [7, -16, -2, -12, -1, 34, 37, 8, 0, 20, 19, 8, 11, 1, -1, 44, 55, 16, 46, 34];

describe("meanInterval", () => {
  it("gives the published interval of Student's sleep data", () => {
    const { mean, low, high, standardDeviation } = meanInterval(momentsOf(sleep));
    expect(mean).toBe(15.4);
    expect(low).toBeCloseTo(5.955845, 5);
    expect(high).toBeCloseTo(24.844155, 5);
    expect(standardDeviation).toBeCloseTo(20.1792, 4);
  });

  it("gives the published interval of the NIST heat flow data", () => {
    // NIST/SEMATECH e-Handbook, section 1.3.5.2: N = 195, mean 9.261460, standard deviation 0.022789.
    const n = 195;
    const { low, high } = meanInterval({
      n,
      sum: n * 9.26146,
      sumOfSquares: (n - 1) * 0.022789 ** 2 + n * 9.26146 ** 2,
    });
    expect(low).toBeCloseTo(9.258242, 5);
    expect(high).toBeCloseTo(9.264679, 5);
  });

  it("is the hand-computed interval of 1, 2, 3, 4", () => {
    // mean 2.5, s² = 5/3, t(3) = 3.182446: 2.5 ± 3.182446·√(5/12)
    const { low, high } = meanInterval(momentsOf([1, 2, 3, 4]));
    expect(low).toBeCloseTo(0.445739, 5);
    expect(high).toBeCloseTo(4.554261, 5);
  });

  it("has neither mean nor bounds without values, and only a mean for one", () => {
    const nothing = { mean: null, low: null, high: null, standardDeviation: null };
    expect(meanInterval({ n: 0, sum: 0, sumOfSquares: 0 })).toEqual(nothing);
    expect(meanInterval({ n: 0, sum: 0n, sumOfSquares: 0n }, { min: 1, max: 7 })).toEqual(nothing);
    expect(meanInterval({ n: 1, sum: 6, sumOfSquares: 36 })).toEqual({ ...nothing, mean: 6 });
  });

  it("stays within a bounded scale and is clamped nowhere else", () => {
    const moments = momentsOf([7, 7, 4]);
    expect(meanInterval(moments).high).toBeGreaterThan(7);
    expect(meanInterval(moments, { min: 1, max: 7 })).toMatchObject({ mean: 6, high: 7 });
    expect(meanInterval(moments, { min: 1, max: 7 }).low).toBe(meanInterval(moments).low);
  });

  it("is never ±0 on a bounded scale, though all answer alike", () => {
    const ten = meanInterval({ n: 10, sum: 70, sumOfSquares: 490 }, { min: 1, max: 7 });
    // Wilson's interval for 0 of 10 ends at 0.27753: at most that share differs, by 6 at most.
    expect(ten.high).toBe(7);
    expect(ten.low).toBeCloseTo(7 - 6 * 0.277533, 5);
    expect(ten.standardDeviation).toBe(0);
    const middle = meanInterval({ n: 1000, sum: 4000, sumOfSquares: 16_000 }, { min: 1, max: 7 });
    expect(middle.low).toBeLessThan(4);
    expect(middle.high).toBeGreaterThan(4);
  });

  it("is that value alone on an open scale when all values are the same", () => {
    expect(meanInterval({ n: 50, sum: 50_000, sumOfSquares: 50_000_000 })).toMatchObject({
      mean: 1000,
      low: 1000,
      high: 1000,
    });
  });

  it("is clamped at the one end of a half-open scale", () => {
    const scale = { min: 0, max: Number.POSITIVE_INFINITY };
    const clamped = meanInterval(momentsOf([1, 1, 100]), scale);
    expect(clamped.low).toBe(0);
    expect(clamped.high).toBe(meanInterval(momentsOf([1, 1, 100])).high);
    expect(meanInterval({ n: 2, sum: 20, sumOfSquares: 200 }, scale)).toMatchObject({ low: 10, high: 10 });
  });

  it("contains the mean", () => {
    assert(
      property(array(integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 200 }), (values) => {
        const { mean, low, high } = meanInterval(momentsOf(values), { min: 1, max: 7 });
        expect(low).toBeLessThanOrEqual(mean ?? Number.NaN);
        expect(high).toBeGreaterThanOrEqual(mean ?? Number.NaN);
      }),
    );
  });

  it("narrows when the same values come twice", () => {
    assert(
      property(array(integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 50 }), (values) => {
        const once = meanInterval(momentsOf(values));
        const twice = meanInterval(momentsOf([...values, ...values]));
        const width = (interval: typeof once) => (interval.high ?? Number.NaN) - (interval.low ?? Number.NaN);
        if (once.standardDeviation === 0) expect(width(twice)).toBe(0);
        else expect(width(twice)).toBeLessThan(width(once));
      }),
    );
  });
});

describe("sampleVariance", () => {
  it("keeps every digit of large whole numbers that hardly differ", () => {
    // 10¹⁵ − 1, 10¹⁵, 10¹⁵ + 1: Σx² is about 3·10³⁰, far above 2^53; the variance is 1.
    const base = 10n ** 15n;
    const moments = exactMomentsOf([base - 1n, base, base + 1n]);
    expect(sampleVariance(moments)).toBe(1);
    expect(meanInterval(moments).mean).toBe(1e15);
  });

  it("is exact for numbers below 2^53 whose products are not", () => {
    // Six orders of about 30,000,000 minor units: Σx² is near 2^53, n·Σx² and (Σx)² are above it.
    const values = [30_000_001, 30_000_002, 30_000_003, 30_000_004, 30_000_005, 30_000_006];
    expect(momentsOf(values).sumOfSquares).toBeLessThan(2 ** 53);
    expect(sampleVariance(momentsOf(values))).toBe(3.5);
  });

  it("does not depend on where zero is", () => {
    assert(
      property(
        array(integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 }),
        integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        (values, shift) => {
          const here = exactMomentsOf(values.map(BigInt));
          const there = exactMomentsOf(values.map((value) => BigInt(value) + BigInt(shift)));
          expect(sampleVariance(there)).toBe(sampleVariance(here));
        },
      ),
    );
  });

  it("agrees with the two-pass formula for fractions", () => {
    assert(
      property(
        array(double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (values) => {
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          expect(sampleVariance(momentsOf(values))).toBeCloseTo(squares / (values.length - 1), 6);
        },
      ),
    );
  });

  it("is never negative when sums were rounded before they came", () => {
    expect(
      sampleVariance({ n: 3, sum: 3 * 94906267, sumOfSquares: 3 * 94906267 ** 2 }),
    ).toBeGreaterThanOrEqual(0);
    expect(sampleVariance({ n: 3, sum: 0.3, sumOfSquares: 0.029999999999999 })).toBe(0);
  });

  it("refuses an n that is no count", () => {
    expect(() => sampleVariance({ n: -1, sum: 0, sumOfSquares: 0 })).toThrow(RangeError);
    expect(() => meanInterval({ n: 1.5, sum: 0, sumOfSquares: 0 })).toThrow(RangeError);
  });
});

describe("summarise", () => {
  it("adds up the garden centre survey's cells to its count and mean", () => {
    const cells = [0, 83, 53, 65, 101, 401, 491, 1061, 2892, 2487, 5978];
    const { n, sum } = summarise(new Map(cells.map((count, score) => [score, count])));
    expect(n).toBe(13_612);
    expect(sum / n).toBeCloseTo(8.702983, 6);
  });

  it("gives what the single values give", () => {
    assert(
      property(array(integer({ min: -10, max: 10 })), (values) => {
        const cells = new Map<number, number>();
        for (const value of values) cells.set(value, (cells.get(value) ?? 0) + 1);
        expect(summarise(cells)).toEqual(momentsOf(values));
      }),
    );
  });

  it("gives zeros without cells", () => {
    expect(summarise(new Map())).toEqual({ n: 0, sum: 0, sumOfSquares: 0 });
  });

  it("refuses counts and values that are not whole", () => {
    expect(() => summarise(new Map([[5, -1]]))).toThrow(/count of 5/);
    expect(() => summarise(new Map([[4.5, 1]]))).toThrow(/4\.5/);
  });
});
