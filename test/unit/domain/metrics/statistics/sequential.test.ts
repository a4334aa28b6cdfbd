import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  sequenceHalfWidth,
  sequenceInterval,
} from "../../../../../lib/domain/metrics/statistics/confidence-sequence.ts";
import {
  addToSums,
  chanceOfPoint,
  chanceOfSum,
  noSums,
} from "../../../../../lib/domain/metrics/statistics/cumulative-sum.ts";
import { normalScore } from "../../../../../lib/domain/metrics/statistics/normal-quantile.ts";
import { SequentialScores } from "../../../../../lib/domain/metrics/statistics/sequential-scores.ts";
import { normal, seeded } from "../../../../calibration/draws.ts";

describe("normal quantiles", () => {
  it("are those of published tables", () => {
    const found = [0.025, 0.5, 0.84134474606854, 0.975, 0.995, 0.99865010196837].map(normalScore);
    const published = [-1.959963984540054, 0, 1, 1.959963984540054, 2.5758293035489, 3];
    for (const [at, score] of found.entries()) expect(score).toBeCloseTo(published[at] ?? Number.NaN, 6);
  });
});

describe("cumulative sums", () => {
  it("their chance is that of the published average run lengths", () => {
    // Montgomery 2013, "Introduction to Statistical Quality Control", table 9.3 (k = 1/2): both sides, h = 4: 168, h = 5: 465; one side is twice as long.
    const runLength = (sum: number) => -30 / Math.log1p(-chanceOfSum(sum));
    expect(runLength(4)).toBeGreaterThan(2 * 168 * 0.98);
    expect(runLength(4)).toBeLessThan(2 * 168 * 1.02);
    expect(runLength(5)).toBeGreaterThan(2 * 465 * 0.98);
    expect(runLength(5)).toBeLessThan(2 * 465 * 1.02);
  });

  it("a sum is never below 0, and counts since when it is above", () => {
    const sums = [1, 1, -3, 1].reduce(addToSums, noSums);
    expect(sums).toEqual({ above: 0.5, below: 1, pointsAbove: 1, pointsBelow: 2 });
  });

  it("one point in 370 is outside of three standard deviations: 7.8 % of months have one", () => {
    expect(chanceOfPoint(3)).toBeCloseTo(1 - 0.9973002 ** 30, 6);
    expect(chanceOfPoint(0)).toBe(1);
  });
});

describe("sequential scores", () => {
  it("do not depend on the unit, or on what is added to all points", () => {
    const points = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 10, maxLength: 50 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 64 }), (values, factor) => {
        const scoresOf = (of: readonly number[]) => {
          const scores = new SequentialScores();
          return of.map((value, at) => scores.add({ value, weight: 1, phase: at % 7 })?.normal);
        };
        // Powers of two keep ties what they are.
        const unit = 2 ** Math.round(Math.log2(factor));
        expect(scoresOf(values.map((value) => unit * value))).toEqual(scoresOf(values));
      }),
    );
  });

  it("have mean 0 and variance 1 while nothing changes, however skewed the values are", () => {
    const random = seeded(3);
    const scores = new SequentialScores();
    const found: number[] = [];
    for (let day = 0; day < 2000; day += 1) {
      const score = scores.add({ value: Math.exp(normal(random)), weight: 1, phase: 0 });
      if (score && score.compared >= 28) found.push(score.normal);
    }
    const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
    const variance = found.reduce((sum, one) => sum + one ** 2, 0) / found.length - mean ** 2;
    expect(Math.abs(mean)).toBeLessThan(0.08);
    expect(variance).toBeGreaterThan(0.9);
    expect(variance).toBeLessThan(1.05);
  });
});

describe("confidence sequences", () => {
  it("hold at all of a thousand looks in at least 95 % of courses, where an interval of one look misses in more than a third", () => {
    const random = seeded(8);
    let [missed, missedByOne] = [0, 0];
    const courses = 400;
    for (let course = 0; course < courses; course += 1) {
      let [sum, isMissed, isMissedByOne] = [0, false, false];
      for (let n = 1; n <= 1000; n += 1) {
        sum += normal(random);
        const mean = Math.abs(sum / n);
        isMissed ||= mean > sequenceHalfWidth(n, 1);
        isMissedByOne ||= mean > 1.96 / Math.sqrt(n);
      }
      missed += Number(isMissed);
      missedByOne += Number(isMissedByOne);
    }
    expect(missed / courses).toBeLessThanOrEqual(0.05);
    expect(missedByOne / courses).toBeGreaterThan(0.33);
  });

  it("reach as far on either side as the published formula says", () => {
    // ρ² = (5.991465 + log 6.991465)/14 = 0.566868; √(2·8.936155/(14·7.936155)·log(2.989340/0.05)) = 0.811194.
    const { low, high } = sequenceInterval(10, 14, 3);
    expect(low).toBeCloseTo(10 - 3 * 0.811194, 5);
    expect(high).toBeCloseTo(10 + 3 * 0.811194, 5);
  });

  it("has no interval without values, or where their deviation is not known", () => {
    expect(sequenceInterval(1, 0, 1)).toEqual({ low: null, high: null });
    expect(sequenceInterval(1, 5, Number.NaN)).toEqual({ low: null, high: null });
  });
});
