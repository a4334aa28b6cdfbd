import type { Spread } from "./clusters.ts";
import { freedomOfVariance, lognormalSkewness, valuesNeeded } from "./skewness.ts";

/**
 * Customers as clusters of a share or a mean: a customer's orders resemble each other, and some customers have many. Counters are by day and tell
 * nothing of it; this is measured on the facts, and kept as a few figures that hold for as many days of the same business.
 */

/** What one customer brings in some days. */
export interface CustomerSums {
  /** How many cases: orders, answers. */
  readonly weight: number;
  /** Σ of the cases' values. */
  readonly amount: number;
  /** Σ of their squares. */
  readonly squares: number;
}

/** How customers change the variance of a ratio Σamount/Σweight in so many days. */
export interface CustomerEffect {
  readonly days: number;
  /** The variance by customers over that of as many independent cases (the design effect of L. Kish 1965, "Survey Sampling", section 5.4). */
  readonly inflation: number;
  /** How many customers there are for each case, and how many of the same weight would tell as much: see `spreadOverDays`. */
  readonly customersPerCase: number;
  readonly clustersPerCase: number;
  /** The skewness of the customers' errors. */
  readonly skewness: number;
  /** How many customers of the same weight an interval needs; `null` where no number is enough, as a handful make up most of the variance. */
  readonly needed: number | null;
}

/**
 * The share of customers that are taken for the tail, and what its index has to be at least with 95 % certainty, so that the variance of those who were not
 * seen can be told from those who were. Below 2 a Pareto tail has no variance; lognormal amounts with σ = 1 have some 2.4 here. Chosen with `npm run calibrate`.
 */
const tail = { share: 0.05, leastIndex: 1.6, certainty: 1.645, fewest: 5 };

/** A need of more customers than this no workspace can meet. */
const maxNeeded = 1e9;

/** Of what differs by a smaller part nobody knows more than how its sums were rounded. */
const rounding = 1e-12;

interface Pooled {
  readonly weight: number;
  readonly amount: number;
  readonly customers: number;
  readonly clusters: number;
  /** Σ of squared errors, enlarged for the degree of freedom of each window. */
  readonly error: number;
  readonly cubes: number;
  /** Σ of what the errors would be if cases were independent. */
  readonly alone: number;
}

/**
 * The effect in windows of as many days, pooled: the linearised variance of a ratio estimator whose units are the customers (W. G. Cochran 1977,
 * "Sampling Techniques", section 6.4), over that of its cases.
 * @param windows the sums of the customers of each window
 * @param isOpen whether values can be endlessly great, as amounts: few customers may then decide everything
 * @returns `undefined` where there is too little to tell
 */
export function effectOf(
  days: number,
  windows: readonly (readonly CustomerSums[])[],
  isOpen: boolean,
): CustomerEffect | undefined {
  const usable = windows.flatMap((customers) => {
    const pooled = poolOf(customers);
    return pooled ? [{ customers, pooled }] : [];
  });
  const sum = (part: keyof Pooled) => usable.reduce((total, { pooled }) => total + pooled[part], 0);
  const [weight, customers, clusters, alone] = [
    sum("weight"),
    sum("customers"),
    sum("clusters"),
    sum("alone"),
  ];
  if (!(weight > 0)) return undefined;
  const variance = sum("error") / customers;
  const skewness = skewnessOf({
    ...{ variance, isOpen },
    ...{ average: sum("amount") / customers, third: sum("cubes") / customers },
  });
  const isDecidedByFew =
    isOpen &&
    tailIndex(usable.map((one) => one.customers)) * certain(customers / usable.length) <= tail.leastIndex;
  return {
    days,
    // Where nothing varies, nobody knows: as if customers never changed their minds.
    inflation: alone > 0 ? sum("error") / alone : weight / clusters,
    customersPerCase: customers / weight,
    clustersPerCase: clusters / weight,
    skewness,
    needed: isDecidedByFew ? null : attainable(valuesNeeded(isOpen ? skewness : 0)),
  };
}

/** The skewness of the customers' errors: of what has no upper end at least that of a lognormal distribution of its average and variance. */
function skewnessOf(errors: {
  readonly average: number;
  readonly variance: number;
  readonly third: number;
  readonly isOpen: boolean;
}): number {
  const { average, variance, third, isOpen } = errors;
  if (!(variance > 0)) return 0;
  const floor = isOpen && average > 0 ? lognormalSkewness(Math.sqrt(variance) / average) : 0;
  return Math.max(third / variance ** 1.5, floor);
}

function attainable(needed: number): number | null {
  return needed <= maxNeeded ? needed : null;
}

