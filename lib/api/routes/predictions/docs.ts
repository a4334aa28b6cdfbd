import { clvPredicted } from "../../../domain/metrics/clv-predicted.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import {
  predictionAnswerSchema,
  predictionListSchema,
  predictionRequestSchema,
  predictionRunningSchema,
  predictionsQuerySchema,
} from "./answers.ts";

/** OpenAPI operations of predictions. */

const prediction = {
  ...{ through: "2026-10-31", fittedAt: "2026-11-01T09:00:00.000Z", currency: "GBP" },
  ...{ months: 12, discountRate: 0.1, margin: 0.4, refundedShare: 0.02, customers: 2_357 },
  buying: {
    model: "bg-nbd",
    parameters: { r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 },
    standardErrors: { r: 0.0126, alpha: 0.3782, a: 0.1857, b: 0.7054 },
    ...{ logLikelihood: -9582.4292, customers: 2_357 },
  },
  spending: {
    model: "gamma-gamma",
    parameters: { p: 6.2488, q: 3.7446, gamma: 1544.7726 },
    standardErrors: { p: 1.1897, q: 0.2902, gamma: 416.011 },
    ...{ logLikelihood: -8412.3691, customers: 946 },
  },
  expected: {
    ...{ customers: 2_357, alive: 1_711.4, orders: 2_210.6, value: "28433.19" },
    ...{ valuePerCustomer: "12.06329656", low: "11.02", high: "13.21" },
  },
  reason: null,
  holdout: {
    ...{ from: "2026-08-01", to: "2026-10-31", customers: 2_357 },
    ...{ expectedOrders: 503.2, actualOrders: 548, ordersErrorPercent: -8.18 },
    ...{ expectedSpend: "18421.77", actualSpend: "20120.10", spendErrorPercent: -8.44 },
    ...{ meanAbsoluteError: 0.33, correlation: 0.63, topTenthShare: 0.5 },
    ...{ spendMeanAbsoluteError: "11.87", spendCorrelation: 0.56 },
  },
  holdoutReason: null,
  ...{ taken: "purchases", contracts: null },
  takenBecause: "4 customers have left explicitly: a model of contracts needs 30",
  contractsReason: "4 customers have left: the model needs 30",
};

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** By the parameters of the example: of Fader & Hardie's regular customers. */
const retentions = months.map((month) =>
  Number(((1.182 + month - 1) / (0.704 + 1.182 + month - 1)).toFixed(4)),
);

const byContracts = {
  ...prediction,
  taken: "contracts",
  takenBecause:
    "759 customers have left explicitly: how long they stay is known, and need not be guessed from their purchases",
  contracts: {
    ...{ model: "shifted-beta-geometric", basis: "customers" },
    ...{ parameters: { alpha: 0.704, beta: 1.182 }, standardErrors: { alpha: 0.061, beta: 0.134 } },
    ...{ logLikelihood: -1680.27, customers: 1_000, lifetimeMonths: null, retention: retentions },
    survival: months.map((month) =>
      Number(
        retentions
          .slice(0, month)
          .reduce((share, kept) => share * kept, 1)
          .toFixed(4),
      ),
    ),
    expected: {
      ...{ customers: 241, staying: 152.4, months: 2_266.1 },
      ...{ monthlyRevenue: "24.51", value: "21390.22" },
    },
    holdout: {
      ...{ from: "2026-09-01", to: "2026-10-31", customers: 262 },
      ...{ expectedStaying: 238.6, actualStaying: 241, errorPercent: -1 },
    },
    holdoutReason: null,
  },
  contractsReason: null,
};

const refused = {
  ...{ through: "2026-10-31", fittedAt: "2026-11-01T09:00:00.000Z", currency: "GBP" },
  ...{ months: 12, discountRate: 0.1, margin: 0.4, refundedShare: 0, customers: 61 },
  ...{ buying: null, spending: null, expected: null },
  reason: "12 customers have bought more than once: the model needs 100",
  holdout: null,
  holdoutReason: "9 customers have bought more than once: the model needs 100",
  ...{ taken: "purchases", contracts: null },
  takenBecause: "0 customers have left explicitly: a model of contracts needs 30",
  contractsReason: "0 customers have left: the model needs 30",
};

/** By route key. */
export const predictionOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/predictions": {
    operationId: "predict",
    tag: "Predictions",
    summary: "Predict what customers will bring",
    description: `The metric \`clv-predicted\`: ${clvPredicted.formula}. It counts from the day after \`through\`, for the whole and for each value of the tracked dimensions. ${"Fits BG/NBD and Gamma-Gamma models to the purchases of all customers in the workspace's currency, up to a day, and answers them with what follows: how many customers are there still, their orders and their value within the horizon. Purchases of one day count as one. The holdout predicts the last quarter of the history from the rest, and compares. Where customers are too few, or their purchases do not determine the models, there is a reason instead. Horizon, discount and margin are settings (`predictionMonths`, `discountRate`, `margin`). Where customers leave explicitly (`customer.left`), or end their subscriptions, a shifted-beta-geometric model says how long they stay (`contracts`), and `taken` which of both is to be relied on, and why. The same is done each week. With more than 50,000 customers a job does it: then the answer is 202."}`,
    body: {
      schema: predictionRequestSchema,
      examples: {
        month: { summary: "With all that was known in October", value: { through: "2026-10-31" } },
      },
    },
    answers: {
      201: {
        description: "The prediction, in the place of an earlier one through the same day",
        schema: predictionAnswerSchema,
        examples: {
          fitted: { summary: "Both models", value: prediction },
          contracts: { summary: "Customers who leave explicitly", value: byContracts },
          refused: { summary: "Too few customers", value: refused },
        },
      },
      202: {
        description: "A job makes it: `GET /v1/predictions` will list it",
        schema: predictionRunningSchema,
        examples: {
          running: { summary: "Many customers", value: { through: "2026-10-31", state: "running" } },
        },
      },
    },
    problems: [...keyProblems, 400, 409, 413, 415, 422],
    meanings: { 409: "days that are over are not in the archive yet, and have too many facts for a request" },
  },
  "GET /v1/predictions": {
    operationId: "listPredictions",
    tag: "Predictions",
    summary: "What was predicted, and how wrong it was",
    description:
      "The latest first. The latest one gives each customer's `prediction` in `GET /v1/customers`. A prediction is kept for two years.",
    query: predictionsQuerySchema,
    answers: {
      200: {
        description: "The predictions",
        schema: predictionListSchema,
        examples: { some: { summary: "One", value: { items: [prediction], nextCursor: null } } },
      },
    },
    problems: [...keyProblems, 400],
  },
};
