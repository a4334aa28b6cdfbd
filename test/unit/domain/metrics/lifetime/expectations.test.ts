import { describe, expect, it } from "vitest";
import { contractsOf } from "../../../../../lib/domain/metrics/lifetime/contracts.ts";
import {
  choleskyRoot,
  type Expectation,
  expectationsOfBuyers,
  expectationsOfContracts,
  sumOf,
} from "../../../../../lib/domain/metrics/lifetime/expectations.ts";
import { perCustomer, perMinorUnit } from "../../../../../lib/domain/metrics/lifetime/expected-units.ts";
import { predictionOf } from "../../../../../lib/domain/metrics/lifetime/prediction.ts";
import { buyerOf, type PurchaseDay } from "../../../../../lib/domain/metrics/lifetime/purchases.ts";
import { Simulation } from "./simulation.ts";

const terms = { months: 12, discountRate: 0.1, margin: 0.5, refunded: 0.1 };

function histories(customers: number): PurchaseDay[][] {
  const simulation = new Simulation(5);
  return Array.from({ length: customers }, (_, n) => {
    const came = (n % 300) + 1;
    const times = simulation.purchases({ r: 0.8, alpha: 6, a: 0.7, b: 2.5 }, (700 - came) / 7);
    const rate = simulation.gamma(4, 2_000);
    return [...new Set([came, ...times.map((time) => came + Math.ceil(time * 7))])]
      .filter((day) => day <= 700)
      .map((day) => ({ day, amountMinor: 1 + Math.round(simulation.gamma(5, rate)) }));
  });
}

const together = (all: readonly Expectation[]) => {
  const sum = all.reduce<Expectation | undefined>(sumOf, undefined);
  if (!sum) throw new Error("nobody");
  return sum;
};

it("the root of a covariance is the lower triangle whose square it is", () => {
  // By hand: 2² = 4; 2·1 = 2; 1² + 3² = 10.
  expect(
    choleskyRoot([
      [4, 2],
      [2, 10],
    ]),
  ).toEqual([
    [2, 0],
    [1, 3],
  ]);
});

describe("what is expected of customers by their purchases", () => {
  const all = histories(1_500);
  const prediction = predictionOf(all, 700, {
    ...{ through: "2026-10-01", fittedAt: "2026-10-02T00:00:00.000Z", currency: "USD" },
    ...terms,
  });
  const { model } = prediction;
  if ("reason" in model) throw new Error(model.reason);
  const expectation = expectationsOfBuyers(model, terms);
  const each = all.flatMap((purchases) => {
    const buyer = buyerOf(purchases, 700);
    return buyer ? [expectation(buyer)] : [];
  });

  it("adds up to what the prediction says of all", () => {
    const sum = together(each);
    expect(sum.customers).toBe(model.total.customers);
    expect(sum.alive / perCustomer).toBeCloseTo(model.total.alive, 3);
    expect(sum.orders / perCustomer).toBeCloseTo(model.total.orders, 3);
    expect(sum.value / perMinorUnit).toBeCloseTo(model.total.valueMinor, 0);
  });

  it("is as uncertain as the prediction says of all, by the delta method", () => {
    const sum = together(each);
    // The prediction's own error is of undiscounted values.
    expect(Math.hypot(...sum.deviations) / sum.value / model.total.relativeError).toBeCloseTo(1, 1);
    expect(sum.deviations).toHaveLength(7);
  });

  it("is the same in whole numbers however customers are divided", () => {
    const parts = [0, 1, 2].map((part) => together(each.filter((_, index) => index % 3 === part)));
    expect(together(parts)).toEqual(together(each));
  });
});

describe("what is expected of contracts", () => {
  // Of 40 a month 10 leave in the first month, 5 in the second: as in a table of Fader & Hardie's kind.
  const contracts = [240, 200, 160, 120].flatMap((ago) =>
    Array.from({ length: 40 }, (_, n) => {
      const from = 1_000 - ago;
      return n < 10 ? { from, to: from + 15 } : n < 15 ? { from, to: from + 45 } : { from };
    }),
  );
  const kept = { months: 12, discountRate: 0.1, kept: 0.45 };
  const model = contractsOf(contracts, 1_000, 160_000, kept);
  if ("reason" in model) throw new Error(model.reason);

  it("adds up over those who are there to what the model says of all", () => {
    const expectation = expectationsOfContracts(model, terms, 1_000);
    const sum = together(contracts.filter(({ to }) => to === undefined).map(expectation));
    expect(sum.customers).toBe(model.total.customers);
    expect(sum.alive / perCustomer).toBeCloseTo(model.total.staying, 3);
    expect(sum.orders / perCustomer).toBeCloseTo(model.total.months, 3);
    expect(sum.value / perMinorUnit).toBeCloseTo(model.total.valueMinor, 0);
    expect(Math.hypot(...sum.deviations)).toBeGreaterThan(0);
  });
});
