import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareEstimates } from "../../../../../lib/domain/metrics/statistics/comparison.ts";
import {
  quantileInterval,
  quantileRanks,
  standardErrorOf,
} from "../../../../../lib/domain/metrics/statistics/quantile.ts";
import {
  relativeAccuracy,
  sketchCell,
  valueOfRank,
} from "../../../../../lib/domain/metrics/statistics/sketch.ts";

/** How probable each number of successes is, by multiplying out. */
function binomial(n: number, share: number): number[] {
  return Array.from({ length: n }).reduce<number[]>(
    (sums) => {
      const next = new Array<number>(sums.length + 1).fill(0);
      for (const [successes, probability] of sums.entries()) {
        next[successes] = (next[successes] ?? 0) + probability * (1 - share);
        next[successes + 1] = (next[successes + 1] ?? 0) + probability * share;
      }
      return next;
    },
    [1],
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe("the ranks between which a quantile lies", () => {
  it("of the 75th percentile are 7 and 13 of 13, and there are none of 12", () => {
    expect(quantileRanks(13, 0.75)).toEqual({ low: 7, high: 13 });
    expect(quantileRanks(12, 0.75)).toBeNull();
  });

  it("of the median of 20 are 6 and 15, as in tables of the sign test", () => {
    expect(quantileRanks(20, 0.5)).toEqual({ low: 6, high: 15 });
  });

  it("leave out at most 2.5 % on either side, and could not be closer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.constantFrom(0.5, 0.75, 0.9), (n, quantile) => {
        const probabilities = binomial(n, quantile);
        const ranks = quantileRanks(n, quantile);
        if (!ranks) {
          const widest = Math.max(probabilities[0] ?? 0, probabilities[n] ?? 0);
          expect(widest).toBeGreaterThan(0.025);
          return;
        }
        const { low, high } = ranks;
        expect(sum(probabilities.slice(0, low))).toBeLessThanOrEqual(0.025 + 1e-12);
        expect(sum(probabilities.slice(high))).toBeLessThanOrEqual(0.025 + 1e-12);
        expect(sum(probabilities.slice(0, low + 1))).toBeGreaterThan(0.025 - 1e-12);
        expect(sum(probabilities.slice(high - 1))).toBeGreaterThan(0.025 - 1e-12);
      }),
      { numRuns: 150 },
    );
  });

  it("go on smoothly where the normal distribution takes over", () => {
    for (const quantile of [0.5, 0.75, 0.9]) {
      const [exact, normal] = [quantileRanks(1_000, quantile), quantileRanks(1_001, quantile)];
      expect(Math.abs((exact?.low ?? 0) - (normal?.low ?? 99))).toBeLessThanOrEqual(2);
      expect(Math.abs((exact?.high ?? 0) - (normal?.high ?? 99))).toBeLessThanOrEqual(2);
    }
  });

  it("of more than a thousand values leave out 5 %, and hardly less, by the normal distribution", () => {
    for (const n of [1_001, 2_500, 4_000])
      for (const quantile of [0.5, 0.75, 0.9]) {
        const probabilities = binomial(n, quantile);
        const { low, high } = quantileRanks(n, quantile) ?? { low: 0, high: 0 };
        const enclosed = sum(probabilities.slice(low, high));
        expect(enclosed).toBeGreaterThanOrEqual(0.95);
        expect(enclosed).toBeLessThan(0.965);
      }
  });

  it("are there at once for very many values", () => {
    const n = 1e12;
    const ranks = quantileRanks(n, 0.75);
    expect(Math.abs((ranks?.low ?? 0) / n - 0.75)).toBeLessThan(1e-5);
  });
});

describe("a quantile's interval", () => {
  it("is that of the values of its ranks", () => {
    const cells = new Map(Array.from({ length: 13 }, (_, index) => [sketchCell(2 ** index), 1n] as const));
    const { low, high } = quantileInterval(cells, 0.75);
    expect(Number(low) / 2 ** 6).toBeCloseTo(1, 1);
    expect(Number(high) / 2 ** 12).toBeCloseTo(1, 1);
  });

  it("makes a standard error for a test of a difference", () => {
    const first = standardErrorOf({ low: 2, high: 4 });
    // (4 − 2)/(2·1.96).
    expect(first).toBeCloseTo(0.5102, 4);
    expect(standardErrorOf({ low: null, high: null })).toBeNull();
    const test = compareEstimates({ estimate: 3, standardError: 0.5 }, { estimate: 4.4, standardError: 0.5 });
    // 1.4/√0.5 = 1.98.
    expect(test.z).toBeCloseTo(-1.98, 2);
    expect(test.significant).toBe(true);
  });

  it("of nothing but equal values differs from any other such", () => {
    const exactly = (estimate: number) => ({ estimate, standardError: 0 });
    expect(compareEstimates(exactly(1), exactly(2))).toEqual({
      z: Number.NEGATIVE_INFINITY,
      pValue: 0,
      significant: true,
      low: -1,
      high: -1,
    });
    expect(compareEstimates(exactly(2), exactly(2))).toMatchObject({ z: 0, pValue: 1, significant: false });
  });

  it("that differ by one cell of the sketch are not told apart, whatever their number", () => {
    const [one, next] = ["c100", "c101"].map((cell) => valueOfRank(new Map([[cell, 5_000n]]), 1) ?? 0);
    const exactly = (estimate = 0) => ({
      estimate,
      standardError: 0,
      resolution: relativeAccuracy * estimate,
    });
    const { pValue, low, high } = compareEstimates(exactly(next), exactly(one));
    expect(pValue).toBe(1);
    expect(low).toBeLessThanOrEqual(0);
    expect(high).toBeGreaterThan(0);
    const further = valueOfRank(new Map([["c103", 5_000n]]), 1) ?? 0;
    expect(compareEstimates(exactly(further), exactly(one)).significant).toBe(true);
  });
});
