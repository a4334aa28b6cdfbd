import { countBelow } from "./in-order.ts";
import { MostAlike } from "./most-alike.ts";
import { normalScore } from "./normal-quantile.ts";

/**
 * Scores of points that come one after the other: each is compared with those before it alone, so that nothing has to be known beforehand of their level or their distribution.
 */

/** A point in a course. */
export interface CoursePoint {
  readonly value: number;
  /** The number of cases that it rests on, or 1. */
  readonly weight: number;
  /** What has a level of its own: the weekday of a day. */
  readonly phase: number;
}

/** What a new point says. */
export interface Score {
  /** Standard normal while nothing changes, whatever the distribution of the points; absent for the first points of a phase. */
  readonly normal: number;
  /** How far it is from the level of its phase, in standard deviations of the points before it. */
  readonly deviations: number;
  /** How far the points before it were that were furthest out, on either side, the furthest first: one more than `outermostPoints`, where there are as many. */
  readonly outermost: readonly number[];
  /** How many points it was compared with. */
  readonly compared: number;
}

/** So many points say how heavy the tails are. */
export const outermostPoints = 10;

/** Below so many points that follow one that is not at the level nothing is said of how much each resembles the one before. */
const minForCorrelation = 28;

/** More than so much of a point is never explained by the one before. */
const maxCorrelation = 0.8;

/** A sum of many numbers is exact to some 1e-13 of them: what differs by less than this share of itself is the same. */
const sameShare = 1e-9;

/** By how much a value differs from a mean, where that is more than rounding: else days that are all alike would each be compared by their last bit. */
export function differenceFrom(mean: number, value: number): number {
  const difference = value - mean;
  return Math.abs(difference) > sameShare * Math.max(Math.abs(mean), Math.abs(value)) ? difference : 0;
}

interface Level {
  weight: number;
  sum: number;
}

/**
 * Sequential normal scores (W. J. Conover, V. G. Tercero-Gómez & A. E. Cordero-Franco 2017, "The sequential normal scores transformation", Sequential Analysis 36(3), 397–414) of
 * recursive residuals (R. L. Brown, J. Durbin & J. M. Evans 1975, JRSS B 37(2), 149–192): a point less the mean of the earlier points of its weekday, over the standard error of that difference by the
 * numbers of cases; less what the residual before explains, where the residuals resemble each other; then its rank among all residuals so far as a normal quantile.
 *
 * Where most of the points before are one and the same value, such as 100 %, that value is the level of all: a mean would come back to it slowly after each other value, and the residuals of all that are alike
 * would fall with it, one below the other. When that begins or ends, the residuals of the points before are reckoned anew; scores that have been given stay.
 */
export class SequentialScores {
  readonly #points: CoursePoint[] = [];
  readonly #alike: MostAlike;
  /** The value that most of the points so far are. */
  #usual: number | undefined;
  readonly #levels = new Map<number, Level>();
  /** Residuals, sorted. */
  readonly #sorted: number[] = [];
  #squares = 0;
  #previous = 0;
  #products = 0;
  #previousSquares = 0;
  #sum = 0;
  #count = 0;
  #pairs = 0;

  /** @param minAlike so large a part of the points before has to be one value that it is their level: a share of 1; by default none is */
  constructor(minAlike = 1) {
    this.#alike = new MostAlike(minAlike);
  }

