import { describe, expect, it } from "vitest";
import { fitted, isFitted } from "../../../../../lib/domain/metrics/lifetime/fit.ts";
import {
  expectedAmount,
  fitGammaGamma,
  type GammaGamma,
  likelihoodOf,
} from "../../../../../lib/domain/metrics/lifetime/gamma-gamma.ts";
import { spendingOfCdnow } from "../../../../fixtures/cdnow/cdnow.ts";
import { Simulation } from "./simulation.ts";

describe("the Gamma-Gamma model", () => {
  it("has the parameters and the likelihood that the note gives for CDNOW", () => {
    const fit = fitGammaGamma(spendingOfCdnow);
    if (!isFitted(fit)) throw new Error(fit.reason);
    const { p, q, gamma } = fit.parameters;
    expect(p).toBeCloseTo(6.25, 2);
    expect(q).toBeCloseTo(3.74, 1);
    // The note has 15.44: where the likelihood is as flat as this, the amounts' rounding to cents shows.
    expect(Math.abs(gamma - 15.44)).toBeLessThan(0.01);
    expect(fit.logLikelihood).toBeCloseTo(-4055.923, 2);
    expect(fit.customers).toBe(946);
  });

  it("has the likelihood that a hand computes", () => {
    // p = 1, q = 2, γ = 3, one purchase of 1: Γ(3)/(Γ(1)Γ(2)) · 3² / 4³
    const cell = { repeats: 1, mean: 1, customers: 1 };
    expect(likelihoodOf([cell])([1, 2, 3])).toBeCloseTo(Math.log((2 * 9) / 64), 12);
  });

  it("weighs a customer's own mean by how often it bought", () => {
    const model: GammaGamma = { p: 6.25, q: 3.74, gamma: 15.44 };
    // pγ/(q − 1)
    expect(expectedAmount(model, { repeats: 0, mean: 0 })).toBeCloseTo(35.219, 3);
    // p(γ + xz)/(px + q − 1), between the mean of all and the own one
    expect(expectedAmount(model, { repeats: 2, mean: 22.35 })).toBeCloseTo((6.25 * 60.14) / 15.24, 10);
    expect(expectedAmount(model, { repeats: 1_000, mean: 22.35 })).toBeCloseTo(22.35, 1);
  });

  it.each([21, 22, 23])(
    "finds the parameters of simulated customers within two standard errors (seed %i)",
    (seed) => {
      const simulation = new Simulation(seed);
      const model: GammaGamma = { p: 5, q: 4, gamma: 20 };
      const cells = Array.from({ length: 3_000 }, (_, n) => simulation.spender(model, 1 + (n % 6)));
      const fit = fitGammaGamma(cells);
      if (!isFitted(fit)) throw new Error(fit.reason);
      for (const name of ["p", "q", "gamma"] as const) {
        const distance = Math.abs(fit.parameters[name] - model[name]) / fit.standardErrors[name];
        expect(distance, name).toBeLessThan(2);
      }
    },
  );

  it.each([1.0005, 1.001, 1.002, 1.02])(
    "has no mean of amounts that vary as much as a q of %d says: there is none",
    (q) => {
      const fit = fitGammaGamma(cellsWithFittedQ(q));
      expect(fit).toEqual({ because: "noMeanAmount", reason: expect.stringContaining("have no mean") });
    },
  );

  it("says why there is none for too few customers, and where all spend the same", () => {
    expect(fitGammaGamma([{ repeats: 0, mean: 0, customers: 500 }])).toEqual({
      ...{ because: "tooFewSpenders", count: 0 },
      reason: "0 customers have spent anything in repeated purchases: the model needs 100",
    });
    const same = [1, 2, 3].map((repeats) => ({ repeats, mean: 20, customers: 100 }));
    expect(fitGammaGamma(same)).toMatchObject({ reason: expect.stringContaining("determine") });
  });
});

/** Customers to whom the likeliest q is a given one, as near as a fit finds it: the same ones, whose amounts are drawn apart until it is. */
function cellsWithFittedQ(wanted: number) {
  const simulation = new Simulation(24);
  const model: GammaGamma = { p: 5, q: 1.5, gamma: 20 };
  const cells = Array.from({ length: 300 }, (_, n) => simulation.spender(model, 1 + (n % 6)));
  const apart = (power: number) => cells.map((cell) => ({ ...cell, mean: cell.mean ** power }));
  const qOf = (power: number) => {
    const logLikelihood = likelihoodOf(apart(power));
    const starts = [{ p: 2, q: 1.5, gamma: 20 }];
    const fit = fitted({
      names: ["p", "q", "gamma"],
      starts,
      customers: 300,
      logLikelihood,
      undetermined: { because: "spendingUnknown", reason: "" },
    });
    if (!isFitted(fit)) throw new Error("the amounts determine the parameters");
    return fit.parameters.q;
  };
  let [low, high] = [0.7, 2];
  expect(qOf(low)).toBeGreaterThan(1.1);
  expect(qOf(high)).toBeLessThan(1);
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    if (qOf(middle) > wanted) low = middle;
    else high = middle;
  }
  expect(qOf(low)).toBeCloseTo(wanted, 4);
  return apart(low);
}
