import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysPerMonth } from "../../../../../lib/domain/calendar/intervals.ts";
import {
  type Lifetime,
  logRank,
  survivalCurves,
} from "../../../../../lib/domain/metrics/lifetime/survival.ts";

/** Weeks of remission of leukaemia under 6-mercaptopurine and a placebo: Freireich et al. 1963, Blood 21, 699–716; a minus stands for patients still in remission. */
const treated = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];

/** A week stands for a month of this product's curves. */
const lifetimesOf = (months: readonly number[], group: string): Lifetime[] =>
  months.map((month) => ({
    ...{ days: Math.floor(Math.abs(month) * daysPerMonth), isLost: month > 0, group },
  }));

const both = [...lifetimesOf(treated, "treated"), ...lifetimesOf(placebo, "placebo")];

describe("the curve of who is still there", () => {
  it("is that of Kaplan and Meier: the published shares of a published sample", () => {
    const [ofPlacebo, ofTreated] = survivalCurves(both);
    expect(ofTreated).toMatchObject({ group: "treated", customers: 21, lost: 9 });
    const shareAt = (month: number) => ofTreated?.steps[month - 1]?.share;
    expect(shareAt(5)).toBe(1);
    for (const [month, share] of [
      [6, 0.857],
      [7, 0.807],
      [10, 0.753],
      [13, 0.69],
      [16, 0.627],
      [22, 0.538],
      [23, 0.448],
      [35, 0.448],
    ] as const) {
      expect(shareAt(month)).toBeCloseTo(share, 3);
    }
    expect(ofTreated?.medianDays).toBe(Math.floor(23 * daysPerMonth));
    expect(ofPlacebo?.medianDays).toBe(Math.floor(8 * daysPerMonth));
    expect(ofPlacebo?.steps.at(-1)).toMatchObject({ month: 23, share: 0, low: null, high: null });
  });

  it("reaches half on the day on which just half are left, however many there are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 20 }), (pairs, known) => {
        // So many are not known any longer before the first one is lost: of the others half are left after half of the losses.
        const all = Array.from({ length: 2 * pairs + known }, (_, index) => {
          return { days: index + 1, isLost: index >= known, group: "" };
        });
        expect(survivalCurves(all)[0]?.medianDays).toBe(known + pairs);
      }),
    );
    // 6/8 of 2/3, with three in between who are not known any longer.
    const eight = [1, 2, -3, -4, -5, 6, 7, 8].map((days) => {
      return { days: Math.abs(days), isLost: days > 0, group: "" };
    });
    expect(survivalCurves(eight)[0]?.medianDays).toBe(6);
  });

  it("has a first month also where everybody was lost, or is known, on the day of joining alone", () => {
    const [lost, known] = [true, false].map((isLost) => survivalCurves([{ days: 0, isLost, group: "" }])[0]);
    expect(lost).toMatchObject({ medianDays: 0, steps: [{ month: 1, atRisk: 0, lost: 1, share: 0 }] });
    expect(known).toMatchObject({ medianDays: null, steps: [{ month: 1, atRisk: 0, lost: 0, share: 1 }] });
    expect([lost?.steps.length, known?.steps.length]).toEqual([1, 1]);
  });

  it("has Greenwood's interval on the scale of log(−log), and none as long as nobody is lost", () => {
    const steps = survivalCurves(both)[1]?.steps;
    expect(steps?.[4]).toMatchObject({ share: 1, low: null, high: null });
    // By hand: 18/21; Greenwood's sum is 3/(21·18); the margin 1.96·√(3/378)/0.15415.
    expect(steps?.[5]?.low).toBeCloseTo(0.6197, 4);
    expect(steps?.[5]?.high).toBeCloseTo(0.9516, 4);
  });

  it("is the plain share where everybody has been known for as long, and never rises", () => {
    const someone = fc.record({ days: fc.integer({ min: 0, max: 900 }), isLost: fc.boolean() });
    fc.assert(
      fc.property(fc.array(someone, { minLength: 1, maxLength: 60 }), (some) => {
        const all = some.map((one) => ({ ...one, group: "" }));
        const [curve] = survivalCurves(all.map((one) => (one.isLost ? one : { ...one, days: 900 })));
        let before = 1;
        for (const { month, share, low, high } of curve?.steps ?? []) {
          const end = Math.floor(month * daysPerMonth);
          const there = all.filter(({ days, isLost }) => !isLost || days > end).length;
          expect(share).toBeCloseTo(there / all.length, 9);
          expect(share).toBeLessThanOrEqual(before + 1e-12);
          before = share;
          if (low !== null && high !== null) {
            expect(low).toBeLessThanOrEqual(share);
            expect(high).toBeGreaterThanOrEqual(share);
          }
        }
      }),
    );
  });
});

describe("the log-rank test", () => {
  it("gives the published figure of a published sample", () => {
    const found = logRank(both);
    expect(found?.statistic).toBeCloseTo(16.793, 3);
    expect(found).toMatchObject({ degreesOfFreedom: 1, pValue: expect.closeTo(4.17e-5, 7) });
  });

  it("of two groups that are alike finds nothing, of several counts one degree less, and needs two in which somebody was lost", () => {
    const alike = ["a", "b", "c"].flatMap((group) => lifetimesOf(treated, group));
    expect(logRank(alike)).toMatchObject({
      ...{ degreesOfFreedom: 2, statistic: expect.closeTo(0, 9), pValue: expect.closeTo(1, 9) },
    });
    expect(logRank(lifetimesOf(treated, "a"))).toBeUndefined();
    expect(logRank([...lifetimesOf([-3, -4], "a"), ...lifetimesOf([-5], "b")])).toBeUndefined();
  });

  it("compares the others where one group is so new that nobody of it was known until the first loss", () => {
    const found = logRank(both);
    for (const group of ["a new one", "z"]) {
      const news = [0, 1, 2].map((days) => ({ days, isLost: false, group }));
      expect(logRank([...both, ...news])).toEqual(found);
      expect(logRank([...lifetimesOf(treated, "treated"), ...news])).toBeUndefined();
    }
  });
});
