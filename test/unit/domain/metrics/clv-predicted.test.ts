import { describe, expect, it } from "vitest";
import { clvPredicted } from "../../../../lib/domain/metrics/clv-predicted.ts";
import type { Prediction } from "../../../../lib/domain/metrics/lifetime/prediction.ts";
import { type Counts, periodOf } from "../../../../lib/domain/metrics/period.ts";
import { countsOfExpectation, countsOfModels } from "../../../../lib/domain/metrics/predicted-counters.ts";
import { heldStates } from "../../../../lib/store/counters/held-states.ts";
import { defaultSettings } from "../../../fixtures/domain.ts";

/** By hand: 4 customers, of whom 3 are there still, bring $200.00 in 5.5 purchases, give or take 30 and 40 dollars in two directions: $50. */
const expected = {
  customers: 4,
  ...{ alive: 3e6, orders: 5.5e6, value: 200_00 * 1_000, deviations: [30_00 * 1_000, -40_00 * 1_000] },
};

const nothing = { because: "shortHistory", reason: "too short" } as const;

const numbers = { standardErrors: { r: 0, alpha: 0, a: 0, b: 0 }, covariance: [], customers: 4 };

const prediction: Prediction = {
  ...{ through: "2026-03-01", fittedAt: "2026-03-02T00:00:00.000Z", currency: "USD" },
  ...{ months: 6, discountRate: 0.1, margin: 0.4, refunded: 0.02, customers: 4 },
  model: {
    buying: { ...numbers, parameters: { r: 0.24, alpha: 4.41, a: 0.79, b: 2.43 }, logLikelihood: -958.24 },
    spending: {
      ...{ ...numbers, standardErrors: { p: 0, q: 0, gamma: 0 } },
      ...{ parameters: { p: 6.25, q: 3.74, gamma: 1_544.5 }, logLikelihood: -405.5 },
    },
    total: { customers: 4, alive: 3, orders: 5.5, valueMinor: 20_000, relativeError: 0.25 },
  },
  holdout: {
    ...{ knownThrough: 1, through: 2, customers: 4, expectedOrders: 9, actualOrders: 10 },
    ...{ expectedSpendMinor: 120, actualSpendMinor: 100, meanAbsoluteError: 0.5 },
    ...{ correlation: 0.6, topTenthShare: null },
  },
  ...{ contracts: nothing, taken: "purchases", takenBecause: "nobody has left", rfm: null },
};

function measure(counts: Counts, day = "2026-03-02", from = day, currency = "USD") {
  const timeline = heldStates({ from, to: day }, new Map([["2026-03-02", counts]]));
  const period = periodOf(() => timeline, { from, to: day, calendar: null });
  return clvPredicted.compute(period, { ...defaultSettings, currency });
}

const counts = { ...countsOfExpectation("USD", expected), ...countsOfModels(prediction) };

describe("clv-predicted", () => {
  it("is the mean of what customers are expected to bring, with its interval on the scale of the logarithm", () => {
    const { value, low, high, n, method, sample } = measure(counts);
    const factor = Math.exp((1.959964 * 50) / 200);
    expect({ value, n, method }).toEqual({ value: "50", n: 4, method: "purchases" });
    expect(Number(low)).toBeCloseTo(50 / factor, 4);
    expect(Number(high)).toBeCloseTo(50 * factor, 4);
    expect(sample).toEqual({ kind: "estimate", estimate: 50, standardError: 12.5 });
  });

  it("has the horizon, the parameters and how wrong the models were beside it", () => {
    expect(measure(counts, "2026-03-05").components).toEqual({
      ...{ customers: 4, alive: 3, orders: 5.5, totalValue: "200" },
      ...{ horizonMonths: 6, daysSinceFit: 4, refundedShare: 0.02, discountRate: 0.1, margin: 0.4 },
      ...{ r: 0.24, alpha: 4.41, a: 0.79, b: 2.43, p: 6.25, q: 3.74, gamma: 1_544.5 },
      ...{ logLikelihood: -958.24, spendingLogLikelihood: -405.5 },
      ...{ holdoutOrdersErrorPercent: -10, holdoutSpendErrorPercent: 20 },
      ...{ holdoutMeanAbsoluteError: 0.5, holdoutCorrelation: 0.6 },
    });
  });

  it("of a longer period is what was known at its end, and of one before the fit nothing", () => {
    expect(measure(counts, "2026-03-20", "2026-02-01").value).toBe("50");
    expect(measure(counts, "2026-03-01")).toMatchObject({ value: null, n: 0, components: {} });
    expect(measure(counts, "2026-04-02").value).toBeNull();
  });

  it("of another currency is null, and says which there is", () => {
    expect(measure(counts, "2026-03-02", "2026-03-02", "EUR")).toMatchObject({
      value: null,
      remarks: [{ id: "remark.otherCurrencies", values: { currencies: "USD" } }],
    });
  });

  it.each([
    [{ because: "tooFewRepeats", count: 0 }, 0],
    [{ because: "tooFewRepeats", count: 99 }, 99],
    [{ because: "buyingUnknown" }, 0],
  ] as const)("is null, with the reason, where there is no model: %o", (refusal, count) => {
    const refused = countsOfModels({ ...prediction, model: { ...refusal, reason: "…" } });
    expect(measure(refused)).toMatchObject({
      ...{ value: null, low: null, high: null, n: 0 },
      remarks: [{ id: "remark.notPredicted", values: { why: refusal.because, count } }],
    });
  });

  it("says that contracts were taken where they were, and how wrong these were", () => {
    const contracts: Prediction["contracts"] = {
      basis: "customers",
      ...{ parameters: { alpha: 0.7, beta: 1.2 }, standardErrors: { alpha: 0, beta: 0 }, covariance: [] },
      ...{ logLikelihood: -1_680.5, customers: 4, lifetimeMonths: null, retention: [], survival: [] },
      total: { customers: 4, staying: 3, months: 40, monthlyMinor: 500, valueMinor: 20_000 },
      holdout: { knownThrough: 1, through: 2, customers: 8, expectedStaying: 6, actualStaying: 5 },
    };
    const said = countsOfModels({ ...prediction, contracts, taken: "contracts" });
    const { method, components } = measure({ ...countsOfExpectation("USD", expected), ...said });
    expect(method).toBe("contracts");
    expect(components).toMatchObject({ alpha: 0.7, beta: 1.2, holdoutStayingErrorPercent: 20 });
    expect(components).not.toHaveProperty("lifetimeMonths");
  });
});
