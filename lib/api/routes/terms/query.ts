import * as z from "zod";
import { scopeParameters, surveyParameter } from "../responses/filters.ts";

/** The query of terms, in a file of its own: the OpenAPI document needs it without the lists of stop words. */

/** At most so many comments are looked at, and so many when a query does not say. */
export const maxComments = 5_000;
export const defaultComments = 200;

/** The query parameters of `GET /v1/terms`, beside `filter.<dimension>`. */
export const termsQuerySchema = z.strictObject({
  survey: surveyParameter,
  ...scopeParameters,
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, "must be an integer from 1 to 100")
    .transform(Number)
    .optional()
    .meta({ description: "At most so many terms a group; 20 when absent", example: "20" }),
  comments: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, `must be an integer from 1 to ${maxComments}`)
    .transform(Number)
    .refine((comments) => comments <= maxComments, `must be an integer from 1 to ${maxComments}`)
    .optional()
    .meta({
      description: `The newest so many comments are looked at; ${defaultComments} when absent. Thousands take a second.`,
      example: "1000",
    }),
});
