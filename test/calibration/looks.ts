import { addDays } from "../../lib/domain/calendar/days.ts";
import { changeBetween } from "../../lib/domain/metrics/change.ts";
import { createTimeline, periodOf, type Timeline } from "../../lib/domain/metrics/period.ts";
import { isLowSample } from "../../lib/domain/metrics/series.ts";
import { judgeTogether } from "../../lib/domain/metrics/verdict.ts";
import { Days, type Random, seeded } from "./draws.ts";
import { casesAMonth, settings, start } from "./grid.ts";
import type { Kind } from "./kinds.ts";

/** Measuring what somebody is told who looks at the same numbers every day. */

/** In days: how long each looks back, and on how many days in a row one looks. */
const window = 30;
const looks = 30;

/** Of runs of daily looks, in how many anything was called a change though nothing changed. */
export interface Looks {
  readonly runs: number;
  /** Reports of all kinds, judged together: in any of the looks. */
  readonly reports: number;
  /** The same of the looks themselves. */
  readonly looks: number;
  /** One metric alone, of all kinds on average: a share of the runs. */
  readonly alone: number;
}

/** Looks each day at the last 30 days against the 30 days before, for 30 days in which nothing changed. */
export function dailyLooks(kinds: readonly Kind[], runs: number, seed: number): Looks {
  const random = seeded(seed);
  let [reports, seen, alone] = [0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const courses = kinds.map((kind) => courseOf(kind, random));
    const changedAlone = new Set<Kind>();
    let reported = 0;
    for (let look = 0; look < looks; look += 1) {
      const comparisons = courses.map((course) => compareAt(course, look));
      for (const [index, kind] of kinds.entries())
        if (comparisons[index]?.significant) changedAlone.add(kind);
      if (
        judgeTogether(comparisons).some(({ verdict }) => ["better", "worse", "changed"].includes(verdict))
      ) {
        reported += 1;
      }
    }
    seen += reported;
    reports += Number(reported > 0);
    alone += changedAlone.size / kinds.length;
  }
  return { runs, reports, looks: seen, alone: alone / runs };
}

interface Course {
  readonly kind: Kind;
  readonly timeline: Timeline;
  readonly effects: ReturnType<Days["effects"]>;
}

function courseOf(kind: Kind, random: Random): Course {
  const length = 2 * window + looks - 1;
  const days = new Days(start, length);
  kind.draw(random, Math.round(((kind.sizes?.at(-1) ?? casesAMonth) * length) / window), days, 0);
  const timeline = createTimeline({ from: days.from, to: days.to }, days.counts, days.before);
  return { kind, timeline, effects: days.effects() };
}

function compareAt({ kind: { metric }, timeline, effects }: Course, look: number) {
  const measureFrom = (day: number) =>
    metric.compute(
      periodOf(() => timeline, {
        from: addDays(start, day),
        to: addDays(start, day + window - 1),
        calendar: null,
      }),
      { ...settings(metric), customerEffects: effects },
    );
  const [earlier, later] = [measureFrom(look), measureFrom(look + window)];
  return changeBetween(metric, earlier, later, {
    isLow: isLowSample(metric, earlier) || isLowSample(metric, later),
  });
}
