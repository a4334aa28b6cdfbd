import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DatedPoint } from "../../../../lib/domain/alerts/course.ts";
import { episodesOf } from "../../../../lib/domain/alerts/episodes.ts";
import { dailyJudging, falseAlarms, weeklyJudging } from "../../../../lib/domain/alerts/sensitivity.ts";
import { addDays } from "../../../../lib/domain/calendar/days.ts";
import { normal, seeded } from "../../../calibration/draws.ts";
import { daysToTell, quietYears, type SeriesKind, seriesKinds } from "../../../calibration/quiet-years.ts";

const first = "2026-01-01";
const judging = dailyJudging("below");

/** Days of normal values, moved on some of them. */
function courseOf(days: number, moved: (day: number) => number, seed = 12): DatedPoint[] {
  const random = seeded(seed);
  return Array.from({ length: days }, (_, day) => {
    const value = 50 + normal(random) + moved(day);
    return { day: addDays(first, day), value, shown: value, weight: 1, phase: day % 7 };
  });
}

const quiet = () => 0;

/** Weeks of a share of 20 answers: 100 % at first, then about 85 %. */
function fallen(perfect: number, after: number): DatedPoint[] {
  const scattered = [80, 85, 90, 85, 80, 90, 85, 95, 85, 80, 90, 85];
  return Array.from({ length: perfect + after }, (_, week) => {
    const value = week < perfect ? 100 : (scattered[(week - perfect) % scattered.length] ?? 85);
    return { day: addDays(first, 7 * week), value, shown: value, weight: 20, phase: 0 };
  });
}

describe("episodes of a course", () => {
  it("a course in which nothing changes has none", () => {
    expect(episodesOf(courseOf(120, quiet), judging)).toEqual({ episodes: [], chance: expect.any(Number) });
  });

  it("days that are all alike have none, whatever their value, also where sums of it are not exact", () => {
    const values = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    const weights = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 20 });
    const alike = (value: number, ns: readonly number[]) =>
      Array.from({ length: 120 }, (_, day) => {
        const weight = ns[day % ns.length] ?? 1;
        return { day: addDays(first, day), value, shown: value, weight, phase: day % 7 };
      });
    fc.assert(
      fc.property(values, weights, fc.constantFrom("above", "below", "both"), (value, ns, watch) => {
        const all = dailyJudging(watch, "high");
        expect(episodesOf(alike(value, ns), all).episodes).toEqual([]);
      }),
      { numRuns: 200, examples: [[Math.sqrt(50.375), [1], "both"]] },
    );
  });

  it("a day unlike others that are all alike is told", () => {
    const all = Array.from({ length: 120 }, (_, day) => {
      const value = Math.sqrt(day === 100 ? 900 : 50.375);
      return { day: addDays(first, day), value, shown: value, weight: 1, phase: day % 7 };
    });
    const after = all.map((point, at) => (at > 100 ? { ...point, value: Math.sqrt(900) } : point));
    expect(episodesOf(after, dailyJudging("both")).episodes).toMatchObject([
      { side: "above", since: addDays(first, 100), deviations: 6 },
    ]);
  });

  it("a level that falls is told from about the day on which it fell", () => {
    const { episodes } = episodesOf(
      courseOf(135, (day) => (day >= 120 ? -2 : 0)),
      judging,
    );
    expect(episodes).toMatchObject([{ side: "below", rule: "shift" }]);
    const [{ since = "", on = "", ended } = {}] = episodes;
    expect(since >= addDays(first, 118) && since <= addDays(first, 122)).toBe(true);
    expect(on <= addDays(first, 126)).toBe(true);
    expect(ended).toBeUndefined();
  });

  it("one day that is far out is told on that day, and is over on the next", () => {
    const { episodes } = episodesOf(
      courseOf(130, (day) => (day === 120 ? -20 : 0)),
      judging,
    );
    const [day, next] = [addDays(first, 120), addDays(first, 121)];
    expect(episodes).toMatchObject([
      { since: day, on: day, side: "below", rule: "point", ended: { on: next, how: "returned" } },
    ]);
  });

  it("a level that comes back ends its episode", () => {
    const { episodes } = episodesOf(
      courseOf(150, (day) => (day >= 100 && day < 115 ? -2 : 0)),
      judging,
    );
    expect(episodes).toMatchObject([{ ended: { how: "returned" } }]);
    const ended = episodes[0]?.ended?.on ?? "";
    expect(ended >= addDays(first, 115) && ended <= addDays(first, 122)).toBe(true);
  });

  it("a level that stays becomes the usual one, and a return to the old level is a change again", () => {
    const { episodes } = episodesOf(
      courseOf(260, (day) => (day >= 100 && day < 200 ? -3 : 0)),
      judging,
    );
    expect(episodes.map(({ side, ended }) => [side, ended?.how])).toEqual([
      ["below", "new-level"],
      ["above", "new-level"],
    ]);
  });

  it("what came before is told the same, whatever comes after", () => {
    const whole = courseOf(200, (day) => (day >= 100 && day < 115 ? -2 : 0));
    const told = episodesOf(whole, judging).episodes.filter(({ ended }) => ended);
    for (const length of [130, 150, 199]) {
      expect(episodesOf(whole.slice(0, length), judging).episodes.slice(0, told.length)).toEqual(told);
    }
  });

  it("what came before is told the same also where most points are alike, and soon fewer are", () => {
    const kind = { name: "share", draw: seriesKinds.find(({ name }) => name.startsWith("uptime"))?.draw };
    if (!kind.draw) throw new Error("there is such a kind");
    for (const seed of [1, 2, 3, 4, 5]) {
      const whole = kind.draw(seeded(seed), 200, 100).map((point, at) => {
        return { ...point, day: addDays(first, at), shown: point.value };
      });
      const { episodes } = episodesOf(whole, judging);
      for (const length of [90, 105, 120, 150, 180]) {
        const last = whole[length - 1]?.day ?? "";
        const known = episodes
          .filter(({ on }) => on <= last)
          .map(({ since, on, side, rule }) => ({ since, on, side, rule }));
        expect(episodesOf(whole.slice(0, length), judging).episodes).toMatchObject(known);
      }
    }
  });

  it.each([30, 60, 90])(
    "a share that was 100 % in each of %i weeks and falls is told within four weeks",
    (perfect) => {
      const { episodes } = episodesOf(fallen(perfect, 8), weeklyJudging("below"));
      const since = addDays(first, 7 * perfect);
      expect(episodes).toMatchObject([{ side: "below", since }]);
      expect((episodes[0]?.on ?? "9") <= addDays(since, 21)).toBe(true);
    },
  );

  it("the level before says nothing of what is usual since: a further fall is told as well", () => {
    const course = fallen(60, 44).map((point, week) => {
      return week < 96 ? point : { ...point, value: point.value - 20 };
    });
    const { episodes } = episodesOf(course, weeklyJudging("below"));
    expect(episodes.map(({ ended }) => ended?.how)).toEqual(["new-level", "new-level"]);
    const [, { side, on } = { side: "", on: "" }] = episodes;
    expect([side, on >= addDays(first, 7 * 96), on <= addDays(first, 7 * 104)]).toEqual([
      "below",
      true,
      true,
    ]);
  });

  it("weekdays have levels of their own", () => {
    const weekends = courseOf(160, (day) => (day % 7 >= 5 ? -20 : 0));
    expect(episodesOf(weekends, judging).episodes).toEqual([]);
  });

  it("nothing is told before 28 days can be compared", () => {
    const { episodes, chance } = episodesOf(
      courseOf(34, (day) => (day >= 20 ? -9 : 0)),
      judging,
    );
    expect({ episodes, chance }).toEqual({ episodes: [], chance: undefined });
  });
});

