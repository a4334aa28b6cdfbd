import { dayFromNumber } from "../../../domain/calendar/days.ts";
import { decimalsOf } from "../../../domain/facts/money.ts";
import type { Prediction, PredictionModel } from "../../../domain/metrics/lifetime/prediction.ts";
import { formatMajor, formatMinor, minorPerMajor } from "../../../domain/metrics/money.ts";
import { errorPercent } from "../../../domain/metrics/predicted-counters.ts";
import { normalQuantile } from "../../../domain/metrics/statistics/bounds.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { predictionAnswerSchema } from "./answers.ts";

/** Predictions as they are answered. */

type PredictionAnswer = AnswerOf<typeof predictionAnswerSchema>;

/** A prediction. */
export function presentPrediction(prediction: Prediction): PredictionAnswer {
  const { model, holdout, refunded, contracts, rfm: _rfm, ...rest } = prediction;
  const fitted = "reason" in model ? null : model;
  return {
    ...rest,
    refundedShare: refunded,
    buying: fitted && { model: "bg-nbd", ...withoutCovariance(fitted.buying) },
    spending: fitted && { model: "gamma-gamma", ...withoutCovariance(fitted.spending) },
    expected: fitted && presentExpected(fitted, prediction.currency),
    reason: "reason" in model ? model.reason : null,
    holdout: "reason" in holdout ? null : presentHoldout(holdout, prediction.currency),
    holdoutReason: "reason" in holdout ? holdout.reason : null,
    contracts: "reason" in contracts ? null : presentContracts(contracts, prediction.currency),
    contractsReason: "reason" in contracts ? contracts.reason : null,
  };
}

function presentContracts(
  { total, holdout, ...model }: Exclude<Prediction["contracts"], { reason: string }>,
  currency: string,
): PredictionAnswer["contracts"] {
  const { monthlyMinor, valueMinor, ...expected } = total;
  return {
    ...{ model: "shifted-beta-geometric", ...withoutCovariance(model) },
    expected: {
      ...expected,
      monthlyRevenue: formatMajor(monthlyMinor / minorPerMajor(decimalsOf(currency))),
      value: wholeMinor(valueMinor, currency),
    },
    holdout:
      "reason" in holdout
        ? null
        : {
            ...{ from: dayFromNumber(holdout.knownThrough + 1), to: dayFromNumber(holdout.through) },
            ...{ customers: holdout.customers, expectedStaying: holdout.expectedStaying },
            actualStaying: holdout.actualStaying,
            errorPercent: errorPercent(holdout.expectedStaying, holdout.actualStaying),
          },
    holdoutReason: "reason" in holdout ? holdout.reason : null,
  };
}

/** A fit as it is answered: of its covariance the standard errors are enough. */
function withoutCovariance<Fit extends { readonly covariance: unknown }>({
  covariance: _covariance,
  ...fit
}: Fit): Omit<Fit, "covariance"> {
  return fit;
}

function presentExpected({ total }: PredictionModel, currency: string): PredictionAnswer["expected"] {
  const { customers, alive, orders, valueMinor, relativeError } = total;
  const each = valueMinor / customers / minorPerMajor(decimalsOf(currency));
  // The logarithm of a value is nearer to normal than the value.
  const factor = Math.exp(normalQuantile * relativeError);
  return {
    ...{ customers, alive, orders, value: wholeMinor(valueMinor, currency) },
    valuePerCustomer: formatMajor(each),
    low: formatMajor(each / factor),
    high: formatMajor(each * factor),
  };
}

function presentHoldout(
  holdout: Exclude<Prediction["holdout"], { reason: string }>,
  currency: string,
): PredictionAnswer["holdout"] {
  const { knownThrough, through, customers, expectedOrders, actualOrders } = holdout;
  const { expectedSpendMinor, actualSpendMinor, meanAbsoluteError, correlation, topTenthShare } = holdout;
  const { spendMeanAbsoluteErrorMinor, spendCorrelation } = holdout;
  return {
    ...{ from: dayFromNumber(knownThrough + 1), to: dayFromNumber(through), customers },
    ...{ expectedOrders, actualOrders, ordersErrorPercent: errorPercent(expectedOrders, actualOrders) },
    expectedSpend: wholeMinor(expectedSpendMinor, currency),
    actualSpend: wholeMinor(actualSpendMinor, currency),
    spendErrorPercent: errorPercent(expectedSpendMinor, actualSpendMinor),
    ...{ meanAbsoluteError, correlation, topTenthShare },
    spendMeanAbsoluteError:
      spendMeanAbsoluteErrorMinor === undefined ? null : wholeMinor(spendMeanAbsoluteErrorMinor, currency),
    spendCorrelation: spendCorrelation ?? null,
  };
}

function wholeMinor(amountMinor: number, currency: string): string {
  return formatMinor(BigInt(Math.round(amountMinor)), decimalsOf(currency));
}
