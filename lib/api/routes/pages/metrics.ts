import * as z from "zod";
import type { AnyMetric } from "../../../metrics/metric.ts";
import { type Area, areas } from "../../../metrics/metric.ts";
import { findMetric, metrics } from "../../../metrics/registry.ts";
import type { Parameters } from "../../../pages/address.ts";
import { renderMetricPage } from "../../../pages/metric-page.ts";
import { overviewSorts, renderOverview } from "../../../pages/overview.ts";
import { readMetricReports } from "../../../report/data/metric-reports.ts";
import { readNewestComments } from "../../../report/data/newest-comments.ts";
import { readAnnotations } from "../../../report/data/report-annotations.ts";
import type { Report } from "../../../report/model.ts";
import type { AskedSettings } from "../../../workspace/settings.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { withCsv } from "../../pipeline/csv.ts";
import { hasDimensions } from "../../pipeline/dimension-filters.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { resolveRange } from "../../pipeline/range.ts";
import { withEventualReads } from "../../pipeline/read-budget.ts";
import { readMetric } from "../metrics/handler.ts";
import { parseMetricRequest } from "../metrics/query.ts";
import { chooseInterval, parseReportQuery, type ReportQuery } from "../report/query.ts";

/** The pages of metrics: all of them, and each. */

/** Longest range of a page: ten years, as of the report. */
const maxDays = 3_660;
const defaultDays = 90;
const commentsOfMetric = 5;

const overviewSchema = z.strictObject({
  sort: z.enum(overviewSorts, { error: `must be one of ${overviewSorts.join(", ")}` }).default("area"),
  area: z.enum(areas, { error: `must be one of ${areas.join(", ")}` }).optional(),
});

/** `GET /`: what changed and matters, goals, and all metrics. */
export async function showOverview(request: PageRequest): Promise<TextAnswer> {
  const { sort = "", area = "", ...rest } = request.query;
  const chosen = parseQuery(overviewSchema, given({ sort, area }));
  const query = parseReportQuery(rest);
  const report = await readReportOf(request, query, metrics, { perGroup: 0 });
  const page = {
    report,
    parameters: request.query,
    dimensions: request.workspace.trackedDimensions,
    sort: chosen.sort,
    area: chosen.area as Area | undefined,
  };
  return noted(request, renderOverview(page));
}

/** `GET /metrics/{id}`: a metric with its chart, its segments, its comments, and how it is computed. */
export async function showMetric(request: PageRequest): Promise<TextAnswer> {
  const metric = metricOf(request);
  const query = parseReportQuery(withoutSettings(request.query));
  const question = questionOf(request, query);
  const { settings } = parseMetricRequest({ ...request, query: question }).query;
  const report = await readReportOf(request, query, [metric], { perGroup: commentsOfMetric, settings });
  const [shown] = report.metrics;
  if (!shown) throw new Error("one metric has one report");
  const page = {
    ...{ shown, report, parameters: request.query, url: request.url, question },
    dimensions: request.workspace.trackedDimensions,
  };
  return noted(request, renderMetricPage(page));
}

/** `GET /metrics/{id}/values.csv`: the values of the page as a file. */
export async function downloadMetric(request: PageRequest): Promise<TextAnswer> {
  const metric = metricOf(request);
  const query = parseReportQuery(withoutSettings(request.query));
  const { range } = scopeOf(request, query);
  const question = questionOf(request, query);
  const headers = { ...request.headers, accept: "text/csv" };
  const answer = await withCsv(readMetric)({ ...request, headers, query: question });
  if (!("text" in answer)) throw new Error("a metric's values come as CSV where that is asked for");
  const name = `${metric.id}-${range.from}-${range.to}.csv`;
  return {
    ...answer,
    headers: { ...answer.headers, "content-disposition": `attachment; filename="${name}"` },
  };
}

function metricOf({ parameters }: PageRequest): AnyMetric {
  const metric = findMetric(parameters["id"] ?? "");
  if (!metric) throw new HttpProblem(404, "there is no metric with this name");
  return metric;
}

/** What a page asks as `GET /v1/metrics/{id}` takes it: with the range and the interval that the page chose. */
function questionOf(request: PageRequest, query: ReportQuery): Parameters {
  const { range, interval } = scopeOf(request, query);
  return { ...request.query, from: range.from, to: range.to, interval };
}

/** The parameters that some metrics have beside those of the report. */
function withoutSettings({ convention: _1, funnel: _2, within: _3, ...rest }: Parameters): Parameters {
  return rest;
}

function scopeOf({ workspace }: PageRequest, query: ReportQuery) {
  const { today, compare, ...range } = resolveRange(query, workspace, Date.now(), { maxDays, defaultDays });
  return { today, range, compare, interval: chooseInterval(query, range) };
}

async function readReportOf(
  request: PageRequest,
  query: ReportQuery,
  asked: readonly AnyMetric[],
  { perGroup, settings = {} }: { readonly perGroup: number; readonly settings?: AskedSettings | undefined },
): Promise<Report> {
  const context = withEventualReads(request);
  const { workspace, table, deadline } = context;
  const { groupBy, filters, currency } = query;
  const { today, range, compare, interval } = scopeOf(request, query);
  const scope = {
    ...{ metrics: asked, range, today, interval, compare, groupBy, filters, currency, settings },
  };
  const accepts = (dimensions: Readonly<Record<string, string>>) => hasDimensions(dimensions, filters);
  const [shown, annotations, comments] = await Promise.all([
    readMetricReports(context, scope),
    readAnnotations(context, { range, filters }),
    perGroup === 0
      ? undefined
      : readNewestComments(table, workspace.id, { range, accepts, perGroup }, deadline),
  ]);
  return {
    workspace: workspace.id,
    timeZone: workspace.timeZone,
    ...{ range, today, interval, compare, filters },
    ...(groupBy === undefined ? {} : { groupBy }),
    annotations,
    metrics: shown,
    ...(comments ? { comments } : {}),
    madeAt: new Date().toISOString(),
  };
}

function given(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ""));
}

function noted(request: PageRequest, text: string): TextAnswer {
  request.note({ bytes: Buffer.byteLength(text) });
  return pageAnswer(text);
}
