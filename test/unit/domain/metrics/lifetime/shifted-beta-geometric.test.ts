import { describe, expect, it } from "vitest";
import { isFitted } from "../../../../../lib/domain/metrics/lifetime/fit.ts";
import {
  discountedLifetime,
  expectedLifetime,
  fitShiftedBetaGeometric,
  retention,
  survival,
} from "../../../../../lib/domain/metrics/lifetime/shifted-beta-geometric.ts";
import { Simulation } from "./simulation.ts";

/** Of 1,000 customers, those there after 0 to 7 years: Fader & Hardie 2007, table 1. */
const highEnd = [1_000, 869, 743, 653, 593, 551, 517, 491];
const regular = [1_000, 631, 468, 382, 326, 289, 262, 241];

describe("the shifted-beta-geometric model", () => {
  it.each([
    ["regular", regular, 0.704, 1.182],
    ["high-end", highEnd, 0.668, 3.806],
  ])("has the parameters that the paper gives for its %s customers", (_, survivors, alpha, beta) => {
    const fit = fitShiftedBetaGeometric([{ survivors }]);
    if (!isFitted(fit)) throw new Error(fit.reason);
    expect(fit.parameters.alpha).toBeCloseTo(alpha, 3);
    expect(fit.parameters.beta).toBeCloseTo(beta, 3);
    expect(fit.customers).toBe(1_000);
    // It projects the seven years that it was fitted to within two points.
    for (const [year, customers] of survivors.entries()) {
      expect(Math.abs(survival(fit.parameters, year) - customers / 1_000), `year ${year}`).toBeLessThan(
        0.021,
      );
    }
  });

  it("projects year 12 of the paper's customers, of whom 38 and 18 per cent were left", () => {
    expect(survival({ alpha: 0.668, beta: 3.806 }, 12)).toBeCloseTo(0.38, 1);
    expect(survival({ alpha: 0.704, beta: 1.182 }, 12)).toBeCloseTo(0.18, 1);
  });

  it("says that retention rises with age, as a hand computes", () => {
    const model = { alpha: 1, beta: 3 };
    expect([1, 2, 3].map((period) => retention(model, period))).toEqual([3 / 4, 4 / 5, 5 / 6]);
    expect(survival(model, 3)).toBeCloseTo((3 / 4) * (4 / 5) * (5 / 6), 12);
  });

  it("sums survival to lifetimes, with and without discount", () => {
    const model = { alpha: 3, beta: 4 };
    // (α + β − 1)/(α − 1)
    expect(expectedLifetime(model)).toBe(3);
    expect(discountedLifetime(model, 100_000, 0)).toBeCloseTo(3, 6);
    expect(discountedLifetime(model, 2, 0.1)).toBeCloseTo(1 + 4 / 7 / 1.1, 12);
    expect(expectedLifetime({ alpha: 0.7, beta: 1.2 })).toBeNull();
  });

  it("finds the parameters of simulated cohorts of different ages within two standard errors", () => {
    const simulation = new Simulation(31);
    const model = { alpha: 1.2, beta: 4 };
    const cohorts = [3, 6, 9, 12].map((ages) => {
      const survivors = new Array<number>(ages + 1).fill(0);
      for (let n = 0; n < 1_500; n += 1) {
        const leaving = simulation.beta(model.alpha, model.beta);
        let age = 0;
        while (age < ages && simulation.random() >= leaving) age += 1;
        for (let known = 0; known <= age; known += 1) survivors[known] = (survivors[known] ?? 0) + 1;
      }
      return { survivors };
    });
    const fit = fitShiftedBetaGeometric(cohorts);
    if (!isFitted(fit)) throw new Error(fit.reason);
    for (const name of ["alpha", "beta"] as const) {
      const distance = Math.abs(fit.parameters[name] - model[name]) / fit.standardErrors[name];
      expect(distance, name).toBeLessThan(2);
    }
  });

  it("says why there is none where too few have left, and where all leave alike", () => {
    expect(fitShiftedBetaGeometric([{ survivors: [100, 80] }])).toEqual({
      ...{ because: "tooFewLost", count: 20 },
      reason: "20 customers have left: the model needs 30",
    });
    const alike = [8_192, 4_096, 2_048, 1_024, 512];
    expect(fitShiftedBetaGeometric([{ survivors: alike }])).toMatchObject({
      reason: expect.stringContaining("determine"),
    });
  });
});
