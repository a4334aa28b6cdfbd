import { type Day, earlierDay, laterDay } from "../../domain/calendar/days.ts";
import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { Filters } from "../../domain/facts/characteristics.ts";
import type { AnyMetric } from "../../domain/metrics/metric.ts";
import type { Remark } from "../../domain/metrics/remark.ts";
import type { RestatedDay } from "../../domain/metrics/restated-day.ts";
import { type ComparisonKind, planSeries, type SeriesPlan } from "../../domain/metrics/windows.ts";
import type { AskedSettings, Workspace } from "../../domain/workspace/settings.ts";
import { closedDays } from "../../queries/closed-days/closed-days.ts";
import type { QueryContext } from "../../queries/context.ts";
import { rollingCounters } from "../../queries/counter-source.ts";
import type { MeasuredGroup } from "../../queries/query.ts";
import { QueryRefusal } from "../../queries/refusal.ts";
import { runBroadQuery } from "../../queries/run-query.ts";
import { listRestatedDays } from "../../store/snapshots/restatements.ts";
import { isTooMuch } from "../../store/table/errors.ts";
import type { MetricReport, ReportInterval, ReportLine } from "../model.ts";
import { maxLines } from "../theme.ts";
import { withGoals } from "./report-goals.ts";

/** Reading what is shown of metrics: their values over a period, what changed, and which days were corrected. */

/** The metrics, days and filters to read. */
export interface ReportScope {
  readonly metrics: readonly AnyMetric[];
  readonly range: DayRange;
  readonly today: Day;
  readonly interval: ReportInterval;
  readonly compare?: ComparisonKind | undefined;
  readonly groupBy?: readonly string[] | undefined;
  /** The values that facts must have. */
  readonly filters: Filters;
  /** ISO 4217 code; the workspace's when absent. */
  readonly currency?: string | undefined;
  /** By which other settings it is computed; the workspace's own when absent. */
  readonly settings?: AskedSettings;
  /** Whether the corrected days are left out, where nobody sees them: each metric's are a query of their own. */
  readonly skipsRestatements?: boolean;
  /** Whether goals are left out, where nobody sees them. */
  readonly skipsGoals?: boolean;
}

/** What may answer: single facts of the table would cost too much for many metrics. */
const sources = [rollingCounters, closedDays];

/** Of many metrics at most so many groups each, where facts are counted for it: nobody reads longer tables of all of them. */
const maxGroups = 25;

/** Read units that are kept for goals and comments. */
const unitsAfterCorrections = 60;

/** At most so many corrected days are named. */
const maxRestatedDays = 10;

/**
 * Reads metrics, each family of counters once.
 * @throws QueryRefusal where the dimensions named have no counters, and the files of closed days are not kept or too many
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readMetricReports(context: QueryContext, scope: ReportScope): Promise<MetricReport[]> {
  const { metrics, range, today, filters, groupBy, currency, settings, skipsRestatements = false } = scope;
  const { workspace } = context;
  const asked = { plan: planReport(scope), today, filters, groupBy, settings: { currency, ...settings } };
  // Only so many are drawn.
  const question = { ...asked, sources, maxDetailed: maxLines, ...(metrics.length > 1 ? { maxGroups } : {}) };
  const answers = await runBroadQuery(context, { metrics, ...question });
  // After the figures, for what these have left of the budget.
  const release = context.table.budget?.hold(unitsAfterCorrections);
  const restated = await Promise.all(
    (skipsRestatements ? [] : metrics).map(({ id }) => restatedDays(context, id, range)),
  ).finally(release);
  const shown = answers.map(({ metric, settings, groups, changedDays, remarks: ofAnswer }, index) => {
    const { days, hasMore, remarks } = restated[index] ?? noDays;
    return {
      metric,
      currency: settings.currency,
      convention: settings.convention,
      lines: groups.map(lineOf),
      restatements: days,
      hasMoreRestatements: hasMore,
      pendingDays: pendingDays(changedDays, range, workspace),
      remarks: [...ofAnswer, ...remarks],
      goals: [],
    };
  });
  return scope.skipsGoals ? shown : withGoals(context, shown, scope);
}

interface RestatedDays {
  readonly days: readonly RestatedDay[];
  readonly hasMore: boolean;
  readonly remarks: readonly Remark[];
}

const noDays: RestatedDays = { days: [], hasMore: false, remarks: [] };

/** The corrected days of a metric; where the budget is not enough, a remark in their place. */
async function restatedDays(
  { table, workspace, deadline }: QueryContext,
  metric: string,
  range: DayRange,
): Promise<RestatedDays> {
  try {
    const found = await listRestatedDays(table, workspace.id, metric, range, maxRestatedDays, deadline);
    return { ...found, remarks: [] };
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    return { ...noDays, remarks: [{ id: "remark.correctionsLeftOut" }] };
  }
}

