import type { Day } from "../calendar/days.ts";
import {
  addToSums,
  chanceOfPoint,
  chanceOfSum,
  horizon,
  noSums,
  type Sums,
} from "../metrics/statistics/cumulative-sum.ts";
import {
  type CoursePoint,
  outermostPoints,
  type Score,
  SequentialScores,
} from "../metrics/statistics/sequential-scores.ts";
import { tailQuantile } from "../metrics/statistics/tail.ts";

/** A metric's course by day or week, and what is told while it goes on: whether each of its points still belongs to the same process. */

/** A closed day or week of a course. */
export interface DatedPoint extends CoursePoint {
  /** Its first day. */
  readonly day: Day;
  /** The value as it is shown, where `value` is on a scale that suits the test. */
  readonly shown: number;
}

/** On which side of its usual level a course is. */
export type Side = "above" | "below";

/** What points a change out: the sum of many points, or one that is further out than anything before. */
export type Rule = "shift" | "point";

/** What is known after a point. */
export interface Reading {
  /** How probable it is that anything like it comes within 30 points, if nothing changes: 1 where nothing points to a change. */
  readonly chance: number;
  readonly side: Side;
  readonly rule: Rule;
  /** How many points it has lasted for, this one included. */
  readonly points: number;
}

/** Which of two changes matters more: a metric that is better when higher is watched on the other side first. */
export type Watch = Side | "both";

/** A point has to be so many times as far out as any before, so that few large amounts are not taken for a change. */
const beyondFurthest = 1.5;

/**
 * How probable it may be, by the tails that a course has had, that one of the next 30 points is as far out: small, as ten points say roughly how heavy a tail is. Means of few amounts have tails that are
 * much heavier than those of a normal distribution (`npm run calibrate -- --only alerts`).
 */
const chanceByTail = 0.0002;

/** A point that is so many standard deviations out is told whatever the tails, of which few points say too little. */
const mostDeviations = 15;

/** Not where the eleventh of the points that were furthest out is nearer to the level than so many deviations: there the deviation is that of few rare points alone. */
const leastUsual = 0.5;

/** Where fewer points were not at the level, nothing is known of how far out they can be. */
const minForTail = 3;

/**
 * The shares of false alarms that each side, and single points, may cause. They add up to somewhat more than 1, as what one rule tells another often tells as well: that the three
 * together stay below the level is measured (`npm run calibrate -- --only alerts`).
 */
const shares: Readonly<Record<Watch, { readonly above: number; readonly below: number }>> = {
  below: { below: 1, above: 0.06 },
  above: { below: 0.06, above: 1 },
  both: { below: 0.53, above: 0.53 },
};
const shareOfPoints = 0.03;

/** Reads a course point by point. */
export class CourseReader {
  readonly #scores: SequentialScores;
  readonly #watch: Watch;
  readonly #minPoints: number;
  #sums: Sums = noSums;

  /** @param minAlike see `SequentialScores` */
  constructor(watch: Watch, minPoints: number, minAlike: number) {
    this.#scores = new SequentialScores(minAlike);
    this.#watch = watch;
    this.#minPoints = minPoints;
  }

  /** What the level of each phase and the deviation are so far. */
  get scores(): SequentialScores {
    return this.#scores;
  }

  /** The same reader, where what its points added up to is forgotten. */
  withoutSums(): this {
    this.#sums = noSums;
    return this;
  }

  /** Adds the next point; `undefined` while too few are known. */
  add(point: CoursePoint): Reading | undefined {
    const score = this.#scores.add(point);
    if (!score || score.compared < this.#minPoints) return undefined;
    this.#sums = addToSums(this.#sums, score.normal);
    return leastProbable([...this.#ofSums(), ofPoint(score)]);
  }

  #ofSums(): Reading[] {
    const { above, below, pointsAbove, pointsBelow } = this.#sums;
    const share = shares[this.#watch];
    return [
      { side: "above", rule: "shift", points: pointsAbove, chance: within(chanceOfSum(above), share.above) },
      { side: "below", rule: "shift", points: pointsBelow, chance: within(chanceOfSum(below), share.below) },
    ];
  }
}

function ofPoint({ deviations, outermost, compared }: Score): Reading {
  const known = outermost.filter((distance) => distance > 0);
  const [furthest = 0] = known;
  const byTail = tailQuantile(known, compared, chanceByTail / horizon);
  const areUsual = (known[outermostPoints] ?? 0) >= leastUsual;
  const most = Math.max(beyondFurthest * furthest, areUsual ? Math.min(mostDeviations, byTail) : byTail);
  const isFurther = known.length >= minForTail && Math.abs(deviations) > most;
  const chance = isFurther ? within(chanceOfPoint(deviations), shareOfPoints) : 1;
  return { side: deviations > 0 ? "above" : "below", rule: "point", points: 1, chance };
}

/** A probability of several rules together, where each may cause its share of false alarms (C. E. Bonferroni 1936, weighted). */
function within(chance: number, share: number): number {
  return Math.min(1, chance / share);
}

function leastProbable(readings: readonly Reading[]): Reading | undefined {
  return readings.reduce<Reading | undefined>(
    (least, reading) => (least && least.chance <= reading.chance ? least : reading),
    undefined,
  );
}
