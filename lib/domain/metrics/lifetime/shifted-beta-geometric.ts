import { type Fit, fitted, type Parameters } from "./fit.ts";
import { logBeta } from "./special-functions.ts";

/**
 * The shifted-beta-geometric model of customers under contract (Fader & Hardie 2007, How to Project Customer Retention, Journal of Interactive
 * Marketing 21(1), 76–90). At the end of each period a customer leaves with a chance of its own; chances are beta distributed (α, β) over customers. Those who stay
 * are more and more those who leave seldom, so retention rises with age.
 */

/** Customers that joined at the same time. */
export interface ContractCohort {
  /** How many were there at the beginning, after one period, after two …: none of these is more than the one before. */
  readonly survivors: readonly number[];
}

const names = ["alpha", "beta"] as const;

export type ShiftedBetaGeometric = Parameters<(typeof names)[number]>;

/** Fewer customers who left say too little of two parameters. */
export const minLost = 30;

/** Fits the model by maximum likelihood, to cohorts of any ages. */
export function fitShiftedBetaGeometric(cohorts: readonly ContractCohort[]): Fit<keyof ShiftedBetaGeometric> {
  /** By period: who left in it; by age: who is still there. */
  const [lost, kept] = [new Map<number, number>(), new Map<number, number>()];
  const add = (sums: Map<number, number>, age: number, customers: number) =>
    sums.set(age, (sums.get(age) ?? 0) + customers);
  for (const { survivors } of cohorts) {
    for (const [age, customers] of survivors.entries()) {
      if (age > 0) add(lost, age, (survivors[age - 1] ?? 0) - customers);
    }
    add(kept, survivors.length - 1, survivors.at(-1) ?? 0);
  }
  const total = (sums: ReadonlyMap<number, number>) => [...sums.values()].reduce((sum, one) => sum + one, 0);
  if (total(lost) < minLost) {
    const count = total(lost);
    return {
      ...{ because: "tooFewLost", count },
      reason: `${count} customers have left: the model needs ${minLost}`,
    };
  }
  return fitted({
    names,
    starts: [{ alpha: 1, beta: 1 }],
    customers: total(lost) + total(kept),
    undetermined: {
      because: "leavingUnknown",
      reason:
        "customers do not differ enough in how they leave to determine the parameters of the shifted-beta-geometric model",
    },
    logLikelihood: ([alpha = 1, beta = 1]) => {
      const whole = logBeta(alpha, beta);
      let sum = 0;
      for (const [period, customers] of lost) {
        sum += customers * (logBeta(alpha + 1, beta + period - 1) - whole);
      }
      for (const [age, customers] of kept) sum += customers * (logBeta(alpha, beta + age) - whole);
      return sum;
    },
  });
}

/** The share of customers who are still there after so many periods. */
export function survival({ alpha, beta }: ShiftedBetaGeometric, periods: number): number {
  return Math.exp(logBeta(alpha, beta + periods) - logBeta(alpha, beta));
}

/** The share of those there at the beginning of a period who stay beyond its end. @param period 1 for the first one */
export function retention({ alpha, beta }: ShiftedBetaGeometric, period: number): number {
  return (beta + period - 1) / (alpha + beta + period - 1);
}

/** For how many periods a new customer pays on average, the first one included; `null` where that has no bound (α of 1 or less). */
export function expectedLifetime({ alpha, beta }: ShiftedBetaGeometric): number | null {
  return alpha > 1 ? (alpha + beta - 1) / (alpha - 1) : null;
}

/**
 * For how many periods a new customer pays within a horizon, each discounted to the beginning.
 * @param periods the horizon; a period is paid for at its beginning
 * @param discount a period's rate, 0 or more
 */
export function discountedLifetime(model: ShiftedBetaGeometric, periods: number, discount: number): number {
  let [sum, kept] = [0, 1];
  for (let period = 0; period < periods; period += 1) {
    sum += kept / (1 + discount) ** period;
    kept *= retention(model, period + 1);
  }
  return sum;
}
