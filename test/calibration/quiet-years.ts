import type { DatedPoint } from "../../lib/domain/alerts/course.ts";
import { episodesOf, type Judging } from "../../lib/domain/alerts/episodes.ts";
import { dailyJudging } from "../../lib/domain/alerts/sensitivity.ts";
import { addDays } from "../../lib/domain/calendar/days.ts";
import { thresholdOf } from "../../lib/domain/metrics/verdict.ts";
import { normal, poisson, type Random, seeded } from "./draws.ts";

/** Years of days in which nothing changed, and drops: how often alerts are raised, and when. */

const firstDay = "2026-01-01";
const yearDays = 365;
const window = 30;

/** A kind of series: what a day says, and by when a drop has to be told. */
export interface SeriesKind {
  readonly name: string;
  /** The latest day, at the median, on which a drop of one standard deviation is told after nine months, and after ten weeks; absent where it is not held. */
  readonly mostDays?: readonly [afterMonths: number, afterWeeks: number];
  /**
   * In which share of 30 weeks anything may be raised, where weeks are like that, too: not where weekdays differ. Days that resemble each other are held by day alone: a year has too few weeks to see it. Of values that are skewed, a large one raises the
   * mean of few weeks, and those after it seem lower.
   */
  readonly mostWeeks?: number;
  /** Draws the days of a series. @param shiftFrom the first day on which the level is one standard deviation lower */
  draw(random: Random, days: number, shiftFrom: number): readonly Omit<DatedPoint, "day" | "shown">[];
}

function binomial(random: Random, n: number, p: number): number {
  let count = 0;
  for (let i = 0; i < n; i += 1) if (random() < p) count += 1;
  return count;
}

/** The mean of 1/n of as many answers, all equally probable: by it the values of days scatter. */
function meanOfOneIn(least: number, most: number): number {
  const count = most - least + 1;
  return Array.from({ length: count }, (_, more) => 1 / (least + more) / count).reduce(
    (sum, one) => sum + one,
    0,
  );
}

const meanOfOneIn20To60 = meanOfOneIn(20, 60);
const meanOfOneIn4To11 = meanOfOneIn(4, 11);

const weekdayLevels = [1, 1.1, 1.05, 1, 0.9, 0.6, 0.5];

