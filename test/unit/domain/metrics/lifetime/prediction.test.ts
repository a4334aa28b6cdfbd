import { describe, expect, it } from "vitest";
import { holdoutOf } from "../../../../../lib/domain/metrics/lifetime/holdout.ts";
import {
  modelOf,
  type PredictionTerms,
  predictionOf,
  predictionSchema,
  worthTermsOf,
} from "../../../../../lib/domain/metrics/lifetime/prediction.ts";
import {
  buyerCells,
  buyerOf,
  buyingCells,
  type PurchaseDay,
} from "../../../../../lib/domain/metrics/lifetime/purchases.ts";
import { expectedWorth, fitWorth, totalWorth } from "../../../../../lib/domain/metrics/lifetime/worth.ts";
import { Simulation } from "./simulation.ts";

const terms: PredictionTerms = {
  ...{ through: "2026-10-01", fittedAt: "2026-10-02T00:00:00.000Z", currency: "USD" },
  ...{ months: 12, discountRate: 0, margin: 1, refunded: 0 },
};

const model = {
  buying: { r: 0.24, alpha: 4.41, a: 0.79, b: 2.43 },
  spending: { p: 6.25, q: 3.74, gamma: 1_544 },
};

/** Customers who came over 50 weeks and bought as the models say, up to week 100. */
function simulated(seed: number, customers: number): PurchaseDay[][] {
  const simulation = new Simulation(seed);
  const buying = { r: 0.8, alpha: 6, a: 0.7, b: 2.5 };
  return Array.from({ length: customers }, (_, n) => {
    const came = (n % 350) + 1;
    const times = simulation.purchases(buying, (700 - came) / 7);
    const days = [came, ...times.map((time) => came + Math.ceil(time * 7))];
    const rate = simulation.gamma(4, 2_000);
    return [...new Set(days)]
      .filter((day) => day <= 700)
      .map((day) => ({ day, amountMinor: 1 + Math.round(simulation.gamma(5, rate)) }));
  });
}

describe("a buyer", () => {
  const purchases = [
    { day: 10, amountMinor: 900 },
    { day: 24, amountMinor: 100 },
    { day: 31, amountMinor: 300 },
  ];

  it("is the repeats, their recency, age and mean amount, in weeks", () => {
    expect(buyerOf(purchases, 52)).toEqual({ repeats: 2, recency: 3, age: 6, mean: 200 });
    expect(buyerOf(purchases, 24)).toEqual({ repeats: 1, recency: 2, age: 2, mean: 100 });
    expect(buyerOf(purchases, 23)).toMatchObject({ repeats: 0, recency: 0, mean: 0 });
    expect(buyerOf(purchases, 9)).toBeUndefined();
  });

  it("is counted together with those who bought alike, whatever they spent", () => {
    const other = { repeats: 2, recency: 3, age: 6, mean: 50 };
    const buyers = [buyerOf(purchases, 52) ?? other, other];
    expect(buyingCells(buyers)).toEqual([{ repeats: 2, recency: 3, age: 6, customers: 2 }]);
    expect(buyerCells(buyers)).toHaveLength(2);
  });
});

describe("what a customer is expected to bring", () => {
  const buyer = { repeats: 2, recency: 30.43, age: 38.86, mean: 2_235 };

  it("is orders × amount × what is kept", () => {
    const whole = expectedWorth(model, buyer, { months: 12, discountRate: 0, kept: 1 });
    const part = expectedWorth(model, buyer, worthTermsOf({ ...terms, margin: 0.4, refunded: 0.1 }));
    expect(part.valueMinor).toBeCloseTo(whole.valueMinor * 0.36, 8);
    // p(γ + xz)/(px + q − 1)
    const amount = (6.25 * (1_544 + 2 * 2_235)) / (6.25 * 2 + 2.74);
    expect(whole.valueMinor).toBeCloseTo(whole.orders * amount, 8);
  });

  it("is less with a discount, by between none and all of the horizon's, and with fewer months", () => {
    const of = (months: number, discountRate: number) =>
      expectedWorth(model, buyer, { months, discountRate, kept: 1 });
    const [plain, discounted] = [of(12, 0), of(12, 0.1)];
    expect(discounted.orders).toBeCloseTo(plain.orders, 10);
    expect(discounted.valueMinor).toBeLessThan(plain.valueMinor);
    expect(discounted.valueMinor).toBeGreaterThan(plain.valueMinor / 1.1);
    expect(of(3, 0).valueMinor).toBeLessThan(of(6, 0).valueMinor);
  });

  it("adds up over customers, so that segments add up to the whole", () => {
    const cells = [
      { ...buyer, customers: 3 },
      { repeats: 0, recency: 0, age: 20, mean: 0, customers: 5 },
    ];
    const by = { months: 12, discountRate: 0.05, kept: 0.5 };
    const parts = cells.map((cell) => totalWorth(model, [cell], by));
    const whole = totalWorth(model, cells, by);
    expect(whole.customers).toBe(8);
    expect(whole.valueMinor).toBeCloseTo(
      parts.reduce((sum, { valueMinor }) => sum + valueMinor, 0),
      6,
    );
    expect(whole.alive).toBeGreaterThan(5);
  });
});

