import * as z from "zod";
import { dayParameter } from "../../pipeline/parameters.ts";
import { counterSum } from "../metrics/measurement.ts";

/** The result of a reconciliation. */

export const reconciliationAnswerSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    facts: z.int().meta({ description: "Facts of these days that were counted again" }),
    entities: z.int().meta({
      description: "Customers and other entities of the workspace whose histories were looked at",
    }),
    partial: z.array(z.string()).meta({
      description:
        "Kinds of entities with more than 10,000 in the workspace: only those that count on these days were looked at, and years' totals of what they count were not",
    }),
    differences: z
      .array(
        z.object({
          day: dayParameter.optional(),
          year: z.string().optional().meta({ description: "Instead of day: a total of a year" }),
          family: z.string(),
          segment: z.string(),
          counter: z.string(),
          counted: counterSum,
          recounted: counterSum,
        }),
      )
      .meta({ description: "The first 1,000 counters that differ" }),
    differencesTotal: z.int(),
    histories: z
      .array(z.object({ entity: z.string(), id: z.string(), days: z.array(dayParameter) }))
      .meta({ description: "The first 1,000 entities whose compact history is not what their facts say" }),
    historiesTotal: z.int(),
    outdated: z.array(z.object({ entity: z.string(), id: z.string() })).meta({
      description:
        "Customers and others that were counted by other settings than the workspace's, the first 1,000. A repair counts them again",
    }),
    outdatedTotal: z.int(),
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
    skippedDays: z
      .array(dayParameter)
      .meta({ description: "Days with more facts than can be looked at, of which nothing is said" }),
  })
  .meta({ id: "Reconciliation" });

/** A reconciliation that goes on in steps. */
export const reconciliationJobSchema = z
  .object({
    id: z.string(),
    state: z
      .enum(["running", "stalled", "done"])
      .meta({ description: "`stalled`: nobody seems to work on it; the hourly run begins it again" }),
    repair: z.boolean(),
    startedAt: z.iso.datetime(),
    steppedAt: z.iso.datetime().meta({ description: "When its last step ended" }),
    days: z.int().meta({ description: "How many days there are to look at" }),
    daysDone: z.int(),
    found: reconciliationAnswerSchema.meta({
      description:
        "What was found so far. An entity that several steps met is listed once; beyond the lists, and in `entities`, each step counts it",
    }),
  })
  .meta({ id: "ReconciliationJob" });
