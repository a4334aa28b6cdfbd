import * as z from "zod";
import { epochSecondsSchema, idSchema, moneyOfUnits, type SentMoney } from "./values.ts";

/** What the parts of Stripe's file share: its events, and its money. */

/** How many decimals Stripe counts in, where that is not two (https://docs.stripe.com/currencies). ISK and UGX have two there. */
const withoutDecimals = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" ");
const withThreeDecimals = ["BHD", "JOD", "KWD", "OMR", "TND"];

/** An amount as Stripe writes it: an integer in its own smallest unit. */
export function stripeMoney(amount: number, currency: string): SentMoney {
  const code = currency.toUpperCase();
  const exponent = withoutDecimals.includes(code) ? 0 : withThreeDecimals.includes(code) ? 3 : 2;
  return moneyOfUnits(amount, exponent, code);
}

/** What every event has. */
export const eventSchema = z.object({
  id: idSchema,
  type: z.string(),
  created: epochSecondsSchema,
  livemode: z.boolean(),
  data: z.object({ object: z.unknown(), previous_attributes: z.record(z.string(), z.unknown()).nullish() }),
});

/** An event, as every part of this provider reads it. */
export type StripeEvent = z.output<typeof eventSchema>;
