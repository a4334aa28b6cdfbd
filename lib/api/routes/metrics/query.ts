import * as z from "zod";
import { beginning, countDays } from "../../../calendar/days.ts";
import { type Granularity, granularities } from "../../../calendar/intervals.ts";
import { dimensionNameSchema } from "../../../facts/base.ts";
import { funnelNameSchema } from "../../../facts/journeys.ts";
import { currencySchema } from "../../../facts/money.ts";
import { withinDays } from "../../../metrics/funnel-cells.ts";
import { type AnyMetric, ownParameters } from "../../../metrics/metric.ts";
import { findMetric, metrics } from "../../../metrics/registry.ts";
import { type ComparisonKind, comparisons, planSeries, windowLengths } from "../../../metrics/windows.ts";
import type { Query } from "../../../queries/query.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import {
  dayParameter,
  maxDays,
  parseQuery,
  type ResolvedRange,
  rangeParameters,
  resolveRange,
} from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/** What can be asked of a metric. */

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
    .optional()
    .meta({
      description:
        "Days of a rolling window: each entry is the value of the window that ends with its interval's last day, or today",
    }),
  groupBy: z
    .string()
    .refine((text) => !text.includes(","), {
      error:
        "must be one dimension: filter by the values of another to see both, for example filter.plan=pro",
      abort: true,
    })
    .pipe(dimensionNameSchema)
    .optional()
    .meta({
      description:
        "A dimension: one series for each of its values in which anything was counted that the metric is computed from, and one for (none)",
    }),
  top: z
    .string()
    .regex(/^([1-9]\d?|1\d\d|200)$/, "must be an integer from 1 to 200")
    .transform(Number)
    .optional()
    .meta({
      description:
        "With groupBy: only so many groups, those with the greatest n over the range. All others are one group, (other), exactly; (none) stays apart",
      type: "integer",
      minimum: 1,
      maximum: 200,
    }),
  compare: z
    .union([z.enum([...comparisons, "none"]), dayParameter], {
      error: `must be one of ${comparisons.join(", ")}, none, or a day, YYYY-MM-DD`,
    })
    .optional()
    .meta({
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
    .optional()
    .meta({
      description:
        "For journey-funnel: only what happened within so many days of a journey's beginning; whenever when absent",
    }),
});

/** A parsed query. */
export interface MetricQuery extends z.output<typeof metricQuerySchema> {
  /** Dimension → the value that facts must have. */
  readonly filters: Readonly<Record<string, string>>;
}

const filterPrefix = "filter.";

/**
 * Takes the parameters `filter.<dimension>` out of a query: dimension → the value that facts must have.
 * @throws HttpProblem 400 that names each one that is wrong
 */
export function splitFilters(query: Readonly<Record<string, string>>): {
  readonly filters: Readonly<Record<string, string>>;
  readonly rest: Readonly<Record<string, string>>;
} {
  const entries = Object.entries(query);
  const isFilter = ([name]: [string, string]) => name.startsWith(filterPrefix);
  const filters = new Map(
    entries.filter(isFilter).map(([name, value]) => [name.slice(filterPrefix.length), value] as const),
  );
  for (const [name, value] of filters) {
    if (!dimensionNameSchema.safeParse(name).success || value === "" || value.length > 200) {
      throw refusal(
        `${filterPrefix}${name}`,
        "must be a dimension's name with a value of at most 100 characters",
      );
    }
  }
  if (filters.size > 10) throw refusal("filter", "must be at most 10 filters");
  return {
    filters: Object.fromEntries(filters),
    rest: Object.fromEntries(entries.filter((entry) => !isFilter(entry))),
  };
}

/**
 * Parses what is asked of a metric.
 * @throws HttpProblem 400 that names each parameter that is wrong or unknown
 */
export function parseMetricQuery(metric: AnyMetric, query: Readonly<Record<string, string>>): MetricQuery {
  const { filters, rest } = splitFilters(query);
  const parsed = parseQuery(metricQuerySchema, rest);
  if (parsed.groupBy !== undefined && Object.hasOwn(filters, parsed.groupBy)) {
    throw refusal("groupBy", "must not be a dimension that is filtered by");
  }
  if (parsed.top !== undefined && parsed.groupBy === undefined) {
    throw refusal("top", "needs groupBy: it says how many of its groups to show");
  }
  const known = metric.conventions ?? [];
  if (parsed.convention !== undefined && !known.includes(parsed.convention)) {
    const detail = known.length > 0 ? `must be one of ${known.join(", ")}` : "this metric has no conventions";
    throw refusal("convention", detail);
  }
  for (const name of ownParameters) {
    if (parsed[name] === undefined || metric.takes?.includes(name)) continue;
    const takers = metrics.filter(({ takes }) => takes?.includes(name)).map(({ id }) => id);
    throw refusal(name, `is a parameter of ${takers.join(", ")} alone`);
  }
  return { ...parsed, filters };
}

/** A request to read a metric, parsed. */
export interface MetricRequest {
  readonly parameters: MetricQuery;
  readonly range: ResolvedRange;
  readonly interval: Granularity | "total";
  readonly windowDays: number | undefined;
  /** What is asked of the metric. */
  readonly query: Query;
}

/**
 * Parses a request to read a metric.
 * @throws HttpProblem 404 when there is no such metric, 400 that names each parameter that is wrong or unknown
 */
export function parseMetricRequest({ parameters: path, query, workspace }: HttpRequest): MetricRequest {
  const metric = findMetric(path["id"] ?? "");
  if (!metric) throw new HttpProblem(404, "there is no metric with this id: GET /v1/metrics lists them");
  const parameters = parseMetricQuery(metric, query);
  const range = resolveRange(parameters, workspace, Date.now());
  const { from, to, today } = range;
  const interval = parameters.interval ?? "total";
  const windowDays = parameters.window === undefined ? undefined : Number(parameters.window);
  const compare = comparisonOf(parameters, range);
  const plan = planSeries({ range: { from, to }, granularity: interval, windowDays, compare }, today);
  const { filters, groupBy, top, convention, currency, funnel, within } = parameters;
  if (funnel !== undefined && !Object.hasOwn(workspace.funnels, funnel)) {
    const known = Object.keys(workspace.funnels).join(", ") || "none";
    throw refusal("funnel", `must be one of the workspace's funnels: ${known}`);
  }
  const how = { convention, currency, funnel, withinDays: within === undefined ? undefined : Number(within) };
  const asked = { filters, groupBy, top, ...how };
  return { parameters, range, interval, windowDays, query: { metric, plan, today, ...asked } };
}

/**
 * What a series is compared with.
 * @throws HttpProblem 400 for a day that is to come, or too far from the range
 */
export function comparisonOf(
  { compare }: Pick<MetricQuery, "compare">,
  { to, today }: ResolvedRange,
): ComparisonKind | undefined {
  const named = comparisons.find((kind) => kind === compare);
  if (compare === undefined || compare === "none" || named) return named;
  if (compare > today) throw refusal("compare", "must not be after today");
  const isTooEarly = compare < beginning || countDays(compare, to) > maxDays;
  if (isTooEarly) throw refusal("compare", `must be at most ${maxDays} days before to`);
  return { since: compare };
}

/** The refusal of one parameter. */
export function refusal(parameter: string, detail: string): HttpProblem {
  return new HttpProblem(400, "the parameters are invalid", {
    errors: [{ pointer: `/${parameter}`, detail }],
  });
}
