import { describe, expect, it } from "vitest";
import {
  type BgNbd,
  type Buying,
  expectedPurchases,
  fitBgNbd,
  likelihoodOf,
  probabilityAlive,
} from "../../../../../lib/domain/metrics/lifetime/bg-nbd.ts";
import { isFitted } from "../../../../../lib/domain/metrics/lifetime/fit.ts";
import { logBeta } from "../../../../../lib/domain/metrics/lifetime/special-functions.ts";
import { buyingOfCdnow } from "../../../../fixtures/cdnow/cdnow.ts";
import { Simulation } from "./simulation.ts";

/** Fader, Hardie & Lee 2005, table 2. */
const published: BgNbd = { r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 };

/** What is expected of who is alive, by the integral over the chance of leaving after a purchase: λ is gamma distributed, so that its part is closed. */
function integrated({ r, alpha, a, b }: BgNbd, { repeats: x, age }: Buying, time: number): number {
  const u = time / (alpha + age);
  const ofChance = (p: number) => -Math.expm1(-(r + x) * Math.log1p(p * u)) / p;
  const density = (p: number, rest: number) =>
    Math.exp((a - 1) * Math.log(p) + (b + x - 1) * Math.log(rest) - logBeta(a, b + x));
  // The density can have a pole at either end: p = s^k/2, and 1 − p = s^k/2, take them away.
  const steps = 20_000;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) {
    const s = (step + 0.5) / steps;
    for (const [isLow, power] of [
      [true, Math.max(1, 1 / a)],
      [false, Math.max(1, 1 / (b + x))],
    ] as const) {
      const near = s ** power / 2;
      const p = isLow ? near : 1 - near;
      sum += ofChance(p) * density(p, isLow ? 1 - near : near) * (power / 2) * s ** (power - 1);
    }
  }
  return sum / steps;
}

describe("the BG/NBD model", () => {
  it("has the parameters and the likelihood that the paper gives for CDNOW", () => {
    const fit = fitBgNbd(buyingOfCdnow);
    if (!isFitted(fit)) throw new Error(fit.reason);
    const { r, alpha, a, b } = fit.parameters;
    expect([r, alpha, a, b].map((value) => value.toFixed(4))).toEqual([
      "0.2426",
      "4.4136",
      "0.7929",
      "2.4259",
    ]);
    expect(fit.logLikelihood).toBeCloseTo(-9582.429, 3);
    expect(fit.customers).toBe(2_357);
  });

  it("expects 1.226 purchases in 39 weeks of the paper's customer with 2 repeats until week 30.43 of 38.86", () => {
    expect(expectedPurchases(published, { repeats: 2, recency: 30.43, age: 38.86 }, 39)).toBeCloseTo(
      1.226,
      3,
    );
  });

  it("does not mind whether customers who agree are counted together", () => {
    const apart = [3, 3, 3].map((repeats) => ({ repeats, recency: 20, age: 30, customers: 1 }));
    const together = [{ repeats: 3, recency: 20, age: 30, customers: 3 }];
    const values = [0.4, 3, 0.9, 2];
    expect(likelihoodOf(together)(values)).toBeCloseTo(likelihoodOf(apart)(values), 10);
  });

  it("has the likelihood that a hand computes for somebody who has not bought again", () => {
    // (α/(α + T))^r
    const cell = { repeats: 0, recency: 0, age: 6, customers: 1 };
    expect(likelihoodOf([cell])([0.5, 2, 1, 1])).toBeCloseTo(0.5 * Math.log(2 / 8), 12);
  });

  it.each([
    ["little time ago", { repeats: 2, recency: 30.43, age: 38.86 }, published, 39],
    ["never again", { repeats: 0, recency: 0, age: 38.86 }, published, 39],
    ["a new customer over a long time", { repeats: 0, recency: 0, age: 0 }, published, 104],
    ["often", { repeats: 60, recency: 38, age: 38.86 }, published, 52],
    ["with a of 1", { repeats: 3, recency: 10, age: 20 }, { r: 0.5, alpha: 3, a: 1, b: 2 }, 26],
    ["with a + b of 1", { repeats: 0, recency: 0, age: 20 }, { r: 0.5, alpha: 3, a: 0.4, b: 0.6 }, 26],
    ["with a + b below 1", { repeats: 0, recency: 0, age: 20 }, { r: 0.5, alpha: 3, a: 0.3, b: 0.4 }, 26],
    ["with large a and b", { repeats: 4, recency: 15, age: 20 }, { r: 2, alpha: 8, a: 40, b: 200 }, 52],
  ])("expects what the integral over the chance of leaving says: %s", (_, buying, model, time) => {
    const expected = probabilityAlive(model, buying) * integrated(model, buying, time);
    expect(expectedPurchases(model, buying, time) / expected).toBeCloseTo(1, 5);
  });

  it("expects of new customers what happens to simulated ones", () => {
    const simulation = new Simulation(7);
    const [customers, time] = [40_000, 52];
    let sum = 0;
    for (let n = 0; n < customers; n += 1) sum += simulation.purchases(published, time).length;
    const expected = expectedPurchases(published, { repeats: 0, recency: 0, age: 0 }, time);
    expect(Math.abs(sum / customers / expected - 1)).toBeLessThan(0.05);
  });

  it("is certain that who has not bought again is there, and less so the longer a frequent buyer stays away", () => {
    expect(probabilityAlive(published, { repeats: 0, recency: 0, age: 30 })).toBe(1);
    const away = [30, 34, 60].map((age) => probabilityAlive(published, { repeats: 8, recency: 28, age }));
    expect(away).toEqual([...away].sort((a, b) => b - a));
    expect(away.at(-1)).toBeLessThan(0.5);
  });

  it.each([11, 12, 13])(
    "finds the parameters of simulated customers within two standard errors (seed %i)",
    (seed) => {
      const simulation = new Simulation(seed);
      const model: BgNbd = { r: 0.6, alpha: 5, a: 0.9, b: 2.5 };
      const cells = Array.from({ length: 4_000 }, (_, n) => simulation.buyer(model, 20 + (n % 40)));
      const fit = fitBgNbd(cells);
      if (!isFitted(fit)) throw new Error(fit.reason);
      for (const name of ["r", "alpha", "a", "b"] as const) {
        const distance = Math.abs(fit.parameters[name] - model[name]) / fit.standardErrors[name];
        expect(distance, name).toBeLessThan(2);
      }
    },
  );

  it("says why there is none for too few customers, and where nobody leaves", () => {
    expect(fitBgNbd([{ repeats: 3, recency: 4, age: 9, customers: 99 }])).toEqual({
      ...{ because: "tooFewRepeats", count: 99 },
      reason: "99 customers have bought more than once: the model needs 100",
    });
    // Everybody bought until the last moment: no chance of leaving is small enough.
    const loyal = Array.from({ length: 30 }, (_, n) => ({
      ...{ repeats: 5 + (n % 9), recency: 40, age: 40, customers: 20 },
    }));
    expect(fitBgNbd(loyal)).toMatchObject({ reason: expect.stringContaining("determine") });
    expect(fitBgNbd([{ repeats: 1, recency: 0, age: 0, customers: 200 }])).toEqual({
      because: "allNew",
      reason: "all customers are new",
    });
  });
});
