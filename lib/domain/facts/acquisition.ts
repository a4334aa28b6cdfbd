import * as z from "zod";
import { aboutFields, baseFields, customerIdSchema, type FactBase, textSchema } from "./base.ts";
import { type Money, moneySchema } from "./money.ts";

/** Events of how customers are won: what is spent on it, and who recommends you to whom. */

const codeSchema = textSchema(128).meta({
  description:
    "The link or code by which the referral is known again: one for each referrer, or for each referral. It stays in the facts when a person is erased: keep names out of it",
  example: "R-7F3K9",
});

/** The schemas of these events. */
export const acquisitionEvents = [
  z.strictObject({ type: z.literal("spend.recorded"), ...aboutFields, money: moneySchema }).meta({
    id: "SpendRecorded",
    description:
      "Money was spent on winning customers: advertising, sales, rewards for referrals. Counts on its day; its dimensions say for what, for example the channel.",
  }),
  z
    .strictObject({
      type: z.literal("referral.sent"),
      ...baseFields,
      customerId: customerIdSchema.meta({ description: "Who recommends you" }),
      code: codeSchema,
    })
    .meta({ id: "ReferralSent", description: "Someone recommended you to somebody else." }),
  z
    .strictObject({
      type: z.literal("referral.converted"),
      ...baseFields,
      customerId: customerIdSchema.meta({ description: "Who came by the recommendation" }),
      code: codeSchema.optional(),
    })
    .meta({
      id: "ReferralConverted",
      description:
        "Someone came by a recommendation. Never makes a customer: a join or a purchase does. Who recommended you follows from the code, so that no fact names two persons.",
    }),
] as const;

/** A parsed acquisition spend. */
export interface SpendFact extends FactBase {
  readonly type: "spend.recorded";
  readonly money: Money;
}

/** A parsed recommendation. */
export interface ReferralSentFact extends FactBase {
  readonly type: "referral.sent";
  /** The customer who recommends. */
  readonly customerId: string;
  readonly code: string;
}

/** A parsed success of a recommendation. */
export interface ReferralConvertedFact extends FactBase {
  readonly type: "referral.converted";
  /** The new customer. */
  readonly customerId: string;
  readonly code?: string;
}

/** Any parsed event of how customers are won. */
export type AcquisitionFact = SpendFact | ReferralSentFact | ReferralConvertedFact;
