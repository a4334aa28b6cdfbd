import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type RfmFigures,
  type RfmMove,
  rfmCuts,
  rfmFigures,
  rfmScores,
  rfmSizes,
} from "../../../../../lib/domain/metrics/lifetime/rfm.ts";

/** Ten customers, the first of whom bought last, most often and for most. */
const ten: RfmFigures[] = Array.from({ length: 10 }, (_, n) => ({
  ...{ recency: n, frequency: 10 - n, money: 1_000 - n },
}));

const scoresIn = (all: readonly RfmFigures[]) => {
  const cuts = rfmCuts(all);
  if (!cuts) throw new Error("too few");
  return all.map((one) => rfmScores(one, cuts));
};

describe("recency, frequency and money", () => {
  it("are what was bought up to a day: whatever is bought later does not count", () => {
    const purchases = [
      { day: 3, amountMinor: 500 },
      { day: 8, amountMinor: 250 },
      { day: 20, amountMinor: 9_000 },
    ];
    expect(rfmFigures(purchases, 10)).toEqual({ recency: 2, frequency: 2, money: 750 });
    expect(rfmFigures(purchases, 2)).toBeUndefined();
  });

  it("divide ten customers into five pairs", () => {
    expect(scoresIn(ten).map(({ recency, frequency, money }) => `${recency}${frequency}${money}`)).toEqual([
      ...["555", "555", "444", "444", "333", "333", "222", "222", "111", "111"],
    ]);
  });

  it("put equals into the fifth of their middle", () => {
    // Six of ten bought once: their middle is at 3 of 10. The four others are at 6.5, 7.5, 8.5 and 9.5.
    const some = [1, 1, 1, 1, 1, 1, 2, 3, 4, 5].map((frequency) => ({ recency: 0, frequency, money: 1 }));
    const scores = scoresIn(some);
    expect(scores.map(({ frequency }) => frequency)).toEqual([2, 2, 2, 2, 2, 2, 4, 4, 5, 5]);
    expect(scores.map(({ recency, money }) => [recency, money])).toEqual(some.map(() => [3, 3]));
  });

  it("are not divided among fewer than five", () => {
    expect(rfmCuts(ten.slice(0, 4))).toBeUndefined();
    expect(rfmCuts(ten.slice(0, 5))).toBeDefined();
  });

  it("never put who bought later, more often or for more into a lower fifth", () => {
    const figures = fc.record({
      recency: fc.nat(9),
      frequency: fc.integer({ min: 1, max: 9 }),
      money: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(figures, { minLength: 5, maxLength: 40 }), (all) => {
        const scores = scoresIn(all);
        for (const [index, one] of all.entries()) {
          for (const [other, two] of all.entries()) {
            if (one.recency <= two.recency) {
              expect(scores[index]?.recency).toBeGreaterThanOrEqual(scores[other]?.recency ?? 9);
            }
            if (one.money >= two.money) {
              expect(scores[index]?.money).toBeGreaterThanOrEqual(scores[other]?.money ?? 9);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("the named segments", () => {
  const cuts = { recency: [2, 3, 4, 5], frequency: [2, 3, 4, 5], money: [2, 3, 4, 5] };
  const segmentOf = (recency: number, frequency: number, money: number) =>
    rfmScores({ recency: -recency, frequency, money }, cuts).segment;

  it("are told by how lately somebody bought, and by the mean of how often and for how much", () => {
    expect([segmentOf(5, 5, 5), segmentOf(4, 3, 4), segmentOf(4, 3, 3), segmentOf(3, 5, 5)]).toEqual([
      ...["champions", "champions", "loyal", "loyal"],
    ]);
    expect([segmentOf(5, 2, 2), segmentOf(5, 1, 1), segmentOf(3, 2, 2)]).toEqual([
      ...["potential-loyal", "new", "cooling"],
    ]);
    expect([segmentOf(1, 5, 4), segmentOf(2, 3, 3), segmentOf(2, 1, 1), segmentOf(1, 2, 2)]).toEqual([
      ...["cannot-lose", "at-risk", "hibernating", "lost"],
    ]);
  });

  it("gain whom others lose: before + won + entered − left is the size, and the movements say who", () => {
    const at = (recency: number, worth: number) =>
      rfmScores({ recency: -recency, frequency: worth, money: worth }, cuts);
    const moves: RfmMove[] = [
      { before: at(5, 5), after: at(5, 5), moneyMinor: 500 },
      { before: at(5, 5), after: at(1, 5), moneyMinor: 400 },
      { before: at(5, 1), after: at(5, 4), moneyMinor: 300 },
      { before: undefined, after: at(5, 1), moneyMinor: 20 },
    ];
    const { sizes, movements } = rfmSizes(moves);
    expect(sizes.find(({ segment }) => segment === "champions")).toEqual({
      ...{ segment: "champions", customers: 2, moneyMinor: 800, before: 2, entered: 1, won: 0, left: 1 },
    });
    for (const { customers, before, entered, won, left } of sizes) {
      expect(before + won + entered - left).toBe(customers);
    }
    expect(movements).toEqual([
      { from: null, to: "new", customers: 1 },
      { from: "champions", to: "champions", customers: 1 },
      { from: "champions", to: "cannot-lose", customers: 1 },
      { from: "new", to: "champions", customers: 1 },
    ]);
  });
});
