import * as z from "zod";
import { baseFields, customerIdSchema, dimensionValueSchema, type FactBase } from "./base.ts";

/** Events of customers who are in touch with the business. */

/** The schemas of these events. */
export const interactionEvents = [
  z
    .strictObject({
      type: z.literal("interaction.made"),
      ...baseFields,
      customerId: customerIdSchema,
      touchpoint: dimensionValueSchema.meta({
        description:
          "Where: one of a small number of names, as customers are engaged by how many different ones they use. Also stands for the dimension `touchpoint`",
        example: "mobile-app",
      }),
    })
    .meta({
      id: "InteractionMade",
      description: "A customer was in touch with you at a touchpoint. Never makes a customer.",
    }),
] as const;

/** A parsed interaction. */
export interface InteractionFact extends FactBase {
  readonly type: "interaction.made";
  readonly customerId: string;
  readonly touchpoint: string;
}
