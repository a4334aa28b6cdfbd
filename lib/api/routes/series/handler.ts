import * as z from "zod";
import { findMetric } from "../../../domain/metrics/registry.ts";
import { runBroadQuery } from "../../../queries/run-query.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import { splitDimensions } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { invalidParameter } from "../../pipeline/problem.ts";
import { presentSeries } from "../metrics/present.ts";
import { metricQuerySchema, parseMetricRequest } from "../metrics/query.ts";
import type { manySeriesSchema } from "./answers.ts";

/** Several metrics in one answer. */

/** The query parameters of `GET /v1/series`, beside `filter.<dimension>`: those of a metric that make sense for several. */
export const seriesQuerySchema = metricQuerySchema
  .omit({ convention: true, funnel: true, within: true, target: true })
  .extend({
    metrics: z
      .string()
      .transform((text) => text.split(","))
      .meta({ description: "Ids of metrics, separated by commas", example: "nps,csat,ces", type: "string" }),
  });

/** The columns of CSV, the same whatever was asked: what a metric is made of is in its own series. */
const seriesCsvColumns = [
  ...[
    "metric",
    "group",
    "from",
    "to",
    "value",
    "low",
    "high",
    "n",
    "lowSample",
    "provisional",
    "unit",
    "currency",
  ],
  ...["compared.from", "compared.to", "compared.value", "compared.changePercent", "compared.significant"],
] as const;

/** `GET /v1/series`: several metrics over the same days, with one reading of what they share. */
export async function readSeries(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof manySeriesSchema>>> {
  const { workspace } = request;
  const asked = parseQuery(seriesQuerySchema, splitDimensions(request.query).rest);
  const ids = checkIds(asked.metrics);
  const { metrics: _metrics, ...query } = request.query;
  const parsed = ids.map((id) => parseMetricRequest({ ...request, parameters: { id }, query }));
  const [first] = parsed;
  if (!first) throw invalidParameter("metrics", "must name a metric");
  const metrics = parsed.map((one) => one.query.metric);
  const answers = await runBroadQuery(request, { ...first.query, metrics });
  const presented = answers.map((answer) => {
    const own = { ...first, query: { ...first.query, metric: answer.metric } };
    return presentSeries(own, answer);
  });
  const rows = presented.flatMap(({ body: { unit, currency }, rows: own }) =>
    own.map((row) => ({ ...row, unit, ...(currency === undefined ? {} : { currency }) })),
  );
  const { from, to, interval = "total" } = first.asked;
  const items = presented.map(({ body }) => body);
  return {
    status: 200,
    body: { timeZone: workspace.timeZone, from, to, interval, items },
    ...{ rows, columns: seriesCsvColumns },
  };
}

function checkIds(ids: readonly string[]): readonly string[] {
  const unknown = ids.filter((id) => findMetric(id) === undefined);
  if (unknown.length > 0) {
    throw invalidParameter(
      "metrics",
      "must be ids of metrics, separated by commas: GET /v1/metrics lists them",
    );
  }
  if (new Set(ids).size < ids.length) throw invalidParameter("metrics", "must not name a metric twice");
  return ids;
}
