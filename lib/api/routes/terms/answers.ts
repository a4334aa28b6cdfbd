import * as z from "zod";
import { surveyParameter } from "../responses/filters.ts";

/** Frequent terms as they are answered. */

/** Frequent terms and tags by score group. */
export const termsSchema = z
  .object({
    survey: surveyParameter.optional(),
    type: z.array(z.string()).optional().meta({ description: "In place of a survey: of which events" }),
    groups: z.array(
      z.object({
        group: z.string().meta({
          description: "From the unhappiest to the happiest; intents by their comments; tickets by type",
          example: "detractors",
        }),
        comments: z.int(),
        terms: z.array(
          z.object({
            term: z.string().meta({ description: "As it is most often written" }),
            comments: z.int().meta({ description: "How many comments contain it" }),
            sharePercent: z.number().meta({ description: "Of the comments of its group" }),
          }),
        ),
        tags: z.array(
          z.object({
            tag: z.string(),
            comments: z.int().meta({ description: "How many comments have it" }),
            sharePercent: z.number().meta({ description: "Of the comments of its group" }),
          }),
        ),
      }),
    ),
    lookedAt: z
      .object({ comments: z.int(), responses: z.int(), complete: z.boolean() })
      .meta({ description: "How many comments were counted, and whether these are all that were asked for" }),
  })
  .meta({ id: "Terms" });
