import * as z from "zod";
import { totalSegment } from "../../../metrics/counting.ts";
import type { AnyMetric } from "../../../metrics/metric.ts";
import { findMetric, metrics } from "../../../metrics/registry.ts";
import { daysToSettle } from "../../../metrics/series.ts";
import { runQuery } from "../../../queries/run-query.ts";
import { yearsKeysOf } from "../../../store/counters/counters.ts";
import type { Key } from "../../../store/table/keys.ts";
import { metricSettings } from "../../../workspace/settings.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest, KnownRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { withReadBudget } from "../../pipeline/read-budget.ts";
import { presentSeries } from "./answer.ts";
import { parseMetricRequest } from "./query.ts";

/**
 * What the catalogue says of a metric.
 * @param settlesAfterDays see `daysToSettle`
 */
export function describeMetric(
  metric: AnyMetric,
  settlesAfterDays: number,
): Readonly<Record<string, unknown>> {
  const { id, name, area, description, unit, better, formula, version } = metric;
  const { interval, minimumSample, notes, conventions, references } = metric;
  return {
    ...{ id, name, area, description, unit, better, formula, version },
    ...{ interval, minimumSample, settlesAfterDays, notes, conventions: conventions ?? [], references },
  };
}

/** The query parameters of `GET /v1/metrics`. */
export const catalogueQuerySchema = z.strictObject(pageParameters);

const catalogueColumns = [
  ...[
    "id",
    "name",
    "area",
    "description",
    "unit",
    "better",
    "formula",
    "version",
    "interval",
    "minimumSample",
  ],
  ...["settlesAfterDays", "notes", "conventions", "references", "dimensions"],
];

const cursorSchema = z.strictObject({ after: z.enum(metrics.map(({ id }) => id)) });

/** `GET /v1/metrics`: the catalogue, in its own order. */
export async function listMetrics({ query, workspace }: HttpRequest): Promise<TableAnswer> {
  const { limit, cursor } = parseQuery(catalogueQuerySchema, query);
  const after = decodeCursor(cursorSchema, cursor)?.after;
  const rest = metrics.slice(metrics.findIndex(({ id }) => id === after) + 1);
  const page = rest.slice(0, limit);
  const items = page.map((metric) => ({
    ...describeMetric(metric, daysToSettle(metric, metricSettings(workspace, metric.id))),
    dimensions: workspace.trackedDimensions,
  }));
  const last = page.at(-1);
  const nextCursor = last && rest.length > page.length ? encodeCursor({ after: last.id }) : null;
  return { status: 200, body: { items, nextCursor }, rows: items, columns: catalogueColumns };
}

/** What `readMetric` is sure to need beside the workspace: the sums before the range, where nothing is filtered. */
export function keysForMetric({ workspace, parameters, query }: KnownRequest): Key[] {
  const metric = findMetric(parameters["id"] ?? "");
  const isSegmented = Object.keys(query).some((name) => name === "groupBy" || name.startsWith("filter."));
  return metric && !isSegmented ? yearsKeysOf(workspace, metric, totalSegment) : [];
}

/** `GET /v1/metrics/{id}`: a metric's values over a range of days. */
export async function readMetric(request: HttpRequest): Promise<TableAnswer> {
  const asked = parseMetricRequest(request);
  const answer = await runQuery(withReadBudget(request), asked.query);
  return presentSeries(request.workspace, asked, answer);
}
