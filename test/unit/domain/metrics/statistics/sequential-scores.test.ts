import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CoursePoint,
  differenceFrom,
  outermostPoints,
  SequentialScores,
} from "../../../../../lib/domain/metrics/statistics/sequential-scores.ts";

const point = (value: number, weight = 1, phase = 0): CoursePoint => ({ value, weight, phase });

/** The scores of points, the last of them, and what they were. */
function scoredWith(scores: SequentialScores, points: readonly CoursePoint[]) {
  const found = points.map((one) => scores.add(one));
  return { scores, found, last: found.at(-1) };
}

const scored = (points: readonly CoursePoint[]) => scoredWith(new SequentialScores(), points);

/**
 * Adds a point that lies so far from its level that this is its residual: a phase of its own begins at 0, and of two points that each rest on two cases the difference has the variance of one case.
 * Returns its score, and how far it was found to be, in the unit of its value: what of the residual the one before does not explain.
 */
function addResidual(scores: SequentialScores, residual: number, phase: number) {
  const unit = scores.deviation;
  scores.add(point(0, 2, phase));
  const score = scores.add(point(residual, 2, phase));
  return { score, left: (score?.deviations ?? Number.NaN) * unit };
}

function ofResiduals(residuals: readonly number[]) {
  const scores = new SequentialScores();
  const added = residuals.map((residual, phase) => addResidual(scores, residual, phase));
  return { scores, added, last: added.at(-1) };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe("the difference from a mean", () => {
  it("is the value less the mean", () => {
    expect(differenceFrom(3, 5)).toBe(2);
    expect(differenceFrom(5, -3)).toBe(-8);
    expect(differenceFrom(1e-6, 3e-6)).toBe(3e-6 - 1e-6);
  });

  it("is 0 where it is less than a billionth of the greater of both: the rounding of a sum", () => {
    expect(differenceFrom(100, 100 + 5e-8)).toBe(0);
    expect(differenceFrom(-100, -100 - 5e-8)).toBe(0);
    expect(differenceFrom(100, 100 + 2e-7)).toBeCloseTo(2e-7, 12);
    expect(differenceFrom(0.3, 0.1 + 0.2)).toBe(0);
  });
});

describe("a point", () => {
  it("says nothing where it is the first of its phase", () => {
    expect(scored([point(10), point(110, 1, 1), point(50, 1, 2)]).found).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is compared with the mean of those before it, over the standard error of that difference", () => {
    // 14 from 10: 4/√2 = √8. 9 from 12, the mean of two: −3/√(1 + 1/2) = −√6.
    const { scores, found, last } = scored([point(10), point(14), point(9)]);
    expect(found[1]).toEqual({ normal: expect.closeTo(0, 8), deviations: 0, outermost: [], compared: 0 });
    expect(last?.compared).toBe(1);
    expect(last?.deviations).toBeCloseTo(-Math.sqrt(6 / 8), 12);
    expect(last?.outermost).toEqual([expect.closeTo(1, 12)]);
    expect(scores.deviation).toBeCloseTo(Math.sqrt((8 + 6) / 2), 12);
  });

  it("counts by its cases: many of them say more of the level, and lie closer to it", () => {
    // 13 from 10: 3/√(1/2 + 1/4) = √12. 5 from (4·10 + 2·13)/6 = 11: −6/√(1/3 + 1/6) = −√72.
    const { scores, last } = scored([point(10, 4), point(13, 2), point(5, 3)]);
    expect(last?.deviations).toBeCloseTo(-Math.sqrt(72 / 12), 12);
    expect(scores.levelOf(0)).toEqual({ value: (40 + 26 + 15) / 9, weight: 9 });
  });

  it("is compared with the level of its phase, and with the scatter of all", () => {
    const { scores, last } = scored([point(10), point(110, 1, 1), point(12), point(108, 1, 1)]);
    expect(last).toMatchObject({ deviations: expect.closeTo(-1, 12), compared: 1 });
    expect(scores.levelOf(0)).toEqual({ value: 11, weight: 2 });
    expect(scores.levelOf(1)).toEqual({ value: 109, weight: 2 });
    expect(scores.levelOf(2)).toBeUndefined();
  });

  it("that rests on no cases says nothing of a level", () => {
    expect(scored([point(5, 0, 3)]).scores.levelOf(3)).toBeUndefined();
  });

  it("lies no deviations away while those before it were all at their level", () => {
    expect(new SequentialScores().deviation).toBeNaN();
    const { scores, last } = ofResiduals([0, 0, 5]);
    expect(last?.score).toMatchObject({ deviations: 0, outermost: [0, 0], compared: 2 });
    expect(scores.deviation).toBeCloseTo(Math.sqrt(25 / 3), 12);
  });
});

describe("the normal score", () => {
  it.each([
    // The middle of its place among five, as a quantile of published tables: (rank − 1/2)/5.
    [0, -1.2815515655],
    [2, -0.5244005127],
    [4, 0.5244005127],
    [6, 1.2815515655],
    // Beside equals: the middle of the places that they share.
    [1, -0.8416212336],
    [3, 0],
    [5, 0.8416212336],
  ])("of %d after 1, 3, 3, 5 is %d", (residual, normal) => {
    expect(ofResiduals([3, 1, 5, 3, residual]).last?.score?.normal).toBeCloseTo(normal, 6);
  });

  it("of points mirrored at 0 is mirrored, as are the deviations", () => {
    const some = fc.record({
      value: fc.integer({ min: -4, max: 4 }),
      weight: fc.integer({ min: 1, max: 3 }),
      phase: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 3, maxLength: 80 }),
        fc.constantFrom(0.5, 1),
        (points, minAlike) => {
          const [one, other] = [1, -1].map((sign) => {
            const mirrored = points.map(({ value, ...rest }) => ({ ...rest, value: sign * value }));
            return scoredWith(new SequentialScores(minAlike), mirrored).found;
          });
          for (const [at, score] of one?.entries() ?? []) {
            const opposite = other?.[at];
            expect(opposite?.compared).toBe(score?.compared);
            expect(opposite?.outermost).toEqual(score?.outermost);
            if (!score) continue;
            expect(opposite?.normal).toBeCloseTo(-score.normal, 6);
            expect(opposite?.deviations).toBeCloseTo(-score.deviations, 9);
          }
        },
      ),
    );
  });
});

