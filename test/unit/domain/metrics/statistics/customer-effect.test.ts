import { marshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CustomerEffect,
  type CustomerSums,
  effectIn,
  effectOf,
  spreadOverCustomers,
} from "../../../../../lib/domain/metrics/statistics/customer-effect.ts";

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

describe("what is measured can be stored", () => {
  /** Of what DynamoDB cannot store, `marshall` and this refuse all: no numbers, and those beyond what it holds. */
  const isStorable = (found: CustomerEffect | undefined) => {
    marshall({ found: found ?? null });
    return Object.values(found ?? {}).every(
      (one) => one === null || one === 0 || (Math.abs(one) >= 1e-130 && Math.abs(one) <= 1e125),
    );
  };

  it("where every order is of nothing", () => {
    const free = [customer(1, 0), customer(2, 0), customer(1, 0)];
    const found = effectOf(7, [free, free], true);
    expect(found).toMatchObject({ skewness: 0, needed: 28 });
    expect(isStorable(found)).toBe(true);
  });

  it("where one order among very many is enormous: no number of customers is enough", () => {
    const many = Array.from({ length: 200_000 }, () => customer(1, 100));
    const found = effectOf(30, [[...many, customer(1, 1e16)]], true);
    expect(found?.needed).toBeNull();
    expect(isStorable(found)).toBe(true);
    expect(found && spreadOverCustomers(found, 1e9, 1).isTooFew).toBe(true);
  });

  it("where a window has nothing but orders of nothing: it says nothing of the tail of the others", () => {
    const orders = Array.from({ length: 100 }, (_, index) => customer(1, 50 + (index % 7)));
    const whales = [1e4, 2e4, 4e4, 8e4, 16e4, 32e4].map((value) => customer(20, value));
    const free = [customer(1, 0), customer(1, 0), customer(1, 0)];
    expect(effectOf(7, [[...orders, ...whales], free], true)?.needed).toBeNull();
  });

  it("of any amounts", () => {
    const any = fc.oneof(fc.constantFrom(0, 1, 10, 1e16), fc.nat(1e6), fc.nat(1e15));
    const windows = fc
      .constantFrom(fc.constant(0), fc.constantFrom(0, 1e16), fc.constantFrom(1, 3), any)
      .chain((amount) => {
        const one = fc
          .array(amount, { minLength: 1, maxLength: 4 })
          .map((amounts) => amounts.map((value) => customer(1, value)).reduce(bothOf));
        return fc.array(fc.array(one, { maxLength: 40 }), { minLength: 1, maxLength: 3 });
      });
    fc.assert(
      fc.property(windows, fc.boolean(), fc.constantFrom(1, 1e4, 1e8), (some, isOpen, times) => {
        const scaled = some.map((customers) =>
          customers.map(({ weight, amount, squares }) => {
            return { weight, amount: amount / times, squares: squares / times ** 2 };
          }),
        );
        return isStorable(effectOf(7, scaled, isOpen));
      }),
      { numRuns: 2_000 },
    );
  });
});

function bothOf(a: CustomerSums, b: CustomerSums): CustomerSums {
  return { weight: a.weight + b.weight, amount: a.amount + b.amount, squares: a.squares + b.squares };
}

describe("a range of days", () => {
  const longer = { ...effect, days: 90, inflation: 9, needed: null };

  it("between two windows has what lies between them in proportion", () => {
    expect(effectIn([effect, longer], 60)).toMatchObject({ days: 60, inflation: 6, needed: null });
    expect(effectIn([effect, longer], 7)).toBe(effect);
    expect(effectIn([], 30)).toBeUndefined();
  });

  it("is what was measured in windows as long, also where shorter ones have too few customers", () => {
    const weekly: CustomerEffect = { ...effect, days: 7, inflation: 2, needed: null };
    const yearly: CustomerEffect = { ...effect, days: 365, inflation: 9 };
    expect(effectIn([weekly, effect, yearly], 30)).toBe(effect);
    expect(effectIn([weekly, effect, yearly], 29)?.needed).toBeNull();
  });

  it("beyond the longest one grows in proportion, up to three times", () => {
    const at = (days: number) => effectIn([effect], days)?.inflation;
    expect([at(60), at(90), at(900)]).toEqual([5, 7, 7]);
  });

  it("beyond the longest one has no more customers for all their cases: 20 who order each week stay 20", () => {
    const weekly = { ...effect, customersPerCase: 20 / 86, clustersPerCase: 20 / 86 };
    const found = effectIn([weekly], 90);
    expect(found && spreadOverCustomers(found, 3 * 86, 2)).toMatchObject({
      ...{ clusters: expect.closeTo(20, 12), isTooFew: true },
    });
    expect(found && found.customersPerCase * 3 * 86).toBeCloseTo(20, 12);
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
