import * as z from "zod";
import { type Day, earlierDay } from "../../../calendar/days.ts";
import { totalSegment } from "../../../metrics/counting.ts";
import type { AnyMetric, MetricSettings } from "../../../metrics/metric.ts";
import { createTimeline } from "../../../metrics/period.ts";
import { betterIn } from "../../../metrics/range.ts";
import { findMetric, metrics } from "../../../metrics/registry.ts";
import { daysToSettle, seriesOf } from "../../../metrics/series.ts";
import { planSeries } from "../../../metrics/windows.ts";
import { type MeasuredGroup, measureGroups, withCounters } from "../../../queries/measured-groups.ts";
import { readSegmented } from "../../../queries/segments.ts";
import { yearsKeysOf } from "../../../store/counters/counters.ts";
import type { Key } from "../../../store/table/keys.ts";
import { metricSettings, type Workspace } from "../../../workspace/settings.ts";
import { columnsOf, type Row, type TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest, KnownRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { parseQuery, type ResolvedRange, resolveRange } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { comparisonOf, type MetricQuery, parseMetricQuery, refusal } from "./query.ts";

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
  const { workspace, table, deadline } = request;
  const metric = findMetric(request.parameters["id"] ?? "");
  if (!metric) throw new HttpProblem(404, "there is no metric with this id: GET /v1/metrics lists them");
  const query = parseMetricQuery(metric, request.query);
  const { groupBy, filters, compare } = query;
  const resolved = resolveRange(query, workspace, Date.now());
  const { from, to, today } = resolved;
  const interval = query.interval ?? "total";
  const windowDays = query.window === undefined ? undefined : Number(query.window);
  const plan = planSeries(
    {
      ...{ range: { from, to }, granularity: interval, windowDays },
      compare: comparisonOf(query, resolved),
    },
    today,
  );
  const settings = metricSettings(workspace, metric.id, query);
  // What time alone will bring about is counted ahead: days to come are not read.
  const range = { from: earlierDay(plan.span.from, today), to: earlierDay(plan.span.to, today) };
  const scope = { filters, groupBy, range };
  const { groups, source, recounted, remarks } = await readSegmented(
    table,
    workspace,
    metric,
    scope,
    deadline,
    request.ahead,
  );
  const present = withCounters(metric, groups);
  refuseTooMany(present.length * plan.intervals.length);
  const measured = measureGroups(metric, present, plan, settings, workspace, today, query.top);
  const series = labelled(measured, (group) => group.series);
  const comparison = labelled(measured, (group) => group.comparison);
  return {
    status: 200,
    body: {
      ...headOf(metric, settings, workspace),
      ...{ from, to, interval },
      ...(windowDays === undefined ? {} : { window: windowDays }),
      ...(groupBy === undefined ? {} : { groupBy }),
      ...(query.top === undefined ? {} : { top: query.top }),
      ...(Object.keys(filters).length > 0 ? { filter: filters } : {}),
      ...(compare ? { compare } : {}),
      source,
      ...(recounted === undefined ? {} : { recounted }),
      ...(remarks.length > 0 ? { remarks } : {}),
      series,
      ...(compare ? { comparison } : {}),
    },
    rows: series.map((entry, index) => rowOf(metric, entry, comparison[index])),
    columns: series.length > 0 ? [] : seriesColumns(metric, settings, query, { from, to, today }),
  };
}

function rowOf(metric: AnyMetric, entry: object, compared: object | undefined): Row {
  return { metric: metric.id, ...entry, ...(compared ? { compared } : {}) };
}

/** The columns of an interval in which nothing was counted. */
function seriesColumns(
  metric: AnyMetric,
  settings: MetricSettings,
  { groupBy, compare }: Pick<MetricQuery, "groupBy" | "compare">,
  { from, to, today }: ResolvedRange,
): string[] {
  const interval = { from, to, calendar: null };
  const timeline = createTimeline(interval, new Map(), {});
  const plan = { intervals: [interval], previous: compare === undefined ? [] : [interval] };
  const progress = { today, snapshotsThrough: undefined, staleDays: new Set<Day>() };
  const { series, comparison } = seriesOf(metric, () => timeline, plan, settings, progress);
  const label = groupBy === undefined ? {} : { group: "" };
  return columnsOf(
    rowOf(metric, { ...label, ...series[0] }, comparison[0] && { ...label, ...comparison[0] }),
  );
}

/** At most so many values are computed for one answer: as many as a function can in its time. */
const maxEntries = 12_000;

function refuseTooMany(entries: number): void {
  if (entries <= maxEntries) return;
  const detail = `makes ${entries} entries, all groups together: at most ${maxEntries}; ask for a longer one, or for fewer days`;
  throw refusal("interval", detail);
}

/** The entries of all groups one after the other, each with the name of its group. */
function labelled<Entry extends object>(
  groups: readonly MeasuredGroup[],
  entriesOf: (group: MeasuredGroup) => readonly Entry[],
): (Entry & { readonly group?: string })[] {
  return groups.flatMap((measured) => {
    const label = measured.group === undefined ? {} : { group: measured.group };
    return entriesOf(measured).map((entry) => ({ ...label, ...entry }));
  });
}

function headOf(
  metric: AnyMetric,
  settings: MetricSettings,
  workspace: Workspace,
): Readonly<Record<string, unknown>> {
  return {
    metric: metric.id,
    name: metric.name,
    version: metric.version,
    unit: metric.unit,
    better: betterIn(metric, settings.convention),
    formula: metric.formula,
    timeZone: workspace.timeZone,
    ...(metric.unit === "money" ? { currency: settings.currency } : {}),
    ...(settings.convention ? { convention: settings.convention } : {}),
  };
}
