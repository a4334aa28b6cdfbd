import * as z from "zod";
import { areas } from "../../../domain/metrics/metric.ts";
import { metrics } from "../../../domain/metrics/registry.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { comparedFields, components, measurement } from "./measurement.ts";

/** The catalogue and the values of a metric as they are answered. */

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
          smallestChange: z.number().meta({
            description:
              "A certain change that is smaller has the verdict `too-small`; in the metric's unit, 0 for any. Set by the workspace's `smallestChanges`",
          }),
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

/** Of which group an entry is. */
const group = {
  group: z.string().optional().meta({
    description:
      "The value of the dimension that was grouped by; of several the values with commas between them, and a backslash before a comma or a backslash in a value",
  }),
  by: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: "The value of each dimension, where several were grouped by" }),
};

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
    groupBy: z.string().optional().meta({ description: "With commas between several" }),
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
    source: z.enum(["counters", "facts", "files"]).meta({
      description:
        "Several dimensions, or one that is not tracked, have no counters: all facts were counted again, those of closed days from the files of the archive (files), or from the table (facts). The values are the same",
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
        ...group,
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
        method: z.string().optional().meta({
          description:
            "How it was computed where there is more than one way: the convention; exact or compounded; by-customer where the interval allows for customers whose orders or answers resemble each other",
        }),
        remarks: z.array(z.string()).optional(),
      }),
    ),
    comparison: z
      .array(
        z.object({
          ...group,
          ...comparedFields,
        }),
      )
      .optional()
      .meta({ description: "What each entry of the series is compared with, in the same order" }),
  })
  .meta({ id: "MetricSeries" });
