import { type Contract, expectedOfContract } from "./contracts.ts";
import { perCustomer, perMinorUnit } from "./expected-units.ts";
import type { Matrix } from "./maximum.ts";
import type { Prediction, PredictionModel } from "./prediction.ts";
import { worthTermsOf } from "./prediction.ts";
import type { Buyer } from "./purchases.ts";
import { expectedWorth, parametersOf, type WorthParameters, type WorthTerms } from "./worth.ts";

/**
 * What is expected of single customers, in whole numbers that add as counters do: those of a segment's customers are the segment's, and the segments of a dimension
 * add up to the whole, without any rounding in between.
 */

/** What is expected of a customer, or of several together. */
export interface Expectation {
  readonly customers: number;
  /** How many are there still, or, under contract, at the end of the horizon: in millionths. */
  readonly alive: number;
  /** Days with a purchase, or, under contract, months that are paid for, within the horizon: in millionths. */
  readonly orders: number;
  /** After margin, refunds and discount: in thousandths of a minor unit. */
  readonly value: number;
  /**
   * By how much the value changes where the parameters are one standard deviation off, in directions that do not depend on each other; in the unit of the value. The
   * square root of the sum of their squares is the value's standard error, for one customer as for sums of many.
   */
  readonly deviations: readonly number[];
}

/** The relative change of a parameter by which derivatives are taken. */
const step = 1e-3;

/** What purchases say of customers. */
export function expectationsOfBuyers(
  { buying, spending }: PredictionModel,
  prediction: Parameters<typeof worthTermsOf>[0],
): (buyer: Buyer) => Expectation {
  const model = parametersOf({ buying, spending });
  const terms = worthTermsOf(prediction);
  const plain = { ...terms, discountRate: 0 };
  const roots = [choleskyRoot(buying.covariance), choleskyRoot(spending.covariance)] as const;
  const changed = {
    buying: derivatives(model.buying, (one) => ({ ...model, buying: one })),
    spending: derivatives(model.spending, (one) => ({ ...model, spending: one })),
  };
  return (buyer) => {
    const expected = expectedWorth(model, buyer, terms);
    const undiscounted = expectedWorth(model, buyer, plain).valueMinor;
    // The discount changes the value and its error alike.
    const factor = undiscounted > 0 ? expected.valueMinor / undiscounted : 0;
    const slope = ([more, less]: readonly [WorthParameters, WorthParameters]) =>
      (factor * (worthIn(more, buyer, plain) - worthIn(less, buyer, plain))) / (2 * step);
    return {
      customers: 1,
      ...{ alive: whole(expected.pAlive, perCustomer), orders: whole(expected.orders, perCustomer) },
      value: whole(expected.valueMinor, perMinorUnit),
      deviations: [
        ...projected(roots[0], changed.buying.map(slope)),
        ...projected(roots[1], changed.spending.map(slope)),
      ].map((deviation) => whole(deviation, perMinorUnit)),
    };
  };
}

function worthIn(model: WorthParameters, buyer: Buyer, terms: WorthTerms): number {
  return expectedWorth(model, buyer, terms).valueMinor;
}

/** For each parameter, the model with a larger and a smaller one. */
function derivatives<One extends Readonly<Record<string, number>>, Model>(
  parameters: One,
  withChanged: (changed: One) => Model,
): (readonly [more: Model, less: Model])[] {
  return Object.entries(parameters).map(([name, value]) => {
    const at = (factor: number) => withChanged({ ...parameters, [name]: value * Math.exp(factor) });
    return [at(step), at(-step)] as const;
  });
}

/** The contracts' model, as far as a customer's value depends on it. */
type ContractFit = Pick<
  Exclude<Prediction["contracts"], { readonly reason: string }>,
  "parameters" | "covariance" | "total"
>;

/** What contracts that go on say of customers. @param through the last day that is known, by number */
export function expectationsOfContracts(
  { parameters, covariance, total }: ContractFit,
  prediction: Parameters<typeof worthTermsOf>[0],
  through: number,
): (contract: Contract) => Expectation {
  const terms = worthTermsOf(prediction);
  const root = choleskyRoot(covariance);
  const changed = derivatives(parameters, (one) => one);
  return (contract) => {
    const of = (model: typeof parameters) =>
      expectedOfContract(model, contract, { through, monthlyMinor: total.monthlyMinor, terms });
    const expected = of(parameters);
    const slopes = changed.map(([more, less]) => (of(more).valueMinor - of(less).valueMinor) / (2 * step));
    return {
      customers: 1,
      ...{ alive: whole(expected.staying, perCustomer), orders: whole(expected.months, perCustomer) },
      value: whole(expected.valueMinor, perMinorUnit),
      deviations: projected(root, slopes).map((deviation) => whole(deviation, perMinorUnit)),
    };
  };
}

/** Several expectations together. */
export function sumOf(one: Expectation | undefined, other: Expectation): Expectation {
  if (!one) return other;
  return {
    customers: one.customers + other.customers,
    ...{ alive: one.alive + other.alive, orders: one.orders + other.orders, value: one.value + other.value },
    deviations: other.deviations.map((deviation, index) => deviation + (one.deviations[index] ?? 0)),
  };
}

function whole(amount: number, units: number): number {
  return Math.round(amount * units);
}

/** The lower triangular root L of a covariance: C = L·Lᵀ (Cholesky). */
export function choleskyRoot(covariance: Matrix): Matrix {
  const root = covariance.map((row) => row.map(() => 0));
  for (const [row, values] of covariance.entries()) {
    const own = root[row] ?? [];
    for (let column = 0; column <= row; column += 1) {
      const other = root[column] ?? [];
      let rest = values[column] ?? 0;
      for (let before = 0; before < column; before += 1) rest -= (own[before] ?? 0) * (other[before] ?? 0);
      const diagonal = other[column] ?? 0;
      if (row === column) own[column] = Math.sqrt(Math.max(0, rest));
      else own[column] = diagonal > 0 ? rest / diagonal : 0;
    }
  }
  return root;
}

/** Slopes by parameters as deviations in independent directions: Lᵀ·g, which is linear in g, so that it adds over customers. */
function projected(root: Matrix, slopes: readonly number[]): number[] {
  return root.map((_, column) =>
    slopes.reduce((sum, slope, row) => sum + slope * (root[row]?.[column] ?? 0), 0),
  );
}
