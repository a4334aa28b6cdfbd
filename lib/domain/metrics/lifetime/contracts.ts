import { daysPerMonth } from "../../calendar/intervals.ts";
import type { NotFitted } from "./fit.ts";
import type { Matrix } from "./maximum.ts";
import {
  type ContractCohort,
  discountedLifetime,
  expectedLifetime,
  fitShiftedBetaGeometric,
  minLost,
  retention,
  type ShiftedBetaGeometric,
  survival,
} from "./shifted-beta-geometric.ts";
import type { WorthTerms } from "./worth.ts";

/** Customers under contract: how long they stay, by when they joined and left. */

/** The time of a customer from joining or coming back to leaving, by the numbers of days. */
export interface Contract {
  readonly from: number;
  /** The day of leaving; absent while it goes on. */
  readonly to?: number | undefined;
  /** What it brings a month, where that is known. */
  readonly monthlyMinor?: number | undefined;
}

/** A model of how long contracts last, with what follows from it. */
export interface ContractModel {
  readonly parameters: ShiftedBetaGeometric;
  readonly standardErrors: ShiftedBetaGeometric;
  /** Of the logarithms of the parameters. */
  readonly covariance: Matrix;
  readonly logLikelihood: number;
  /** To how many contracts of a month and more it was fitted. */
  readonly customers: number;
  /** For how many months a new customer stays on average; `null` where that has no bound. */
  readonly lifetimeMonths: number | null;
  /** Of those there at the beginning of the first, second … month, which share stays beyond its end. */
  readonly retention: readonly number[];
  /** Which share is there still after one, two … months. */
  readonly survival: readonly number[];
  readonly total: ContractTotal;
  readonly holdout: ContractHoldout | NotFitted;
}

/** What all customers together are expected to do within the horizon. */
export interface ContractTotal {
  /** Customers who are there now, and how many of them are expected to be at its end. */
  readonly customers: number;
  readonly staying: number;
  /** How many months they are expected to pay for, of all together. */
  readonly months: number;
  /** What a customer brought a month so far. */
  readonly monthlyMinor: number;
  /** After margin, refunds and discount, of all together. */
  readonly valueMinor: number;
}

/** How many customers of a past day were still there at the end of the history, and how many the model expected by what was known on that day. */
export interface ContractHoldout {
  /** By number. */
  readonly knownThrough: number;
  readonly through: number;
  readonly customers: number;
  readonly expectedStaying: number;
  readonly actualStaying: number;
}

/** So many months are projected. */
const projectedMonths = 12;

/** The part of the history that is held out. */
const heldOut = 0.25;

/**
 * Fits the model to all contracts.
 * @param through the last day that is known, by number
 * @param revenueMinor what these customers have brought so far
 */
export function contractsOf(
  contracts: readonly Contract[],
  through: number,
  revenueMinor: number,
  terms: WorthTerms,
): ContractModel | NotFitted {
  const fit = fitShiftedBetaGeometric(cohortsBy(contracts, through));
  if ("reason" in fit) return fit;
  const { parameters, standardErrors, covariance, logLikelihood, customers } = fit;
  const total = totalOf(parameters, contracts, through, revenueMinor, terms);
  if (!Object.values(total).every(Number.isFinite)) {
    return {
      because: "notFinite",
      reason: "what the model of contracts expects of all customers together is no finite number",
    };
  }
  const months = Array.from({ length: projectedMonths }, (_, index) => index + 1);
  return {
    ...{ parameters, standardErrors, covariance, logLikelihood, customers, total },
    lifetimeMonths: expectedLifetime(parameters),
    retention: months.map((month) => retention(parameters, month)),
    survival: months.map((month) => survival(parameters, month)),
    holdout: heldOutOf(contracts, through),
  };
}

/** What contracts are told by: when customers joined and left explicitly, or when they paid for subscriptions. */
export type ContractBasis = "customers" | "subscriptions";

/**
 * By what contracts are told: by subscriptions where enough of these have ended, and not enough customers have left explicitly, who may have no subscription.
 * @param through the last day that is known, by number
 */
export function contractBasis(
  { customers, subscriptions }: Readonly<Record<ContractBasis, readonly Contract[]>>,
  through: number,
): ContractBasis {
  return lostBy(customers, through) < minLost && lostBy(subscriptions, through) >= minLost
    ? "subscriptions"
    : "customers";
}

function lostBy(contracts: readonly Contract[], through: number): number {
  return contracts.filter(({ to }) => to !== undefined && to <= through).length;
}

/**
 * Which model is taken, and why: that of contracts where it could be fitted, because how long customers stay is known where they leave explicitly.
 * @param fitted the result of `contractsOf` for the same contracts
 */
