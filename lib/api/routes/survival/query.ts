import * as z from "zod";
import { dimensionNameSchema } from "../../../domain/facts/base.ts";
import { rangeParameters } from "../../pipeline/range.ts";
import { customerConditionParameters } from "../customers/conditions.ts";

/** The query parameters of `GET /v1/survival`, beside `filter.<dimension>`. */
export const survivalQuerySchema = z.strictObject({
  ...customerConditionParameters,
  ...rangeParameters,
  groupBy: dimensionNameSchema
    .optional()
    .meta({ description: "A dimension of the fact with which customers were won: a curve for each value" }),
});
