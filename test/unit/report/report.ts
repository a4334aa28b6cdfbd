import { addDays } from "../../../lib/domain/calendar/days.ts";
import type { AnyMetric } from "../../../lib/domain/metrics/metric.ts";
import { findMetric, metrics } from "../../../lib/domain/metrics/registry.ts";
import type { ComparisonEntry, SeriesEntry } from "../../../lib/domain/metrics/series.ts";
import type { Verdict } from "../../../lib/domain/metrics/verdict.ts";
import type { MetricReport, Report, ReportLine } from "../../../lib/report/model.ts";

/** Reports for tests, of values that are made up. */

import { languageOf } from "../../../lib/domain/language/language.ts";

/** English. */
export const english = languageOf("en");

export const range = { from: "2026-10-01", to: "2026-10-30" };

/** @throws Error when there is no such metric */
export function metricOf(id: string): AnyMetric {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric;
}

type Value = number | string | null;

/** One entry, of a closed day with enough data unless said otherwise. */
export function entry(value: Value, more: Partial<SeriesEntry> = {}): SeriesEntry {
  const evidence = { low: null, high: null, n: value === null ? 0 : 100, components: {} };
  return { ...range, value, ...evidence, lowSample: false, provisional: false, ...more };
}

/** One entry a day. */
export function daily(values: readonly Value[], more: Partial<SeriesEntry> = {}): SeriesEntry[] {
  return values.map((value, index) => {
    const day = addDays(range.from, index);
    return entry(value, { from: day, to: day, ...more });
  });
}

export function lineOf(values: readonly Value[], more: Partial<ReportLine> = {}): ReportLine {
  return { total: entry(values.at(-1) ?? null), points: daily(values), ...more };
}

export function shownOf(
  id: string,
  lines: readonly ReportLine[],
  more: Partial<MetricReport> = {},
): MetricReport {
  const metric = metricOf(id);
  return {
    ...{ metric, currency: "GBP", convention: metric.conventions?.[0] ?? "", lines },
    ...{ restatements: [], hasMoreRestatements: false, pendingDays: [], remarks: [], goals: [] },
    ...more,
  };
}

/** A report with every metric of the registry; those that are not given have no data. */
export function reportOf(given: readonly MetricReport[], more: Partial<Report> = {}): Report {
  const shown = metrics.map(
    (metric) => given.find((candidate) => candidate.metric === metric) ?? shownOf(metric.id, [lineOf([])]),
  );
  return {
    language: english,
    ...{ workspace: "default", timeZone: "Europe/Berlin", range, today: "2026-11-03", interval: "day" },
    ...{
      compare: "previous",
      filters: {},
      annotations: [],
      metrics: shown,
      madeAt: "2026-11-03T08:00:00.000Z",
    },
    ...more,
  };
}

/** The month before, compared with a change since then. */
export function compared(change: number | string, verdict: Verdict): ComparisonEntry {
  const significant = ["better", "worse", "changed", "too-small"].includes(verdict);
  return {
    ...{ from: "2026-09-01", to: "2026-09-30", value: 40, n: 90, lowSample: false },
    ...{ days: 30, daysKnown: 30, changeLow: null, changeHigh: null, pValue: 0.01 },
    ...{ change, changePercent: 10, significant, verdict },
  };
}

/** A comment of a detractor. */
export function commentsOf(text: string) {
  const comments = [{ day: "2026-10-02", score: 3, scale: "0-10", text }];
  const bySurvey = new Map([["nps", [{ group: "detractors", comments }]]]);
  return { comments: { bySurvey, isComplete: true, looked: 1 } };
}