export function contractChoice(
  contracts: readonly Contract[],
  through: number,
  fitted: ContractModel | NotFitted,
  basis: ContractBasis = "customers",
): { readonly taken: "contracts" | "purchases"; readonly because: string } {
  const left = lostBy(contracts, through);
  const said =
    basis === "customers"
      ? `${left} customers have left explicitly`
      : `${left} times a customer has ended all of its subscriptions`;
  if (left < minLost) {
    return { taken: "purchases", because: `${said}: a model of contracts needs ${minLost}` };
  }
  if ("reason" in fitted) {
    return {
      taken: "purchases",
      because: `${said}, but a model of contracts cannot be fitted: ${fitted.reason}`,
    };
  }
  const because = `${said}: how long they stay is known, and need not be guessed from their purchases`;
  return { taken: "contracts", because };
}

/** Whole months between two days, by number. */
function wholeMonths(from: number, to: number): number {
  return Math.floor((to - from) / daysPerMonth);
}

/** Contracts by how many whole months they could be watched: one that ended in a month that is not over was there at its beginning. */
function cohortsBy(contracts: readonly Contract[], through: number): ContractCohort[] {
  const cohorts = new Map<number, number[]>();
  for (const { from, to } of contracts) {
    const watched = wholeMonths(from, through);
    if (watched < 1) continue;
    const survivors = cohorts.get(watched) ?? new Array<number>(watched + 1).fill(0);
    cohorts.set(watched, survivors);
    const stayed = to === undefined || to > through ? watched : Math.min(watched, wholeMonths(from, to));
    for (let age = 0; age <= stayed; age += 1) survivors[age] = (survivors[age] ?? 0) + 1;
  }
  return [...cohorts.values()].map((survivors) => ({ survivors }));
}

/** Those that go on at the end of a day. */
export function thereOn(contracts: readonly Contract[], day: number): Contract[] {
  return contracts.filter(({ from, to }) => from <= day && (to === undefined || to > day));
}

function totalOf(
  model: ShiftedBetaGeometric,
  contracts: readonly Contract[],
  through: number,
  revenueMinor: number,
  terms: WorthTerms,
): ContractTotal {
  const there = thereOn(contracts, through);
  const watched = contracts.filter(({ from }) => from <= through);
  const days = watched.reduce(
    (sum, { from, to }) => sum + Math.min(to ?? through + 1, through + 1) - from,
    0,
  );
  const known = there.flatMap((contract) => contract.monthlyMinor ?? []);
  const soFar = days === 0 ? 0 : revenueMinor / (days / daysPerMonth);
  const monthlyMinor =
    known.length === 0 ? soFar : known.reduce((sum, amount) => sum + amount, 0) / known.length;
  let [staying, months, valueMinor] = [0, 0, 0];
  for (const contract of there) {
    const expected = expectedOfContract(model, contract, { through, monthlyMinor, terms });
    staying += expected.staying;
    months += expected.months;
    valueMinor += expected.valueMinor;
  }
  return { customers: there.length, staying, months, monthlyMinor, valueMinor };
}

/** What is expected of a contract that goes on. */
export interface ExpectedOfContract {
  /** The probability that it lasts to the end of the horizon. */
  readonly staying: number;
  /** How many months are expected to be paid for within the horizon. */
  readonly months: number;
  /** After margin, refunds and discount. */
  readonly valueMinor: number;
}

/**
 * What is expected of a contract that goes on.
 * @param on the last day that is known, by number, and what the contract brings a month
 */
export function expectedOfContract(
  model: ShiftedBetaGeometric,
  { from, monthlyMinor: own }: Contract,
  {
    through,
    monthlyMinor,
    terms,
  }: { readonly through: number; readonly monthlyMinor: number; readonly terms: WorthTerms },
): ExpectedOfContract {
  // Who has stayed so long is like a new customer of a β that is larger by as many months.
  const aged = { alpha: model.alpha, beta: model.beta + wholeMonths(from, through) };
  const discount = (1 + terms.discountRate) ** (1 / 12) - 1;
  const discounted = discountedLifetime(aged, terms.months, discount);
  return {
    staying: survival(aged, terms.months),
    months: discountedLifetime(aged, terms.months, 0),
    valueMinor: discounted * (own ?? monthlyMinor) * terms.kept,
  };
}

function heldOutOf(contracts: readonly Contract[], through: number): ContractHoldout | NotFitted {
  const first = contracts.reduce((earliest, { from }) => Math.min(earliest, from), through);
  const months = wholeMonths(0, (through - first) * heldOut);
  if (months < 1) return { because: "shortHistory", reason: "the history is shorter than four months" };
  const knownThrough = through - Math.ceil(months * daysPerMonth);
  const known = contracts
    .filter(({ from }) => from <= knownThrough)
    .map(({ from, to }) => ({ from, to: to !== undefined && to <= knownThrough ? to : undefined }));
  const fit = fitShiftedBetaGeometric(cohortsBy(known, knownThrough));
  if ("reason" in fit) return fit;
  const there = thereOn(contracts, knownThrough);
  const { alpha, beta } = fit.parameters;
  const expectedStaying = there.reduce(
    (sum, { from }) => sum + survival({ alpha, beta: beta + wholeMonths(from, knownThrough) }, months),
    0,
  );
  const actualStaying = there.filter(({ to }) => to === undefined || to > through).length;
  return { knownThrough, through, customers: there.length, expectedStaying, actualStaying };
}
