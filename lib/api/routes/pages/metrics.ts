import * as z from "zod";
import { surveyOf } from "../../../domain/facts/responses.ts";
import { type AnyMetric, areas } from "../../../domain/metrics/metric.ts";
import { findMetric, metrics } from "../../../domain/metrics/registry.ts";
import type { Parameters } from "../../../pages/address.ts";
import { renderMetricPage } from "../../../pages/metric-page.ts";
import { overviewSorts, renderOverview } from "../../../pages/overview.ts";
import { KeptCounters } from "../../../queries/kept-counters.ts";
import { type GroupSort, groupSorts } from "../../../report/tables.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { withCsv } from "../../pipeline/csv.ts";
import { keepablePage, type PageRequest } from "../../pipeline/page-endpoint.ts";
import { definedOnly, parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { unitsUsed } from "../../pipeline/read-budget.ts";
import { readMetric } from "../metrics/handler.ts";
import { parseMetricRequest } from "../metrics/query.ts";
import { parseReportQuery, type ReportQuery } from "../report/query.ts";
import { daysOfReport, readReportOf } from "../report/read-report.ts";
import { alertsOf } from "./alerts.ts";
import { withAlerts } from "./alerts-on-charts.ts";
import { readEvidence } from "./evidence.ts";

/** The pages of metrics: all of them, and each. */

const commentsOfMetric = 5;

const overviewSchema = z.strictObject({
  sort: z.enum(overviewSorts, { error: `must be one of ${overviewSorts.join(", ")}` }).default("area"),
  area: z.enum(areas, { error: `must be one of ${areas.join(", ")}` }).optional(),
});

const groupSortSchema = z.strictObject({
  sort: z.enum(groupSorts, { error: `must be one of ${groupSorts.join(", ")}` }).default("n"),
  order: z.enum(["asc", "desc"], { error: "must be one of asc, desc" }).default("desc"),
});

/** `GET /`: what changed and matters, goals, and all metrics. */
export async function showOverview(request: PageRequest): Promise<TextAnswer> {
  const { sort, area, ...rest } = request.query;
  const chosen = parseQuery(overviewSchema, definedOnly({ sort, area }));
  const query = parseReportQuery(rest);
  const before = unitsUsed(request);
  const kept = new KeptCounters();
  const report = await readReportOf(request, query, {
    ...{ metrics, commentsPerGroup: 0, skipsRestatements: true, language: request.frame.language, kept },
  });
  const page = {
    frame: request.frame,
    report,
    evidence: await readEvidence(request, report, { before, kept }),
    alerts: await alertsOf(request),
    parameters: request.query,
    dimensions: request.workspace.trackedDimensions,
    ...chosen,
  };
  return noted(request, renderOverview(page));
}

/** `GET /metrics/{id}`: a metric with its chart, its segments, its comments, and how it is computed. */
export async function showMetric(request: PageRequest): Promise<TextAnswer> {
  const metric = metricOf(request);
  const query = parseReportQuery(withoutSettings(request.query));
  const question = questionOf(request, query);
  const { settings = {} } = parseMetricRequest({ ...request, query: question }).query;
  const read = await readReportOf(request, query, {
    metrics: [metric],
    commentsPerGroup: request.hasComments && surveyOf(metric.id) ? commentsOfMetric : 0,
    settings,
    language: request.frame.language,
  });
  const report = request.frame.isShared ? read : await withAlerts(request, read);
  const [shown] = report.metrics;
  if (!shown) throw new Error("one metric has one report");
  const page = {
    ...{ frame: request.frame, shown, report, parameters: request.query, url: request.url, question },
    groupSort: groupSortOf(request),
    dimensions: request.workspace.trackedDimensions,
  };
  return noted(request, renderMetricPage(page));
}

/** `GET /metrics/{id}/values.csv`: the values of the page as a file. */
export async function downloadMetric(request: PageRequest): Promise<TextAnswer> {
  const metric = metricOf(request);
  const query = parseReportQuery(withoutSettings(request.query));
  const { range } = daysOfReport(request.workspace, query);
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

/** A page's question as `GET /v1/metrics/{id}` takes it: with the range and the interval that the page chose. */
function questionOf(request: PageRequest, query: ReportQuery): Parameters {
  const { range, interval } = daysOfReport(request.workspace, query);
  // The order is that of the page's table alone.
  const { sort: _1, order: _2, ...asked } = request.query;
  return { ...asked, from: range.from, to: range.to, interval };
}

/** How a page sorts its groups. */
function groupSortOf({ query: { sort, order } }: PageRequest): GroupSort {
  const { sort: by, order: chosen } = parseQuery(groupSortSchema, definedOnly({ sort, order }));
  return { by, order: chosen };
}

/** The parameters that some metrics have beside those of the report. */
function withoutSettings(query: Parameters): Parameters {
  const { convention: _1, funnel: _2, within: _3, sort: _4, order: _5, ...rest } = query;
  return rest;
}

function noted(request: PageRequest, text: string): TextAnswer {
  request.note({ bytes: Buffer.byteLength(text) });
  return keepablePage(text);
}
