import * as z from "zod";
import { areas } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import { lateCauses } from "../../store/counters/late.ts";
import { dayParameter } from "../pipeline/parameters.ts";

/** The schemas of answers, as the OpenAPI document shows them: metrics, snapshots, reconciliation. */

/** A value. */
export const value = z
  .union([z.number(), z.string()])
  .nullable()
  .meta({ description: "A number, or a decimal string for money; null where the denominator is 0" });

/** A bound, or another figure that may be missing. */
export const bound = z
  .union([z.number(), z.string()])
  .nullable()
  .meta({ description: "A bound of the 95 % interval, or null" });

const components = z.record(z.string(), value).meta({
  description: "What the value was computed from",
  example: { promoters: 8465, passives: 3953, detractors: 1194 },
});

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

/** A value with its evidence. */
export const measurement = {
  value,
  low: bound,
  high: bound,
  n: z.number().meta({ description: "Size of the sample" }),
  lowSample: z.boolean().meta({ description: "Whether n is below the metric's minimum" }),
};

const trailing = z.object({
  ...measurement,
  components,
  method: z.string().optional(),
  remarks: z.array(z.string()).optional(),
});

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
    from: dayParameter,
    to: dayParameter,
    interval: z.string(),
    window: z.int().optional().meta({ description: "Days of the rolling window" }),
    groupBy: z.string().optional(),
    top: z
      .int()
      .optional()
      .meta({ description: "How many of the groups are shown beside (other) and (none)" }),
    filter: z.record(z.string(), z.string()).optional(),
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

const sum = z
  .union([z.int(), z.string()])
  .meta({ description: "A whole number, as text where a JSON number would not be exact" });

/** The daily snapshots. */
export const snapshotsSchema = z
  .object({
    timeZone: z.string(),
    from: dayParameter,
    to: dayParameter,
    today: dayParameter,
    items: z.array(
      z
        .object({
          date: dayParameter,
          metric: z.string(),
          version: z.int(),
          ...measurement,
          components,
          method: z.string().optional(),
          currency: z
            .string()
            .optional()
            .meta({ description: "Of money: what the workspace's was when the snapshot was taken" }),
          convention: z
            .string()
            .optional()
            .meta({ description: "Where the metric has several: which one it was taken by" }),
          windows: z
            .object({ 7: trailing, 30: trailing, 90: trailing, 365: trailing })
            .optional()
            .meta({ description: "The same over the trailing days; not on earlier revisions" }),
          revision: z.int(),
          takenAt: z.string(),
          restatedBecause: z
            .object({
              facts: z.int().meta({ description: "How many facts changed what the metric counts" }),
              ids: z.array(z.string()).meta({ description: "The first 100 of them" }),
              causes: z
                .array(z.enum(lateCauses))
                .meta({ description: "What happened since the revision before" }),
              counters: z
                .record(z.string(), sum)
                .meta({ description: "By how much each counter differs from the revision before" }),
            })
            .optional()
            .meta({ description: "Why there is a new revision" }),
        })
        .meta({ id: "Snapshot" }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "SnapshotList" });

/** What taking snapshots did. */
export const takenSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    days: z.int(),
    taken: z.int().meta({ description: "Snapshots taken for the first time" }),
    restated: z.int().meta({ description: "Snapshots with a new revision" }),
    unchanged: z.int(),
  })
  .meta({ id: "SnapshotsTaken" });

/** What a reconciliation found. */
export const reconciliationAnswerSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    facts: z.int().meta({ description: "Facts of these days that were counted again" }),
    entities: z.int().meta({
      description: "Customers and other entities of the workspace whose histories were looked at",
    }),
    differences: z
      .array(
        z.object({
          day: dayParameter.optional(),
          year: z.string().optional().meta({ description: "Instead of day: a total of a year" }),
          family: z.string(),
          segment: z.string(),
          counter: z.string(),
          counted: sum,
          recounted: sum,
        }),
      )
      .meta({ description: "The first 1,000 counters that differ" }),
    differencesTotal: z.int(),
    histories: z
      .array(z.object({ entity: z.string(), id: z.string(), days: z.array(dayParameter) }))
      .meta({ description: "The first 1,000 entities whose compact history is not what their facts say" }),
    historiesTotal: z.int(),
    unsettled: z.int().meta({
      description:
        "What kept changing while it was compared, and entities that are only counted in part: ask again when less is written, or with `repair`",
    }),
    repaired: z.int().meta({
      description: "Counters and histories that were put right, and entities that were counted to the end",
    }),
    restatedDays: z
      .array(dayParameter)
      .meta({ description: "Days whose snapshots were taken again; the schedule takes the rest" }),
  })
  .meta({ id: "Reconciliation" });
