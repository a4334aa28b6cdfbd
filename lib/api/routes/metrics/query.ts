import * as z from "zod";
import { granularities } from "../../../domain/calendar/intervals.ts";
import { dimensionNameSchema } from "../../../domain/facts/base.ts";
import type { Filters } from "../../../domain/facts/characteristics.ts";
import { funnelNameSchema } from "../../../domain/facts/journeys.ts";
import { currencySchema } from "../../../domain/facts/money.ts";
import { withinDays } from "../../../domain/metrics/funnel-cells.ts";
import { type AnyMetric, ownParameters } from "../../../domain/metrics/metric.ts";
import { defaultQueueTarget, queueTargets } from "../../../domain/metrics/queue-time.ts";
import { findMetric, metrics } from "../../../domain/metrics/registry.ts";
import { planSeries, windowLengths } from "../../../domain/metrics/windows.ts";
import type { Workspace } from "../../../domain/workspace/settings.ts";
import { maxGroupedDimensions } from "../../../queries/group-names.ts";
import { type Query, sortings } from "../../../queries/query.ts";
import { splitDimensions } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidParameter } from "../../pipeline/problem.ts";
import { compareParameter, rangeParameters, resolveRange } from "../../pipeline/range.ts";

/** The query of a metric. */

/** One of the conventions that metrics have. */
export const conventionParameter = z
  .string()
  .refine((name) => metrics.some(({ conventions }) => conventions?.includes(name)), {
    error: "must be a convention of a metric: GET /v1/metrics lists them",
  })
  .optional();

/** Dimensions, separated by commas. */
const groupByParameter = z
  .string()
  .refine((text) => text.split(",").every((name) => dimensionNameSchema.safeParse(name).success), {
    error: "must be the name of a dimension, or several with commas between them",
    abort: true,
  })
  .transform((text) => text.split(","))
  .refine((names) => names.length <= maxGroupedDimensions, {
    error: `must be at most ${maxGroupedDimensions} dimensions`,
  })
  .refine((names) => new Set(names).size === names.length, "must not name a dimension twice")
  .optional()
  .meta({
    description: `A dimension, or up to ${maxGroupedDimensions} with commas between them: one series for each of its values, or of their combinations, in which anything was counted that the metric is computed from, and one for (none)`,
    example: "channel,plan",
    type: "string",
  });

/** The query parameters of `GET /v1/metrics/{id}`, beside `filter.<dimension>`. */
export const metricQuerySchema = z.strictObject({
  ...rangeParameters,
  interval: z
    .enum([...granularities, "total"], { error: `must be one of ${granularities.join(", ")}, total` })
    .optional()
    .meta({ description: "Weeks are ISO weeks; total when absent" }),
  window: z
    .enum(windowLengths.map(String) as [`${(typeof windowLengths)[number]}`], {
      error: `must be one of ${windowLengths.join(", ")}`,
    })
    .transform(Number)
    .optional()
    .meta({
      description:
        "Days of a rolling window: each entry is the value of the window that ends with its interval's last day, or today",
    }),
  groupBy: groupByParameter,
  top: z
    .string()
    .regex(/^([1-9]\d?|1\d\d|200)$/, "must be an integer from 1 to 200")
    .transform(Number)
    .optional()
    .meta({
      description:
        "With groupBy: only so many groups, the first by `sort` and `order`. All others are one group, (other), exactly; (none) stays apart",
      type: "integer",
      minimum: 1,
      maximum: 200,
    }),
  sort: z
    .enum(sortings, { error: `must be one of ${sortings.join(", ")}` })
    .optional()
    .meta({
      description:
        "With groupBy: by what the groups are ranked. `n`, as when absent: n over the range; `value`: the value of the last interval; `change`: its change, with compare. What has no such figure, (none) and (other) come last, but by n.",
    }),
  order: z
    .enum(["asc", "desc"], { error: "must be asc or desc" })
    .optional()
    .meta({ description: "With groupBy: the smallest first, or the greatest, as when absent" }),
  minimum: z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/, "must be an integer from 0 to 999999999")
    .transform(Number)
    .optional()
    .meta({
      description: "With groupBy: groups with a smaller n over the range are not ranked, but are in (other)",
      type: "integer",
      minimum: 0,
      maximum: 999_999_999,
    }),
  compare: compareParameter.meta({
    description:
      "`none`: nothing, as when absent. `previous`: the interval before each interval. `year`: the same a year earlier. A day: the calendar interval of the same kind that contains it; of other ranges as many days from it on; of rolling windows the one that ends with it. The growth since then is the comparison's `changePercent`.",
  }),
  convention: z
    .string()
    .optional()
    .meta({ description: "One of the metric's conventions; the workspace's or the first when absent" }),
  currency: currencySchema.optional().meta({ description: "For money; the workspace's when absent" }),
  funnel: funnelNameSchema.optional().meta({
    description: "For journey-funnel: one of the workspace's `funnels`; its own journey when absent",
  }),
  within: z
    .enum(withinDays.map(String) as [`${(typeof withinDays)[number]}`], {
      error: `must be one of ${withinDays.join(", ")}`,
    })
    .transform(Number)
    .optional()
    .meta({
      description:
        "For journey-funnel: only what happened within so many days of a journey's beginning; whenever when absent",
    }),
  target: z
    .enum(queueTargets.map(String) as [`${(typeof queueTargets)[number]}`], {
      error: `must be one of ${queueTargets.join(", ")}`,
    })
    .transform(Number)
    .optional()
    .meta({
      description: `For queue-time: within how many seconds a call is to be answered; ${defaultQueueTarget} when absent`,
    }),
});

