import { beforeAll, describe, expect, it } from "vitest";
import type { AlertState } from "../../../lib/domain/alerts/alert.ts";
import { episodesOf } from "../../../lib/domain/alerts/episodes.ts";
import { type Course, courseOf } from "../../../lib/domain/alerts/points.ts";
import { dailyJudging } from "../../../lib/domain/alerts/sensitivity.ts";
import { judgeAlerts } from "../../../lib/domain/alerts/transitions.ts";
import { addDays, dayNumber } from "../../../lib/domain/calendar/days.ts";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { periodOf } from "../../../lib/domain/metrics/period.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import { watchOf } from "../../../lib/queries/alert-course.ts";
import { raisedSentence } from "../../../lib/report/alert-words.ts";
import type { StoredAlert } from "../../../lib/store/settings/alerts.ts";
import { generate } from "../../../lib/tools/demo/generate.ts";
import { isIn, type Plan, type Span, storyOf } from "../../../lib/tools/demo/story.ts";
import { Counted, defaultSettings } from "../../fixtures/domain.ts";

/** The alerts that the demo's company would have been told, had it set them on its first day: judged day by day, as days close. */

const plan: Plan = { seed: 1, customers: 1000, days: 730, until: "2026-06-30" };
const story = storyOf(plan);
const watched = [
  ...["nps", "csat", "ces", "contact-volume", "resolution-time", "first-response-time", "uptime"],
  ...["bounce-rate", "first-contact-resolution", "queue-abandonment"],
];

interface Told {
  readonly metric: string;
  /** The number of the day on which it was raised. */
  readonly on: number;
  readonly side: string;
  readonly sentence: string;
}

const told: Told[] = [];

function courseFor(counted: Counted, id: string): Course {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  const timelines = counted.timelineOf(metric, story.from, plan.until);
  const settings = { ...defaultSettings, convention: metric.conventions?.[0] ?? "" };
  const measured = Array.from({ length: plan.days }, (_, index) => {
    const day = addDays(story.from, index);
    const interval = { from: day, to: day, calendar: "day" as const };
    return { interval, measurement: metric.compute(periodOf(timelines, interval), settings) };
  });
  return courseOf(measured, false);
}

function sentenceOf(id: string, raised: NonNullable<AlertState["raised"]>): string {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  const [createdAt, convention] = ["2026-01-01T00:00:00Z", metric.conventions?.[0] ?? ""];
  const alert: StoredAlert = {
    ...{ id, definition: { metric: id }, convention, currency: "USD", version: 1 },
    ...{ createdAt, updatedAt: createdAt },
  };
  return raisedSentence({ alert, metric }, raised, languageOf("en"));
}

beforeAll(() => {
  const { timely, late } = generate(plan);
  const counted = new Counted([...timely, ...late].map(({ fields }) => fields));
  const courses = watched.map((id) => {
    const metric = findMetric(id);
    if (!metric) throw new Error(`no metric ${id}`);
    const judging = dailyJudging(watchOf(metric, metric.conventions?.[0] ?? ""));
    return { id, points: courseFor(counted, id).points, judging };
  });
  let states: (AlertState | undefined)[] = courses.map(() => undefined);
  for (let index = 28; index < plan.days; index += 1) {
    const today = addDays(story.from, index);
    const transitions = judgeAlerts(
      courses.map(({ points, judging }, at) => {
        const verdict = episodesOf(
          points.filter(({ day }) => day <= today),
          judging,
        );
        return { sensitivity: "default", before: states[at], verdict } as const;
      }),
      today,
    );
    for (const [at, { raised }] of transitions.entries()) {
      const id = watched[at] ?? "";
      if (raised) told.push({ metric: id, on: index, side: raised.side, sentence: sentenceOf(id, raised) });
    }
    states = transitions.map(({ state }) => state);
  }
}, 300_000);

const toldIn = ({ first, last }: Span) => told.filter(({ on }) => isIn({ first, last }, on));

describe("the demo's bad release", () => {
  const days = { first: story.badRelease.first, last: story.badRelease.first + 8 };

  it("is told within eight days by what customers say, and by what service has to do", () => {
    const found = toldIn(days).map(({ metric, side }) => `${metric} ${side}`);
    expect(found).toEqual(
      expect.arrayContaining([
        "nps below",
        "csat below",
        "ces below",
        "contact-volume above",
        "resolution-time above",
      ]),
    );
  });

  it("is told as what it is, since about the day of the release", () => {
    const [ces] = toldIn(days).filter(({ metric }) => metric === "ces");
    expect(ces?.sentence).toMatch(/^Customer effort score has been lower than usual since \d+ \w+ 202\d\.$/);
  });
});

it("the outage is told on its day", () => {
  const [outage] = told.filter(({ metric }) => metric === "uptime");
  expect(outage).toMatchObject({ on: story.outage.first, side: "below" });
});

it("the months in which nothing is planted raise nothing", () => {
  const busy = [
    ...[story.campaign, story.badRelease, story.churnWave, story.film, story.outage],
    ...story.seasons,
    // The better shop is new for some weeks.
    { first: story.redesign.first, last: story.redesign.first + 27 },
  ];
  // What began in such days may end, and be told, some days after them.
  const quiet = told.filter(
    ({ on }) => !busy.some(({ first, last }) => isIn({ first, last: last + 14 }, on)),
  );
  expect(quiet).toEqual([]);
  expect(dayNumber(plan.until) - dayNumber(story.from)).toBe(729);
});
