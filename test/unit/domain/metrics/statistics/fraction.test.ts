import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fraction, meanOf, percent, ratio } from "../../../../../lib/domain/metrics/statistics/fraction.ts";
import { isNearest } from "../../../../fixtures/nearest.ts";

const whole = fc.oneof(fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }), fc.bigInt({ min: -9n, max: 9n }));
const positive = fc.oneof(fc.bigInt({ min: 1n, max: 2n ** 90n }), fc.bigInt({ min: 1n, max: 9n }));

describe("a quotient of whole numbers", () => {
  it("is the number nearest to it, whatever their size", () => {
    fc.assert(
      fc.property(whole, positive, (numerator, denominator) => {
        expect(isNearest(ratio(numerator, denominator), numerator, denominator)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("half-way between two numbers is the even one", () => {
    expect(ratio(2n ** 54n + 2n, 1n)).toBe(2 ** 54);
    expect(ratio(2n ** 54n + 6n, 1n)).toBe(2 ** 54 + 8);
    expect(ratio(2n ** 100n + 1n, 2n ** 46n)).toBe(2 ** 54);
  });

  it("is refused where the denominator is 0", () => {
    expect(() => ratio(1, 0)).toThrow(RangeError);
    expect(() => Fraction.of(1, 0)).toThrow("a fraction with the denominator 0");
  });

  it("of numbers that are exact is their quotient, also where one is a number and one is not", () => {
    const exact = fc.maxSafeInteger();
    fc.assert(
      fc.property(exact, exact, (numerator, denominator) => {
        fc.pre(denominator !== 0);
        expect(ratio(numerator, denominator)).toBe(numerator / denominator);
      }),
    );
    expect(ratio(3, 10n)).toBe(0.3);
    expect(ratio(2 ** 60, 3)).toBe(2 ** 60 / 3);
  });

  it("is a mean of so many values, and none of no values", () => {
    expect(meanOf(7, 2)).toBe(3.5);
    expect(meanOf(-(2n ** 60n), 4)).toBe(-(2 ** 58));
    expect(meanOf(0, 0)).toBeNull();
  });
});

describe("a share in per cent", () => {
  it("is rounded once: a third is 33.333333333333336", () => {
    expect(percent(1, 3)).toBe(33.333333333333336);
  });

  it("of nothing is null", () => {
    expect(percent(0, 0)).toBeNull();
  });
});

describe("a fraction", () => {
  it.each([0.1, 365.2425, 1e-7, 2.5e21, 0])(
    "of the number %d is what is written, and gives it back",
    (value) => {
      expect(Fraction.written(value).toNumber()).toBe(value);
    },
  );

  it("of what is no number is refused", () => {
    expect(() => Fraction.written(Number.NaN)).toThrow("NaN is no fraction");
  });

  it("is multiplied, divided and compared exactly", () => {
    const tenth = Fraction.written(0.1);
    expect(tenth.times(Fraction.of(3)).toNumber()).toBe(0.3);
    expect(Fraction.of(3).dividedBy(tenth).toNumber()).toBe(30);
    expect(Fraction.of(1, 3).complement().percent()).toBe(66.66666666666667);
    expect(tenth.isLessThan(Fraction.of(1, 9))).toBe(true);
    expect(tenth.isLessThan(Fraction.of(-1, -10))).toBe(false);
    expect(Fraction.of(2, 3).dividedBy(Fraction.of(5, 7)).toNumber()).toBe(14 / 15);
    expect(Fraction.of(1, -4).toNumber()).toBe(-0.25);
    expect(Fraction.of(1, -4).isLessThan(Fraction.of(0))).toBe(true);
    expect(Fraction.of(1, 3).isLessThan(Fraction.of(1, 4))).toBe(false);
  });
});
