import type { PredictedCustomer } from "../../../queries/customers/predicted-customer.ts";
import { shownMoney } from "../../../store/records/shown-fact.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { customerSchema } from "./answers.ts";

/** What is expected of a customer, as it is answered. */
export function presentPredicted(
  predicted: PredictedCustomer | undefined,
): AnswerOf<typeof customerSchema>["prediction"] {
  if (!predicted) return null;
  const { valueMinor, currency, ...rest } = predicted;
  return { ...rest, value: shownMoney({ amountMinor: BigInt(Math.round(valueMinor)), currency }) };
}
