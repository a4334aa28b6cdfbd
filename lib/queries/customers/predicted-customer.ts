import { type Day, dayNumber } from "../../calendar/days.ts";
import { probabilityAlive } from "../../metrics/lifetime/bg-nbd.ts";
import type { Prediction } from "../../metrics/lifetime/prediction.ts";
import { worthTermsOf } from "../../metrics/lifetime/prediction.ts";
import { buyerOf, type PurchaseDay } from "../../metrics/lifetime/purchases.ts";
import { type RfmScores, rfmFigures, rfmScores } from "../../metrics/lifetime/rfm.ts";
import { type ExpectedWorth, expectedWorth, parametersOf } from "../../metrics/lifetime/worth.ts";

/** What the latest models say of one customer, by its purchases up to a day. */

export interface PredictedCustomer extends ExpectedWorth {
  /** How far is looked ahead. */
  readonly months: number;
  readonly currency: string;
  /** The last day that the models know, and when they were fitted (RFC 3339). */
  readonly through: Day;
  readonly fittedAt: string;
}

/**
 * @param prediction the latest one of the workspace
 * @param purchasesIn the customer's purchases in a currency
 * @param on the end of what is known of it
 * @returns `undefined` where there are no models, or it has not bought
 */
export function predictedCustomer(
  prediction: Prediction | undefined,
  purchasesIn: (currency: string) => readonly PurchaseDay[],
  on: Day,
): PredictedCustomer | undefined {
  if (!prediction || "reason" in prediction.model) return undefined;
  const { currency, months, through, fittedAt, model } = prediction;
  const buyer = buyerOf(purchasesIn(currency), dayNumber(on));
  if (!buyer) return undefined;
  return {
    ...expectedWorth(parametersOf(model), buyer, worthTermsOf(prediction)),
    months,
    currency,
    through,
    fittedAt,
  };
}

/** In which fifths of recency, frequency and money a customer was on a day. */
export interface RatedCustomer extends RfmScores {
  readonly through: Day;
}

/**
 * How a customer was rated on the last day that the latest prediction knows: for one of whom alone anything is read.
 * @param prediction the latest one of the workspace
 * @param purchasesIn the customer's purchases in a currency
 * @returns `undefined` where nobody was divided into fifths, or it had not bought by then
 */
export function ratedCustomer(
  prediction: Prediction | undefined,
  purchasesIn: (currency: string) => readonly PurchaseDay[],
): RatedCustomer | undefined {
  if (!prediction?.rfm) return undefined;
  const { rfm, currency, through } = prediction;
  const figures = rfmFigures(purchasesIn(currency), dayNumber(through));
  return figures && { ...rfmScores(figures, rfm), through };
}

/** The probability alone that a customer is there still: of everybody it is soon computed. Parameters as for `predictedCustomer`. */
export function predictedAlive(
  prediction: Prediction | undefined,
  purchasesIn: (currency: string) => readonly PurchaseDay[],
  on: Day,
): number | undefined {
  if (!prediction || "reason" in prediction.model) return undefined;
  const buyer = buyerOf(purchasesIn(prediction.currency), dayNumber(on));
  return buyer && probabilityAlive(prediction.model.buying.parameters, buyer);
}
