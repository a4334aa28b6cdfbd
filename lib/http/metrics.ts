import * as z from "zod";
import { earlierDay } from "../calendar/days.ts";
import { granularities } from "../calendar/intervals.ts";
import { currencySchema } from "../facts/money.ts";
import { totalSegment } from "../metrics/counting.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { findMetric, metrics } from "../metrics/registry.ts";
import { seriesOf } from "../metrics/series.ts";
import { readMetricCounters } from "../store/counters.ts";
import { metricSettings } from "../workspace/settings.ts";
import type { HttpRequest } from "./endpoint.ts";
import type { Answer } from "./handler.ts";
import { parseQuery, rangeParameters, resolveRange } from "./parameters.ts";
import { HttpProblem } from "./problem.ts";

/** The query parameters of `GET /v1/metrics/{id}`. */
export const metricQuerySchema = z.strictObject({
  ...rangeParameters,
  interval: z
    .enum([...granularities, "total"], { error: `must be one of ${granularities.join(", ")}, total` })
    .optional()
    .meta({ description: "Weeks are ISO weeks; total when absent" }),
  convention: z
    .string()
    .optional()
    .meta({ description: "One of the metric's conventions; the workspace's or the first when absent" }),
  currency: currencySchema.optional().meta({ description: "For money; the workspace's when absent" }),
});

/** What the catalogue says of a metric. */
export function describeMetric(metric: AnyMetric): Readonly<Record<string, unknown>> {
  const { id, name, description, unit, better, formula, version } = metric;
  const { interval, minimumSample, notes, conventions, references } = metric;
  return {
    ...{ id, name, description, unit, better, formula, version },
    ...{ interval, minimumSample, notes, conventions: conventions ?? [], references },
  };
}

/** `GET /v1/metrics`: the catalogue. */
export async function listMetrics({ query, workspace }: HttpRequest): Promise<Answer> {
  parseQuery(z.strictObject({}), query);
  return {
    status: 200,
    body: {
      items: metrics.map((metric) => ({
        ...describeMetric(metric),
        dimensions: workspace.trackedDimensions,
      })),
      nextCursor: null,
    },
  };
}

/** `GET /v1/metrics/{id}`: a metric's values over a range of days. */
export async function readMetric(request: HttpRequest): Promise<Answer> {
  const { workspace, table, deadline } = request;
  const metric = findMetric(request.parameters["id"] ?? "");
  if (!metric) throw new HttpProblem(404, "there is no metric with this id: GET /v1/metrics lists them");
  const query = parseQuery(metricQuerySchema, request.query);
  const { from, to, today } = resolveRange(query, workspace, Date.now());
  checkConvention(metric, query.convention);
  const settings = metricSettings(workspace, metric.id, query);
  const counters = await readMetricCounters(
    table,
    workspace.id,
    metric,
    // What time alone will bring about is counted ahead: days to come are not read.
    {
      segment: totalSegment,
      currency: settings.currency,
      range: { from: earlierDay(from, today), to: earlierDay(to, today) },
    },
    deadline,
  );
  const interval = query.interval ?? "total";
  const series = seriesOf(metric, counters.timelineOf, { from, to }, interval, settings, {
    today,
    snapshotsThrough: workspace.snapshotsThrough,
    staleDays: new Set(counters.stale.map(({ day }) => day)),
  });
  return {
    status: 200,
    body: {
      metric: metric.id,
      name: metric.name,
      version: metric.version,
      unit: metric.unit,
      better: metric.better,
      formula: metric.formula,
      timeZone: workspace.timeZone,
      ...(metric.unit === "money" ? { currency: settings.currency } : {}),
      ...(settings.convention ? { convention: settings.convention } : {}),
      ...{ from, to, interval, series },
    },
  };
}

function checkConvention(metric: AnyMetric, convention: string | undefined): void {
  const known = metric.conventions ?? [];
  if (convention === undefined || known.includes(convention)) return;
  const detail = known.length > 0 ? `must be one of ${known.join(", ")}` : "this metric has no conventions";
  throw new HttpProblem(400, "the parameters are invalid", { errors: [{ pointer: "/convention", detail }] });
}