/** The kinds of daily series that metrics have. */
export const seriesKinds: readonly SeriesKind[] = [
  {
    name: "normal values",
    mostWeeks: 0.05,
    mostDays: [8, 12],
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        return { value: normal(random) - (day >= shiftFrom ? 1 : 0), weight: 1, phase: day % 7 };
      }),
  },
  {
    name: "a share of 20 to 60 answers a day",
    mostWeeks: 0.05,
    mostDays: [8, 12],
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const n = 20 + Math.floor(random() * 41);
        const p = 0.8 - (day >= shiftFrom ? Math.sqrt(0.8 * 0.2 * meanOfOneIn20To60) : 0);
        return { value: binomial(random, n, p) / n, weight: n, phase: day % 7 };
      }),
  },
  {
    name: "a share whose level scatters from day to day",
    mostWeeks: 0.05,
    mostDays: [9, 12],
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const n = 40;
        // The mean of p·(1 − p) is 0.75·0.25 less the variance of p.
        const drop = day >= shiftFrom ? Math.sqrt((0.75 * 0.25 - 0.05 ** 2) / n + 0.05 ** 2) : 0;
        const p = Math.min(1, Math.max(0, 0.75 + 0.05 * normal(random) - drop));
        return { value: binomial(random, n, p) / n, weight: n, phase: day % 7 };
      }),
  },
  {
    name: "three answers a day, -100 to 100",
    mostWeeks: 0.05,
    mostDays: [8, 12],
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const n = 1 + poisson(random, 2);
        // A score of 1 or 0 or −1 in 50, 30 and 20 % of answers has a standard deviation of 0.781, and the mean of 1/n is (1 − exp(−2))/2: days have one of 0.514.
        const [promoters, others] = day >= shiftFrom ? [0.05, 0.736] : [0.5, 0.8];
        const score = Array.from({ length: n }, () => {
          const u = random();
          return u < promoters ? 1 : u < others ? 0 : -1;
        });
        return { value: score.reduce((sum: number, one) => sum + one, 0) / n, weight: n, phase: day % 7 };
      }),
  },
  {
    name: "counts of 30 a day with weekdays",
    mostDays: [8, 12],
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const mean = 30 * (weekdayLevels[day % 7] ?? 1);
        const drop = day >= shiftFrom ? Math.sqrt(mean) : 0;
        return { value: Math.sqrt(poisson(random, mean - drop) + 3 / 8), weight: 1, phase: day % 7 };
      }),
  },
  {
    name: "counts of 2 a day",
    mostWeeks: 0.05,
    mostDays: [8, 12],
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const mean = day >= shiftFrom ? 2 - Math.SQRT2 : 2;
        return { value: Math.sqrt(poisson(random, mean) + 3 / 8), weight: 1, phase: day % 7 };
      }),
  },
  {
    name: "amounts, lognormal",
    mostDays: [8, 12],
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const amount = Math.exp(0.5 * normal(random)) * (weekdayLevels[day % 7] ?? 1);
        return { value: Math.log(amount) - (day >= shiftFrom ? 0.5 : 0), weight: 1, phase: day % 7 };
      }),
  },
  {
    name: "means of five amounts a day, lognormal (σ = 1)",
    mostWeeks: 0.07,
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const amounts = Array.from({ length: 5 }, () => Math.exp(normal(random)));
        // The variance of such an amount is (e − 1)·e.
        const drop = day >= shiftFrom ? Math.sqrt(((Math.E - 1) * Math.E) / 5) : 0;
        return { value: amounts.reduce((sum, one) => sum + one, 0) / 5 - drop, weight: 5, phase: day % 7 };
      }),
  },
  {
    name: "values with heavy tails (t, 3 degrees of freedom)",
    mostWeeks: 0.05,
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const squares = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
        // The variance is 3.
        return {
          value: normal(random) / Math.sqrt(squares / 3) - (day >= shiftFrom ? Math.sqrt(3) : 0),
          weight: 1,
          phase: day % 7,
        };
      }),
  },
  {
    name: "a share of 4 to 11 answers, most of which are 100 %",
    mostWeeks: 0.05,
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        const n = 4 + Math.floor(random() * 8);
        const p = 0.98 - (day >= shiftFrom ? Math.sqrt(0.98 * 0.02 * meanOfOneIn4To11) : 0);
        return { value: binomial(random, n, p) / n, weight: n, phase: day % 7 };
      }),
  },
  {
    name: "uptime with an outage a month, lognormal (σ = 1)",
    mostWeeks: 0.05,
    draw: (random, days, shiftFrom) =>
      Array.from({ length: days }, (_, day) => {
        // What falls is not the level: there are ten times as many outages.
        const outages = poisson(random, day >= shiftFrom ? 1 / 3 : 1 / 30);
        const lost = outages > 0 ? 0.01 * outages * Math.exp(normal(random)) : 0;
        return { value: 1 - lost, weight: 1440, phase: day % 7 };
      }),
  },
  {
    name: "values that resemble the day before (0.3)",
    draw: (random, days, shiftFrom) => {
      let state = normal(random);
      return Array.from({ length: days }, (_, day) => {
        state = 0.3 * state + Math.sqrt(1 - 0.09) * normal(random);
        return { value: state - (day >= shiftFrom ? 1 : 0), weight: 1, phase: day % 7 };
      });
    },
  },
];

/** The points of a course, as `courseOf` makes them. @param isWeekly whether they are weeks, which have no weekday */
function datedOf(
  drawn: readonly Omit<DatedPoint, "day" | "shown">[],
  isWeekly = false,
): readonly DatedPoint[] {
  return drawn.map((point, at) => ({
    ...point,
    ...{ day: days[at] ?? firstDay, shown: point.value, phase: isWeekly ? 0 : point.phase },
  }));
}

