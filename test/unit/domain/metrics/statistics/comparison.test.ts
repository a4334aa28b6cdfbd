import { assert, integer, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareMeans,
  compareNetPromoter,
  compareProportions,
} from "../../../../../lib/domain/metrics/statistics/comparison.ts";
import { twoSidedStudent } from "../../../../../lib/domain/metrics/statistics/distributions.ts";
import { type Moments, meanInterval } from "../../../../../lib/domain/metrics/statistics/mean.ts";

function momentsOf(values: readonly number[]): Moments {
  return {
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    sumOfSquares: values.reduce((sum, value) => sum + value ** 2, 0),
  };
}

describe("compareNetPromoter", () => {
  it("is the hand-computed z of two small samples", () => {
    // 3/2/1: 22.2222 with variance 45.5/729; 1/2/3 mirrors it: z = (4/9)/√(91/729) = 1.257905
    const result = compareNetPromoter(
      { promoters: 3, passives: 2, detractors: 1 },
      { promoters: 1, passives: 2, detractors: 3 },
    );
    expect(result.z).toBeCloseTo(4 / 9 / Math.sqrt(91 / 729), 10);
    // The normal distribution says 0.2084; of the 924 ways to deal the twelve answers, 292 are as extreme.
    expect(result.pValue).toBeCloseTo(292 / 924, 10);
    expect(result.significant).toBe(false);
  });

  it("counts all ways to deal the answers while either sample is small", () => {
    const answers = (promoters: number, passives: number, detractors: number) => ({
      promoters,
      passives,
      detractors,
    });
    // Counted by listing them: 2 of 20 (the normal distribution says 0.038), and 158 of 12,870.
    expect(compareNetPromoter(answers(2, 1, 0), answers(0, 0, 3)).pValue).toBeCloseTo(2 / 20, 10);
    expect(compareNetPromoter(answers(4, 3, 1), answers(0, 2, 6)).pValue).toBeCloseTo(158 / 12_870, 10);
    expect(compareNetPromoter(answers(0, 2, 6), answers(4, 3, 1)).pValue).toBeCloseTo(158 / 12_870, 10);
  });

  it("is the normal distribution's where that says less, and where both samples are large", () => {
    const answers = (promoters: number, passives: number) => ({ promoters, passives, detractors: 0 });
    // (5.75 − 0.75)/8 against 0: variances of 27/64 and 12/64 of eight answers. Only 2 of 252 ways are as extreme.
    const few = compareNetPromoter(answers(5, 0), answers(0, 5));
    expect(few.z).toBeCloseTo(0.625 / Math.sqrt(39 / 512), 10);
    expect(few.pValue).toBeCloseTo(0.0235400583, 9);
    // One of 39,711 ways to deal 3 and 60, however many the larger sample has.
    const unequal = compareNetPromoter(answers(3, 0), { promoters: 0, passives: 0, detractors: 60 });
    expect(unequal.pValue).toBeCloseTo(1 / 39_711, 10);
  });

  it("gives the interval of the difference, in points", () => {
    // 39.2162 ± 1.219652 against 58.9195 ± 0.604654 (plain): −19.70 ± 1.96·1.3613
    const { low, high } = compareNetPromoter(
      { promoters: 2113, passives: 1067, detractors: 622 },
      { promoters: 6352, passives: 2886, detractors: 572 },
    );
    expect(low).toBeCloseTo(-19.7033 - 1.96 * 1.3613, 1);
    expect(high).toBeCloseTo(-19.7033 + 1.96 * 1.3613, 1);
  });

  it("tells the garden centre's visitors with a comment from those without", () => {
    // 39.2162 ± 1.219652 against 58.9195 ± 0.604654 (plain): z = −14.47
    const result = compareNetPromoter(
      { promoters: 2113, passives: 1067, detractors: 622 },
      { promoters: 6352, passives: 2886, detractors: 572 },
    );
    expect(result.z).toBeCloseTo((39.216202 - 58.91947) / Math.hypot(1.219652, 0.604654), 1);
    expect(result).toMatchObject({ significant: true });
    expect(result.pValue).toBeLessThan(1e-12);
  });

  it("does not call a difference of two unanimous answers significant", () => {
    const promoter = { promoters: 1, passives: 0, detractors: 0 };
    const detractor = { promoters: 0, passives: 0, detractors: 1 };
    expect(compareNetPromoter(promoter, detractor).significant).toBe(false);
  });

  it("has nothing to say without answers", () => {
    const none = { promoters: 0, passives: 0, detractors: 0 };
    const some = { promoters: 5, passives: 1, detractors: 1 };
    const nothing = { z: null, pValue: null, significant: false, low: null, high: null };
    expect(compareNetPromoter(none, some)).toEqual(nothing);
    expect(compareNetPromoter(some, none)).toEqual(nothing);
  });

  it("changes only its sign when the samples are swapped, and is 0 for equal ones", () => {
    const count = integer({ min: 0, max: 10_000 });
    const answers = tuple(count, count, count)
      .filter(([a, b, c]) => a + b + c > 0)
      .map(([promoters, passives, detractors]) => ({ promoters, passives, detractors }));
    assert(
      property(answers, answers, (first, second) => {
        const there = compareNetPromoter(first, second);
        const back = compareNetPromoter(second, first);
        expect(there.z).toBeCloseTo(-(back.z ?? Number.NaN), 9);
        expect(there.pValue).toBeCloseTo(back.pValue ?? Number.NaN, 9);
        expect(compareNetPromoter(first, { ...first })).toMatchObject({
          z: 0,
          pValue: 1,
          significant: false,
        });
      }),
    );
  });
});

