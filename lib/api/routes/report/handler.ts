import { metrics } from "../../../metrics/registry.ts";
import { readMetricReports, withApart } from "../../../report/data/metric-reports.ts";
import { readNewestComments } from "../../../report/data/newest-comments.ts";
import { readAnnotations } from "../../../report/data/report-annotations.ts";
import { renderReport } from "../../../report/page.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { hasDimensions } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { resolveRange } from "../../pipeline/range.ts";
import { withEventualReads } from "../../pipeline/read-budget.ts";
import { chooseInterval, parseReportQuery } from "./query.ts";

/** Longest range of a report: ten years. */
const maxDays = 3_660;
const defaultDays = 90;
const defaultComments = 3;

/** `GET /v1/report`: every metric of the registry on one page. */
export async function readReport(request: HttpRequest): Promise<TextAnswer> {
  const context = withEventualReads(request);
  const { workspace, table, deadline } = context;
  const { comments: perGroup = defaultComments, ...query } = parseReportQuery(request.query);
  const { groupBy, filters, currency, convention } = query;
  const { today, compare, ...range } = resolveRange(query, workspace, Date.now(), { maxDays, defaultDays });
  const interval = chooseInterval(query, range);
  const scope = {
    metrics,
    range,
    today,
    interval,
    compare,
    groupBy,
    filters,
    currency,
    settings: { convention },
  };
  const accepts = (dimensions: Readonly<Record<string, string>>) => hasDimensions(dimensions, filters);
<<<<<<< HEAD
  const [shown, comments] = await Promise.all([
    readMetricReports(context, scope).then((own) => withApart(context, scope, own)),
=======
  const [shown, annotations, comments] = await Promise.all([
    readMetricReports(context, scope),
    readAnnotations(context, { range, filters }),
>>>>>>> f6548cc (Annotations: what happened on some days, numbered in every chart; the demo writes its own)
    perGroup === 0
      ? undefined
      : readNewestComments(table, workspace.id, { range, accepts, perGroup }, deadline),
  ]);
  const text = renderReport({
    workspace: workspace.id,
    timeZone: workspace.timeZone,
    ...{ range, today, interval, compare, filters },
    ...(groupBy === undefined ? {} : { groupBy }),
    annotations,
    metrics: shown,
    ...(comments ? { comments } : {}),
    madeAt: new Date().toISOString(),
  });
  request.note({ bytes: Buffer.byteLength(text) });
  const name = `customer-experience-${range.from}-${range.to}.html`;
  return {
    status: 200,
    text,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-disposition": `inline; filename="${name}"`,
    },
  };
}