/** A parsed request: the question, and its parameters as the answer repeats them. */
export interface MetricRequest {
  readonly query: Query;
  readonly asked: z.output<typeof metricQuerySchema> & {
    readonly from: string;
    readonly to: string;
    readonly filters: Filters;
    /** Of the days. */
    readonly timeZone: string;
  };
}

/**
 * Parses a request to read a metric.
 * @throws HttpProblem 404 when there is no such metric, 400 that names each parameter that is wrong or unknown
 */
export function parseMetricRequest({ parameters, query, workspace }: HttpRequest): MetricRequest {
  const metric = findMetric(parameters["id"] ?? "");
  if (!metric) throw new HttpProblem(404, "there is no metric with this id: GET /v1/metrics lists them");
  const { dimensions: filters, rest } = splitDimensions(query);
  const asked = parseQuery(metricQuerySchema, rest);
  refuseContradictions(metric, asked, filters);
  refuseUnknownFunnel(asked.funnel, workspace);
  const { today, compare, ...range } = resolveRange(asked, workspace, Date.now());
  const { interval: granularity = "total", window: windowDays, groupBy } = asked;
  const plan = planSeries({ range, granularity, windowDays, compare }, today);
  const { convention, currency, funnel, within, target, top, sort, order, minimum } = asked;
  const ranking = { top, sort, order, minimum };
  const settings = { convention, currency, funnel, withinDays: within, targetSeconds: target };
  return {
    query: { metric, plan, today, filters, groupBy, ...ranking, settings },
    asked: { ...asked, ...range, filters, timeZone: workspace.timeZone },
  };
}

/** @throws HttpProblem 400 for a parameter that does not go with the metric or with the others */
function refuseContradictions(
  { conventions = [], takes = [] }: AnyMetric,
  asked: z.output<typeof metricQuerySchema>,
  filters: Filters,
): void {
  const { groupBy = [], convention, sort, compare = "none" } = asked;
  if (groupBy.some((dimension) => Object.hasOwn(filters, dimension))) {
    throw invalidParameter("groupBy", "must not be a dimension that is filtered by");
  }
  for (const name of ["top", "sort", "order", "minimum"] as const) {
    if (asked[name] === undefined || groupBy.length > 0) continue;
    throw invalidParameter(name, "needs groupBy: it says which of its groups to show, and in which order");
  }
  if (sort === "change" && compare === "none") {
    throw invalidParameter("sort", "needs compare: without it nothing changes");
  }
  if (convention !== undefined && !conventions.includes(convention)) {
    const known = conventions.join(", ");
    throw invalidParameter(
      "convention",
      known ? `must be one of ${known}` : "this metric has no conventions",
    );
  }
  for (const name of ownParameters) {
    if (asked[name] === undefined || takes.includes(name)) continue;
    const takers = metrics.filter((metric) => metric.takes?.includes(name)).map(({ id }) => id);
    throw invalidParameter(name, `is a parameter of ${takers.join(", ")} alone`);
  }
}

/** @throws HttpProblem 400 where the workspace has no such funnel */
function refuseUnknownFunnel(funnel: string | undefined, { funnels }: Pick<Workspace, "funnels">): void {
  if (funnel === undefined || Object.hasOwn(funnels, funnel)) return;
  const known = Object.keys(funnels).join(", ") || "none";
  throw invalidParameter("funnel", `must be one of the workspace's funnels: ${known}`);
}
