import type { Annotation } from "../domain/annotations/annotation.ts";
import type { Day } from "../domain/calendar/days.ts";
import type { DayRange, Granularity } from "../domain/calendar/intervals.ts";
import type { Filters } from "../domain/facts/characteristics.ts";
import type { Verdict as GoalVerdict } from "../domain/goals/evaluate.ts";
import type { Language } from "../domain/language/language.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import type { Remark } from "../domain/metrics/remark.ts";
import type { RestatedDay } from "../domain/metrics/restated-day.ts";
import type { ComparisonEntry, SeriesEntry } from "../domain/metrics/series.ts";
import type { ComparisonKind } from "../domain/metrics/windows.ts";

/** A report's data: everything that is read before the first line is drawn. */

/** How the points of a chart lie in time. */
export type ReportInterval = Granularity | "total";

/** The values of the whole, or of one group. */
export interface ReportLine {
  /** The dimension's value; absent where nothing was grouped. */
  readonly group?: string;
  /** The whole period as one. */
  readonly total: SeriesEntry;
  /** The comparison of the whole period. */
  readonly comparison?: ComparisonEntry;
  /** One entry for each interval of the period. */
  readonly points: readonly SeriesEntry[];
}

/** A goal of a metric, and where it stands. */
export interface ReportGoal extends Pick<GoalVerdict, "state" | "by" | "certain" | "target" | "reason"> {
  readonly id: string;
  readonly name?: string;
  /** The last day on which it can be met. */
  readonly dueDate: Day;
  /** How many days its value is measured over. */
  readonly windowDays: number;
  /** The value that was judged. */
  readonly value: number | string | null;
  /** How it differs from the base period; absent where that was not compared. */
  readonly sinceBase?: DayRange & { readonly comparison: ComparisonEntry };
}

/** What is usual on a day, or in a week that begins with it, in the metric's unit. */
export interface ReportLimits {
  readonly day: Day;
  readonly center: number;
  readonly low: number;
  readonly high: number;
}

/** Everything that is shown of one metric. */
export interface MetricReport {
  readonly metric: AnyMetric;
  /** ISO 4217 code of the money in it. */
  readonly currency: string;
  /** The convention by which it was computed; empty for a metric that has none. */
  readonly convention: string;
  /** Whether it is shown beside the same metric in the workspace's own convention, as it has other answers. */
  readonly isApart?: true;
  /** The whole, or each group, those with the most data first. */
  readonly lines: readonly ReportLine[];
  /** The whole beside its groups; absent where it is the only line. */
  readonly whole?: ReportLine;
  /** The corrected days of the period, the newest first. */
  readonly restatements: readonly RestatedDay[];
  /** Whether there are more corrected days than those. */
  readonly hasMoreRestatements: boolean;
  /** Days that have changed and are not stated again yet. */
  readonly pendingDays: readonly Day[];
  readonly remarks: readonly Remark[];
  /** Its goals for the same segment, those that are due first at the beginning. */
  readonly goals: readonly ReportGoal[];
  /** What is usual, where an alert watches just what is shown; by day. */
  readonly limits?: readonly ReportLimits[];
}

/** A comment of a response. */
export interface ReportComment {
  readonly day: Day;
  /** Absent where the survey asks for none. */
  readonly score?: number;
  readonly scale?: string;
  readonly text: string;
}

/** The newest comments of one group of scores. */
export interface CommentGroup {
  readonly group: string;
  readonly comments: readonly ReportComment[];
}

/** The comments behind the scores. */
export interface ReportComments {
  /** By survey, the unhappiest group first; groups without comments are left out. */
  readonly bySurvey: ReadonlyMap<string, readonly CommentGroup[]>;
  /** Whether all answers of the period were looked at. */
  readonly isComplete: boolean;
  /** How many facts were looked at. */
  readonly looked: number;
  /** The days in which a survey's metric changed, where its comments are of these days alone. */
  readonly daysOfChange?: ReadonlyMap<string, DayRange>;
}

export interface Report {
  /** The language that it is read in. */
  readonly language: Language;
  readonly workspace: string;
  readonly timeZone: string;
  readonly range: DayRange;
  /** The day that was running when the report was made. */
  readonly today: Day;
  readonly interval: ReportInterval;
  /** Absent where nothing is compared. */
  readonly compare?: ComparisonKind | undefined;
  /** The dimensions that the lines tell apart; absent where everything is one. */
  readonly groupBy?: readonly string[];
  readonly filters: Filters;
  /** The annotations of its days, by day. */
  readonly annotations: readonly Annotation[];
  /** In the order of the catalogue. */
  readonly metrics: readonly MetricReport[];
  /** Absent where none were asked for. */
  readonly comments?: ReportComments;
  /** RFC 3339. */
  readonly madeAt: string;
}

/** Whether there is anything to say of a metric: some fact in the period, or in the one that it is compared with. */
export function hasData({ lines }: Pick<MetricReport, "lines">): boolean {
  return lines.some(
    ({ total, comparison, points }) =>
      total.n !== 0 || (comparison?.n ?? 0) !== 0 || points.some(({ n }) => n !== 0),
  );
}

/** The line of everything: the only one, or that beside the groups. */
export function wholeOf({ whole, lines }: Pick<MetricReport, "whole" | "lines">): ReportLine | undefined {
  return whole ?? lines.find(({ group }) => group === undefined);
}

/** The name of a metric's card, as a heading and in addresses of the page. */
export function cardOf(
  { metric, convention, isApart }: MetricReport,
  language: Language,
): {
  readonly id: string;
  readonly name: string;
} {
  return {
    id: isApart ? `${metric.id}-${convention}` : metric.id,
    name: language.metricName(metric, convention),
  };
}
