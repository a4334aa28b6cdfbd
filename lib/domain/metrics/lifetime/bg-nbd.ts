import { type Fit, fitted, type NotFitted, type Parameters } from "./fit.ts";
import { hypergeometric, logGamma } from "./special-functions.ts";

/**
 * The BG/NBD model of customers who buy without a contract (Fader, Hardie & Lee 2005, "Counting Your Customers" the Easy Way, Marketing
 * Science 24(2), 275–284). A customer buys at a rate of its own until it leaves, which can happen after each purchase; rates are gamma distributed
 * (r, α) over customers, chances of leaving are beta distributed (a, b). The likelihood is written as in Fader & Hardie 2013, Overcoming the BG/NBD
 * Model's #NUM! Error Problem.
 */

/** What the model needs to know of customers: those that agree in it are counted together. Times in any unit, the same for all. */
export interface Buying {
  /** Purchases after the first one (x). */
  readonly repeats: number;
  /** Time from the first purchase to the last one (t_x); 0 without repeats. */
  readonly recency: number;
  /** Time from the first purchase to the end of what was observed (T). */
  readonly age: number;
}

/** Customers that agree in what the model needs to know. */
export interface BuyingCell extends Buying {
  readonly customers: number;
}

const names = ["r", "alpha", "a", "b"] as const;

/** `alpha` is in the unit of the times. */
export type BgNbd = Parameters<(typeof names)[number]>;

/** Fewer customers with a repeated purchase say too little of four parameters. */
export const minRepeatCustomers = 100;

const undetermined: NotFitted = {
  because: "buyingUnknown",
  reason:
    "the purchases do not say how customers leave: they do not determine the parameters of the BG/NBD model",
};

/** Fits the model by maximum likelihood. */
export function fitBgNbd(cells: readonly BuyingCell[]): Fit<keyof BgNbd> {
  const sumOf = (value: (cell: BuyingCell) => number) => cells.reduce((sum, cell) => sum + value(cell), 0);
  const customers = sumOf((cell) => cell.customers);
  const repeating = sumOf((cell) => (cell.repeats > 0 ? cell.customers : 0));
  if (repeating < minRepeatCustomers) {
    return {
      ...{ because: "tooFewRepeats", count: repeating },
      reason: `${repeating} customers have bought more than once: the model needs ${minRepeatCustomers}`,
    };
  }
  const age = sumOf((cell) => cell.customers * cell.age) / customers;
  if (age <= 0) return { because: "allNew", reason: "all customers are new" };
  return fitted({
    names,
    starts: [
      { r: 1, alpha: age, a: 1, b: 1 },
      { r: 0.3, alpha: age / 6, a: 1, b: 3 },
    ],
    scales: { alpha: age },
    ...{ customers, undetermined, logLikelihood: likelihoodOf(cells) },
  });
}

/** The log-likelihood as a function of r, α, a and b: what depends on the number of repeats alone is computed once for each number. */
export function likelihoodOf(cells: readonly BuyingCell[]): (values: readonly number[]) => number {
  const byRepeats = [...Map.groupBy(cells, ({ repeats }) => repeats)].map(([repeats, own]) => ({
    repeats,
    customers: Float64Array.from(own, (cell) => cell.customers),
    recency: Float64Array.from(own, (cell) => cell.recency),
    age: Float64Array.from(own, (cell) => cell.age),
  }));
  return ([r = 1, alpha = 1, a = 1, b = 1]) => {
    const constant = r * Math.log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
    let sum = 0;
    for (const { repeats: x, customers, recency, age } of byRepeats) {
      const ofRepeats = constant + logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x);
      const left = x > 0 ? a / (b + x - 1) : 0;
      for (let index = 0; index < customers.length; index += 1) {
        const last = Math.log(alpha + (recency[index] ?? 0));
        const now = Math.log(alpha + (age[index] ?? 0));
        const either = Math.log(Math.exp((r + x) * (last - now)) + left);
        sum += (customers[index] ?? 0) * (ofRepeats - (r + x) * last + either);
      }
    }
    return sum;
  };
}

/** The probability that a customer has not left. */
export function probabilityAlive({ r, alpha, a, b }: BgNbd, { repeats, recency, age }: Buying): number {
  if (repeats === 0) return 1;
  const odds = (a / (b + repeats - 1)) * ((alpha + age) / (alpha + recency)) ** (r + repeats);
  return 1 / (1 + odds);
}

/** Where a formula divides nothing by nothing, a parameter so near gives its limit to nine digits. */
const nearest = 1e-6;

/**
 * The purchases that are expected of a customer in the time after what was observed: the paper's formula 10. Of the two forms of its hypergeometric
 * function (Euler's transformation) the one is taken whose terms stay smaller.
 * @param time in the unit of the observation
 */
export function expectedPurchases(model: BgNbd, buying: Buying, time: number): number {
  if (time <= 0) return 0;
  const { r, alpha, b } = model;
  const { repeats: x, age } = buying;
  let { a } = model;
  while (Math.abs(a - 1) < nearest || Math.abs(a + b + x - 1) < nearest) a += nearest;
  const z = time / (alpha + age + time);
  const c = a + b + x - 1;
  const isOriginal = r + x < Math.abs(a - 1);
  const kept = isOriginal
    ? (1 - z) ** (r + x) * hypergeometric(r + x, b + x, c, z)
    : (1 - z) ** (a - 1) * hypergeometric(c - r - x, a - 1, c, z);
  return (c / (a - 1)) * (1 - kept) * probabilityAlive(model, buying);
}
