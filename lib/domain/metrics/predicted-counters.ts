import { dayNumber } from "../calendar/days.ts";
import type { Expectation } from "./lifetime/expectations.ts";
import type { NotFitted } from "./lifetime/fit.ts";
import type { Prediction } from "./lifetime/prediction.ts";

/**
 * A prediction as counters. Amounts of customers add over segments; what belongs to the models (`model:`) and why there are none (`refused:`) is counted
 * for the whole alone.
 */

/** The counters of a prediction, each by currency. */
export const predictedCounters = [
  ...(["customers:", "alive:", "orders:", "value:", "deviation:"] as const),
  ...(["model:", "refused:"] as const),
] as const;

/** One of them. */
export type PredictedPrefix = (typeof predictedCounters)[number];

/** Of a figure of the models one is so many of its counter. */
export const perFigure = 1e9;

/** What is said of a segment's customers, or of all. */
export function countsOfExpectation(
  currency: string,
  { customers, alive, orders, value, deviations }: Expectation,
): Record<string, bigint> {
  const amounts = { customers, alive, orders, value };
  return Object.fromEntries([
    ...Object.entries(amounts).map(([name, amount]) => [`${name}:${currency}`, BigInt(amount)] as const),
    ...deviations.map((amount, index) => [`deviation:${currency} ${index + 1}`, BigInt(amount)] as const),
  ]);
}

/** What is said of the models, or why there are none. */
export function countsOfModels(prediction: Prediction): Record<string, bigint> {
  const { currency } = prediction;
  const said = figuresOf(prediction);
  // A count of 0 customers has to be told from no count.
  if ("because" in said) return { [`refused:${currency} ${said.because}`]: BigInt((said.count ?? 0) + 1) };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, figure]) =>
      figure === null || !Number.isFinite(figure)
        ? []
        : [[`model:${currency} ${name}`, BigInt(Math.round(figure * perFigure))] as const],
    ),
  );
}

type Figures = Readonly<Record<string, number | null>>;

function figuresOf(prediction: Prediction): Figures | NotFitted {
  const { model, contracts, taken, through, months, discountRate, margin, refunded } = prediction;
  const terms = { through: dayNumber(through), months, discountRate, margin, refunded };
  if (taken === "contracts") {
    if ("reason" in contracts) return contracts;
    const { parameters, logLikelihood, lifetimeMonths, holdout } = contracts;
    const stayed = "reason" in holdout ? null : errorPercent(holdout.expectedStaying, holdout.actualStaying);
    return { ...terms, ...parameters, logLikelihood, lifetimeMonths, holdoutStayingErrorPercent: stayed };
  }
  if ("reason" in model) return model;
  const { buying, spending } = model;
  const likelihoods = {
    logLikelihood: buying.logLikelihood,
    spendingLogLikelihood: spending.logLikelihood,
  };
  return { ...terms, ...buying.parameters, ...spending.parameters, ...likelihoods, ...holdoutOf(prediction) };
}

function holdoutOf({ holdout }: Prediction): Figures {
  if ("reason" in holdout) return {};
  return {
    holdoutOrdersErrorPercent: errorPercent(holdout.expectedOrders, holdout.actualOrders),
    holdoutSpendErrorPercent: errorPercent(holdout.expectedSpendMinor, holdout.actualSpendMinor),
    holdoutMeanAbsoluteError: holdout.meanAbsoluteError,
    holdoutCorrelation: holdout.correlation,
    holdoutTopTenthShare: holdout.topTenthShare,
  };
}

/** By how much more was expected than came, in per cent; `null` where nothing came. */
export function errorPercent(expected: number, actual: number): number | null {
  return actual === 0 ? null : 100 * (expected / actual - 1);
}