  /** Adds a point, and says what it tells; `undefined` for the first of its phase. */
  add(point: CoursePoint): Score | undefined {
    const score = this.#read(point);
    this.#points.push(point);
    this.#alike.add(point.value);
    if (this.#alike.value !== this.#usual) this.#beginAgain(this.#alike.value);
    return score;
  }

  /** The standard deviation of a residual: of a point of weight 1, where its level is known. */
  get deviation(): number {
    return this.#sorted.length > 0 ? Math.sqrt(this.#squares / this.#sorted.length) : Number.NaN;
  }

  /** The level of a phase, and by how many cases it is known, infinitely many where most points are one value; `undefined` where there are no points of it. */
  levelOf(phase: number): { readonly value: number; readonly weight: number } | undefined {
    if (this.#usual !== undefined) return { value: this.#usual, weight: Number.POSITIVE_INFINITY };
    const level = this.#levels.get(phase);
    return level && level.weight > 0 ? { value: level.sum / level.weight, weight: level.weight } : undefined;
  }

  #beginAgain(usual: number | undefined): void {
    this.#usual = usual;
    this.#levels.clear();
    this.#sorted.length = 0;
    this.#squares = 0;
    this.#previous = 0;
    this.#products = 0;
    this.#previousSquares = 0;
    this.#sum = 0;
    this.#count = 0;
    this.#pairs = 0;
    for (const point of this.#points) this.#read(point);
  }

  #read({ value, weight, phase }: CoursePoint): Score | undefined {
    const level = this.#levels.get(phase) ?? { weight: 0, sum: 0 };
    this.#levels.set(phase, level);
    const residual =
      this.#usual === undefined
        ? residualOf(value, weight, level)
        : differenceFrom(this.#usual, value) * Math.sqrt(weight);
    level.weight += weight;
    level.sum += weight * value;
    return residual === undefined ? undefined : this.#scoreOf(residual);
  }

  #scoreOf(residual: number): Score {
    const own = residual - this.#correlation() * this.#previous;
    const compared = this.#sorted.length;
    const deviation = this.deviation;
    const outermost = outermostOf(this.#sorted, outermostPoints + 1);
    const below = countBelow(this.#sorted, own);
    let end = below;
    while (this.#sorted[end] === own) end += 1;
    const rank = below + (end - below) / 2 + 0.5;
    this.#sorted.splice(end, 0, own);
    this.#note(residual, own);
    return {
      normal: normalScore(rank / (compared + 1)),
      deviations: deviation > 0 ? own / deviation : 0,
      outermost: outermost.map((distance) => (deviation > 0 ? distance / deviation : 0)),
      compared,
    };
  }

  #note(residual: number, own: number): void {
    this.#products += residual * this.#previous;
    this.#previousSquares += this.#previous ** 2;
    this.#sum += residual;
    this.#count += 1;
    // After one at the level nothing is seen of how much they resemble each other.
    if (this.#previous !== 0) this.#pairs += 1;
    this.#previous = residual;
    this.#squares += own ** 2;
  }

  /** By how much of itself a residual resembles the one before; 0 where that can be chance. */
  #correlation(): number {
    if (this.#pairs < minForCorrelation) return 0;
    // Around their mean: those from the value that most points are lie on one side of it, and would resemble each other by that alone.
    const squareOfMean = this.#usual === undefined ? 0 : this.#sum ** 2 / this.#count;
    const found = (this.#products - squareOfMean) / (this.#previousSquares - squareOfMean);
    return found > 1 / Math.sqrt(this.#pairs) ? Math.min(found, maxCorrelation) : 0;
  }
}

/** How far a point is from the mean of the points before, on a scale on which its variance is that of a point of weight 1. */
function residualOf(value: number, weight: number, level: Level): number | undefined {
  if (level.weight === 0) return undefined;
  return differenceFrom(level.sum / level.weight, value) / Math.sqrt(1 / weight + 1 / level.weight);
}

/** The greatest distances from 0 among sorted numbers, the greatest first. */
function outermostOf(sorted: readonly number[], most: number): number[] {
  const found: number[] = [];
  let [low, high] = [0, sorted.length - 1];
  while (found.length < most && low <= high) {
    const [below, above] = [Math.abs(sorted[low] ?? 0), Math.abs(sorted[high] ?? 0)];
    found.push(Math.max(below, above));
    if (below > above) low += 1;
    else high -= 1;
  }
  return found;
}
