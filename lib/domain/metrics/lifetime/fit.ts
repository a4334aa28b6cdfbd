import { covarianceAt, type Matrix, minimise } from "./maximum.ts";

/** Fitting a model whose parameters are all greater than 0, by maximum likelihood. */

/** The parameters of a model by name. */
export type Parameters<Name extends string = string> = Readonly<Record<Name, number>>;

/** A model fitted to data. */
export interface Fitted<Name extends string> {
  readonly parameters: Parameters<Name>;
  readonly standardErrors: Parameters<Name>;
  /** Covariance of the logarithms of the parameters, in the order of their names. */
  readonly covariance: Matrix;
  readonly logLikelihood: number;
  /** How many customers it was fitted to. */
  readonly customers: number;
}

/** Why there can be no fitted model. */
export const refusals = [
  ...(["tooFewRepeats", "allNew", "buyingUnknown", "tooFewSpenders", "spendingUnknown"] as const),
  ...(["noMeanAmount", "tooFewLost", "leavingUnknown", "notFinite", "shortHistory"] as const),
] as const;

/** Why there is no fitted model: a word for it, and a sentence. */
export interface NotFitted {
  readonly because: (typeof refusals)[number];
  /** How many customers, or days, there are, where it is too few of them. */
  readonly count?: number | undefined;
  readonly reason: string;
}

/** A fitted model, or why there is none. */
export type Fit<Name extends string> = Fitted<Name> | NotFitted;

/** Whether a model was fitted. */
export function isFitted<Name extends string>(fit: Fit<Name>): fit is Fitted<Name> {
  return !("reason" in fit);
}

/** Parameters beyond these, in the data's own scale, say that the likelihood has no maximum. */
const [minParameter, maxParameter] = [1e-4, 1e4];

/** A parameter whose standard error is larger than itself is not known: the variance of its logarithm would be 1. */
const maxVariance = 1;

/** A likelihood to maximise. */
export interface Likelihood<Name extends string> {
  readonly names: readonly Name[];
  /** Where the search can begin: it does so in the likeliest of these places. */
  readonly starts: readonly Parameters<Name>[];
  /** How large a parameter is that is measured in the data's unit; 1 for the others. */
  readonly scales?: Partial<Parameters<Name>>;
  readonly customers: number;
  /** The log-likelihood of parameters in the order of their names. */
  logLikelihood(values: readonly number[]): number;
  /** What it means when the data do not determine a parameter. */
  readonly undetermined: NotFitted;
}

/** Maximises a likelihood over the logarithms of its parameters. */
export function fitted<Name extends string>(likelihood: Likelihood<Name>): Fit<Name> {
  const { names, starts, scales = {}, customers, undetermined } = likelihood;
  const scaleOf = (name: Name): number => (scales as Partial<Parameters>)[name] ?? 1;
  const bounds = names.map((name) => [
    Math.log(minParameter * scaleOf(name)),
    Math.log(maxParameter * scaleOf(name)),
  ]);
  const isInside = (at: readonly number[], margin: number) =>
    at.every((value, index) => {
      const [low = 0, high = 0] = bounds[index] ?? [];
      return value >= low + margin && value <= high - margin;
    });
  const negative = (at: readonly number[]): number => {
    if (!isInside(at, 0)) return Number.POSITIVE_INFINITY;
    const value = likelihood.logLikelihood(at.map(Math.exp));
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : -value;
  };
  const places = starts.map((start) => names.map((name) => Math.log(start[name])));
  const begin = places.reduce((best, one) => (negative(one) < negative(best) ? one : best));
  const found = minimise(negative, begin);
  if (!isInside(found.at, 0.1)) return undetermined;
  const covariance = covarianceAt(negative, found.at);
  if (!covariance || covariance.some((row, index) => (row[index] ?? 0) > maxVariance)) {
    return undetermined;
  }
  const byName = (value: (index: number) => number) =>
    Object.fromEntries(names.map((name, index) => [name, value(index)])) as Record<Name, number>;
  const parameter = (index: number) => Math.exp(found.at[index] ?? 0);
  return {
    parameters: byName(parameter),
    standardErrors: byName((index) => parameter(index) * Math.sqrt(covariance[index]?.[index] ?? 0)),
    covariance,
    ...{ logLikelihood: -found.value, customers },
  };
}