const days = Array.from({ length: 2 * yearDays }, (_, day) => addDays(firstDay, day));

/** Of quiet years: how many raised anything in the last 30 days, and what share of all windows of 30 days did. */
export interface QuietYears {
  readonly years: number;
  readonly lastMonth: number;
  /** A share of 1. */
  readonly anyMonth: number;
}

/** Judges years in which nothing changed. @param isWeekly whether the points are as many weeks: then months are 30 weeks */
export function quietYears(
  kind: SeriesKind,
  years: number,
  seed: number,
  judging: Judging = dailyJudging("below"),
  isWeekly = false,
): QuietYears {
  const random = seeded(seed);
  let [lastMonth, months] = [0, 0];
  const windows = Math.floor((yearDays - 65) / window);
  for (let year = 0; year < years; year += 1) {
    const { episodes } = episodesOf(datedOf(kind.draw(random, yearDays, yearDays), isWeekly), judging);
    const raised = new Set(episodes.map(({ on }) => Math.floor((yearDays - 1 - days.indexOf(on)) / window)));
    for (let month = 0; month < windows; month += 1) if (raised.has(month)) months += 1;
    if (raised.has(0)) lastMonth += 1;
  }
  return { years, lastMonth, anyMonth: months / (windows * years) };
}

/** When drops are told. */
export interface Told {
  /** The day at the median; infinite where most are not told. */
  readonly median: number;
  /** The share that is told within so many days. */
  shareWithin(days: number): number;
  /** Of how many drops. */
  readonly drops: number;
}

/**
 * After how many days a drop of one standard deviation of the days' values is told: of years in which nothing was told before.
 * @param shiftFrom the first day of the drop, and how many days are known before it
 */
export function daysToTell(
  kind: SeriesKind,
  years: number,
  seed: number,
  shiftFrom: number,
  judging: Judging = dailyJudging("below"),
): Told {
  const random = seeded(seed);
  const delays: number[] = [];
  for (let year = 0; year < years; year += 1) {
    const { episodes } = episodesOf(datedOf(kind.draw(random, shiftFrom + 95, shiftFrom)), judging);
    const isEarly = episodes.some(
      ({ on, ended }) => days.indexOf(on) < shiftFrom && (!ended || days.indexOf(ended.on) >= shiftFrom),
    );
    if (isEarly) continue;
    const told = episodes.find(({ on, side }) => side === "below" && days.indexOf(on) >= shiftFrom);
    delays.push(told ? days.indexOf(told.on) - shiftFrom + 1 : Number.POSITIVE_INFINITY);
  }
  const median = delays.sort((a, b) => a - b)[Math.floor(delays.length / 2)] ?? Number.NaN;
  const shareWithin = (most: number) => delays.filter((delay) => delay <= most).length / delays.length;
  return { median, shareWithin, drops: delays.length };
}

/** Of workspaces with so many alerts in which nothing changed: the share in which any is raised in 30 days, where all are judged together. */
export function quietWorkspaces(alerts: number, workspaces: number, seed: number): number {
  const random = seeded(seed);
  const judging = dailyJudging("below");
  const length = 240;
  let raised = 0;
  for (let workspace = 0; workspace < workspaces; workspace += 1) {
    const courses = Array.from({ length: alerts }, (_, index) => {
      const kind = seriesKinds[index % seriesKinds.length];
      return kind ? datedOf(kind.draw(random, length, length)) : [];
    });
    let isRaised = false;
    for (let end = length - window + 1; end <= length && !isRaised; end += 1) {
      const chances = courses.map((course) => episodesOf(course.slice(0, end), judging).chance ?? 1);
      const threshold = thresholdOf(chances, judging.level);
      isRaised = chances.some((chance) => chance <= threshold);
    }
    raised += Number(isRaised);
  }
  return raised / workspaces;
}
