import { describe, expect, it } from "vitest";
import type { DatedPoint } from "../../../../lib/domain/alerts/course.ts";
import { episodesOf } from "../../../../lib/domain/alerts/episodes.ts";
import { usualRanges } from "../../../../lib/domain/alerts/limits.ts";
import type { Course } from "../../../../lib/domain/alerts/points.ts";
import { dailyJudging, weeklyJudging } from "../../../../lib/domain/alerts/sensitivity.ts";
import { addDays } from "../../../../lib/domain/calendar/days.ts";
import { normal, seeded } from "../../../calibration/draws.ts";

const first = "2026-01-05";
const judging = dailyJudging("below");

/** Normal values about 50, moved on some days; Sundays are 20 lower. */
function courseOf(days: number, moved: (day: number) => number = () => 0, weight = (_: number) => 1): Course {
  // With these draws nothing is raised for nothing.
  const random = seeded(2);
  const points = Array.from({ length: days }, (_, at): DatedPoint => {
    const value = 50 + normal(random) / Math.sqrt(weight(at)) + moved(at) - (at % 7 === 6 ? 20 : 0);
    return { day: addDays(first, at), value, shown: value, weight: weight(at), phase: at % 7 };
  });
  return { kind: "rate", points, shownOf: (value) => value };
}

const rangesOf = (course: Course) => usualRanges(course, episodesOf(course.points, judging), judging);

describe("what is usual", () => {
  it("is the level of the weekday, and three standard deviations from it", () => {
    const ranges = rangesOf(courseOf(210));
    expect(ranges).toHaveLength(210);
    for (const [at, { center, low, high }] of ranges.entries()) {
      // Of 30 values of a weekday the mean is within 0.8 of the truth.
      expect(Math.abs(center - (at % 7 === 6 ? 30 : 50))).toBeLessThan(0.8);
      expect(high - center).toBeCloseTo(center - low, 9);
      expect(high - center).toBeGreaterThan(2.4);
      expect(high - center).toBeLessThan(3.6);
    }
  });

  it("is wider on days of few cases", () => {
    const ranges = rangesOf(courseOf(210, undefined, (at) => (at % 10 === 0 ? 25 : 100)));
    const widthAt = (at: number) => (ranges[at]?.high ?? 0) - (ranges[at]?.low ?? 0);
    expect(widthAt(200) / widthAt(201)).toBeGreaterThan(1.7);
  });

  it("stays as it was while an alert is raised", () => {
    const days = 140;
    const course = courseOf(days, (at) => (at >= days - 8 ? -4 : 0));
    expect(episodesOf(course.points, judging).episodes.at(-1)?.ended).toBeUndefined();
    const [before, since] = [rangesOf(courseOf(days - 9)), rangesOf(course)];
    const last = since.at(-1);
    expect(since).toHaveLength(days);
    expect(last?.center).toBeCloseTo(before[days - 15]?.center ?? 0, 0);
    expect(course.points.at(-1)?.value).toBeLessThan(last?.low ?? 0);
  });

  it("is the new level once that has stayed, and says nothing of the days before it", () => {
    const course = courseOf(220, (at) => (at >= 100 ? -6 : 0));
    const ranges = rangesOf(course);
    const [from] = ranges;
    expect((from?.day ?? "") >= addDays(first, 98)).toBe(true);
    expect(Math.abs((ranges.find(({ day }) => day === addDays(first, 112))?.center ?? 0) - 44)).toBeLessThan(
      1,
    );
  });

  it("is the value that most weeks are, and after a new level of that alone", () => {
    const weeks = (values: readonly number[]) =>
      values.map((value, at): DatedPoint => {
        return { day: addDays(first, 7 * at), value, shown: value, weight: 20, phase: 0 };
      });
    const rangesOfWeeks = (values: readonly number[]) => {
      const course: Course = { kind: "rate", points: weeks(values), shownOf: (value) => value };
      const weekly = weeklyJudging("below");
      return usualRanges(course, episodesOf(course.points, weekly), weekly);
    };
    const nearlyPerfect = Array.from({ length: 60 }, (_, at) => (at % 10 === 7 ? 90 : 100));
    expect(rangesOfWeeks(nearlyPerfect).at(-1)?.center).toBe(100);
    const scattered = [80, 85, 90, 85, 80, 90, 85, 95, 85, 80, 90, 85];
    const since = Array.from({ length: 36 }, (_, at) => scattered[at % scattered.length] ?? 85);
    const now = rangesOfWeeks([...Array.from({ length: 60 }, () => 100), ...since]).at(-1);
    expect(now?.center).toBeCloseTo(85.8, 1);
    // Three standard deviations of the weeks since: 4.4 each.
    expect((now?.high ?? 0) - (now?.low ?? 0)).toBeLessThan(30);
  });

  it("is not known of too few days, nor of balances and prices, which are judged by how much they change", () => {
    expect(rangesOf(courseOf(30))).toEqual([]);
    const { points } = courseOf(210);
    expect(rangesOf({ kind: "level", points })).toEqual([]);
  });
});
