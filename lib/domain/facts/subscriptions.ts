import * as z from "zod";
import { baseFields, customerIdSchema, type FactBase, integerSchema, textSchema } from "./base.ts";
import { type Money, moneySchema } from "./money.ts";

/** Events of subscriptions: what a customer has agreed to pay again and again. */

/** For how long a subscription's price is. */
export const subscriptionIntervals = ["month", "quarter", "year"] as const;

/** A kind of interval of a subscription. */
export type SubscriptionInterval = (typeof subscriptionIntervals)[number];

/** At most so many units of one subscription. */
export const maxQuantity = 1_000_000;

const subscriptionFields = {
  ...baseFields,
  customerId: customerIdSchema,
  subscriptionId: textSchema(128).meta({
    description:
      "The subscription's id in your systems. It is told apart for each customer: where a subscription goes to another customer, end it for the one and start it for the other, or it counts for both",
    example: "sub-17850-1",
  }),
};

const priceFields = {
  money: moneySchema.meta({
    description:
      "What one unit costs in one interval, without taxes and after lasting discounts; 0 while it is free",
  }),
  interval: z
    .enum(subscriptionIntervals, { error: `must be one of ${subscriptionIntervals.join(", ")}` })
    .meta({ description: "The interval that the price is for" }),
  quantity: integerSchema(1, maxQuantity)
    .optional()
    .meta({ description: "How many units, seats for example; 1 when absent" }),
};

/** The schemas of these events. */
export const subscriptionEvents = [
  z.strictObject({ type: z.literal("subscription.started"), ...subscriptionFields, ...priceFields }).meta({
    id: "SubscriptionStarted",
    description:
      "A customer began to pay for a subscription. It makes nobody a customer by itself: send customer.joined as well where the relationship begins with it.",
  }),
  z.strictObject({ type: z.literal("subscription.changed"), ...subscriptionFields, ...priceFields }).meta({
    id: "SubscriptionChanged",
    description:
      "A subscription has another price, interval or quantity from then on, all three as they are now. Starts one that is not running.",
  }),
  z.strictObject({ type: z.literal("subscription.ended"), ...subscriptionFields }).meta({
    id: "SubscriptionEnded",
    description:
      "A subscription ended: from then on nothing is paid for it. Where it also starts at the very instant, it goes on if it ran before, and is over if it did not.",
  }),
] as const;

/** A parsed start or change of a subscription. */
export interface SubscriptionPriceFact extends FactBase {
  readonly type: "subscription.started" | "subscription.changed";
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly money: Money;
  readonly interval: SubscriptionInterval;
  readonly quantity?: number;
}

/** A parsed end of a subscription. */
export interface SubscriptionEndFact extends FactBase {
  readonly type: "subscription.ended";
  readonly customerId: string;
  readonly subscriptionId: string;
}

/** A parsed event of a subscription. */
export type SubscriptionFact = SubscriptionPriceFact | SubscriptionEndFact;

/** So many parts a minor unit is counted in: of each interval's price a month's part is whole. */
export const partsPerMinor = 12;

const partsPerInterval: Readonly<Record<SubscriptionInterval, bigint>> = {
  month: 12n,
  quarter: 4n,
  year: 1n,
};

/** What a subscription brings a month, in twelfths of the currency's minor unit: exactly, for every interval. */
export function monthlyParts({ money, interval, quantity = 1 }: SubscriptionPriceFact): bigint {
  return money.amountMinor * BigInt(quantity) * partsPerInterval[interval];
}
