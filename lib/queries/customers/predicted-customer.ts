import { type Day, dayNumber } from "../../domain/calendar/days.ts";
import { probabilityAlive } from "../../domain/metrics/lifetime/bg-nbd.ts";
import { type Contract, expectedOfContract, thereOn } from "../../domain/metrics/lifetime/contracts.ts";
import type { Prediction } from "../../domain/metrics/lifetime/prediction.ts";
import { worthTermsOf } from "../../domain/metrics/lifetime/prediction.ts";
import { buyerOf, type PurchaseDay } from "../../domain/metrics/lifetime/purchases.ts";
import { type RfmScores, rfmFigures, rfmScores } from "../../domain/metrics/lifetime/rfm.ts";
import { type ExpectedWorth, expectedWorth, parametersOf } from "../../domain/metrics/lifetime/worth.ts";

/** What the latest models say of one customer, by what is known of it up to a day. */

/** What is known of a customer. */
export interface KnownCustomer {
  /** The days on which it bought in a currency, in order; absent where not all of them are known. */
  purchases?(currency: string): readonly PurchaseDay[];
  /** The times from joining to leaving explicitly, in order. */
  contracts(): readonly Contract[];
  /** The times in which it paid for subscriptions, in order, by what is known up to a day, by number. */
  subscriptions(currency: string, through: number): readonly Contract[];
}

export interface PredictedCustomer extends ExpectedWorth {
  /** How far is looked ahead. */
  readonly months: number;
  readonly currency: string;
  /** The last day that the models know, and when they were fitted (RFC 3339). */
  readonly through: Day;
  readonly fittedAt: string;
}

/**
 * By the model that the prediction takes, as its totals are.
 * @param prediction the latest one of the workspace
 * @param on the end of what is known of it
 * @returns `undefined` where there are no models, or they say nothing of such a customer
 */
export function predictedCustomer(
  prediction: Prediction | undefined,
  customer: KnownCustomer,
  on: Day,
): PredictedCustomer | undefined {
  if (!prediction) return undefined;
  const { currency, months, through, fittedAt, taken } = prediction;
  const worth = (taken === "contracts" ? worthUnderContract : worthOfBuyer)(
    prediction,
    customer,
    dayNumber(on),
  );
  return worth && { ...worth, months, currency, through, fittedAt };
}

function worthOfBuyer(
  prediction: Prediction,
  customer: KnownCustomer,
  on: number,
): ExpectedWorth | undefined {
  const { model, currency } = prediction;
  if ("reason" in model) return undefined;
  const buyer = buyerOf(customer.purchases?.(currency) ?? [], on);
  return buyer && expectedWorth(parametersOf(model), buyer, worthTermsOf(prediction));
}

/** Who has left is known to have left: nothing more is expected of it. */
function worthUnderContract(
  prediction: Prediction,
  customer: KnownCustomer,
  on: number,
): ExpectedWorth | undefined {
  const { contracts: fit } = prediction;
  const all = contractsBy(prediction, customer, on);
  if ("reason" in fit || all.length === 0) return undefined;
  const [own] = thereOn(all, on);
  if (!own) return { pAlive: 0, orders: 0, valueMinor: 0 };
  const { monthlyMinor } = fit.total;
  const known = { through: on, monthlyMinor, terms: worthTermsOf(prediction) };
  const { months, valueMinor } = expectedOfContract(fit.parameters, own, known);
  return { pAlive: 1, orders: months, valueMinor };
}

/** The customer's contracts that had begun by a day, by what the prediction tells contracts. */
function contractsBy({ contracts, currency }: Prediction, customer: KnownCustomer, on: number): Contract[] {
  if ("reason" in contracts) return [];
  const all = contracts.basis === "customers" ? customer.contracts() : customer.subscriptions(currency, on);
  return all.filter(({ from }) => from <= on);
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
  customer: KnownCustomer,
  on: Day,
): number | undefined {
  if (prediction?.taken === "contracts") {
    const all = contractsBy(prediction, customer, dayNumber(on));
    return all.length === 0 ? undefined : Math.min(1, thereOn(all, dayNumber(on)).length);
  }
  if (!prediction || "reason" in prediction.model) return undefined;
  const buyer = buyerOf(customer.purchases?.(prediction.currency) ?? [], dayNumber(on));
  return buyer && probabilityAlive(prediction.model.buying.parameters, buyer);
}
