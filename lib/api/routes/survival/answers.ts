import * as z from "zod";
import { dayParameter } from "../../pipeline/parameters.ts";

/** Survival as it is answered. */

const stepSchema = z
  .object({
    month: z.int().meta({ description: "Months since joining, of 30.4 days" }),
    atRisk: z.int().meta({ description: "How many were there and known until its end" }),
    lost: z.int().meta({ description: "How many were lost up to then" }),
    value: z
      .number()
      .meta({ description: "The share who are still there then, in per cent (Kaplan & Meier 1958)" }),
    low: z
      .number()
      .nullable()
      .meta({ description: "The 95 % interval (Greenwood's variance, on the scale of log(−log))" }),
    high: z.number().nullable(),
  })
  .meta({ id: "SurvivalStep" });

const curveSchema = z
  .object({
    group: z.string().optional(),
    customers: z.int(),
    lost: z.int(),
    medianDays: z.int().nullable().meta({
      description: "The first day at whose end at most half are there; null where that is not reached",
    }),
    steps: z.array(stepSchema).meta({ description: "Month by month, for ten years at most" }),
  })
  .meta({ id: "SurvivalCurve" });

/** The curves, and whether they differ. */
export const survivalSchema = z
  .object({
    from: dayParameter,
    to: dayParameter,
    items: z.array(curveSchema),
    test: z
      .object({
        statistic: z.number().meta({ description: "χ² of the log-rank test (Mantel 1966)" }),
        degreesOfFreedom: z.int(),
        pValue: z
          .number()
          .meta({ description: "How probable so large a difference is if all groups stay alike" }),
      })
      .nullable()
      .meta({
        description:
          "Of all groups in which somebody was known until the first loss; null for fewer than two, and where too few were lost",
      }),
    remarks: z.array(z.string()).optional().meta({
      description: "What a reader must know of all of it: that no customer has a value of the dimension",
    }),
    through: dayParameter.meta({ description: "The last day that is in it: yesterday, or earlier" }),
    changedDays: z.int().meta({
      description: "Closed days of which the latest changes are not in it yet: within the hour they are",
    }),
  })
  .meta({ id: "Survival" });
