import { array, assert, double, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { summarise } from "../../../../../lib/domain/metrics/statistics/histogram.ts";
import {
  isTooSkewed,
  type Moments,
  meanEstimate,
  meanInterval,
  sampleVariance,
  skewnessOf,
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

  it("allows for customers who answer alike: the equal answers count as fewer", () => {
    // Wilson's interval for 0 of 5 ends at 0.434482.
    const spread = { variance: 0, clusters: 5, inflation: 2 };
    const ten = meanInterval({ n: 10, sum: 70, sumOfSquares: 490 }, { min: 1, max: 7 }, 1, spread);
    expect(ten.low).toBeCloseTo(7 - 6 * 0.434482, 5);
  });

  it("is told in the unit of the answer", () => {
    expect(meanInterval(momentsOf([1000, 2000, 3000, 4000]), undefined, 1000)).toEqual({
      mean: 2.5,
      low: expect.closeTo(0.445739, 5),
      high: expect.closeTo(4.554261, 5),
      standardDeviation: expect.closeTo(Math.sqrt(5 / 3), 9),
    });
    expect(meanInterval(momentsOf([500.5, 1500, 2500]), undefined, 1000).mean).toBeCloseTo(1.5001666667, 9);
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

describe("skewed values", () => {
  const amounts = { min: 0, max: Number.POSITIVE_INFINITY };
  /** So many values with a mean of 2 and a variance of 4, whose lognormal distribution has a skewness of 4. */
  const values = (n: number, skewness = 0) => {
    return { n, sum: 2 * n, sumOfSquares: 4 * (n - 1) + 4 * n, third: 8 * skewness };
  };

  it("are as skewed as their third power says, from thirty on", () => {
    expect(skewnessOf(values(30, 2))).toBe(2);
    expect(skewnessOf(values(30, -2), { min: 0, max: 10 })).toBe(-2);
    expect(skewnessOf(values(30))).toBe(0);
    expect(skewnessOf(values(29, 2))).toBe(0);
    expect(skewnessOf({ n: 30, sum: 60, sumOfSquares: 120, third: 8 })).toBe(0);
  });

  it("on a scale without end are as skewed as a lognormal distribution at least", () => {
    expect(skewnessOf(values(30, 2), amounts)).toBeCloseTo(4, 12);
    expect(skewnessOf(values(30, 8), amounts)).toBe(8);
    expect(skewnessOf(values(30, 2), { min: 1, max: Number.POSITIVE_INFINITY })).toBeCloseTo(4, 12);
    expect(skewnessOf(values(30, 2), { min: -1, max: Number.POSITIVE_INFINITY })).toBe(2);
  });

  it("are too few up to 28 + 5·skewness², on a scale without end", () => {
    expect(isTooSkewed(values(108), amounts)).toBe(true);
    expect(isTooSkewed(values(109), amounts)).toBe(false);
    expect(isTooSkewed(values(28), amounts)).toBe(true);
    expect(isTooSkewed(values(29), amounts)).toBe(false);
    expect(isTooSkewed(values(40, 9), { min: 0, max: 10 })).toBe(false);
    expect(isTooSkewed(values(40, 9))).toBe(false);
  });

  it("have a mean as uncertain as they are, or their days and customers where that is more", () => {
    // 4/30 of variance, and 2·8/30² of its third power.
    expect(meanEstimate(values(30))).toEqual({
      ...{ value: 2, degreesOfFreedom: 29, third: 0 },
      variance: expect.closeTo(4 / 30, 12),
    });
    const wide = { variance: 0.5, clusters: 10 };
    expect(meanEstimate(values(30), undefined, wide)).toMatchObject({ variance: 0.5, degreesOfFreedom: 9 });
    const narrow = { variance: 0.1, clusters: 10 };
    expect(meanEstimate(values(30), undefined, narrow)).toEqual(meanEstimate(values(30)));
    const known = { ...narrow, degreesOfFreedom: 5 };
    expect(meanEstimate(values(30), undefined, known)?.degreesOfFreedom).toBe(5);
    expect(meanEstimate(values(1))).toBeNull();
  });

  it("have a mean as skewed as they are, or as their customers are", () => {
    const thirdOf = (spread?: { variance: number; skewness: number }) =>
      meanEstimate(values(30, 2), undefined, spread && { ...spread, clusters: 10 })?.third;
    expect(thirdOf()).toBeCloseTo(16 / 900, 12);
    expect(thirdOf({ variance: 0.5, skewness: 1 })).toBeCloseTo(0.5 ** 1.5, 12);
    expect(thirdOf({ variance: 0.1, skewness: 1 })).toBeCloseTo((4 / 30) ** 1.5, 12);
    expect(thirdOf({ variance: 0.5, skewness: -1 })).toBeCloseTo(16 / 900, 12);
  });
});
