import * as z from "zod";
import { scopeParameters, surveyParameter } from "../responses/filters.ts";

/** The query of terms, in a file of its own: the OpenAPI document needs it without the lists of stop words. */

/** At most so many comments are looked at, and so many when a query does not say. */
export const maxComments = 5_000;
export const defaultComments = 200;

/** Events that can bring a message. */
export const messageTypes = [
  "mention.seen",
  "ticket.opened",
  "ticket.replied",
  "ticket.resolved",
  "ticket.reopened",
] as const;

const messageTypeSchema = z.enum(messageTypes, { error: `must be one of ${messageTypes.join(", ")}` });

/** The query parameters of `GET /v1/terms`, beside `filter.<dimension>`. */
export const termsQuerySchema = z.strictObject({
  survey: surveyParameter
    .optional()
    .meta({ description: "The survey whose comments are looked at; else `type`" }),
  type: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(messageTypeSchema))
    .optional()
    .meta({
      description:
        "The events whose messages are looked at, separated by commas, in place of a survey: mentions by sentiment, tickets by type",
      example: "ticket.opened",
    }),
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
