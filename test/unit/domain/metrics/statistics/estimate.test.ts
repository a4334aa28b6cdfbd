import { describe, expect, it } from "vitest";
import { twoSidedStudent } from "../../../../../lib/domain/metrics/statistics/distributions.ts";
import {
  boundsOf,
  differenceOf,
  intervalOf,
  inUnit,
  testAgainstZero,
} from "../../../../../lib/domain/metrics/statistics/estimate.ts";

/** Skewness 4/√4³ = 0.5; what leaves 2.5 % of Student's t on either side with 20 degrees of freedom is 2.0859634. */
const skewed = { value: 10, variance: 4, degreesOfFreedom: 20, third: 4 };
const [plain, transformed] = [2 * 2.0859634473, 17.2689104087];

describe("the interval of an estimate", () => {
  it("reaches as far as Student's and Hall's both do", () => {
    // 3/A·(∛(1 + A·(±t − A/6)) − 1), A = 0.5: 1.5611828 and −8.6344552 standard errors of 2.
    const { low, high } = intervalOf(skewed);
    expect(low).toBeCloseTo(10 - plain, 7);
    expect(high).toBeCloseTo(10 + transformed, 7);
  });

  it("is mirrored where the estimate is skewed to the other side", () => {
    const { low, high } = intervalOf({ ...skewed, third: -4 });
    expect(low).toBeCloseTo(10 - transformed, 7);
    expect(high).toBeCloseTo(10 + plain, 7);
  });

  it("is the value alone where there is no error, and stays on its scale", () => {
    expect(intervalOf({ ...skewed, variance: 0 })).toEqual({ low: 10, high: 10 });
    expect(boundsOf(skewed, { min: 7, max: 20 })).toEqual({ low: 7, high: 20 });
    expect(boundsOf(skewed, { min: 0, max: 20 }).low).toBeCloseTo(10 - plain, 7);
  });
});

describe("the test of an estimate against 0", () => {
  it("is the less certain one of Student's and Hall's", () => {
    // Hall: ±2.5 + 0.5·2.5²/3 ± 0.25·2.5³/27 + 0.5/6.
    expect(testAgainstZero({ ...skewed, value: 5 })?.pValue).toBeCloseTo(twoSidedStudent(2.5, 20), 12);
    const below = testAgainstZero({ ...skewed, value: -5 });
    expect(below?.t).toBe(-2.5);
    expect(below?.pValue).toBeCloseTo(twoSidedStudent(-1.5196759259, 20), 9);
  });

  it("is none without an error to measure it by", () => {
    expect(testAgainstZero({ ...skewed, variance: 0 })).toBeUndefined();
    expect(testAgainstZero({ ...skewed, variance: Number.NaN })).toBeUndefined();
  });
});

describe("estimates", () => {
  it("have a difference with the degrees of freedom of Welch", () => {
    // (1 + 2)²/(1²/4 + 2²/9) = 12.96.
    const later = { value: 7, variance: 1, degreesOfFreedom: 4, third: 3 };
    const earlier = { value: 5, variance: 2, degreesOfFreedom: 9, third: 1 };
    expect(differenceOf(later, earlier)).toEqual({
      ...{ value: 2, variance: 3, third: 2 },
      degreesOfFreedom: expect.closeTo(12.96, 9),
    });
    const sure = { ...later, variance: 0 };
    expect(differenceOf(sure, sure).degreesOfFreedom).toBe(Number.POSITIVE_INFINITY);
  });

  it("are told in another unit with all their powers", () => {
    const inThousandths = { value: 5000, variance: 4e6, degreesOfFreedom: 20, third: 8e9 };
    expect(inUnit(inThousandths, 1000)).toEqual({ value: 5, variance: 4, degreesOfFreedom: 20, third: 8 });
  });
});