function poolOf(customers: readonly CustomerSums[]): Pooled | undefined {
  let [weight, amount, squares, weights] = [0, 0, 0, 0];
  for (const one of customers) {
    weight += one.weight;
    amount += one.amount;
    squares += one.squares;
    weights += one.weight ** 2;
  }
  const clusters = weight ** 2 / weights;
  if (!(clusters > 1) || weight < 2) return undefined;
  const ratio = amount / weight;
  let [error, cubes] = [0, 0];
  for (const one of customers) {
    const residue = apart(one.amount, ratio * one.weight);
    error += residue ** 2;
    cubes += residue ** 3;
  }
  const alone = (weight * Math.max(0, apart(squares, ratio * amount))) / (weight - 1);
  error *= clusters / (clusters - 1);
  return { weight, amount, customers: customers.length, clusters, error, cubes, alone };
}

/** How far two numbers are apart; 0 where they are but for their rounding the same. */
function apart(a: number, b: number): number {
  return Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
}

/** How much of an index from so many customers is certain. */
function certain(customers: number): number {
  return 1 - tail.certainty / Math.sqrt(tailSize(customers));
}

function tailSize(customers: number): number {
  return Math.max(tail.fewest, Math.floor(tail.share * customers));
}

/**
 * Hill's index of the tail of the customers' errors (B. M. Hill 1975, "A simple general approach to inference about the tail of a distribution", Annals of
 * Statistics 3(5), 1163–1174), in multiples of what a customer brings on average, plus one, as it depends on where zero is. Great where no customer stands out. Windows in which
 * customers bring nothing on average say nothing of it.
 */
function tailIndex(all: readonly (readonly CustomerSums[])[]): number {
  const windows = all.filter((customers) => customers.reduce((sum, one) => sum + one.amount, 0) > 0);
  const sizes = new Float64Array(windows.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const customers of windows) {
    const weight = customers.reduce((sum, one) => sum + one.weight, 0);
    const amount = customers.reduce((sum, one) => sum + one.amount, 0);
    const average = amount / customers.length;
    for (const one of customers) {
      sizes[next] = 1 + Math.abs(one.amount - (amount / weight) * one.weight) / average;
      next += 1;
    }
  }
  sizes.sort().reverse();
  const size = Math.min(tailSize(sizes.length), sizes.length - 1);
  const threshold = sizes[size] ?? 1;
  let logs = 0;
  for (const value of sizes.subarray(0, size)) logs += Math.log(value / threshold);
  return logs === 0 ? Number.POSITIVE_INFINITY : size / logs;
}

/** In ranges of more than so many times the longest window the effect grows no more: few customers stay for so long. */
const maxGrowth = 3;

/** What the effect measured in windows of some lengths is in a range of days: in between, and beyond the longest, in proportion to its length. */
export function effectIn(effects: readonly CustomerEffect[], days: number): CustomerEffect | undefined {
  const [first, last] = [effects[0], effects.at(-1)];
  if (!first || !last) return undefined;
  if (days <= first.days) return first;
  if (days >= last.days) {
    const times = Math.min(maxGrowth, days / last.days);
    return {
      ...{ ...last, days },
      inflation: Math.max(last.inflation, 1 + (last.inflation - 1) * times),
      // More cases, of the same customers.
      customersPerCase: last.customersPerCase / times,
      clustersPerCase: last.clustersPerCase / times,
    };
  }
  const index = effects.findIndex((one) => one.days >= days);
  const same = effects[index];
  // What was measured in windows as long says it, whatever shorter ones are too few for.
  if (same?.days === days) return same;
  const [before, after] = [effects[index - 1] ?? first, effects[index] ?? last];
  const part = (days - before.days) / (after.days - before.days);
  const between = (a: number, b: number) => a + part * (b - a);
  return {
    days,
    inflation: between(before.inflation, after.inflation),
    customersPerCase: between(before.customersPerCase, after.customersPerCase),
    clustersPerCase: between(before.clustersPerCase, after.clustersPerCase),
    skewness: between(before.skewness, after.skewness),
    needed: before.needed === null || after.needed === null ? null : between(before.needed, after.needed),
  };
}

/**
 * The spread over customers of so many cases.
 * @param alone the variance of the ratio if cases were independent
 */
export function spreadOverCustomers(effect: CustomerEffect, cases: number, alone: number): Spread {
  const clusters = cases * effect.clustersPerCase;
  const { skewness, needed, inflation } = effect;
  return {
    ...{ variance: alone * inflation, inflation, clusters },
    degreesOfFreedom: Math.max(1, freedomOfVariance(clusters, skewness)),
    skewness: cases > 0 ? skewness / Math.sqrt(cases * effect.customersPerCase) : 0,
    isTooFew: needed === null || !(clusters > needed),
  };
}
