import { type Day, earlierDay, laterDay } from "../../calendar/days.ts";
import type { DayRange } from "../../calendar/intervals.ts";
import type { AnyMetric } from "../../metrics/metric.ts";
import { type ComparisonKind, planSeries, type SeriesPlan } from "../../metrics/windows.ts";
import { type MeasuredGroup, measureGroups } from "../../queries/measured-groups.ts";
import { readTracked, type SegmentedCounters } from "../../queries/segments.ts";
import { listRestatedDays } from "../../store/snapshots/restatements.ts";
import type { Table } from "../../store/table/client.ts";
import type { Deadline } from "../../store/table/retries.ts";
import { metricSettings, type Workspace } from "../../workspace/settings.ts";
import type { MetricReport, ReportInterval, ReportLine } from "../model.ts";
import { withGoals } from "./report-goals.ts";

/** Reading what is shown of metrics: their values over a period, what changed, and which days were corrected. */

/** What to read. */
export interface ReportScope {
  readonly metrics: readonly AnyMetric[];
  readonly range: DayRange;
  readonly today: Day;
  readonly interval: ReportInterval;
  readonly compare: ComparisonKind;
  readonly groupBy?: string | undefined;
  /** Dimension → the value that facts must have. */
  readonly filters: Readonly<Record<string, string>>;
  /** ISO 4217 code; the workspace's when absent. */
  readonly currency?: string | undefined;
}

/** At most so many corrected days are named. */
const maxRestatedDays = 10;

/**
 * Reads metrics, each family of counters once. `undefined` where the dimensions named have no counters: more than one, one
 * that is not tracked, or a value past the limit.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readMetricReports(
  table: Table,
  workspace: Workspace,
  scope: ReportScope,
  deadline: Deadline,
): Promise<MetricReport[] | undefined> {
  const { metrics, range, today, filters, groupBy } = scope;
  const currency = scope.currency ?? workspace.currency;
  const plan = planReport(scope);
  // What time alone will bring about is counted ahead: days to come are not read.
  const span = { from: earlierDay(plan.span.from, today), to: earlierDay(plan.span.to, today) };
  const segments = { filters, groupBy, currency, range: span };
  const [counters, restated] = await Promise.all([
    readTracked(table, workspace, metrics, segments, deadline),
    Promise.all(
      metrics.map(({ id }) => listRestatedDays(table, workspace.id, id, range, maxRestatedDays, deadline)),
    ),
  ]);
  if (!counters) return undefined;
  const shown = metrics.map((metric, index) => {
    const read = counters.get(metric) ?? { groups: [], remarks: [] };
    const settings = metricSettings(workspace, metric.id, { currency });
    const { days, hasMore } = restated[index] ?? { days: [], hasMore: false };
    const measured = measureGroups(metric, read.groups, plan, settings, workspace, today);
    return {
      metric,
      currency,
      convention: settings.convention,
      lines: measured.map(lineOf),
      restatements: days,
      hasMoreRestatements: hasMore,
      pendingDays: pendingDays(read, range, workspace),
      remarks: read.remarks,
      goals: [],
    };
  });
  return withGoals(table, workspace, shown, scope, deadline);
}

/** The whole period with what it is compared with, and then its intervals. */
function planReport({ range, today, interval, compare }: ReportScope): SeriesPlan {
  const whole = planSeries({ range, granularity: "total", compare }, today);
  const parts = planSeries({ range, granularity: interval }, today);
  return {
    intervals: [...whole.intervals, ...parts.intervals],
    previous: whole.previous,
    span: {
      from: earlierDay(whole.span.from, parts.span.from),
      to: laterDay(whole.span.to, parts.span.to),
    },
  };
}

function lineOf({ group, series, comparison }: MeasuredGroup): ReportLine {
  const [total, ...points] = series;
  const [compared] = comparison;
  if (!total) throw new RangeError("a series of the whole period has an entry");
  return {
    ...(group === undefined ? {} : { group }),
    total,
    points,
    ...(compared ? { comparison: compared } : {}),
  };
}

/** Days of the period that have been stated, and have changed since. */
function pendingDays(
  { groups }: Pick<SegmentedCounters, "groups">,
  { from, to }: DayRange,
  { snapshotsFrom, snapshotsTo }: Workspace,
): Day[] {
  if (snapshotsFrom === undefined || snapshotsTo === undefined) return [];
  const stated = { from: laterDay(from, snapshotsFrom), to: earlierDay(to, snapshotsTo) };
  const days = groups.flatMap(({ counters }) => counters.stale.map(({ day }) => day));
  return [...new Set(days)]
    .filter((day) => day >= stated.from && day <= stated.to)
    .sort()
    .slice(-maxRestatedDays);
}
