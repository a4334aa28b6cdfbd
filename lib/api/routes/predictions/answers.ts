import * as z from "zod";
import { pageParameters } from "../../pipeline/pagination.ts";
import { dayParameter } from "../../pipeline/parameters.ts";

/** Predictions as they are asked for and answered. */

/** The body of `POST /v1/predictions`. */
export const predictionRequestSchema = z
  .strictObject({
    through: dayParameter
      .optional()
      .meta({ description: "The last day of purchases that it knows; yesterday when absent" }),
  })
  .meta({ id: "PredictionRequest" });

/** The query parameters of `GET /v1/predictions`. */
export const predictionsQuerySchema = z.strictObject(pageParameters);

const likelihood = {
  logLikelihood: z.number(),
  customers: z.int().meta({ description: "To how many it was fitted" }),
};

const bgNbd = z.object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() });
const gammaGamma = z.object({ p: z.number(), q: z.number(), gamma: z.number() });

const buyingSchema = z
  .object({ model: z.literal("bg-nbd"), parameters: bgNbd, standardErrors: bgNbd, ...likelihood })
  .meta({
    id: "BuyingModel",
    description:
      "How often customers buy, and how they leave: BG/NBD (Fader, Hardie & Lee 2005). Rates are gamma distributed over customers (`r`, `alpha`; in weeks), chances to leave after a purchase beta distributed (`a`, `b`)",
  });

const spendingSchema = z
  .object({
    model: z.literal("gamma-gamma"),
    parameters: gammaGamma,
    standardErrors: gammaGamma,
    ...likelihood,
  })
  .meta({
    id: "SpendingModel",
    description:
      "What customers spend a purchase: Gamma-Gamma (Fader & Hardie 2013); `gamma` is in minor units of the currency",
  });

const amount = z.string().meta({ description: "A decimal string in major units" });

const expectedSchema = z
  .object({
    customers: z.int(),
    alive: z.number().meta({ description: "How many of them are expected to be customers still" }),
    orders: z.number().meta({ description: "Days with a purchase within the horizon, of all together" }),
    value: amount.meta({ description: "Of all together: after margin, refunds and discount" }),
    valuePerCustomer: amount,
    low: amount.meta({ description: "The 95 % interval of the value per customer, from the parameters'" }),
    high: amount,
  })
  .meta({ id: "ExpectedWorth" });

const holdoutSchema = z
  .object({
    from: dayParameter.meta({ description: "The first day of what was predicted: the last quarter" }),
    to: dayParameter,
    customers: z.int().meta({ description: "Who had bought before" }),
    expectedOrders: z.number(),
    actualOrders: z.int(),
    ordersErrorPercent: z.number().nullable(),
    expectedSpend: amount,
    actualSpend: amount,
    spendErrorPercent: z.number().nullable(),
    meanAbsoluteError: z.number().meta({ description: "Of a customer's orders" }),
    correlation: z.number().nullable().meta({ description: "Of customers' expected and actual orders" }),
    spendMeanAbsoluteError: amount.nullable().meta({
      description: "Of what a customer spent; null where a prediction was made before it was known",
    }),
    spendCorrelation: z
      .number()
      .nullable()
      .meta({ description: "Of what customers were expected to spend, and spent" }),
    topTenthShare: z.number().nullable().meta({
      description: "Which share of the spend came from the tenth of customers of whom most was expected",
    }),
  })
  .meta({ id: "PredictionHoldout", description: "How wrong the models were about what is over" });

const sbg = z.object({ alpha: z.number(), beta: z.number() });

const contractsSchema = z
  .object({
    model: z.literal("shifted-beta-geometric"),
    basis: z.enum(["customers", "subscriptions"]).meta({
      description:
        "What it was fitted to: customers who joined and left explicitly, or, where fewer than 30 of them left, the times in which customers paid for subscriptions in the currency",
    }),
    parameters: sbg,
    standardErrors: sbg,
    logLikelihood: z.number(),
    customers: z
      .int()
      .meta({ description: "To how many times of being a customer, of a month and more, it was fitted" }),
    lifetimeMonths: z.number().nullable().meta({
      description:
        "For how many months a new customer stays on average; null where that has no bound (`alpha` of 1 or less)",
    }),
    retention: z.array(z.number()).meta({
      description:
        "Of those there at the beginning of the first, second … twelfth month, the share who stay beyond its end",
    }),
    survival: z
      .array(z.number())
      .meta({ description: "The share who are there still after one, two … twelve months" }),
    expected: z.object({
      customers: z.int().meta({ description: "Who are there now" }),
      staying: z
        .number()
        .meta({ description: "How many of them are expected to be there at the end of the horizon" }),
      months: z
        .number()
        .meta({ description: "For how many months they are expected to stay in it, of all together" }),
      monthlyRevenue: amount.meta({
        description: "What a customer brought a month so far; with subscriptions what it pays now",
      }),
      value: amount.meta({ description: "Of all together: after margin, refunds and discount" }),
    }),
    holdout: z
      .object({
        from: dayParameter.meta({
          description: "The first day of what was predicted: about the last quarter",
        }),
        to: dayParameter,
        customers: z.int().meta({ description: "Who were there before" }),
        expectedStaying: z.number(),
        actualStaying: z.int(),
        errorPercent: z.number().nullable(),
      })
      .nullable(),
    holdoutReason: z.string().nullable().meta({ description: "Why there is no holdout" }),
  })
  .meta({
    id: "ContractModel",
    description:
      "How long customers stay who leave explicitly: shifted-beta-geometric (Fader & Hardie 2007). Chances to leave in a month are beta distributed over customers (`alpha`, `beta`)",
  });

/** A prediction. */
export const predictionAnswerSchema = z
  .object({
    through: dayParameter.meta({ description: "The last day of purchases that it knows" }),
    fittedAt: z.iso.datetime(),
    currency: z.string(),
    months: z.number().meta({ description: "How far it looks ahead: `predictionMonths` of the workspace" }),
    discountRate: z.number(),
    margin: z.number(),
    refundedShare: z.number().meta({ description: "Of what was spent: it is taken off what is expected" }),
    customers: z.int().meta({ description: "Who had bought by then" }),
    buying: buyingSchema.nullable(),
    spending: spendingSchema.nullable(),
    expected: expectedSchema.nullable(),
    reason: z.string().nullable().meta({ description: "Why there is no model, where there is none" }),
    holdout: holdoutSchema.nullable(),
    holdoutReason: z.string().nullable().meta({ description: "Why there is no holdout" }),
    taken: z.enum(["purchases", "contracts"]).meta({
      description:
        "Which of both says best what customers will do: `contracts` where enough have left explicitly, so that how long they stay is known; else `purchases` (`buying`, `spending`, `expected`)",
    }),
    takenBecause: z.string(),
    contracts: contractsSchema.nullable(),
    contractsReason: z.string().nullable().meta({ description: "Why there is no model of contracts" }),
  })
  .meta({ id: "Prediction" });

/** A page of predictions. */
export const predictionListSchema = z
  .object({ items: z.array(predictionAnswerSchema), nextCursor: z.string().nullable() })
  .meta({ id: "PredictionList" });

/** A prediction that a job makes. */
export const predictionRunningSchema = z
  .object({ through: dayParameter, state: z.literal("running") })
  .meta({ id: "PredictionRunning" });