describe("compareProportions", () => {
  it("gives the interval that Newcombe 1998 publishes", () => {
    // Table II, method 10, case (a): 56 of 70 against 48 of 80.
    const { low, high } = compareProportions({ successes: 56, n: 70 }, { successes: 48, n: 80 });
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  it("finds what the Physicians' Health Study found", () => {
    // Heart attacks: 189 of 11,034 with a placebo, 104 of 11,037 with aspirin. By independent code: Newcombe's interval, and the z with which
    // it ends at 0. (Pearson's χ² is 25.01, its root 5.001: Agresti 2002, section 3.1.)
    const { z, pValue, significant, low, high } = compareProportions(
      { successes: 189, n: 11_034 },
      { successes: 104, n: 11_037 },
    );
    expect(low).toBeCloseTo(0.0047020297, 9);
    expect(high).toBeCloseTo(0.0107750838, 9);
    expect(z).toBeCloseTo(4.94446864, 7);
    expect(pValue).toBeCloseTo(7.635183e-7, 12);
    expect(significant).toBe(true);
  });

  it("never disagrees with its interval, and changes only its signs when the samples are swapped", () => {
    const counts = tuple(integer({ min: 1, max: 500 }), integer({ min: 0, max: 500 })).map(([n, part]) => ({
      n,
      successes: Math.min(n, part),
    }));
    assert(
      property(counts, counts, (first, second) => {
        const there = compareProportions(first, second);
        const back = compareProportions(second, first);
        const excludesNothing = (there.low ?? 0) > 0 || (there.high ?? 0) < 0;
        expect(there.significant).toBe(excludesNothing);
        expect(there.pValue).toBeCloseTo(back.pValue ?? Number.NaN, 9);
        expect(there.low).toBeCloseTo(-(back.high ?? Number.NaN), 9);
      }),
    );
  });

  it("takes shares that differ from day to day for as few cases as tell as much", () => {
    const first = { successes: 600, n: 1000 };
    const second = { successes: 540, n: 1000 };
    expect(compareProportions(first, second).significant).toBe(true);
    // 0.6·0.4/1000 is 0.00024: nine times that is a ninth of the cases.
    const spread = { variance: 9 * 0.00024, clusters: 30 };
    const clustered = compareProportions({ ...first, spread }, { ...second, spread });
    expect(clustered.significant).toBe(false);
    expect((clustered.high ?? 0) - (clustered.low ?? 0)).toBeGreaterThan(2.9 * 0.0866);
  });

  it("knows their variance by Welch's degrees of freedom", () => {
    // Variances of 0.24/25 and 0.21/25, known by 8 and 4: 0.018²/(0.0096²/8 + 0.0084²/4) = 11.111.
    const first = { successes: 60, n: 100, spread: { variance: 0.0096, clusters: 9 } };
    const second = { successes: 30, n: 100, spread: { variance: 0.0084, clusters: 5 } };
    const { z, pValue } = compareProportions(first, second);
    const freedom = 0.018 ** 2 / (0.0096 ** 2 / 8 + 0.0084 ** 2 / 4);
    expect(pValue).toBeCloseTo(twoSidedStudent(z ?? 0, freedom), 9);
  });

  it("says nothing changed when all or none succeeded in both", () => {
    const same = { z: 0, pValue: 1, significant: false };
    expect(compareProportions({ successes: 5, n: 5 }, { successes: 9, n: 9 })).toMatchObject(same);
    expect(compareProportions({ successes: 0, n: 5 }, { successes: 0, n: 9 })).toMatchObject(same);
  });

  it("has nothing to say without cases, and refuses impossible ones", () => {
    const nothing = { z: null, pValue: null, significant: false, low: null, high: null };
    expect(compareProportions({ successes: 0, n: 0 }, { successes: 1, n: 2 })).toEqual(nothing);
    expect(compareProportions({ successes: 1, n: 2 }, { successes: 0, n: 0 })).toEqual(nothing);
    const possible = { successes: 1, n: 2 };
    for (const impossible of [
      { successes: 3, n: 2 },
      { successes: -1, n: 2 },
      { successes: 1, n: Number.POSITIVE_INFINITY },
      { successes: Number.NaN, n: 2 },
    ]) {
      expect(() => compareProportions(possible, impossible)).toThrow(RangeError);
      expect(() => compareProportions(impossible, possible)).toThrow(RangeError);
    }
  });
});

const effort = { min: 1, max: 7 };
const score = integer({ min: 1, max: 7 });

const equal = (n: number, value: number): Moments => ({ n, sum: n * value, sumOfSquares: n * value ** 2 });

describe("compareMeans", () => {
  it("gives the published Welch test of Student's sleep data", () => {
    const { t, degreesOfFreedom, pValue, significant } = compareMeans(
      momentsOf([7, -16, -2, -12, -1, 34, 37, 8, 0, 20]),
      momentsOf([19, 8, 11, 1, -1, 44, 55, 16, 46, 34]),
    );
    expect(t).toBeCloseTo(-1.8608, 4);
    expect(degreesOfFreedom).toBeCloseTo(17.776, 3);
    expect(pValue).toBeCloseTo(0.07939, 5);
    expect(significant).toBe(false);
  });

  it("gives the published Welch test of the NIST car mileage data", () => {
    // NIST/SEMATECH e-Handbook, section 1.3.5.3: US cars 20.14458, 6.41470, 249; Japanese cars 30.48101, 6.10771, 79.
    const moments = (n: number, mean: number, deviation: number) => ({
      n,
      sum: n * mean,
      sumOfSquares: (n - 1) * deviation ** 2 + n * mean ** 2,
    });
    const result = compareMeans(moments(249, 20.14458, 6.4147), moments(79, 30.48101, 6.10771));
    expect(result.t).toBeCloseTo(-12.94627, 4);
    expect(result.degreesOfFreedom).toBeCloseTo(136.875, 3);
    expect(result.significant).toBe(true);
  });

  it("tells large amounts apart that differ by little, given as exact sums", () => {
    // 10¹² ± 1 against 10¹² + 3 ± 1, both 100 times: variance 100/99, t = −3/√(2/99)
    const moments = (middle: bigint) => ({
      n: 100,
      sum: 100n * middle,
      sumOfSquares: 50n * (middle - 1n) ** 2n + 50n * (middle + 1n) ** 2n,
    });
    const { t, degreesOfFreedom } = compareMeans(moments(10n ** 12n), moments(10n ** 12n + 3n));
    expect(t).toBeCloseTo(-3 / Math.sqrt(2 / 99), 2);
    expect(degreesOfFreedom).toBeCloseTo(198, 9);
  });

  it("has nothing to say for fewer than two values", () => {
    const nothing = {
      ...{ t: null, degreesOfFreedom: null, low: null, high: null },
      ...{ pValue: null, significant: false },
    };
    const many = momentsOf([1, 2, 3]);
    expect(compareMeans(many, momentsOf([5]))).toEqual(nothing);
    expect(compareMeans(momentsOf([]), many)).toEqual(nothing);
    expect(compareMeans(equal(1, 7), equal(100, 1), effort)).toEqual(nothing);
  });

  it("works when only one sample has spread", () => {
    const { t, degreesOfFreedom } = compareMeans(momentsOf([4, 4, 4]), momentsOf([5, 6, 7]));
    expect(t).toBeCloseTo(-2 / Math.sqrt(1 / 3), 10);
    expect(degreesOfFreedom).toBeCloseTo(2, 10);
  });

  describe("of samples without spread", () => {
    it("on a scale with two ends, takes them for as uncertain as their intervals say", () => {
      // Wilson's upper end for 0 of 4 is z²/(4 + z²) = 0.489891; 0.489891·6/z = 1.499693 is either standard error.
      const { t, degreesOfFreedom, pValue, significant } = compareMeans(equal(4, 7), equal(4, 1), effort);
      expect(t).toBeCloseTo(6 / (Math.SQRT2 * 1.499693), 5);
      expect(degreesOfFreedom).toBe(Number.POSITIVE_INFINITY);
      // 2 of the 70 ways to deal four 7 and four 1 separate them; the normal distribution alone says 0.0047.
      expect(pValue).toBeCloseTo(2 / 70, 10);
      expect(significant).toBe(true);
      // 0.489891·6/z and 0.489891·1/z: 1/1.5204, whose p is above that of the permutations.
      const next = compareMeans(equal(4, 7), equal(4, 6), effort);
      expect(next.t).toBeCloseTo(1 / Math.hypot(1.499693, 0.249949), 5);
      expect(next.pValue).toBeCloseTo(0.511, 3);
    });

    it("finds what many equal answers show, and not what few would by a division by zero", () => {
      expect(compareMeans(equal(100, 7), equal(100, 1), effort).significant).toBe(true);
      expect(compareMeans(equal(100, 7), equal(100, 6), effort).significant).toBe(true);
      expect(compareMeans(equal(100, 6), equal(100, 7), effort).t).toBeLessThan(0);
      expect(compareMeans(equal(2, 7), equal(2, 6), effort).significant).toBe(false);
      expect(compareMeans(equal(2, 7), equal(2, 1), effort).significant).toBe(false);
      expect(compareMeans(equal(100, 7), equal(100, 7), effort)).toMatchObject({ t: 0, significant: false });
    });

    it("does not take two equal answers for certain where the other sample has spread", () => {
      const many = { n: 200, sum: 100 * 5 + 100 * 6, sumOfSquares: 100 * 25 + 100 * 36 };
      expect(compareMeans(equal(2, 7), many, effort).significant).toBe(false);
      expect(compareMeans(many, equal(2, 1), effort).significant).toBe(true);
      // Two against two can be dealt in six ways.
      expect(compareMeans(equal(2, 7), momentsOf([1, 2]), effort).pValue).toBeCloseTo(1 / 3, 10);
      expect(compareMeans(many, equal(60, 7), effort).significant).toBe(true);
    });

    it("takes the side that faces the other mean, whichever is first", () => {
      const scale = { min: 1, max: 5 };
      const [alike, spread] = [momentsOf([4, 4, 4, 4, 4]), momentsOf([1, 2, 3, 2, 2])];
      const [there, back] = [compareMeans(alike, spread, scale), compareMeans(spread, alike, scale)];
      expect(back.t).toBeCloseTo(-(there.t ?? Number.NaN), 12);
      expect(back.degreesOfFreedom).toBe(there.degreesOfFreedom);
      expect(back.low).toBeCloseTo(-(there.high ?? Number.NaN), 12);
    });

    it("agrees with intervals that do not touch", () => {
      assert(
        property(
          tuple(integer({ min: 2, max: 300 }), score),
          tuple(integer({ min: 2, max: 300 }), score),
          (a, b) => {
            const [first, second] = [equal(...a), equal(...b)];
            const [{ low }, { high }] = [meanInterval(first, effort), meanInterval(second, effort)];
            if (low !== null && high !== null && low > high) {
              expect(compareMeans(first, second, effort).significant).toBe(true);
            }
          },
        ),
      );
    });

    it("without two ends, counts in how many ways the values could have been dealt", () => {
      const test = compareMeans(equal(4, 60_000), equal(4, 61_000));
      expect(test).toMatchObject({ t: null, degreesOfFreedom: null, significant: true });
      expect(test.pValue).toBeCloseTo(2 / 70, 10);
      expect(compareMeans(equal(2, 60_000), equal(2, 61_000)).pValue).toBeCloseTo(1 / 3, 10);
      expect(compareMeans(equal(2, 0.25), equal(9, 0.5)).pValue).toBeCloseTo(2 / 55, 10);
      expect(compareMeans(equal(2, 0.25), equal(9, 0.25)).pValue).toBe(1);
    });

    it("calls the same large amounts the same, whatever the digits of their means", () => {
      const amounts = (n: bigint, amount: bigint) => ({
        n: Number(n),
        sum: n * amount,
        sumOfSquares: n * amount ** 2n,
      });
      const amount = 10n ** 15n + 7n;
      expect(compareMeans(amounts(33n, amount), amounts(1_007n, amount)).pValue).toBe(1);
      expect(compareMeans(amounts(33n, amount), amounts(1_007n, amount + 1n)).significant).toBe(true);
    });
  });
});
