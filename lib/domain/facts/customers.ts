import * as z from "zod";
import { baseFields, customerIdSchema, dimensionValueSchema, type FactBase } from "./base.ts";

/** Events of a customer's life. */

function lifecycleSchema<const Type extends "customer.joined" | "customer.returned">(type: Type) {
  return z.strictObject({ type: z.literal(type), ...baseFields, customerId: customerIdSchema });
}

/** The schemas of these events. */
export const customerEvents = [
  lifecycleSchema("customer.joined").meta({
    id: "CustomerJoined",
    description: "Someone became a customer. Its dimensions are the customer's segments.",
  }),
  z
    .strictObject({
      type: z.literal("customer.left"),
      ...baseFields,
      customerId: customerIdSchema,
      reason: dimensionValueSchema.optional().meta({
        description:
          "Why: one of a small number of reasons, by which churn-rate is told apart (groupBy=reason). The dimension `reason` says the same. A workspace's first 30 are counted by name, the others as `(other)`.",
        example: "price",
      }),
    })
    .meta({ id: "CustomerLeft", description: "A customer ended the relationship." }),
  lifecycleSchema("customer.returned").meta({
    id: "CustomerReturned",
    description: "A lost customer came back.",
  }),
] as const;

/** A parsed event of a customer's life. */
export interface LifecycleFact extends FactBase {
  readonly type: "customer.joined" | "customer.returned";
  readonly customerId: string;
}

/** A parsed end of a relationship. */
export interface LeavingFact extends FactBase {
  readonly type: "customer.left";
  readonly customerId: string;
  readonly reason?: string;
}

/** Why a customer left, where the fact says it: its dimension `reason`, else its field. */
export function leavingReason({ dimensions, reason }: LeavingFact): string | undefined {
  return Object.hasOwn(dimensions, "reason") ? dimensions["reason"] : reason;
}
