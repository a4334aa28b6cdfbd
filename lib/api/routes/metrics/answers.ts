import * as z from "zod";
import { areas } from "../../../metrics/metric.ts";
import { metrics } from "../../../metrics/registry.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { components, measurement, value } from "./measurement.ts";

/** The catalogue and the values of a metric as they are answered. */

/** The catalogue. */
export const catalogueSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.enum(metrics.map(({ id }) => id) as [string, ...string[]]),
          name: z.string(),
          area: z.enum(areas).meta({ description: "The section of the catalogue that it stands in" }),
          description: z.string(),
          unit: z.enum(["points", "percent", "score", "count", "money", "seconds"]),
          better: z.enum(["higher", "lower"]),
          formula: z.string(),
          version: z.int(),
          interval: z.string().meta({ description: "How the 95 % interval is computed" }),
          minimumSample: z.int(),
          settlesAfterDays: z.int().meta({
            description:
              "For so many days after a day what counts on it can still be taken back: until then it is provisional",
          }),
          notes: z.array(z.string()),
          conventions: z.array(z.string()),
          references: z.array(z.object({ title: z.string(), url: z.string().optional() })),
          dimensions: z.array(z.string()),
        })
        .meta({ id: "Metric" }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "Catalogue" });

const group = z.string().optional().meta({ description: "The value of the dimension that was grouped by" });

/** A metric's values. */
export const seriesSchema = z
  .object({
    metric: z.string(),
    name: z.string(),
    version: z.int(),
    unit: z.string(),
    better: z.enum(["higher", "lower"]),
    formula: z.string(),
    timeZone: z.string(),
    currency: z.string().optional(),
    convention: z.string().optional(),
    funnel: z.string().optional().meta({ description: "The funnel that was asked for" }),
    within: z.int().optional().meta({ description: "Days from a journey's beginning" }),
    from: dayParameter,
    to: dayParameter,
    interval: z.string(),
    window: z.int().optional().meta({ description: "Days of the rolling window" }),
    groupBy: z.string().optional(),
    top: z
      .int()
      .optional()
      .meta({ description: "How many of the groups are shown beside (other) and (none)" }),
    sort: z.string().optional().meta({ description: "By what the groups are ranked" }),
    order: z.string().optional(),
    minimum: z.int().optional().meta({ description: "The least n of a group that is shown for itself" }),
    filter: z
      .record(z.string(), z.union([z.string(), z.array(z.string())]))
      .optional()
      .meta({ description: "The value of each dimension that was asked for, or several" }),
    compare: z.string().optional(),
    source: z.enum(["counters", "facts"]).meta({
      description:
        "facts: the stored facts were counted again, as several filters or an untracked dimension have no counters",
    }),
    recounted: z
      .int()
      .optional()
      .meta({ description: "How many facts and customers were looked at for that" }),
    remarks: z.array(z.string()).optional().meta({
      description:
        "What a reader must know of all of it: since when a dimension is tracked, that values past the limit count as (other)",
    }),
    series: z.array(
      z.object({
        group,
        from: dayParameter,
        to: dayParameter,
        ...measurement,
        provisional: z
          .boolean()
          .meta({ description: "The interval is not over, not settled, or not snapshotted as it is now" }),
        components,
        benchmarks: z
          .array(
            z.object({
              ...{ low: z.number(), high: z.number(), of: z.string(), source: z.string() },
              side: z.enum(["below", "within", "above"]).meta({ description: "Where the value is" }),
              isBetter: z.boolean().nullable().meta({ description: "Whether that is the better side" }),
            }),
          )
          .optional()
          .meta({
            description:
              "Published figures for intervals of this length, in the metric's unit: churn-rate of a month or a year, survey-response-rate, task-completion, engagement",
          }),
        method: z.string().optional(),
        remarks: z.array(z.string()).optional(),
      }),
    ),
    comparison: z
      .array(
        z.object({
          group,
          from: dayParameter,
          to: dayParameter,
          value,
          n: z.number(),
          lowSample: z.boolean(),
          change: value.meta({ description: "The series' value less this one" }),
          changePercent: z.number().nullable(),
          significant: z.boolean().nullable().meta({
            description:
              "Two-sided test at 5 %; null for metrics without sampling error, for those whose two values are not from independent samples (repeat-purchase-rate, loyalty, engagement, visitor-intent), and where a period has no data",
          }),
        }),
      )
      .optional()
      .meta({ description: "What each entry of the series is compared with, in the same order" }),
  })
  .meta({ id: "MetricSeries" });
