import * as z from "zod";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { counterSum } from "../metrics/measurement.ts";
import { reconciliationSchema } from "./handler.ts";

/** What the OpenAPI document says of reconciliation. */

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
  })
  .meta({ id: "Reconciliation" });

const week = { from: "2026-10-01", to: "2026-10-07" };

const reconciled = {
  ...week,
  facts: 4821,
  entities: 812,
  differences: [
    { day: "2026-10-03", family: "nps", segment: "all", counter: "0-10:9", counted: 81, recounted: 82 },
  ],
  differencesTotal: 1,
  histories: [],
  historiesTotal: 0,
  outdated: [],
  outdatedTotal: 0,
  unsettled: 0,
  repaired: 0,
  restatedDays: [],
};

/** By route key. */
export const reconciliationOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/reconciliation": {
    operationId: "reconcile",
    tag: "Reconciliation",
    summary: "Count the stored facts of some days again",
    description:
      "Reports each counter that is not what the facts say. With `repair` it puts them right, and past days get new snapshot revisions.",
    body: {
      schema: reconciliationSchema,
      examples: {
        week: { summary: "A week", value: week },
        repair: { summary: "Put right what differs", value: { ...week, repair: true } },
      },
    },
    answers: {
      200: {
        description: "What was found, and what was put right",
        schema: reconciliationAnswerSchema,
        examples: { found: { summary: "One counter differs by one", value: reconciled } },
      },
    },
    problems: [...keyProblems, 400, 413, 415, 422],
  },
};
