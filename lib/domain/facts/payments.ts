import * as z from "zod";
import { aboutFields, type FactBase, orderIdSchema } from "./base.ts";
import { isMoreThanNothing, type Money, moneySchema, moreThanNothing } from "./money.ts";

/** Events about money that customers pay or get back. */

/** The schemas of these events. */
export const paymentEvents = [
  z
    .strictObject({
      type: z.literal("purchase.made"),
      ...aboutFields,
      orderId: orderIdSchema,
      money: moneySchema,
    })
    .meta({
      id: "PurchaseMade",
      description:
        "A customer bought something. Makes the customer join when unknown. Without customerId it counts in sales and orders only.",
    }),
  z
    .strictObject({
      type: z.literal("purchase.refunded"),
      ...aboutFields,
      orderId: orderIdSchema.optional(),
      money: moneySchema,
    })
    .refine(isMoreThanNothing, moreThanNothing)
    .meta({ id: "PurchaseRefunded", description: "Money was given back. Never makes a customer." }),
] as const;

/** A parsed purchase. */
export interface PurchaseFact extends FactBase {
  readonly type: "purchase.made";
  readonly orderId: string;
  readonly money: Money;
}

/** A parsed refund. */
export interface RefundFact extends FactBase {
  readonly type: "purchase.refunded";
  readonly orderId?: string;
  readonly money: Money;
}

/** A parsed purchase or refund. */
export type PaymentFact = PurchaseFact | RefundFact;
