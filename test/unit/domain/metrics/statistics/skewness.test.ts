import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  freedomOfVariance,
  lognormalSkewness,
  skewedAgain,
  thirdMoment,
  thirdMomentOf,
  unskewed,
  valuesNeeded,
} from "../../../../../lib/domain/metrics/statistics/skewness.ts";

function powersOf(values: readonly number[]) {
  const sumOf = (power: number) => values.reduce((sum, value) => sum + value ** power, 0);
  return { n: values.length, sum: sumOf(1), sumOfSquares: sumOf(2), sumOfCubes: sumOf(3) };
}

describe("the third central moment", () => {
  it("is the mean cube of the distances from the mean", () => {
    // Around 3: −8, −1, −1, 0, 0 and 64 of cubes… of 1, 2, 2, 3, 3 and 7.
    expect(thirdMoment(powersOf([1, 2, 2, 3, 3, 7]))).toBe((-8 - 1 - 1 + 64) / 6);
    // Around a half: twice −1/64, and 1/8.
    expect(thirdMoment(powersOf([0.25, 0.25, 1]))).toBeCloseTo((1 / 8 - 2 / 64) / 3, 12);
    expect(thirdMoment(powersOf([]))).toBe(0);
  });

  it("is exact for whole numbers, however large", () => {
    const far = 10n ** 12n;
    const values = [far, far, far + 3n];
    const sumOf = (power: bigint) => values.reduce((sum, value) => sum + value ** power, 0n);
    const powers = { n: 3, sum: sumOf(1n), sumOfSquares: sumOf(2n), sumOfCubes: sumOf(3n) };
    // Around one more than the first: −1, −1, 8.
    expect(thirdMoment(powers)).toBe(2);
  });

  it("of cells is that of the values in their middles", () => {
    expect(
      thirdMomentOf(
        [
          [1, 2],
          [7, 1],
        ],
        3,
      ),
    ).toBe((2 * -8 + 64) / 3);
    expect(thirdMomentOf([], 3)).toBe(0);
  });
});

describe("what skewness does to a mean", () => {
  it("is told by the published formulas", () => {
    // Aitchison & Brown: of a coefficient of variation of 2, 8 + 6.
    expect(lognormalSkewness(2)).toBe(14);
    // Cochran's rule, with 28 and 5.
    expect(valuesNeeded(0)).toBe(28);
    expect(valuesNeeded(-3)).toBe(73);
    // 2n/(κ − 1), with κ = 3 + 1.5·4 = 9; at most n − 1.
    expect(freedomOfVariance(40, 2)).toBe(10);
    expect(freedomOfVariance(40, 0)).toBe(39);
    // Hall: 3 + 2·9/3 + 4·27/27 + 2/6.
    expect(unskewed(3, 2)).toBeCloseTo(3 + 6 + 4 + 1 / 3, 12);
  });

  it("is taken back again", () => {
    const distances = fc.double({ min: -5, max: 5, noNaN: true });
    const skews = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(distances, skews, (t, skew) => {
        expect(skewedAgain(unskewed(t, skew), skew)).toBeCloseTo(t, 4);
      }),
    );
    expect(skewedAgain(2, 0)).toBe(2);
  });
});
