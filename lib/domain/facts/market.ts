import * as z from "zod";
import { aboutFields, type FactBase, messageSchema } from "./base.ts";
import { isMoreThanNothing, type Money, moneySchema, moreThanNothing } from "./money.ts";
import { countSchema } from "./web.ts";

/** Events of the world outside: what is said of the business, and what its shares cost. */

/** How a mention speaks. */
export const sentiments = ["positive", "neutral", "negative"] as const;

/** How a mention speaks. */
export type Sentiment = (typeof sentiments)[number];

const symbolSchema = z
  .string({ error: "must be a text" })
  .regex(/^[A-Z0-9][A-Z0-9.:^=-]{0,31}$/, "must be 1 to 32 capital letters, digits or . : ^ = -")
  .meta({ description: "The symbol under which the share is traded", example: "ACME" });

/** The schemas of these events. */
export const marketEvents = [
  z
    .strictObject({
      type: z.literal("mention.seen"),
      ...aboutFields,
      count: countSchema,
      message: messageSchema,
      sentiment: z
        .enum(sentiments, { error: `must be one of ${sentiments.join(", ")}` })
        .meta({ description: "`neutral` where nobody has judged it" }),
    })
    .meta({
      id: "MentionSeen",
      description: "Somebody mentioned the business in public; the network is the dimension `channel`.",
    }),
  z
    .strictObject({
      type: z.literal("share.quoted"),
      ...aboutFields,
      symbol: symbolSchema,
      money: moneySchema.meta({ description: "The price of one share: more than 0, below a billion" }),
    })
    .refine(isMoreThanNothing, moreThanNothing)
    .refine(({ money }) => (money.amount.split(".")[0] ?? "").length <= 9, {
      path: ["money", "amount"],
      message: "must be less than 1000000000",
    })
    .meta({ id: "ShareQuoted", description: "What a share cost at an instant." }),
] as const;

/** A parsed mention. */
export interface MentionFact extends FactBase {
  readonly type: "mention.seen";
  /** 1 when absent. */
  readonly count?: number;
  readonly sentiment: Sentiment;
  readonly message?: string;
}

/** A parsed quote. */
export interface QuoteFact extends FactBase {
  readonly type: "share.quoted";
  readonly symbol: string;
  readonly money: Money;
}

/** A parsed event of the world outside. */
export type MarketFact = MentionFact | QuoteFact;
