import { daysPerMonth } from "../../calendar/intervals.ts";
import type { NotFitted } from "./fit.ts";
import { type Buyer, buyerOf, type PurchaseDay } from "./purchases.ts";
import { expectedWorth, fitWorth, parametersOf, type WorthModel } from "./worth.ts";

/** How wrong the models are: the last quarter of the history, predicted from the rest. */

/** A prediction of a time that is over, beside what happened. */
export interface Holdout extends HoldoutErrors {
  /** The last day that was known, and the last of what was predicted, by number. */
  readonly knownThrough: number;
  readonly through: number;
}

/** What was expected of customers, beside what they did. */
export interface HoldoutErrors {
  /** Customers who had bought by then. */
  readonly customers: number;
  readonly expectedOrders: number;
  readonly actualOrders: number;
  readonly expectedSpendMinor: number;
  readonly actualSpendMinor: number;
  /** The mean absolute error of a customer's orders. */
  readonly meanAbsoluteError: number;
  /** Pearson's correlation of expected and actual orders; `null` where either does not vary. */
  readonly correlation: number | null;
  /** The same of what a customer spent. */
  readonly spendMeanAbsoluteErrorMinor: number;
  readonly spendCorrelation: number | null;
  /** Which share of the actual spend came from the tenth of customers of whom most was expected; `null` where nothing was spent. */
  readonly topTenthShare: number | null;
}

/** So many days are the least that is worth predicting. */
const minDays = 14;

/** The part of the history that is held out. */
const heldOut = 0.25;

/**
 * Predicts the last quarter of the history.
 * @param histories of all customers, each in the order of its days
 * @param through the last day of the history, by number
 */
export function holdoutOf(
  histories: readonly (readonly PurchaseDay[])[],
  through: number,
): Holdout | NotFitted {
  const first = histories.reduce((least, [one]) => Math.min(least, one?.day ?? least), through);
  const days = Math.floor((through - first + 1) * heldOut);
  if (days < minDays) {
    return {
      ...{ because: "shortHistory", count: days },
      reason: `a quarter of the history has ${days} days: ${minDays} are needed`,
    };
  }
  const knownThrough = through - days;
  const known = histories.flatMap((purchases) => {
    const buyer = buyerOf(purchases, knownThrough);
    const later = purchases.filter(({ day }) => day > knownThrough && day <= through);
    return buyer ? [{ buyer, later }] : [];
  });
  const model = fitWorth(known.map(({ buyer }) => buyer));
  if ("reason" in model) return model;
  return { knownThrough, through, ...holdoutErrors(model, known, days) };
}

/** A customer as it was known, and what it bought in the days that follow. */
export interface HeldOut {
  readonly buyer: Buyer;
  readonly later: readonly PurchaseDay[];
}

/** Compares what models expect of customers in so many days with what they did. */
export function holdoutErrors(fit: WorthModel, known: readonly HeldOut[], days: number): HoldoutErrors {
  const model = parametersOf(fit);
  const terms = { months: days / daysPerMonth, discountRate: 0, kept: 1 };
  const customers = known.map(({ buyer, later }) => {
    const { orders, valueMinor } = expectedWorth(model, buyer, terms);
    const spent = later.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return { orders, valueMinor, bought: later.length, spent };
  });
  type Customer = (typeof customers)[number];
  const total = (value: (customer: Customer) => number) =>
    customers.reduce((sum, customer) => sum + value(customer), 0);
  const errors = (pairOf: (customer: Customer) => readonly [expected: number, actual: number]) => {
    const pairs = customers.map(pairOf);
    const off = pairs.reduce((sum, [expected, actual]) => sum + Math.abs(expected - actual), 0);
    return { mean: off / pairs.length, correlation: correlationOf(pairs) };
  };
  const [ofOrders, ofSpend] = [
    errors(({ orders, bought }) => [orders, bought]),
    errors(({ valueMinor, spent: amount }) => [valueMinor, amount]),
  ];
  const spent = total((customer) => customer.spent);
  const best = [...customers]
    .sort((a, b) => b.valueMinor - a.valueMinor)
    .slice(0, Math.ceil(customers.length / 10));
  return {
    customers: customers.length,
    expectedOrders: total(({ orders }) => orders),
    actualOrders: total(({ bought }) => bought),
    expectedSpendMinor: total(({ valueMinor }) => valueMinor),
    actualSpendMinor: spent,
    ...{ meanAbsoluteError: ofOrders.mean, correlation: ofOrders.correlation },
    ...{ spendMeanAbsoluteErrorMinor: ofSpend.mean, spendCorrelation: ofSpend.correlation },
    topTenthShare: spent === 0 ? null : best.reduce((sum, customer) => sum + customer.spent, 0) / spent,
  };
}

function correlationOf(pairs: readonly (readonly [number, number])[]): number | null {
  const meanOf = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length;
  const [one, other] = [meanOf(0), meanOf(1)];
  let [products, squares, otherSquares] = [0, 0, 0];
  for (const [a, b] of pairs) {
    products += (a - one) * (b - other);
    squares += (a - one) ** 2;
    otherSquares += (b - other) ** 2;
  }
  const norm = Math.sqrt(squares * otherSquares);
  return norm > 0 ? products / norm : null;
}
