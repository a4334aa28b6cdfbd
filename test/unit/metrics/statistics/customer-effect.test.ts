import { describe, expect, it } from "vitest";
import {
  type CustomerEffect,
  type CustomerSums,
  effectIn,
  effectOf,
  spreadOverCustomers,
} from "../../../../lib/metrics/statistics/customer-effect.ts";

/** A customer whose cases all have one value. */
function customer(cases: number, value: number): CustomerSums {
  return { weight: cases, amount: cases * value, squares: cases * value ** 2 };
}

const effect: CustomerEffect = {
  ...{ days: 30, inflation: 3, customersPerCase: 0.5, clustersPerCase: 0.5, skewness: 0, needed: 28 },
};

describe("what customers do to the variance of a mean", () => {
  it("is the linearised variance by customers over that of independent cases", () => {
    // Orders of 10, 10 and 20, 20: by customers 2·(10² + 10²)/4² = 25, by orders (4·25/3)/4 = 8⅓.
    const found = effectOf(30, [[customer(2, 10), customer(2, 20)]], false);
    expect(found).toEqual({ ...effect, inflation: expect.closeTo(3, 12) });
  });

  it("is nothing where every customer has one case", () => {
    const singles = [3, 5, 8, 13, 21].map((value) => customer(1, value));
    expect(effectOf(30, [singles], false)?.inflation).toBeCloseTo(1, 12);
  });

  it("is pooled over windows, each around its own mean", () => {
    const window = [customer(2, 10), customer(2, 20)];
    const later = [customer(2, 110), customer(2, 120)];
    expect(effectOf(30, [window, later], false)?.inflation).toBeCloseTo(3, 12);
  });

  it("where nothing varies is as if customers never changed their minds", () => {
    expect(effectOf(30, [[customer(5, 1), customer(5, 1)]], false)?.inflation).toBe(5);
  });

  it("is not told from one customer or none", () => {
    expect([effectOf(30, [[customer(9, 4)]], false), effectOf(30, [[]], true)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("leaves too few however many there are, where a handful of customers make up most of it", () => {
    const many = Array.from({ length: 2_000 }, (_, index) => customer(1, 50 + (index % 7)));
    const whales = [1e4, 2e4, 4e4, 8e4, 16e4, 32e4].map((value) => customer(20, value));
    expect(effectOf(30, [many], true)?.needed).toBeLessThan(35);
    const found = effectOf(30, [[...many.slice(0, 100), ...whales]], true);
    expect(found?.needed).toBeNull();
    expect(found && spreadOverCustomers(found, 1e9, 1).isTooFew).toBe(true);
  });
});

describe("a range of days", () => {
  const longer = { ...effect, days: 90, inflation: 9, needed: null };

  it("between two windows has what lies between them in proportion", () => {
    expect(effectIn([effect, longer], 60)).toMatchObject({ days: 60, inflation: 6, needed: null });
    expect(effectIn([effect, longer], 7)).toBe(effect);
    expect(effectIn([], 30)).toBeUndefined();
  });

  it("beyond the longest one grows in proportion, up to three times", () => {
    const at = (days: number) => effectIn([effect], days)?.inflation;
    expect([at(60), at(90), at(900)]).toEqual([5, 7, 7]);
  });
});

describe("the spread of so many cases", () => {
  it("has the inflated variance, and customers of the same weight for clusters", () => {
    expect(spreadOverCustomers(effect, 100, 2)).toEqual({
      ...{ variance: 6, inflation: 3, clusters: 50, degreesOfFreedom: 49, skewness: 0, isTooFew: false },
    });
  });

  it("is too few up to as many customers as are needed", () => {
    expect([56, 57].map((cases) => spreadOverCustomers(effect, cases, 2).isTooFew)).toEqual([true, false]);
  });

  it("is the less known, the more skewed the customers are", () => {
    const skewed = spreadOverCustomers({ ...effect, skewness: 4 }, 200, 2);
    expect(skewed.degreesOfFreedom).toBeCloseTo(200 / 26, 12);
    expect(skewed.skewness).toBeCloseTo(0.4, 12);
  });
});
