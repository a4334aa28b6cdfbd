import { describe, expect, it } from "vitest";
import { covarianceAt, inverse, minimise } from "../../../../../lib/domain/metrics/lifetime/maximum.ts";
import {
  hypergeometric,
  logBeta,
  logGamma,
} from "../../../../../lib/domain/metrics/lifetime/special-functions.ts";

describe("a minimum without derivatives", () => {
  it("is found at the end of a long bent valley (Rosenbrock 1960)", () => {
    const valley = ([x = 0, y = 0]: readonly number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    const { at, value } = minimise((place) => 1 + valley(place), [-1.2, 1]);
    expect(at[0]).toBeCloseTo(1, 5);
    expect(at[1]).toBeCloseTo(1, 5);
    expect(value).toBeCloseTo(1, 12);
  });

  it("has the covariance of a normal likelihood", () => {
    // −log L of a normal distribution with variances 4 and 1 and covariance 1, without constants.
    const quadratic = ([x = 0, y = 0]: readonly number[]) => (x * x - 2 * x * y + 4 * y * y) / (2 * 3);
    const covariance = covarianceAt(quadratic, [0, 0]);
    expect(covariance?.map((row) => row.map((cell) => Number(cell.toFixed(6))))).toEqual([
      [4, 1],
      [1, 1],
    ]);
  });

  it("has none where the function is flat in a direction", () => {
    expect(covarianceAt(([x = 0]) => x * x, [0, 0])).toBeUndefined();
    expect(
      inverse([
        [1, 2],
        [2, 1],
      ]),
    ).toBeUndefined();
  });
});

describe("special functions of small parameters", () => {
  it("are what tables say", () => {
    expect(logGamma(0.1)).toBeCloseTo(Math.log(9.513507698668732), 12);
    expect(logGamma(1e-4)).toBeCloseTo(Math.log(9999.422883231624), 10);
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 12);
    expect(logBeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 12);
  });

  it("have the known values of the hypergeometric function", () => {
    // ln(1 + z)/z with −z, and (1 − z)^−a
    expect(hypergeometric(1, 1, 2, 0.5)).toBeCloseTo(2 * Math.log(2), 12);
    expect(hypergeometric(0.3, 2, 2, 0.9)).toBeCloseTo(0.1 ** -0.3, 10);
    expect(hypergeometric(-0.4, 1.7, 0.6, 0)).toBe(1);
  });
});
