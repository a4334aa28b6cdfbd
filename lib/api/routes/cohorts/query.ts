import * as z from "zod";
import { dimensionNameSchema } from "../../../domain/facts/base.ts";
import { rangeParameters } from "../../pipeline/range.ts";
import { customerConditionParameters } from "../customers/conditions.ts";

/** The query parameters of cohorts. */

/** What is measured of a cohort. */
export const cohortMeasures = ["customers", "orders", "revenue", "retention"] as const;

const intervals = ["week", "month", "quarter", "year"] as const;

/** The query parameters of `GET /v1/cohorts`, beside `filter.<dimension>`. */
export const cohortsQuerySchema = z.strictObject({
  ...customerConditionParameters,
  ...rangeParameters,
  by: z
    .enum(intervals, { error: `must be one of ${intervals.join(", ")}` })
    .default("month")
    .meta({ description: "Who joined in the same one is a cohort, and its age is counted in them" }),
  measure: z
    .enum(cohortMeasures, { error: `must be one of ${cohortMeasures.join(", ")}` })
    .default("retention")
    .meta({
      description:
        "`customers` of the cohort who bought in the interval, their `orders`, their `revenue` in the workspace's currency, or `retention`: which share of the cohort bought, in per cent",
    }),
  groupBy: dimensionNameSchema
    .optional()
    .meta({ description: "A dimension of the fact with which customers were won: cohorts apart for each" }),
});
