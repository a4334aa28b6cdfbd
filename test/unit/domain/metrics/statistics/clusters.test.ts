import { describe, expect, it } from "vitest";
import {
  freedomOf,
  inflationOf,
  spreadOverDays,
  widerSpread,
} from "../../../../../lib/domain/metrics/statistics/clusters.ts";

describe("how a ratio differs from day to day", () => {
  it("is the variance of a ratio estimator whose units are the days", () => {
    // R = 28/70; Σ(y − 4)² = 2·(9 + 4 + 1) = 28: 7/6·28/70².
    const spread = spreadOverDays([1, 2, 3, 4, 5, 6, 7], [10, 10, 10, 10, 10, 10, 10]);
    expect(spread?.variance).toBeCloseTo(((7 / 6) * 28) / 4900, 12);
    expect(spread?.clusters).toBe(7);
  });

  it("counts a heavy day as the days that would tell as much", () => {
    // K = 10²/12 = 25/3; R = 0.4; residues 2·0.6² + 6·0.4² + (2 − 0.8)² = 3.12.
    const spread = spreadOverDays([1, 0, 1, 0, 0, 0, 0, 0, 2], [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    expect(spread?.clusters).toBeCloseTo(25 / 3, 12);
    expect(spread?.variance).toBeCloseTo(((25 / 22) * 3.12) / 100, 12);
  });

  it("is not told of fewer than seven days of the same weight, and of no cases", () => {
    expect(spreadOverDays([1, 2, 3, 4, 5, 6, 7], [10, 10, 10, 10, 10, 10, 9])).toBeUndefined();
    expect(spreadOverDays([0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0])).toBeUndefined();
  });
});

describe("the degrees of freedom of a spread", () => {
  it("are one fewer than its clusters, where it does not say otherwise", () => {
    expect(freedomOf({ variance: 1, clusters: 12 })).toBe(11);
    expect(freedomOf({ variance: 1, clusters: 12, degreesOfFreedom: 4.5 })).toBe(4.5);
  });
});

describe("the inflation of a variance", () => {
  it("is at least 1, and 1 where it is not known", () => {
    expect(inflationOf(undefined)).toBe(1);
    expect(inflationOf({ variance: 1, clusters: 9 })).toBe(1);
    expect(inflationOf({ variance: 1, clusters: 9, inflation: 0.5 })).toBe(1);
    expect(inflationOf({ variance: 1, clusters: 9, inflation: 3 })).toBe(3);
  });
});

describe("the wider of two spreads", () => {
  const days = { variance: 4, clusters: 9 };
  const customers = {
    variance: 3,
    clusters: 50,
    degreesOfFreedom: 6,
    inflation: 2,
    skewness: 1,
    isTooFew: true,
  };

  it("is the one that there is", () => {
    expect(widerSpread(days, undefined)).toBe(days);
    expect(widerSpread(undefined, customers)).toBe(customers);
    expect(widerSpread(undefined, undefined)).toBeUndefined();
  });

  it("is that over customers, unless that over days is wider", () => {
    for (const variance of [4, 5]) {
      const spread = { ...customers, variance };
      expect(widerSpread(days, spread)).toBe(spread);
    }
  });

  it("keeps what is known of the customers, and the fewer degrees of freedom", () => {
    const known = { inflation: 2, skewness: 1, isTooFew: true };
    expect(widerSpread(days, customers)).toEqual({ ...days, ...known, degreesOfFreedom: 6 });
    expect(widerSpread({ ...days, clusters: 5 }, customers)).toMatchObject({
      clusters: 5,
      degreesOfFreedom: 4,
    });
  });
});
