import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poissonLimit } from "../../../../../lib/domain/metrics/statistics/poisson.ts";

describe("the lower limit of a Poisson mean", () => {
  // Garwood 1936: half of what χ² with 2k degrees of freedom is below with 2.5 %, by published tables.
  it.each([
    [1, 0.0253178079843],
    [2, 0.2422092785439],
    [3, 0.6186721229],
    [4, 1.0898653736],
    [5, 1.6234863901],
    [10, 4.7953886962],
  ])("of %d events is the published one", (events, limit) => {
    expect(poissonLimit(events, 0.025)).toBeCloseTo(limit, 9);
  });

  it("is the mean of which so many are seen with that probability", () => {
    const counts = fc.integer({ min: 1, max: 40 });
    const probabilities = fc.double({ min: 1e-6, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(counts, probabilities, (events, outside) => {
        const mean = poissonLimit(events, outside);
        let [term, below] = [Math.exp(-mean), 0];
        for (let seen = 0; seen < events; seen += 1) {
          below += term;
          term *= mean / (seen + 1);
        }
        expect(1 - below).toBeCloseTo(outside, 9);
      }),
    );
  });

  it("of fractions of events lies between those of the whole ones, and rises", () => {
    const limits = [1, 1.25, 1.5, 1.75, 2, 2.5, 3].map((events) => poissonLimit(events, 0.025));
    expect(limits).toEqual(limits.toSorted((one, other) => one - other));
    expect(new Set(limits).size).toBe(limits.length);
    // The incomplete gamma function of 1/2 is the error function: erf(√m) = 0.025.
    expect(poissonLimit(0.5, 0.025)).toBeCloseTo(0.022159 ** 2, 6);
  });
});
