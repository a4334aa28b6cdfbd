import type { Day } from "../calendar/days.ts";
import { SequentialScores } from "../metrics/statistics/sequential-scores.ts";
import type { CourseVerdict, Judging } from "./episodes.ts";
import type { Course } from "./points.ts";

/** The limits of what is usual, as a chart draws them: by the same levels and the same deviation that an alert judges by. */

/** So many standard deviations from the level (W. A. Shewhart 1931). */
const limitDeviations = 3;

/** What is usual on a day, or in a week that begins with it, in the metric's unit. */
export interface UsualRange {
  readonly day: Day;
  /** The level of its weekday. */
  readonly center: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The usual range of each point of a course: the level of its weekday, and three standard deviations from it by its true number of cases. Points of episodes are no part of what is usual; after a
 * new level, only those since then are.
 * @param judging by which the course was judged
 * @returns nothing where too little is known, and for balances and prices, which are judged by how much they change
 */
export function usualRanges(
  { points, shownOf }: Course,
  { episodes }: CourseVerdict,
  { minPoints, minAlike }: Pick<Judging, "minPoints" | "minAlike">,
): UsualRange[] {
  if (!shownOf) return [];
  const start = episodes.findLast(({ ended }) => ended?.how === "new-level")?.since ?? "";
  const usual = points.filter(({ day }) => {
    const isOfEpisode = episodes.some(({ since, on, ended }) => {
      if (ended?.how === "new-level") return false;
      return day >= since && (ended ? day < ended.on || day === on : true);
    });
    return day >= start && !isOfEpisode;
  });
  const scores = new SequentialScores(minAlike);
  const compared = usual.filter((point) => scores.add(point) !== undefined).length;
  if (compared < minPoints || !(scores.deviation > 0)) return [];
  return points.flatMap(({ day, weight, phase }) => {
    const level = day >= start ? scores.levelOf(phase) : undefined;
    if (!level) return [];
    const reach = limitDeviations * scores.deviation * Math.sqrt(1 / weight + 1 / level.weight);
    const [low, high] = [shownOf(level.value - reach), shownOf(level.value + reach)];
    return [{ day, center: shownOf(level.value), low, high }];
  });
}
