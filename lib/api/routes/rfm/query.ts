import * as z from "zod";
import { dayParameter } from "../../pipeline/parameters.ts";
import { customerConditionParameters } from "../customers/conditions.ts";

/** The query parameters of `GET /v1/rfm`, beside `filter.<dimension>`. */
export const rfmQuerySchema = z.strictObject({
  ...customerConditionParameters,
  on: dayParameter.optional().meta({
    description:
      "The day at whose end customers are divided into fifths: a day that is over, yesterday when absent",
  }),
  since: dayParameter
    .optional()
    .meta({ description: "An earlier day since which they have moved: 91 days before when absent" }),
});
