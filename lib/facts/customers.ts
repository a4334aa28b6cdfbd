import * as z from "zod";
import { baseFields, customerIdSchema, type FactBase } from "./base.ts";

/** Events of a customer's life. */

function lifecycleSchema<const Type extends "customer.joined" | "customer.left" | "customer.returned">(
  type: Type,
) {
  return z.strictObject({ type: z.literal(type), ...baseFields, customerId: customerIdSchema });
}

/** The schemas of these events. */
export const customerEvents = [
  lifecycleSchema("customer.joined").meta({
    id: "CustomerJoined",
    description: "Someone became a customer. Its dimensions are the customer's segments.",
  }),
  lifecycleSchema("customer.left").meta({
    id: "CustomerLeft",
    description: "A customer ended the relationship.",
  }),
  lifecycleSchema("customer.returned").meta({
    id: "CustomerReturned",
    description: "A lost customer came back.",
  }),
] as const;

/** A parsed event of a customer's life. */
export interface LifecycleFact extends FactBase {
  readonly type: "customer.joined" | "customer.left" | "customer.returned";
  readonly customerId: string;
}