describe("a prediction", () => {
  it("comes near to what simulated customers did in the quarter that was held out", () => {
    const holdout = holdoutOf(simulated(41, 3_000), 700);
    if ("reason" in holdout) throw new Error(holdout.reason);
    expect(holdout).toMatchObject({ knownThrough: 525, through: 700, customers: 3_000 });
    expect(Math.abs(holdout.expectedOrders / holdout.actualOrders - 1)).toBeLessThan(0.15);
    expect(Math.abs(holdout.expectedSpendMinor / holdout.actualSpendMinor - 1)).toBeLessThan(0.25);
    expect(holdout.correlation).toBeGreaterThan(0.5);
    expect(holdout.topTenthShare).toBeGreaterThan(0.3);
    expect(holdout.topTenthShare).toBeLessThan(1);
  });

  it("has both models, what follows from them, and how certain that is", () => {
    const prediction = predictionOf(simulated(42, 2_000), 700, terms);
    if ("reason" in prediction.model) throw new Error(prediction.model.reason);
    const { buying, spending, total } = prediction.model;
    expect(buying.customers).toBe(2_000);
    expect(spending.customers).toBeLessThan(2_000);
    expect(total.customers).toBe(2_000);
    expect(total.alive).toBeLessThan(2_000);
    expect(total.relativeError).toBeGreaterThan(0.005);
    expect(total.relativeError).toBeLessThan(0.2);
  });

  it("is less certain of fewer customers", () => {
    const errors = [500, 4_000].map((customers) => {
      const { model: fit } = predictionOf(simulated(43, customers), 700, terms);
      return "reason" in fit ? Number.NaN : fit.total.relativeError;
    });
    expect((errors[0] ?? 0) / (errors[1] ?? 1)).toBeGreaterThan(1.5);
  });

  const nothing = { because: "shortHistory", reason: "none" } as const;
  const none = { contracts: nothing, taken: "purchases", takenBecause: "none" } as const;

  it.each([1.0001, 1.0005, 1.001, 1.002])(
    "has numbers that can be stored, or a reason, with a q of %d",
    (q) => {
      const histories = simulated(44, 400);
      const buyers = histories.flatMap((purchases) => buyerOf(purchases, 700) ?? []);
      const fit = fitWorth(buyers);
      if ("reason" in fit) throw new Error(fit.reason);
      const spending = { ...fit.spending, parameters: { ...fit.spending.parameters, q } };
      const made = modelOf({ ...fit, spending }, buyerCells(buyers), terms);
      const prediction = {
        ...terms,
        ...{ customers: buyers.length, rfm: null },
        model: made,
        holdout: nothing,
        ...none,
      };
      expect(predictionSchema.parse(JSON.parse(JSON.stringify(prediction)))).toEqual(prediction);
      if (q < 1.0015) expect(made).toMatchObject({ reason: expect.any(String) });
    },
  );

  it("says why there is none of too few customers, and why none was held out of a short history", () => {
    const prediction = predictionOf([[{ day: 690, amountMinor: 100 }]], 700, terms);
    expect(prediction).toMatchObject({
      customers: 1,
      model: { reason: "0 customers have bought more than once: the model needs 100" },
      holdout: { reason: "a quarter of the history has 2 days: 14 are needed" },
    });
    expect(predictionOf([], 700, terms)).toMatchObject({
      customers: 0,
      model: { reason: expect.any(String) },
    });
  });
});
