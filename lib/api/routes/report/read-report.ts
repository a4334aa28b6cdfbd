import type { DayRange } from "../../../domain/calendar/intervals.ts";
import { type SurveyName, surveyOf } from "../../../domain/facts/responses.ts";
import { type Language, languageOf } from "../../../domain/language/language.ts";
import type { AnyMetric } from "../../../domain/metrics/metric.ts";
import type { AskedSettings, Workspace } from "../../../domain/workspace/settings.ts";
import { KeptCounters } from "../../../queries/kept-counters.ts";
import { readMetricReports, withApart, withWhole } from "../../../report/data/metric-reports.ts";
import { readNewestComments } from "../../../report/data/newest-comments.ts";
import { readAnnotations } from "../../../report/data/report-annotations.ts";
import { daysOfChange } from "../../../report/largest-step.ts";
import { type MetricReport, type Report, wholeOf } from "../../../report/model.ts";
import { choosing } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { resolveRange } from "../../pipeline/range.ts";
import { withEventualReads } from "../../pipeline/read-budget.ts";
import { chooseInterval, type ReportQuery } from "./query.ts";

/** Reading all that a report shows: for the report itself, and for the pages in the browser. */

/** Longest range of a report: ten years. */
const maxDays = 3_660;
const defaultDays = 90;

/** The contents of a report, besides its days and filters. */
export interface ReportContent {
  readonly metrics: readonly AnyMetric[];
  /** At most so many of the newest comments for each score group. */
  readonly commentsPerGroup: number;
  /** The settings that the metrics are computed with; the workspace's own when absent. */
  readonly settings?: AskedSettings;
  /** Whether the corrected days are left out. */
  readonly skipsRestatements?: boolean;
  /** What the request has read before, and what it reads after. */
  readonly kept?: KeptCounters;
  /** The language that it is read in; English when absent. */
  readonly language?: Language;
}

/**
 * The days of a report, what they are compared with, and how far apart its points are.
 * @throws HttpProblem 400 when the range ends before it begins or is too long, or has too many points
 */
export function daysOfReport(workspace: Workspace, query: ReportQuery) {
  const { today, compare, ...range } = resolveRange(query, workspace, Date.now(), { maxDays, defaultDays });
  return { today, range, compare, interval: chooseInterval(query, range) };
}

/**
 * Reads a report.
 * @throws HttpProblem 400 as `daysOfReport`; QueryRefusal where the counters cannot answer; StoreError `unavailable`
 */
export async function readReportOf(
  request: HttpRequest,
  query: ReportQuery,
  {
    metrics,
    commentsPerGroup: perGroup,
    settings = {},
    language = languageOf("en"),
    skipsRestatements = false,
    kept = new KeptCounters(),
  }: ReportContent,
): Promise<Report> {
  const context = { ...withEventualReads(request), kept };
  const { workspace, table, deadline } = context;
  const { groupBy, filters, currency, convention } = query;
  const { today, range, compare, interval } = daysOfReport(workspace, query);
  const days = { range, today, interval, compare };
  const scope = {
    ...days,
    skipsRestatements,
    metrics,
    groupBy,
    filters,
    currency,
    settings: { convention, ...settings },
  };
  const [shown, annotations] = await Promise.all([
    readMetricReports(context, scope)
      .then((own) => withApart(context, scope, own))
      .then((own) => withWhole(context, scope, own)),
    readAnnotations(context, { range, filters }),
  ]);
  // Comments come last, for what the figures have left of the budget.
  const surveys = metrics.flatMap(({ id }) => surveyOf(id) ?? []);
  const choose = choosing(context, filters);
  const search = { range, choose, perGroup, surveys, daysOfChange: daysOfChanges(shown) };
  const comments =
    perGroup === 0 ? undefined : await readNewestComments(table, workspace.id, search, deadline);
  return {
    language,
    workspace: workspace.name ?? workspace.id,
    timeZone: workspace.timeZone,
    ...{ ...days, filters },
    ...(groupBy === undefined ? {} : { groupBy }),
    annotations,
    metrics: shown,
    ...(comments ? { comments } : {}),
    madeAt: new Date().toISOString(),
  };
}

/** The days in which what surveys ask about changed, by survey. */
function daysOfChanges(shown: readonly MetricReport[]): ReadonlyMap<SurveyName, DayRange> {
  return new Map(
    shown.flatMap((one) => {
      const whole = one.isApart ? undefined : wholeOf(one);
      const days = whole && daysOfChange(whole);
      const survey = surveyOf(one.metric.id);
      return days && survey ? [[survey, days] as const] : [];
    }),
  );
}
