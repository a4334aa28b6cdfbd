import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareQuotients, quotientEstimate } from "../../../../../lib/domain/metrics/statistics/quotient.ts";

/** The cost of a new customer, by what was spent and who was won on each day. */

const week = (...amounts: readonly number[]) => amounts;
const even = new Array<number>(28).fill(3);

describe("how far a quotient of two processes can be off", () => {
  it("is at least what chance makes of the count, where both are the same each day", () => {
    const found = quotientEstimate(
      50,
      even.map(() => 150),
      even,
    );
    expect(found?.variance).toBeCloseTo(50 ** 2 / 84, 9);
    expect(found?.third).toBeCloseTo((3 * 50 ** 3) / 84 ** 2, 9);
  });

  it("is by the days where they differ by more", () => {
    // 20 and 10 in turn for always 2: a week moves it by ±1/42 a day but for one.
    const spent = week(20, 10, 20, 10, 20, 10, 15);
    const found = quotientEstimate(7.5, spent, week(20, 20, 20, 20, 20, 20, 20));
    const moves = spent.map((amount) => amount / 105 - 1 / 7);
    const squares = moves.reduce((sum, move) => sum + move ** 2, 0);
    expect(found?.variance).toBeCloseTo(7.5 ** 2 * (7 / 6) * squares, 12);
    expect(found?.degreesOfFreedom).toBeLessThanOrEqual(6);
  });

  it("is skewed as its days are, and known the less the more they are skewed", () => {
    // Moves of −5/105 six times and once 30/105: 1050, 26,250 and, on average, 150 and 3750 of the powers of 1/105. A skewness of 3750/150^1.5.
    const counts = new Array<number>(7).fill(20);
    const found = quotientEstimate(2, week(10, 10, 10, 10, 10, 10, 45), counts);
    const variance = ((7 / 6) * 1050) / 105 ** 2;
    expect(found?.variance).toBeCloseTo(4 * variance, 12);
    expect(found?.third).toBeCloseTo(8 * (26_250 / 105 ** 3 + 3 * variance ** 2), 12);
    expect(found?.degreesOfFreedom).toBeCloseTo(14 / (2 + 1.5 * (3750 ** 2 / 150 ** 3)), 9);
    // Skewed to the other side it is as a lognormal distribution still.
    const mirrored = quotientEstimate(2, week(35, 35, 35, 35, 35, 35, 0), counts);
    const small = ((7 / 6) * 1050) / 210 ** 2;
    expect(mirrored?.third).toBeCloseTo(8 * 3 * small ** 2, 12);
  });

  it("is that of the count alone where each day costs what its customers do", () => {
    const counts = week(10, 20, 30, 10, 20, 30, 20);
    const found = quotientEstimate(
      3,
      counts.map((count) => 3 * count),
      counts,
    );
    expect(found?.variance).toBeCloseTo(9 / 140, 12);
    expect(found?.degreesOfFreedom).toBe(6);
    expect(found?.third).toBeCloseTo((27 * 3) / 140 ** 2, 12);
  });

  it("is known from ten of what is counted on, and of values above 0 alone", () => {
    const counts = week(1, 1, 1, 1, 2, 2, 2);
    expect(quotientEstimate(5, week(5, 5, 5, 5, 5, 5, 5), counts)).toBeDefined();
    expect(quotientEstimate(0, week(5, 5, 5, 5, 5, 5, 5), counts)).toBeUndefined();
    expect(quotientEstimate(5, week(0, 0, 0, 0, 0, 0, 0), counts)).toBeUndefined();
  });

  it("is not known of few days, of few customers, and where nothing was spent", () => {
    expect(quotientEstimate(5, week(10, 10, 10), week(9, 9, 9))).toBeUndefined();
    expect(
      quotientEstimate(
        5,
        even,
        even.map((_, day) => Number(day < 9)),
      ),
    ).toBeUndefined();
    expect(
      quotientEstimate(
        0,
        even.map(() => 0),
        even,
      ),
    ).toBeUndefined();
  });

  it("does not depend on the currency's unit", () => {
    const days = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 2, max: 9 })), {
      ...{ minLength: 7, maxLength: 40 },
    });
    fc.assert(
      fc.property(days, (all) => {
        const [spent, won] = [all.map(([amount]) => amount), all.map(([, count]) => count)];
        const one = quotientEstimate(5, spent, won);
        const cents = quotientEstimate(
          500,
          spent.map((amount) => 100 * amount),
          won,
        );
        expect((cents?.variance ?? 0) / (one?.variance ?? 1)).toBeCloseTo(10_000, 4);
        expect(cents?.degreesOfFreedom).toBeCloseTo(one?.degreesOfFreedom ?? 0, 6);
      }),
    );
  });
});

describe("two quotients", () => {
  const at = (value: number) =>
    quotientEstimate(
      value,
      even.map(() => value * 3),
      even,
    );

  it("differ where the interval of their difference leaves 0 out", () => {
    for (const value of [51, 60, 70, 90]) {
      const [later, earlier] = [at(value), at(50)];
      if (!later || !earlier) throw new Error("both are known");
      const { pValue, low } = compareQuotients(later, earlier);
      expect({ value, isCertain: (pValue ?? 1) < 0.05 }).toEqual({ value, isCertain: (low ?? 0) > 0 });
    }
    const [later, earlier] = [at(90), at(50)];
    expect(later && earlier && compareQuotients(later, earlier).pValue).toBeLessThan(0.05);
  });

  it("are not compared where neither has an error", () => {
    const sure = { value: 5, variance: 0, degreesOfFreedom: 6, third: 0 };
    expect(compareQuotients(sure, { ...sure, value: 4 })).toEqual({ pValue: null, low: null, high: null });
  });
});
