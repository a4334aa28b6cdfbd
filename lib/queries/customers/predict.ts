import { type Day, dayNumber } from "../../domain/calendar/days.ts";
import {
  type Contract,
  type ContractBasis,
  contractBasis,
  contractChoice,
  contractsOf,
} from "../../domain/metrics/lifetime/contracts.ts";
import {
  type Prediction,
  type PredictionTerms,
  predictionOf,
  worthTermsOf,
} from "../../domain/metrics/lifetime/prediction.ts";
import type { ListedCustomer } from "./customer.ts";
import {
  type CustomersContext,
  type KnownCustomers,
  NotArchivedYet,
  readCustomers,
} from "./known-customers.ts";

/** Predicts what the customers of a workspace will bring, from their purchases in the workspace's currency. */

/** More customers than this are predicted by a job, which has minutes for it. */
export function customersAtOnce(): number {
  return Number(process.env["PREDICTED_AT_ONCE"] ?? 50_000);
}

/** A prediction, and the customers from whose purchases it was made. */
export interface Predicted {
  readonly prediction: Prediction;
  readonly customers: readonly ListedCustomer[];
}

/**
 * Fits the models to all purchases up to a day.
 * @param most at most so many customers
 * @returns `undefined` where there are more of them
 * @throws NotArchivedYet as `readCustomers` does, and where it knows less than these days
 */
export async function predict(
  context: CustomersContext,
  through: Day,
  now: number,
  most = Number.POSITIVE_INFINITY,
): Promise<Predicted | undefined> {
  const { byId, through: known } = await readCustomers(context, now);
  // Nobody would have bought in the days that are not known.
  if (known < through) {
    throw new NotArchivedYet(
      `days after ${known} are not in the archive yet, and have more facts than one request may read`,
    );
  }
  if (byId.size > most) return undefined;
  const { currency, margin, discountRate, predictionMonths } = context.workspace;
  const last = dayNumber(through);
  const histories = [...byId.values()].flatMap((customer) => {
    const purchases = customer.purchases(currency);
    return purchases.length > 0 ? [purchases] : [];
  });
  const terms = {
    ...{ through, fittedAt: new Date(now).toISOString(), currency },
    ...{ months: predictionMonths, discountRate, margin, refunded: refundedShare(byId, last, currency) },
  };
  const prediction = { ...predictionOf(histories, last, terms), ...byContracts(byId, last, terms) };
  return { prediction, customers: [...byId.values()] };
}

/** What is said of customers by when they joined and left. @param through by number */
function byContracts(
  byId: KnownCustomers["byId"],
  through: number,
  terms: PredictionTerms,
): Pick<Prediction, "contracts" | "taken" | "takenBecause"> {
  const found: Record<ContractBasis, Contract[]> = { customers: [], subscriptions: [] };
  let revenueMinor = 0;
  for (const customer of byId.values()) {
    const own = customer.contracts();
    found.customers.push(...own);
    found.subscriptions.push(...customer.subscriptions(terms.currency, through));
    if (own.length > 0) revenueMinor += Number(customer.spentThrough(through, terms.currency).spentMinor);
  }
  const basis = contractBasis(found, through);
  const fitted = contractsOf(found[basis], through, revenueMinor, worthTermsOf(terms));
  const { taken, because } = contractChoice(found[basis], through, fitted, basis);
  const contracts = "reason" in fitted ? fitted : { ...fitted, basis };
  return { contracts, taken, takenBecause: because };
}

/** Which share of what customers spent up to a day, by number, they had got back by then. */
function refundedShare(byId: KnownCustomers["byId"], through: number, currency: string): number {
  let [spent, refunded] = [0n, 0n];
  for (const customer of byId.values()) {
    const { spentMinor, refundedMinor } = customer.spentThrough(through, currency);
    spent += spentMinor;
    refunded += refundedMinor;
  }
  return spent > 0n ? Math.min(1, Number(refunded) / Number(spent)) : 0;
}
