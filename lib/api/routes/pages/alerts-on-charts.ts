import { isDeepStrictEqual } from "node:util";
import { alertFilters } from "../../../domain/alerts/alert.ts";
import { usualRanges } from "../../../domain/alerts/limits.ts";
import { dailyJudging, weeklyJudging } from "../../../domain/alerts/sensitivity.ts";
import { annotationsOf } from "../../../domain/annotations/annotation.ts";
import { rangeOf } from "../../../domain/metrics/range.ts";
import { judgeCourse } from "../../../queries/alert-course.ts";
import { QueryRefusal } from "../../../queries/refusal.ts";
import { raisedSentence, type SaidAlert } from "../../../report/alert-words.ts";
import type { MetricReport, Report, ReportLimits } from "../../../report/model.ts";
import { isTooMuch } from "../../../store/table/errors.ts";
import type { PageRequest } from "../../pipeline/page-endpoint.ts";
import { withReadBudget } from "../../pipeline/read-budget.ts";
import { alertsOf } from "./alerts.ts";

/** What alerts say of a metric, on its chart. */

/** A report with the alerts that watch just what it shows: the days of those that are raised are numbered, as annotations are, and what is usual is drawn. */
export async function withAlerts(request: PageRequest, report: Report): Promise<Report> {
  const { filters } = report;
  const own = (await alertsOf(request)).filter(({ alert, metric }) => {
    const isShown = report.metrics.some(
      (one) => one.metric === metric && one.convention === alert.convention,
    );
    return isShown && isDeepStrictEqual(alertFilters(alert.definition), { ...filters });
  });
  const metrics: MetricReport[] = [];
  for (const shown of report.metrics) {
    const limits = await limitsOf(request, report, shown, own);
    metrics.push(limits.length === 0 ? shown : { ...shown, limits });
  }
  return { ...report, metrics, annotations: withRaised(report, own) };
}

function withRaised({ annotations, range, language }: Report, own: readonly SaidAlert[]) {
  const raisedDays = own.flatMap((said) => {
    const { raised, judgedThrough } = said.alert.state ?? {};
    if (!raised || !judgedThrough) return [];
    const definition = {
      from: raised.since,
      to: judgedThrough,
      text: raisedSentence(said, raised, language),
    };
    return [{ id: `alert ${said.alert.id}`, definition }];
  });
  return annotationsOf([...annotations, ...raisedDays], range);
}

/** What is usual for the one line of a chart by days or weeks, where an alert judges these; nothing where it is too much to read. */
async function limitsOf(
  request: PageRequest,
  { interval, range, groupBy }: Report,
  { metric, convention, currency }: MetricReport,
  own: readonly SaidAlert[],
): Promise<readonly ReportLimits[]> {
  const said = own.find(({ alert }) => {
    const isSame =
      alert.convention === convention && (metric.unit !== "money" || alert.currency === currency);
    return isSame && (alert.definition.every ?? "day") === interval;
  });
  const through = request.workspace.snapshotsThrough;
  if (!said || groupBy !== undefined || through === undefined) return [];
  try {
    // The list of alerts was read past the budget of the page.
    const judged = await judgeCourse(withReadBudget(request), said.alert, through);
    if (!judged) return [];
    const judging = (interval === "week" ? weeklyJudging : dailyJudging)("both");
    const ranges = usualRanges(judged.course, judged.verdict, judging);
    const { min, max } = rangeOf(metric, convention);
    return ranges
      .filter(({ day }) => day >= range.from && day <= range.to)
      .map(({ day, center, low, high }) => ({
        ...{ day, center },
        low: Math.max(low, min ?? low),
        high: Math.min(high, max ?? high),
      }));
  } catch (error) {
    if (!isTooMuch(error) && !(error instanceof QueryRefusal)) throw error;
    return [];
  }
}
