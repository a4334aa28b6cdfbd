import * as z from "zod";
import { endings, raisedSchema, storedAlertSchema } from "../../../domain/alerts/alert.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { comparedFields, value } from "../metrics/measurement.ts";

/** Alerts as they are answered. */

const meanings = ["better", "worse", "changed"] as const;

const meaning = z
  .enum(meanings)
  .meta({ description: "What it means for the metric; changed: of a volume, of which more is neither" });

const raised = z.object({ ...raisedSchema.shape, since: dayParameter, on: dayParameter, meaning }).meta({
  description:
    "since: the first day or week that is not usual, as far as can be told; on: the closed day on which it was raised; side: of the usual level; rule: shift, by many days, or point, by one that is further out than any before; chance: how probable anything like it is within 30 days, or 30 weeks, if nothing changes; deviations: how far the days are from their usual level on average, in standard deviations; points: how many days or weeks",
});

/** An alert, and what is known of it since it was judged last. */
export const alertAnswerSchema = z
  .object({
    id: z.string(),
    alert: z.object(storedAlertSchema.shape).meta({ description: "As it was set" }),
    unit: z.string().optional(),
    currency: z.string().optional(),
    convention: z.string().optional(),
    state: z.enum(["raised", "quiet", "learning", "unjudged", "untracked"]).meta({
      description:
        "quiet: as usual. learning: too few days or weeks are known to judge it, 28 days (each weekday once more) or 12 weeks. unjudged: no day has closed since it was set. untracked: a dimension of its filter is no longer tracked, so that nothing is counted for it; track it again, or change or delete the alert",
    }),
    judgedThrough: dayParameter.nullable().meta({ description: "The last closed day that it was judged by" }),
    judgedTogether: z.int().nullable().meta({
      description:
        "How many alerts were judged together: of those raised at most 5 % are expected to be raised for nothing (Benjamini & Hochberg 1995)",
    }),
    raised: raised.nullable(),
    cleared: z
      .object({ ...raised.shape, endedOn: dayParameter, how: z.enum(endings) })
      .nullable()
      .meta({
        description:
          "What it was raised for before. how: returned, the course came back; new-level, it stays, which is its usual level from now on; restated, late facts say that it was as usual after all; untracked, its dimension is no longer tracked, and nobody knows",
      }),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: "Alert" });

const days = z.object({ from: dayParameter, to: dayParameter, value, n: z.number() });
const change = z.object({ now: days, before: z.object(comparedFields) });

/** An alert with what stands behind it. */
export const alertWithEvidenceSchema = z
  .object({
    ...alertAnswerSchema.shape,
    change: change.nullable().meta({
      description: "The value since then, and that of the 28 days before; null while it is not raised",
    }),
    fromUsual: z
      .object({ mean: z.number(), low: z.number().nullable(), high: z.number().nullable() })
      .nullable()
      .meta({
        description:
          "How far the days are from their usual level in standard deviations, with an interval that holds however often one looks (Waudby-Smith et al. 2024)",
      }),
    where: z
      .object({ ...change.shape, dimension: z.string(), group: z.string() })
      .nullable()
      .meta({ description: "The segment that moves it most, among those of tracked dimensions" }),
    wrote: z
      .object({ topics: z.array(z.string()), quotes: z.array(z.string()) })
      .nullable()
      .meta({ description: "What customers wrote in these days: what several are about, and some comments" }),
  })
  .meta({ id: "AlertWithEvidence" });

/** A page of alerts. */
export const alertsSchema = z
  .object({ items: z.array(alertAnswerSchema), nextCursor: z.string().nullable() })
  .meta({ id: "AlertList" });

/** The result of deleting an alert. */
export const deletedAlertSchema = z
  .object({ id: z.string(), status: z.enum(["deleted"]) })
  .meta({ id: "DeletedAlert" });
