import type { Day } from "../calendar/days.ts";
import { differenceFrom } from "../metrics/statistics/sequential-scores.ts";
import { CourseReader, type DatedPoint, type Reading, type Rule, type Side, type Watch } from "./course.ts";

/** Episodes: from when to when a course was not what it usually is. The same points give the same episodes. */

/** How an episode ended: the course came back, or stays where it is, which from then on is its usual level. */
export type Ending = "returned" | "new-level";

/** Some days in which a course was not what it usually is. */
export interface Episode {
  /** The first day or week of it, as far as can be told. */
  readonly since: Day;
  /** When it could be told for the first time. */
  readonly on: Day;
  readonly side: Side;
  readonly rule: Rule;
  /** The least chance while it lasted: see `Reading`. */
  readonly chance: number;
  /** How far its points are from the usual level on average, in standard deviations. */
  readonly deviations: number;
  /** How many points it has. */
  readonly points: number;
  /** The day or week that ended it; absent while it lasts. */
  readonly ended?: { readonly on: Day; readonly how: Ending };
}

/** How a course is judged. */
export interface Judging {
  readonly watch: Watch;
  /** The chance of a false alarm in 30 points up to which something is told. */
  readonly level: number;
  readonly minPoints: number;
  /** So large a part of the points before has to be one value that it is their level: a share of 1. */
  readonly minAlike: number;
  /** After so many points a course that has not come back has a new level. */
  readonly settlesAfter: number;
}

/** What a whole course says. */
export interface CourseVerdict {
  /** In order; the last one may still last. */
  readonly episodes: readonly Episode[];
  /** After the last point, where no episode lasts: how probable anything like it is; `undefined` while too few points are known. */
  readonly chance: number | undefined;
}

/** So many times more probable has it to be that a course came back than that it did not. */
const oddsOfReturn = 100;

/** Points that are further out than so many standard deviations on average are no part of what is usual. */
const farOut = 3;

/** Shifts of less, or of more, than so many standard deviations are taken for as many when their end is looked for. */
const [leastShift, greatestShift] = [1, 6];

/** Reads a whole course. @param points in order */
export function episodesOf(points: readonly DatedPoint[], judging: Judging): CourseVerdict {
  const episodes: Episode[] = [];
  let usual: DatedPoint[] = [];
  let reader = readAgain(usual, judging);
  let chance: number | undefined;
  for (let at = 0; at < points.length; at += 1) {
    const point = points[at];
    if (!point) break;
    const reading = reader.add(point);
    chance = reading?.chance;
    usual.push(point);
    if (!reading || reading.chance > judging.level) continue;
    const before = usual.slice(0, usual.length - reading.points);
    const course = followEpisode({ before, usual, rest: points.slice(at + 1), reading, reader, judging });
    episodes.push(course.episode);
    at += course.read;
    usual = usualAfter(course, before);
    reader = readAgain(usual, judging);
    chance = course.episode.ended ? undefined : course.episode.chance;
  }
  return { episodes, chance };
}

/** The points that are usual after an episode. What soon came back by itself, and was not far out, is part of what is usual: leaving it out would make the next one likelier. */
function usualAfter({ episode, own }: Followed, before: readonly DatedPoint[]): DatedPoint[] {
  if (episode.ended?.how === "new-level") return own;
  return episode.deviations > farOut ? [...before] : [...before, ...own];
}

/** A reader of points that were read before: what is known of them is that they are usual. */
function readAgain(usual: readonly DatedPoint[], { watch, minPoints, minAlike }: Judging): CourseReader {
  const fresh = new CourseReader(watch, minPoints, minAlike);
  for (const point of usual) fresh.add(point);
  return fresh.withoutSums();
}

interface Beginning {
  /** The points of the usual level. */
  readonly before: readonly DatedPoint[];
  /** These and the first of the episode. */
  readonly usual: readonly DatedPoint[];
  readonly rest: readonly DatedPoint[];
  readonly reading: Reading;
  readonly reader: CourseReader;
  readonly judging: Judging;
}

interface Followed {
  readonly episode: Episode;
  /** How many of the rest were read. */
  readonly read: number;
  /** The episode's own points. */
  readonly own: DatedPoint[];
}

function followEpisode({ before, usual, rest, reading, reader, judging }: Beginning): Followed {
  const { side, rule } = reading;
  const own = usual.slice(before.length);
  const deviationsOf = againstUsual(before, side, judging);
  const found = own.map(deviationsOf);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) throw new RangeError("an episode has a point");
  let [chance, evidence, read] = [reading.chance, 0, 0];
  const episode = (ended?: Episode["ended"]): Followed => {
    const known = { since: first.day, on: last.day, side, rule, chance, points: found.length };
    return { own, read, episode: { ...known, deviations: mean(found), ...(ended ? { ended } : {}) } };
  };
  for (const point of rest) {
    read += 1;
    const deviations = deviationsOf(point);
    // As far as it is known by now: the first points are often the ones that are furthest out.
    const shift = Math.min(greatestShift, Math.max(leastShift, mean(found)));
    evidence = Math.max(0, evidence + shift * (shift / 2 - deviations));
    if (evidence >= Math.log(oddsOfReturn)) return episode({ on: point.day, how: "returned" });
    own.push(point);
    found.push(deviations);
    chance = Math.min(chance, reader.add(point)?.chance ?? 1);
    if (own.length >= judging.settlesAfter) return episode({ on: point.day, how: "new-level" });
  }
  return episode();
}

/** How far a point is from the usual level, towards a side, in standard deviations. */
function againstUsual(
  before: readonly DatedPoint[],
  side: Side,
  judging: Judging,
): (point: DatedPoint) => number {
  const { scores } = readAgain(before, judging);
  const sign = side === "above" ? 1 : -1;
  return ({ value, weight, phase }) => {
    const level = scores.levelOf(phase);
    if (!level) return 0;
    const error = scores.deviation * Math.sqrt(1 / weight + 1 / level.weight);
    const difference = sign * differenceFrom(level.value, value);
    return error > 0 ? difference / error : Math.sign(difference) * greatestShift;
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
