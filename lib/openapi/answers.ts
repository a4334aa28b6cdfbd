import * as z from "zod";
import { dayParameter } from "../http/parameters.ts";
import { metrics } from "../metrics/registry.ts";
import { lateCauses } from "../store/late.ts";
import { settingsSchema } from "../workspace/settings.ts";

/** The schemas of answers, as the OpenAPI document shows them. */

const fieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: "RFC 6901 pointer to the field or `/parameter`", example: "/score" }),
    detail: z.string().meta({ example: "must be an integer from 0 to 10" }),
  })
  .meta({ id: "FieldError" });

/** An error answer (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(fieldError).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

/** The gateway's own short error, for what never reaches a function. */
export const gatewayErrorSchema = z.object({ message: z.string().meta({ example: "Unauthorized" }) }).meta({
  id: "GatewayError",
  description: "API Gateway's own error: a missing key, throttling, or no function in time",
});

const value = z
  .union([z.number(), z.string()])
  .nullable()
  .meta({ description: "A number, or a decimal string for money; null where the denominator is 0" });

const bound = z
  .union([z.number(), z.string()])
  .nullable()
  .meta({ description: "A bound of the 95 % interval, or null" });

const components = z.record(z.string(), value).meta({
  description: "What the value was computed from",
  example: { promoters: 8465, passives: 3953, detractors: 1194 },
});

/** The answer to a single fact. */
export const recordedSchema = z
  .object({ id: z.string(), status: z.enum(["recorded", "duplicate"]) })
  .meta({ id: "FactOutcome" });

/** The answer to a batch. */
export const batchSchema = z
  .object({
    recorded: z.int(),
    duplicate: z.int(),
    conflict: z.int(),
    invalid: z.int(),
    results: z.array(
      z.object({
        index: z.int(),
        id: z.string().optional(),
        status: z.enum(["recorded", "duplicate", "conflict", "invalid"]),
        errors: z.array(fieldError).optional(),
      }),
    ),
  })
  .meta({ id: "BatchOutcome", description: "One result a fact, in the order sent" });

/** The catalogue. */
export const catalogueSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.enum(metrics.map(({ id }) => id) as [string, ...string[]]),
          name: z.string(),
          description: z.string(),
          unit: z.enum(["points", "percent", "score", "count", "money", "seconds"]),
          better: z.enum(["higher", "lower"]),
          formula: z.string(),
          version: z.int(),
          interval: z.string().meta({ description: "How the 95 % interval is computed" }),
          minimumSample: z.int(),
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

const measurement = {
  value,
  low: bound,
  high: bound,
  n: z.number().meta({ description: "Size of the sample" }),
  lowSample: z.boolean().meta({ description: "Whether n is below the metric's minimum" }),
};

const trailing = z.object(measurement);

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
    remarks: z.array(z.string()).optional(),
    series: z.array(
      z.object({
        group,
        from: dayParameter,
        to: dayParameter,
        ...measurement,
        provisional: z
          .boolean()
          .meta({ description: "The interval is not over, or not snapshotted as it is now" }),
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
              "Two-sided test at 5 %; null for metrics without sampling error, and where a period has no data",
          }),
        }),
      )
      .optional()
      .meta({ description: "What each entry of the series is compared with, in the same order" }),
  })
  .meta({ id: "MetricSeries" });

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
          currency: z.string().optional(),
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
                .record(z.string(), z.number())
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

const sum = z
  .union([z.int(), z.string()])
  .meta({ description: "A whole number, as text where a JSON number would not be exact" });

/** What a reconciliation found. */
export const reconciliationAnswerSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    facts: z.int().meta({ description: "Facts of these days that were counted again" }),
    customers: z.int().meta({ description: "Customers of the workspace that were looked at" }),
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
      .array(z.object({ customerId: z.string(), days: z.array(dayParameter) }))
      .meta({ description: "The first 1,000 customers whose compact history is not what their facts say" }),
    historiesTotal: z.int(),
    unsettled: z
      .int()
      .meta({ description: "What kept changing while it was compared: ask again when less is written" }),
    repaired: z.int().meta({ description: "Counters and histories that were put right" }),
    restatedDays: z
      .array(dayParameter)
      .meta({ description: "Days whose snapshots were taken again; the schedule takes the rest" }),
  })
  .meta({ id: "Reconciliation" });

/** A workspace. */
export const workspaceSchema = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    ...settingsSchema.shape,
    trackedSince: z.record(z.string(), z.string()).meta({
      description: "For dimensions that are tracked since later than the workspace was made: the instant",
    }),
    snapshotsThrough: dayParameter.nullable(),
    effects: z
      .array(z.string())
      .optional()
      .meta({ description: "After a change: from when on it holds, and what stays as it was" }),
  })
  .meta({ id: "Workspace" });

const apiKey = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(["ingest", "read", "admin"])),
  origins: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable().meta({ description: "Exact to an hour" }),
};

/** A key that was just made: the only answer that shows its text. */
export const newKeySchema = z
  .object({ ...apiKey, key: z.string().meta({ description: "Shown once: only its hash is stored" }) })
  .meta({ id: "NewKey" });

/** The keys of a workspace. */
export const keysSchema = z
  .object({ items: z.array(z.object(apiKey).meta({ id: "Key" })), nextCursor: z.string().nullable() })
  .meta({ id: "KeyList" });

/** What became of a key. */
export const revokedSchema = z
  .object({ id: z.string(), status: z.enum(["revoked"]) })
  .meta({ id: "RevokedKey" });

/** The health check. */
export const healthSchema = z.object({ status: z.enum(["ok"]) }).meta({ id: "Health" });