describe("how often and how soon", () => {
  it("fewer than 5 % of months in which nothing changes have an alert, of every kind of series", () => {
    for (const kind of seriesKinds) {
      const months = 150 * 10;
      const { anyMonth } = quietYears(kind, 150, 17);
      expect([kind.name, anyMonth < 0.05 + 3 * Math.sqrt((0.05 * 0.95) / months)]).toEqual([kind.name, true]);
    }
  });

  it("fewer than 5 % of 30 weeks in which nothing changes have an alert that is judged by week, 7 % of skewed means", () => {
    for (const kind of seriesKinds) {
      if (kind.mostWeeks === undefined) continue;
      const { anyMonth } = quietYears(kind, 100, 23, weeklyJudging("below"), true);
      const most = kind.mostWeeks + 3 * Math.sqrt((0.05 * 0.95) / 1_000);
      expect([kind.name, anyMonth < most]).toEqual([kind.name, true]);
    }
  });

  it("a drop of one standard deviation, of values and of shares, is told within nine days at the median, and within 13 where only ten weeks are known", () => {
    for (const kind of seriesKinds.slice(0, 2)) {
      expect(daysToTell(kind, 400, 21, 270).median).toBeLessThanOrEqual(9);
      expect(daysToTell(kind, 400, 21, 70).median).toBeLessThanOrEqual(13);
    }
  });

  it("a share of few answers falls by ten points, and most courses are told within 20 weeks, also where somewhat more than half of the weeks are 100 %", () => {
    for (const level of [0.92, 0.95]) {
      const draw: SeriesKind["draw"] = (random, weeks, shiftFrom) =>
        Array.from({ length: weeks }, (_, week) => {
          const n = 4 + Math.floor(random() * 8);
          const p = week >= shiftFrom ? level - 0.1 : level;
          const satisfied = Array.from({ length: n }, random).filter((one) => one < p).length;
          return { value: satisfied / n, weight: n, phase: 0 };
        });
      const kind = { name: `a share of ${level}`, draw };
      expect(daysToTell(kind, 100, 41, 90, weeklyJudging("below")).median).toBeLessThanOrEqual(20);
      const { anyMonth } = quietYears(kind, 100, 43, weeklyJudging("below"), true);
      expect(anyMonth).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 1_000));
    }
  });

  it("a drop of the simulation is one standard deviation of its days' values", () => {
    const valuesOf = (kind: SeriesKind, shiftFrom: number) =>
      kind.draw(seeded(31), 40_000, shiftFrom).map(({ value }) => value);
    const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    for (const kind of seriesKinds.filter(({ name }) =>
      /^normal|share|three answers|means of five|resemble/.test(name),
    )) {
      const usual = valuesOf(kind, 40_000);
      const level = mean(usual);
      const deviation = Math.sqrt(mean(usual.map((value) => (value - level) ** 2)));
      const drop = (level - mean(valuesOf(kind, 0))) / deviation;
      expect([kind.name, Math.abs(drop - 1) < 0.02]).toEqual([kind.name, true]);
    }
  });

  it("a higher sensitivity tells sooner, a lower one more rarely", () => {
    const [kind] = seriesKinds;
    if (!kind) throw new Error("there is a kind");
    const days = (["high", "default", "low"] as const).map(
      (sensitivity) => daysToTell(kind, 200, 5, 270, dailyJudging("below", sensitivity)).median,
    );
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(new Set(days).size).toBe(3);
    expect(falseAlarms.low).toBeLessThan(falseAlarms.default);
  });
});
