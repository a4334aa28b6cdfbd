import { daysPerMonth } from "../../calendar/intervals.ts";
import { type BgNbd, expectedPurchases, fitBgNbd, probabilityAlive } from "./bg-nbd.ts";
import { type Fitted, isFitted, type NotFitted, type Parameters } from "./fit.ts";
import { expectedAmount, fitGammaGamma, type GammaGamma } from "./gamma-gamma.ts";
import type { Matrix } from "./maximum.ts";
import { type Buyer, type BuyerCell, buyingCells, spendingCells } from "./purchases.ts";

/** What customers without a contract are expected to bring: how often they buy, by BG/NBD, times how much, by Gamma-Gamma. */

/** Both models, fitted to the same customers. */
export interface WorthModel {
  readonly buying: Fitted<keyof BgNbd>;
  readonly spending: Fitted<keyof GammaGamma>;
}

/** By what an expected purchase becomes a value. */
export interface WorthTerms {
  /** How far is looked ahead. */
  readonly months: number;
  /** A year's rate of discount, 0 or more: a month's purchases are discounted from its middle. */
  readonly discountRate: number;
  /** Which part of what is spent stays: margin, less what is refunded. */
  readonly kept: number;
}

/** What is expected of a customer. */
export interface ExpectedWorth {
  readonly pAlive: number;
  /** Days with a purchase within the horizon. */
  readonly orders: number;
  /** Discounted, in minor units. */
  readonly valueMinor: number;
}

const weeksPerMonth = daysPerMonth / 7;

/** Fits both models; why there is none where one of them has no fit. */
export function fitWorth(buyers: readonly Buyer[]): WorthModel | NotFitted {
  const buying = fitBgNbd(buyingCells(buyers));
  if (!isFitted(buying)) return buying;
  const spending = fitGammaGamma(spendingCells(buyers));
  return isFitted(spending) ? { buying, spending } : spending;
}

/** Parameters of both models. */
export interface WorthParameters {
  readonly buying: BgNbd;
  readonly spending: GammaGamma;
}

/** The parameters of models that were fitted. */
export function parametersOf({ buying, spending }: FittedParameters): WorthParameters {
  return { buying: buying.parameters, spending: spending.parameters };
}

interface FittedParameters {
  readonly buying: Pick<WorthModel["buying"], "parameters">;
  readonly spending: Pick<WorthModel["spending"], "parameters">;
}

/** What is expected of a customer within the horizon. */
export function expectedWorth(model: WorthParameters, buyer: Buyer, terms: WorthTerms): ExpectedWorth {
  const { orders, discounted } = expectedOrders(model.buying, buyer, terms);
  return {
    pAlive: probabilityAlive(model.buying, buyer),
    orders,
    valueMinor: discounted * expectedAmount(model.spending, buyer) * terms.kept,
  };
}

function expectedOrders(model: BgNbd, buyer: Buyer, { months, discountRate }: WorthTerms) {
  if (discountRate === 0) {
    const orders = expectedPurchases(model, buyer, months * weeksPerMonth);
    return { orders, discounted: orders };
  }
  let [orders, discounted] = [0, 0];
  for (let month = 1; month <= months; month += 1) {
    const until = expectedPurchases(model, buyer, month * weeksPerMonth);
    discounted += (until - orders) * (1 + discountRate) ** -((month - 0.5) / 12);
    orders = until;
  }
  return { orders, discounted };
}

/** What is expected of some customers together. */
export interface TotalWorth {
  readonly customers: number;
  /** How many of them are expected to be there still. */
  readonly alive: number;
  readonly orders: number;
  readonly valueMinor: number;
}

/** What is expected of all customers together. */
export function totalWorth(
  model: WorthParameters,
  cells: readonly BuyerCell[],
  terms: WorthTerms,
): TotalWorth {
  let [customers, alive, orders, valueMinor] = [0, 0, 0, 0];
  for (const cell of cells) {
    const expected = expectedWorth(model, cell, terms);
    customers += cell.customers;
    alive += cell.customers * expected.pAlive;
    orders += cell.customers * expected.orders;
    valueMinor += cell.customers * expected.valueMinor;
  }
  return { customers, alive, orders, valueMinor };
}

/** The relative change of a parameter by which derivatives are taken. */
const step = 1e-3;

/**
 * The standard error of what is expected of all customers together, as a part of it: from the uncertainty of the parameters, by the delta method. What single
 * customers do by chance hardly matters beside it. It is taken without discount, which changes the value and its error alike.
 */
export function relativeError(model: WorthModel, cells: readonly BuyerCell[], months: number): number {
  const { buying, spending } = model;
  const terms = { months, discountRate: 0, kept: 1 };
  const parameters = parametersOf(model);
  const logValue = (changed: WorthParameters) => Math.log(totalWorth(changed, cells, terms).valueMinor);
  const gradient = <Name extends string>(
    all: Parameters<Name>,
    withChanged: (changed: Parameters<Name>) => WorthParameters,
  ) =>
    (Object.keys(all) as Name[]).map((name) => {
      const at = (factor: number) => logValue(withChanged({ ...all, [name]: all[name] * Math.exp(factor) }));
      return (at(step) - at(-step)) / (2 * step);
    });
  const ofBuying = gradient(buying.parameters, (changed) => ({ ...parameters, buying: changed }));
  const ofSpending = gradient(spending.parameters, (changed) => ({ ...parameters, spending: changed }));
  return Math.sqrt(variance(ofBuying, buying.covariance) + variance(ofSpending, spending.covariance));
}

function variance(gradient: readonly number[], covariance: Matrix): number {
  return gradient.reduce(
    (sum, one, row) =>
      sum +
      gradient.reduce((part, other, column) => part + one * other * (covariance[row]?.[column] ?? 0), 0),
    0,
  );
}
