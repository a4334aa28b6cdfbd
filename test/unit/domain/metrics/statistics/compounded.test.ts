import { array, assert, integer, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { compoundedShare } from "../../../../../lib/domain/metrics/statistics/compounded.ts";
import { Fraction } from "../../../../../lib/domain/metrics/statistics/fraction.ts";
import { wilsonInterval } from "../../../../../lib/domain/metrics/statistics/proportion.ts";
import { drawCounts, seededRandom } from "./random.ts";

const anyDay = integer({ min: 0, max: 1000 }).chain((atRisk) =>
  tuple(integer({ min: 0, max: atRisk })).map(([lost]) => ({ atRisk, lost })),
);

describe("compoundedShare", () => {
  it("is the Wilson interval of a group that none joins", () => {
    // 100, of whom 3, 2 and 5 leave: 10 of 100 in all.
    const { share, low, high, effectiveN } = compoundedShare([
      { atRisk: 100, lost: 3 },
      { atRisk: 97, lost: 2 },
      { atRisk: 95, lost: 5 },
    ]);
    expect(share).toBeCloseTo(0.1, 12);
    expect(effectiveN).toBeCloseTo(100, 9);
    expect(low).toBeCloseTo(wilsonInterval(10, 100).low ?? Number.NaN, 9);
    expect(high).toBeCloseTo(wilsonInterval(10, 100).high ?? Number.NaN, 9);
  });

  it("gives the published Kaplan–Meier estimate and Greenwood error of the leukaemia trial", () => {
    // Freireich et al. 1963, 6-MP group, as in Cox & Oakes 1984: S(23) = 0.4482 with standard error 0.1346.
    const { share, effectiveN } = compoundedShare([
      { atRisk: 21, lost: 3 },
      { atRisk: 17, lost: 1 },
      { atRisk: 15, lost: 1 },
      { atRisk: 12, lost: 1 },
      { atRisk: 11, lost: 1 },
      { atRisk: 7, lost: 1 },
      { atRisk: 6, lost: 1 },
    ]);
    const kept = 1 - (share ?? Number.NaN);
    expect(kept).toBeCloseTo(0.4482, 4);
    expect(Math.sqrt((kept * (1 - kept)) / effectiveN)).toBeCloseTo(0.1346, 4);
  });

  it("rounds once: a third lost on any day of some is a third", () => {
    const { share, exactShare } = compoundedShare([
      { atRisk: 3, lost: 0 },
      { atRisk: 3, lost: 1 },
      { atRisk: 2, lost: 0 },
    ]);
    expect(share).toBe(1 / 3);
    expect(exactShare?.percent()).toBe(33.333333333333336);
  });

  it("is the product of the days' fractions, rounded once", () => {
    const days = array(anyDay, { minLength: 1, maxLength: 20 });
    assert(
      property(days, (some) => {
        const atRisk = some.filter((day) => day.atRisk > 0);
        const kept = atRisk.reduce(
          (product, day) => product.times(Fraction.of(day.atRisk - day.lost, day.atRisk)),
          Fraction.of(1),
        );
        const expected = atRisk.length === 0 ? undefined : kept.complement().percent();
        expect(compoundedShare(some).exactShare?.percent()).toBe(expected);
      }),
    );
  });

  it("leaves out days that begin with nobody, and has nothing to say without any other", () => {
    const days = [
      { atRisk: 0, lost: 0 },
      { atRisk: 50, lost: 5 },
      { atRisk: 0, lost: 0 },
    ];
    expect(compoundedShare(days)).toEqual(compoundedShare([{ atRisk: 50, lost: 5 }]));
    const nothing = { share: null, exactShare: null, low: null, high: null, effectiveN: 0 };
    expect(compoundedShare([])).toEqual(nothing);
    expect(compoundedShare([{ atRisk: 0, lost: 0 }])).toEqual(nothing);
  });

  it("goes by the smallest group when none or all are lost", () => {
    expect(
      compoundedShare([
        { atRisk: 30, lost: 0 },
        { atRisk: 20, lost: 0 },
      ]),
    ).toMatchObject({ share: 0, ...wilsonInterval(0, 20), effectiveN: 20 });
    expect(
      compoundedShare([
        { atRisk: 10, lost: 10 },
        { atRisk: 40, lost: 1 },
      ]),
    ).toMatchObject({ share: 1, ...wilsonInterval(10, 10), effectiveN: 10 });
  });

  it("contains the share and stays within 0 to 1", () => {
    assert(
      property(array(anyDay, { maxLength: 60 }), (days) => {
        const { share, low, high } = compoundedShare(days);
        if (share === null) return;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("covers the true share in 19 of 20 groups that members join and leave", () => {
    const random = seededRandom(19_260_101);
    const rounds = 2000;
    const truth = 1 - 0.99 ** 30;
    let covered = 0;
    for (let round = 0; round < rounds; round += 1) {
      let atRisk = 80;
      const days = Array.from({ length: 30 }, (_, day) => {
        const [lost = 0] = drawCounts(random, [0.01, 0.99], atRisk);
        const today = { atRisk, lost };
        atRisk += (day % 4) - lost;
        return today;
      });
      const { low, high } = compoundedShare(days);
      if ((low ?? 1) <= truth && truth <= (high ?? 0)) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThanOrEqual(0.93);
    expect(covered / rounds).toBeLessThanOrEqual(0.97);
  });

  it("refuses what cannot have been counted", () => {
    expect(() => compoundedShare([{ atRisk: 1, lost: 2 }])).toThrow(new RangeError("2 lost of 1 at risk"));
    expect(() => compoundedShare([{ atRisk: -1, lost: 0 }])).toThrow(/^atRisk\b/);
    expect(() => compoundedShare([{ atRisk: 10.5, lost: 1 }])).toThrow(RangeError);
    expect(() => compoundedShare([{ atRisk: 10, lost: 0.5 }])).toThrow(/^lost\b/);
    // Two impossible days whose product is a share again.
    const impossible = { atRisk: 1, lost: 2 };
    expect(() => compoundedShare([impossible, impossible])).toThrow(RangeError);
  });
});