describe("the points furthest out", () => {
  it("are given on either side, the furthest first, in deviations", () => {
    const rootMeanSquare = Math.sqrt((1 + 16 + 4 + 9 + 9) / 5);
    expect(ofResiduals([1, -4, 2, -3, 3, 0]).last?.score?.outermost).toEqual(
      [4, 3, 3, 2, 1].map((distance) => expect.closeTo(distance / rootMeanSquare, 12)),
    );
  });

  it("are one more than what the tails are judged by, where there are as many", () => {
    const residuals = [1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12];
    const rootMeanSquare = Math.sqrt(650 / 12);
    const { last } = ofResiduals([...residuals, 0]);
    expect(last?.score?.outermost).toEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((distance) => expect.closeTo(distance / rootMeanSquare, 12)),
    );
    expect(last?.score?.outermost).toHaveLength(outermostPoints + 1);
  });
});

describe("what a point has from the one before", () => {
  it("is not told from fewer than 28 pairs, and at most 0.8 of it", () => {
    const { added } = ofResiduals(times(30, 2));
    expect(added[28]?.left).toBeCloseTo(2, 9);
    expect(added[29]?.left).toBeCloseTo(2 - 0.8 * 2, 9);
    expect(added[29]?.score?.deviations).toBeCloseTo(0.2, 9);
  });

  it("is not told by points that follow one at the level", () => {
    const { added } = ofResiduals([...times(5, 0), ...times(30, 2)]);
    expect(added[33]?.left).toBeCloseTo(2, 9);
    expect(added[34]?.left).toBeCloseTo(2 - 0.8 * 2, 9);
  });

  /** 101 residuals of 3 or −3, the last two alike: of 100 neighbours, so many differ in sign. */
  function withChanges(changes: number): number[] {
    const signs = Array.from({ length: 101 }, (_, at) => (at <= changes && at % 2 === 1 ? -3 : 3));
    return changes % 2 === 1 ? signs.map((sign, at) => (at > changes ? -3 : sign)) : signs;
  }

  it("is the correlation with it, where that is more than one over the root of the pairs", () => {
    // 56 alike and 44 not: (56 − 44)/100.
    expect(ofResiduals([...withChanges(44), 5]).last?.left).toBeCloseTo(5 - 0.12 * 3, 9);
  });

  it("is nothing where the correlation is no more than that, or the other way round", () => {
    // 55 alike and 45 not: 0.1 = 1/√100.
    expect(ofResiduals([...withChanges(45), 5]).last?.left).toBeCloseTo(5, 9);
    expect(ofResiduals([...withChanges(100), 5]).last?.left).toBeCloseTo(5, 9);
  });
});

