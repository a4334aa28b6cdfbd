import * as z from "zod";
import { baseFields, customerIdSchema, type FactBase, textSchema } from "./base.ts";
import { type Money, moneySchema } from "./money.ts";

/** Events: each type a schema of its own. */

const orderIdSchema = textSchema(128).meta({
  description: "The order's number in your systems",
  example: "536365",
});

function lifecycleSchema<const Type extends "customer.joined" | "customer.left" | "customer.returned">(
  type: Type,
) {
  return z.strictObject({ type: z.literal(type), ...baseFields, customerId: customerIdSchema });
}

const purchaseMade = z
  .strictObject({
    type: z.literal("purchase.made"),
    ...baseFields,
    customerId: customerIdSchema.optional(),
    orderId: orderIdSchema,
    money: moneySchema,
  })
  .meta({
    id: "PurchaseMade",
    description:
      "A customer bought something. Makes the customer join when unknown. Without customerId it counts in sales and orders only.",
  });

const purchaseRefunded = z
  .strictObject({
    type: z.literal("purchase.refunded"),
    ...baseFields,
    customerId: customerIdSchema.optional(),
    orderId: orderIdSchema.optional(),
    money: moneySchema,
  })
  .refine(({ money }) => /[1-9]/.test(money.amount), {
    path: ["money", "amount"],
    message: "must be more than 0",
  })
  .meta({ id: "PurchaseRefunded", description: "Money was given back. Never makes a customer." });

/** The types of events, in the order in which the documentation lists them. */
export const eventTypes = [
  "customer.joined",
  "customer.left",
  "customer.returned",
  "purchase.made",
  "purchase.refunded",
] as const;

/** One event as a client sends it. */
export const eventSchema = z
  .discriminatedUnion(
    "type",
    [
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
      purchaseMade,
      purchaseRefunded,
    ],
    { error: `must be one of ${eventTypes.join(", ")}` },
  )
  .meta({ id: "Event", description: "Something that happened" });

/** A parsed event of a customer's life. */
export interface LifecycleFact extends FactBase {
  readonly type: "customer.joined" | "customer.left" | "customer.returned";
  readonly customerId: string;
}

/** A parsed purchase or refund. */
export interface PaymentFact extends FactBase {
  readonly type: "purchase.made" | "purchase.refunded";
  readonly orderId?: string;
  readonly money: Money;
}

/** Any parsed event. */
export type EventFact = LifecycleFact | PaymentFact;
