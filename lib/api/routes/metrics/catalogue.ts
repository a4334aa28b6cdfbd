import * as z from "zod";
import type { AnyMetric } from "../../../domain/metrics/metric.ts";
import { metrics } from "../../../domain/metrics/registry.ts";
import { daysToSettle } from "../../../domain/metrics/series.ts";
import { metricSettings } from "../../../domain/workspace/settings.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import type { catalogueSchema } from "./answers.ts";

/** The catalogue of metrics. */

type CatalogueAnswer = AnswerOf<typeof catalogueSchema>;

/**
 * A metric as the catalogue shows it in every workspace.
 * @param settlesAfterDays see `daysToSettle`
 */
export function describeMetric(
  metric: AnyMetric,
  settlesAfterDays: number,
): Omit<CatalogueAnswer["items"][number], "dimensions"> {
  const { id, name, area, description, unit, better, formula, version } = metric;
  const { interval, minimumSample, notes, conventions, references } = metric;
  return {
    ...{ id, name, area, description, unit, better, formula, version },
    smallestChange: metric.smallestChange?.value ?? 0,
    ...{ interval, minimumSample, settlesAfterDays, notes, conventions: conventions ?? [], references },
  };
}

/** The query parameters of `GET /v1/metrics`. */
export const catalogueQuerySchema = z.strictObject(pageParameters);

const columns = [
  ...["id", "name", "area", "description", "unit", "better", "formula", "version", "interval"],
  ...[
    "smallestChange",
    "minimumSample",
    "settlesAfterDays",
    "notes",
    "conventions",
    "references",
    "dimensions",
  ],
];

const cursorSchema = z.strictObject({ after: z.enum(metrics.map(({ id }) => id)) });

/** `GET /v1/metrics`: the catalogue, in its own order. */
export async function listMetrics({ query, workspace }: HttpRequest): Promise<TableAnswer<CatalogueAnswer>> {
  const { limit, cursor } = parseQuery(catalogueQuerySchema, query);
  const after = decodeCursor(cursorSchema, cursor)?.after;
  const rest = metrics.slice(metrics.findIndex(({ id }) => id === after) + 1);
  const page = rest.slice(0, limit);
  const items = page.map((metric) => ({
    ...describeMetric(metric, daysToSettle(metric, metricSettings(workspace, metric.id))),
    ...smallestChangeOf(workspace.smallestChanges[metric.id]),
    dimensions: workspace.trackedDimensions,
  }));
  const last = page.at(-1);
  const nextCursor = last && rest.length > page.length ? encodeCursor({ after: last.id }) : null;
  return { status: 200, body: { items, nextCursor }, rows: items, columns };
}

/** The workspace's least change that matters, which replaces the metric's own. */
function smallestChangeOf(smallestChange: number | undefined): { smallestChange?: number } {
  return smallestChange === undefined ? {} : { smallestChange };
}
