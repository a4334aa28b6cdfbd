import fc from "fast-check";
import jstat from "jstat";
import { describe, expect, it } from "vitest";
import {
  studentQuantile,
  twoSidedNormal,
  twoSidedStudent,
  upperTailOfChiSquare,
} from "../../../../../lib/domain/metrics/statistics/distributions.ts";

describe("studentQuantile", () => {
  // Computed to 16 digits by inverting the incomplete beta function with 30-digit arithmetic.
  it.each([
    [1, 12.7062047361747],
    [2, 4.302652729749464],
    [2.5, 3.574654842003683],
    [5, 2.570581835636316],
    [9, 2.262157162798206],
    [19, 2.09302405440831],
    [29, 2.045229642132704],
    [49, 2.00957523712924],
    [99, 1.984216951586417],
    [100, 1.983971518523552],
    [399, 1.965927295920882],
    [1000, 1.962339080826408],
    [1e6, 1.959966356814107],
    [1e9, 1.959963986912325],
    [1e15, 1.959963984540056],
  ])("is right to 8 digits for %d degrees of freedom", (degreesOfFreedom, expected) => {
    expect(Math.abs(studentQuantile(degreesOfFreedom) / expected - 1)).toBeLessThan(1e-8);
  });

  it("falls with every further degree of freedom, also where the method changes", () => {
    for (let degreesOfFreedom = 2; degreesOfFreedom < 200; degreesOfFreedom += 1) {
      expect(studentQuantile(degreesOfFreedom)).toBeLessThan(studentQuantile(degreesOfFreedom - 1));
    }
  });
});

describe("two-sided p-values", () => {
  it("of the normal distribution agree with the table on both sides", () => {
    expect(twoSidedNormal(0)).toBe(1);
    expect(twoSidedNormal(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(twoSidedNormal(-1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(twoSidedNormal(1.2345)).toBeCloseTo(0.21701664672534038, 12);
  });

  it.each([
    [2, 5, 0.10193947882985835],
    [-3.5, 20, 0.002255123153057165],
    [1, 2.5, 0.40406102727827364],
    [0.1, 7, 0.9231480596047924],
    [2, 1000, 0.04577034649325166],
    [2, 300_000, 0.04550116374722503],
    [1.96, 2_000_000, 0.049995928940828764],
  ])(
    "of Student's t agree with published software for t = %d with %d degrees of freedom",
    (t, nu, expected) => {
      expect(twoSidedStudent(t, nu)).toBeCloseTo(expected, 6);
    },
  );
});

describe("distributions", () => {
  const freedoms = fc.double({ min: 0.5, max: 90, noNaN: true });
  const distances = fc.double({ min: -8, max: 8, noNaN: true });

  it("agree with an independent implementation", () => {
    fc.assert(
      fc.property(freedoms, distances, (nu, t) => {
        expect(twoSidedStudent(t, nu)).toBeCloseTo(2 * jstat.studentt.cdf(-Math.abs(t), nu), 6);
        expect(twoSidedNormal(t)).toBeCloseTo(2 * jstat.normal.cdf(-Math.abs(t), 0, 1), 6);
      }),
    );
  });

  it("leave five per cent outside the quantile, whatever the degrees of freedom", () => {
    fc.assert(
      fc.property(freedoms, (nu) => {
        expect(twoSidedStudent(studentQuantile(nu), nu)).toBeCloseTo(0.05, 10);
      }),
    );
  });

  it("of the normal are right far out, where doubles of 1 − p would have lost all digits", () => {
    // Abramowitz & Stegun 1964, table 26.2: Q(10) = 7.61985302416e-24.
    expect(twoSidedNormal(10) / (2 * 7.61985302416e-24)).toBeCloseTo(1, 9);
  });
});

describe("the upper tail of χ²", () => {
  // What leaves 5 % above it, by published tables.
  it.each([
    [1, 3.841458820694124],
    [2, 5.991464547107979],
    [3, 7.814727903251179],
    [4, 9.487729036781154],
    [7, 14.067140449340169],
    [10, 18.307038053275146],
  ])("is 0.05 for %d degrees of freedom above %d", (freedom, value) => {
    expect(upperTailOfChiSquare(value, freedom)).toBeCloseTo(0.05, 9);
  });

  it("is all above 0, and agrees with an independent implementation", () => {
    expect(upperTailOfChiSquare(0, 1)).toBe(1);
    expect(upperTailOfChiSquare(0, 4)).toBe(1);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 80, noNaN: true }),
        (freedom, value) => {
          const tail = upperTailOfChiSquare(value, freedom);
          expect(tail).toBeCloseTo(1 - jstat.chisquare.cdf(value, freedom), 6);
          expect(tail).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
