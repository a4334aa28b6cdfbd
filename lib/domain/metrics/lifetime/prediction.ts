import * as z from "zod";
import { type NotFitted, refusals } from "./fit.ts";
import { holdoutOf } from "./holdout.ts";
import { type BuyerCell, buyerCells, buyerOf, type PurchaseDay } from "./purchases.ts";
import { rfmCuts, rfmCutsSchema, rfmFigures } from "./rfm.ts";
import {
  fitWorth,
  parametersOf,
  relativeError,
  totalWorth,
  type WorthModel,
  type WorthTerms,
} from "./worth.ts";

/** A prediction of what customers will bring: the models, how wrong they are, and what follows from them. It is stored as it is. */

const fitOf = <const Name extends string>(...names: readonly Name[]) => {
  const numbers = z.object(
    Object.fromEntries(names.map((name) => [name, z.number()])) as Record<Name, z.ZodNumber>,
  );
  return z.object({
    parameters: numbers,
    standardErrors: numbers,
    /** Of the logarithms of the parameters, in the order of their names. */
    covariance: z.array(z.array(z.number()).readonly()).readonly(),
    logLikelihood: z.number(),
    customers: z.int(),
  });
};

const reason = z.object({ because: z.enum(refusals), count: z.int().optional(), reason: z.string() });

const holdoutSchema = z.object({
  /** By number. */
  ...{ knownThrough: z.int(), through: z.int() },
  ...{ customers: z.int(), expectedOrders: z.number(), actualOrders: z.int() },
  ...{ expectedSpendMinor: z.number(), actualSpendMinor: z.number(), meanAbsoluteError: z.number() },
  ...{ correlation: z.number().nullable(), topTenthShare: z.number().nullable() },
  /** Absent in what was stored before they were known. */
  ...{ spendMeanAbsoluteErrorMinor: z.number().optional(), spendCorrelation: z.number().nullish() },
});

const modelSchema = z.object({
  buying: fitOf("r", "alpha", "a", "b"),
  spending: fitOf("p", "q", "gamma"),
  /** What all customers together are expected to bring within the horizon. */
  total: z.object({
    ...{ customers: z.int(), alive: z.number(), orders: z.number(), valueMinor: z.number() },
    /** The standard error of the value as a part of it. */
    relativeError: z.number(),
  }),
});

const contractSchema = z.object({
  /** By what contracts are told. */
  basis: z.enum(["customers", "subscriptions"]),
  ...fitOf("alpha", "beta").shape,
  lifetimeMonths: z.number().nullable(),
  ...{ retention: z.array(z.number()).readonly(), survival: z.array(z.number()).readonly() },
  total: z.object({
    ...{ customers: z.int(), staying: z.number(), months: z.number() },
    ...{ monthlyMinor: z.number(), valueMinor: z.number() },
  }),
  holdout: z.union([
    z.object({
      /** By number. */
      ...{ knownThrough: z.int(), through: z.int() },
      ...{ customers: z.int(), expectedStaying: z.number(), actualStaying: z.int() },
    }),
    reason,
  ]),
});

/** A prediction as it is stored. */
export const predictionSchema = z.object({
  /** The last day that it knows. */
  through: z.string(),
  /** RFC 3339. */
  fittedAt: z.string(),
  /** Of the amounts. */
  currency: z.string(),
  ...{ months: z.number(), discountRate: z.number(), margin: z.number() },
  /** The share of what was spent that was refunded, over all customers. */
  refunded: z.number(),
  /** Customers who had bought by then. */
  customers: z.int(),
  /** The models, or why there are none. */
  model: z.union([modelSchema, reason]),
  /** How well they predict the last quarter of the history, or why that is not known. */
  holdout: z.union([holdoutSchema, reason]),
  /** How long customers stay who join and leave explicitly, or why that is not known. */
  contracts: z.union([contractSchema, reason]),
  /** The fifths of recency, frequency and money on its last day; `null` for too few customers. */
  rfm: rfmCutsSchema.nullable(),
  /** Which of both says what customers will do, and why. */
  ...{ taken: z.enum(["purchases", "contracts"]), takenBecause: z.string() },
});

export type Prediction = z.output<typeof predictionSchema>;

/** A prediction by purchases alone. */
export type PurchasePrediction = Omit<Prediction, "contracts" | "taken" | "takenBecause">;

/** Models that were fitted, with what follows from them. */
export type PredictionModel = z.output<typeof modelSchema>;

/** What a prediction is made with. */
export type PredictionTerms = Pick<
  Prediction,
  "through" | "fittedAt" | "currency" | "months" | "discountRate" | "margin" | "refunded"
>;

/** By what an expected purchase becomes a value. */
export function worthTermsOf({
  months,
  discountRate,
  margin,
  refunded,
}: Pick<Prediction, "months" | "discountRate" | "margin" | "refunded">): WorthTerms {
  return { months, discountRate, kept: margin * (1 - refunded) };
}

/**
 * Predicts from the purchases of all customers.
 * @param histories each in the order of its days
 * @param through the day of the terms, by number
 */
export function predictionOf(
  histories: readonly (readonly PurchaseDay[])[],
  through: number,
  terms: PredictionTerms,
): PurchasePrediction {
  const buyers = histories.flatMap((purchases) => buyerOf(purchases, through) ?? []);
  const fit = fitWorth(buyers);
  const holdout = holdoutOf(histories, through);
  return {
    ...terms,
    customers: buyers.length,
    rfm: rfmCuts(histories.flatMap((purchases) => rfmFigures(purchases, through) ?? [])) ?? null,
    model: "reason" in fit ? fit : modelOf(fit, buyerCells(buyers), terms),
    holdout: areFinite(holdout) ? holdout : noFiniteTotals,
  };
}

/** The models with what follows from them, or why they cannot be used: where a total is no finite number, which could not be stored. */
export function modelOf(
  fit: WorthModel,
  cells: readonly BuyerCell[],
  terms: PredictionTerms,
): PredictionModel | NotFitted {
  const { buying, spending } = fit;
  const parameters = parametersOf(fit);
  const total = {
    ...totalWorth(parameters, cells, worthTermsOf(terms)),
    relativeError: relativeError(fit, cells, terms.months),
  };
  return areFinite(total) ? { buying, spending, total } : noFiniteTotals;
}

const noFiniteTotals: NotFitted = {
  because: "notFinite",
  reason: "what the models expect of all customers together is no finite number",
};

/** Whether none of the numbers of an object is infinite or not a number. */
function areFinite(values: object): boolean {
  return Object.values(values).every((value) => typeof value !== "number" || Number.isFinite(value));
}
