import { describe, expect, it } from "vitest";
import type { Interval } from "../../../../../lib/domain/calendar/intervals.ts";
import { findMetric } from "../../../../../lib/domain/metrics/registry.ts";
import { compareSamples, type Sample } from "../../../../../lib/domain/metrics/sample.ts";
import { type Progress, type Series, seriesOf } from "../../../../../lib/domain/metrics/series.ts";
import { answers, Counted, defaultSettings } from "../../../../fixtures/domain.ts";

const settled: Progress = { today: "2026-11-01", snapshotsThrough: "2026-10-31", staleDays: new Set() };

const span = (from: string, to: string): Interval => ({ from, to, calendar: null });

/** NPS of answers on the 9th and 10th of October. */
function series(intervals: Interval[], previous: Interval[] = [], progress: Partial<Progress> = {}): Series {
  const nps = findMetric("nps");
  if (!nps) throw new Error("no metric nps");
  const sent = [
    ...answers("nps", Array<number>(30).fill(9)),
    ...answers("nps", [...Array<number>(14).fill(9), ...Array<number>(15).fill(0)], {
      occurredAt: "2026-10-09T12:00:00Z",
    }),
  ];
  const timelineOf = new Counted(sent).timelineOf(nps, "2026-10-01", "2026-10-31");
  const settings = { ...defaultSettings, convention: "0-10" };
  return seriesOf(nps, timelineOf, { intervals, previous }, settings, { ...settled, ...progress });
}

describe("a series", () => {
  it("has an entry for each interval, with too few answers below the metric's minimum", () => {
    const result = series([span("2026-10-09", "2026-10-09"), span("2026-10-10", "2026-10-10")]);
    expect(result.series).toMatchObject([
      { from: "2026-10-09", to: "2026-10-09", n: 29, lowSample: true },
      { from: "2026-10-10", to: "2026-10-10", n: 30, value: 100, lowSample: false },
    ]);
    expect(result.series[0]).not.toHaveProperty("sample");
    expect(result.comparison).toEqual([]);
  });

  it("is compared interval by interval, where there is one to compare with", () => {
    const [one, other] = [span("2026-10-10", "2026-10-10"), span("2026-10-09", "2026-10-09")];
    const { comparison } = series([one, one], [other]);
    expect(comparison).toEqual([
      {
        ...{ from: "2026-10-09", to: "2026-10-09", n: 29, lowSample: true },
        value: expect.closeTo(-100 / 29),
        change: expect.closeTo(100 + 100 / 29),
        changePercent: expect.closeTo(3_000),
        ...{ days: 1, daysKnown: 1, changeLow: expect.any(Number), changeHigh: expect.any(Number) },
        ...{ pValue: expect.any(Number), significant: false, verdict: "too-few" },
      },
    ]);
  });
});

describe("an interval is provisional", () => {
  const isProvisional = (progress: Partial<Progress>) =>
    series([span("2026-10-09", "2026-10-20")], [], progress).series[0]?.provisional;

  it("until its last day is over", () => {
    expect(isProvisional({ today: "2026-10-20" })).toBe(true);
    expect(isProvisional({ today: "2026-10-21" })).toBe(false);
  });

  it("until its last day has its snapshot", () => {
    expect(isProvisional({ snapshotsThrough: undefined })).toBe(true);
    expect(isProvisional({ snapshotsThrough: "2026-10-19" })).toBe(true);
    expect(isProvisional({ snapshotsThrough: "2026-10-20" })).toBe(false);
  });

  it.each([
    ["2026-10-08", false],
    ["2026-10-09", true],
    ["2026-10-20", true],
    ["2026-10-21", false],
  ])("while %s waits for a new snapshot: %s", (day, expected) => {
    expect(isProvisional({ staleDays: new Set([day]) })).toBe(expected);
  });
});

describe("a test of two samples", () => {
  const samples: Sample[] = [
    { kind: "net-promoter", promoters: 90, passives: 5, detractors: 5 },
    { kind: "proportion", successes: 90, n: 100 },
    { kind: "mean", n: 100, sum: 500, sumOfSquares: 2600 },
    { kind: "estimate", estimate: 1, standardError: 0.1 },
  ];

  it("takes samples of one kind only, and needs both", () => {
    for (const first of samples) {
      for (const second of samples) {
        expect(compareSamples(first, second) === undefined).toBe(first.kind !== second.kind);
      }
      expect(compareSamples(first, undefined)).toBeUndefined();
      expect(compareSamples(undefined, first)).toBeUndefined();
    }
  });

  it("knows estimates by their standard errors", () => {
    const one = (estimate: number): Sample => ({ kind: "estimate", estimate, standardError: 1 });
    // The difference has a standard error of √2, and the limit is 2.576 of them: 3.643.
    expect(compareSamples(one(0), one(3.64))?.significant).toBe(false);
    expect(compareSamples(one(0), one(3.65))?.significant).toBe(true);
  });
});