/**
 * Reads what metrics say in conventions that have other answers (see `AnyMetric.apart`), where there are any: each after the metric itself.
 * @param shown what `readMetricReports` has of the same scope
 */
export async function withApart(
  context: QueryContext,
  scope: ReportScope,
  shown: readonly MetricReport[],
): Promise<MetricReport[]> {
  const reports = await Promise.all(
    shown.map(async (report) => {
      const { metric, convention, lines } = report;
      const others = Object.keys(metric.apart ?? {}).filter(
        (other) => other !== convention && lines.some(({ total }) => total.components[`n ${other}`]),
      );
      const apart = others.map(async (other): Promise<MetricReport[]> => {
        const asked = { ...scope, metrics: [metric], settings: { ...scope.settings, convention: other } };
        const own = await readMetricReports(context, asked);
        return own.map((one) => ({ ...one, isApart: true }));
      });
      return [report, ...(await Promise.all(apart)).flat()];
    }),
  );
  return reports.flat();
}

/**
 * Reads the whole beside the groups, where it was grouped; without it where that would cost more than one question may.
 * @param shown what `readMetricReports` has of the same scope
 */
export async function withWhole(
  context: QueryContext,
  scope: ReportScope,
  shown: readonly MetricReport[],
): Promise<MetricReport[]> {
  if (scope.groupBy === undefined) return [...shown];
  const conventions = [
    ...new Set(shown.map(({ convention, isApart }) => (isApart ? convention : undefined))),
  ];
  const read = conventions.map(async (convention) => {
    const own = shown.filter((one) => (one.isApart ? one.convention : undefined) === convention);
    const settings = { ...scope.settings, ...(convention === undefined ? {} : { convention }) };
    const question = {
      ...{ metrics: own.map(({ metric }) => metric), plan: planReport(scope), today: scope.today },
      ...{ filters: scope.filters, settings: { currency: scope.currency, ...settings }, sources },
    };
    const answers = await runBroadQuery(context, question).catch((error: unknown) => {
      // The groups are what was asked for, and may have left too little of the budget.
      if (isTooMuch(error) || error instanceof QueryRefusal) return [];
      throw error;
    });
    return own.map((one, index) => {
      const [whole] = (answers[index]?.groups ?? []).map(lineOf);
      const isThere = one.lines.some(({ group }) => group === undefined);
      return [one, whole && !isThere ? { ...one, whole } : one] as const;
    });
  });
  const all = new Map((await Promise.all(read)).flat());
  return shown.map((one) => all.get(one) ?? one);
}

/** The whole period with what it is compared with, and then its intervals. */
function planReport({ range, today, interval, compare }: ReportScope): SeriesPlan {
  const whole = planSeries({ range, granularity: "total", compare }, today);
  const parts = planSeries({ range, granularity: interval }, today);
  return {
    intervals: [...whole.intervals, ...parts.intervals],
    ...{ previous: whole.previous, isCompared: whole.isCompared },
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
  changed: readonly Day[],
  { from, to }: DayRange,
  { snapshotsFrom, snapshotsTo }: Workspace,
): Day[] {
  if (snapshotsFrom === undefined || snapshotsTo === undefined) return [];
  const stated = { from: laterDay(from, snapshotsFrom), to: earlierDay(to, snapshotsTo) };
  return changed.filter((day) => day >= stated.from && day <= stated.to).slice(-maxRestatedDays);
}
