import * as z from "zod";
import { dayParameter } from "../../pipeline/parameters.ts";
import { cohortMeasures } from "./query.ts";

/** Cohorts as they are answered. */

const value = z.union([z.number(), z.string()]).nullable();

const cellSchema = z
  .object({
    age: z.int().meta({ description: "Intervals since that of joining, which is 0" }),
    from: dayParameter,
    to: dayParameter,
    value: value.meta({ description: "Of the measure; null where the interval is not over" }),
    low: z.number().nullable().meta({ description: "The 95 % interval of a share (Wilson 1927)" }),
    high: z.number().nullable(),
    perCustomerSoFar: value.meta({
      description: "Orders or revenue of the cohort up to the interval's end, for each of its customers",
    }),
  })
  .meta({ id: "CohortCell" });

const cohortSchema = z
  .object({
    from: dayParameter.meta({ description: "Its customers joined from this day" }),
    to: dayParameter,
    group: z.string().optional(),
    customers: z.int(),
    cells: z.array(cellSchema),
  })
  .meta({ id: "Cohort" });

const meanSchema = z
  .object({
    age: z.int(),
    cohorts: z.int().meta({ description: "How many have come to this age" }),
    customers: z.int().meta({ description: "How many are in them" }),
    value: value.meta({
      description:
        "Of all their customers: the share who bought, in per cent, or orders or revenue for each of them",
    }),
    low: z.number().nullable(),
    high: z.number().nullable(),
    perCustomerSoFar: value,
  })
  .meta({ id: "CohortMean" });

/** Cohorts with their row of means. */
export const cohortsSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    by: z.string(),
    measure: z.enum(cohortMeasures),
    currency: z.string().optional(),
    items: z.array(cohortSchema),
    mean: z.array(meanSchema).meta({ description: "By age, weighted by customers" }),
    remarks: z.array(z.string()).optional().meta({
      description: "What a reader must know of all of it: that no customer has a value of the dimension",
    }),
    through: dayParameter.meta({ description: "The last day that is in it" }),
    changedDays: z.int().meta({
      description: "Closed days of which the latest changes are not in it yet: within the hour they are",
    }),
  })
  .meta({ id: "Cohorts" });