describe("where most points are one value", () => {
  const minAlike = 0.5;

  it("it is the level of all phases, as if it rested on any number of cases", () => {
    const { scores } = scoredWith(new SequentialScores(minAlike), times(9, point(100)));
    expect(scores.levelOf(0)).toEqual({ value: 100, weight: 9 });
    scores.add(point(100));
    for (const phase of [0, 6]) {
      expect(scores.levelOf(phase)).toEqual({ value: 100, weight: Number.POSITIVE_INFINITY });
    }
  });

  it("points lie as far from it as their cases make sure, those before as well", () => {
    const { scores } = scoredWith(new SequentialScores(minAlike), [point(97, 4), ...times(10, point(100))]);
    // 3·√4 of eleven, though 97 was the first of its phase.
    expect(scores.deviation).toBeCloseTo(Math.sqrt(36 / 11), 12);
    const score = scores.add(point(98, 9));
    expect(score?.deviations).toBeCloseTo(-6 / Math.sqrt(36 / 11), 12);
    expect(score).toMatchObject({ compared: 11, normal: expect.closeTo(-1.3829941271, 6) });
    expect(scores.add(point(100))?.deviations).toBe(0);
  });

  it("is over, all is as if it had never been", () => {
    const some = fc.record({
      value: fc.constantFrom(100, 100, 99, 98, 97),
      weight: fc.integer({ min: 1, max: 4 }),
      phase: fc.integer({ min: 0, max: 2 }),
    });
    const ended = fc.array(some, { maxLength: 30 }).map((points) => {
      const alike = times(12, point(100));
      // As many others as are alike, so that these are no longer more than half.
      return [...alike, ...points, ...[...alike, ...points].map((one, at) => ({ ...one, value: 50 - at }))];
    });
    fc.assert(
      fc.property(ended, some, (points, next) => {
        const since = scoredWith(new SequentialScores(minAlike), points).scores;
        const never = scored(points).scores;
        expect(since.deviation).toBe(never.deviation);
        for (const phase of [0, 1, 2, 3]) expect(since.levelOf(phase)).toEqual(never.levelOf(phase));
        expect(since.add(next)).toEqual(never.add(next));
      }),
    );
  });

  /** 100 points, 40 of them one below the usual value, in so many groups; the last is one of them. */
  function inGroups(groups: number): CoursePoint[] {
    const [usual, below] = [point(100), point(99)];
    const singles = times(groups - 1, [usual, below]).flat();
    return [...times(60 - (groups - 1), usual), ...times(40 - (groups - 1), below), ...singles];
  }

  function leftAfter(points: readonly CoursePoint[]): number {
    const { scores } = scoredWith(new SequentialScores(minAlike), points);
    const unit = scores.deviation;
    return (scores.add(point(99))?.deviations ?? Number.NaN) * unit;
  }

  it("they resemble each other by what they do around their mean", () => {
    // 28 neighbours are both below; 40²/100 = 16 would be by chance: (28 − 16)/(39 − 16).
    expect(leftAfter(inGroups(12))).toBeCloseTo(-1 + 12 / 23, 9);
  });

  it("they do not resemble each other by lying on one side alone", () => {
    expect(leftAfter(inGroups(24))).toBeCloseTo(-1, 9);
  });
});
