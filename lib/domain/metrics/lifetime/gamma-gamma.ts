import { type Fit, fitted, type Parameters } from "./fit.ts";
import { logGamma } from "./special-functions.ts";

/**
 * The Gamma-Gamma model of what customers spend a purchase (Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value). The amounts of a
 * customer are gamma distributed around a mean of its own (p), and so are these means over customers (q, γ). It assumes that how much is spent does not
 * depend on how often.
 */

/** What a customer spent. */
export interface Spending {
  /** How many purchases it is the mean of: those after the first one (x). */
  readonly repeats: number;
  /** The mean amount of these purchases, in any unit, the same for all. */
  readonly mean: number;
}

/** Customers that agree in it. */
export interface SpendingCell extends Spending {
  readonly customers: number;
}

const names = ["p", "q", "gamma"] as const;

/** `gamma` is in the unit of the amounts. */
export type GammaGamma = Parameters<(typeof names)[number]>;

/** Fewer customers say too little of three parameters. */
export const minSpendingCustomers = 100;

/**
 * The mean of all customers is proportional to 1/(q − 1), and there is none with a q of 1 or less. Below this q an error of 1% in it moves
 * the mean by more than a fifth: it says nothing, and derivatives of it, for which q is changed by 0.1%, come near to the pole or pass it.
 */
const minQ = 1.05;

/** Fits the model by maximum likelihood. Customers without repeated purchases, or who spent nothing in them, say nothing. */
export function fitGammaGamma(all: readonly SpendingCell[]): Fit<keyof GammaGamma> {
  const cells = all.filter(({ repeats, mean }) => repeats > 0 && mean > 0);
  const customers = cells.reduce((sum, cell) => sum + cell.customers, 0);
  if (customers < minSpendingCustomers) {
    return {
      ...{ because: "tooFewSpenders", count: customers },
      reason: `${customers} customers have spent anything in repeated purchases: the model needs ${minSpendingCustomers}`,
    };
  }
  const mean = cells.reduce((sum, cell) => sum + cell.customers * cell.mean, 0) / customers;
  const fit = fitted({
    names,
    starts: [{ p: 2, q: 3, gamma: mean }],
    scales: { gamma: mean },
    ...{ customers, logLikelihood: likelihoodOf(cells) },
    undetermined: {
      because: "spendingUnknown",
      reason:
        "the amounts do not say how customers differ: they do not determine the parameters of the Gamma-Gamma model",
    },
  });
  if ("parameters" in fit && fit.parameters.q < minQ) {
    return {
      because: "noMeanAmount",
      reason: `amounts vary so much between customers that they have no mean that is known (q is not clearly above 1: less than ${minQ})`,
    };
  }
  return fit;
}

/** The log-likelihood as a function of p, q and γ. */
export function likelihoodOf(cells: readonly SpendingCell[]): (values: readonly number[]) => number {
  const byRepeats = [...Map.groupBy(cells, ({ repeats }) => repeats)].map(([repeats, own]) => {
    const customers = own.reduce((sum, cell) => sum + cell.customers, 0);
    return {
      repeats,
      customers,
      logMeans: own.reduce((sum, cell) => sum + cell.customers * Math.log(cell.mean), 0),
      weights: Float64Array.from(own, (cell) => cell.customers),
      spent: Float64Array.from(own, (cell) => repeats * cell.mean),
    };
  });
  return ([p = 1, q = 1, gamma = 1]) => {
    let sum = 0;
    for (const { repeats: x, customers, logMeans, weights, spent } of byRepeats) {
      const shape = p * x;
      const ofRepeats = logGamma(shape + q) - logGamma(shape) - logGamma(q) + q * Math.log(gamma);
      let logSpent = 0;
      for (let index = 0; index < weights.length; index += 1) {
        logSpent += (weights[index] ?? 0) * Math.log(gamma + (spent[index] ?? 0));
      }
      sum += customers * (ofRepeats + shape * Math.log(x)) + (shape - 1) * logMeans - (shape + q) * logSpent;
    }
    return sum;
  };
}

/** The mean amount that is expected of a customer's further purchases, in the unit of the amounts. Without repeated purchases it is the mean over all customers. */
export function expectedAmount({ p, q, gamma }: GammaGamma, { repeats, mean }: Spending): number {
  const known = mean > 0 ? repeats : 0;
  return (p * (gamma + known * mean)) / (p * known + q - 1);
}
