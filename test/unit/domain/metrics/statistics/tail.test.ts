import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tailQuantile } from "../../../../../lib/domain/metrics/statistics/tail.ts";
import { seededRandom } from "./random.ts";

describe("the quantile of a tail", () => {
  it("is exact where the greatest distances lie as those of a Pareto distribution do on average", () => {
    // ln(x_i / x_k+1) = ½ on average: the tail index is ½.
    const outermost = [Math.exp(0.8), Math.exp(0.2), 1];
    // 2 of 100 are beyond 1, so that one of 10,000 is beyond (2 / (100 · 0.0001))^½.
    expect(tailQuantile(outermost, 100, 0.0001)).toBeCloseTo(Math.sqrt(200), 10);
  });

  it("of values whose tail is a third power is passed about as often as is said", () => {
    const random = seededRandom(7);
    const [samples, n, probability] = [2_000, 300, 0.001];
    let passed = 0;
    for (let sample = 0; sample < samples; sample += 1) {
      const values = Array.from({ length: n }, () => (1 - random()) ** (-1 / 3)).sort((a, b) => b - a);
      // The share that is beyond a distance is known.
      passed += tailQuantile(values.slice(0, 11), n, probability) ** -3;
    }
    const mean = passed / samples;
    // Ten values say roughly how heavy a tail is: on average it is passed somewhat more often.
    expect(mean).toBeGreaterThan(probability);
    expect(mean).toBeLessThan(4 * probability);
  });

  it("is proportional to the values, and no less than the distance that k of n pass", () => {
    const distances = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), {
      minLength: 2,
      maxLength: 11,
    });
    fc.assert(
      fc.property(distances, fc.double({ min: 0.01, max: 100, noNaN: true }), (found, factor) => {
        const outermost = found.toSorted((a, b) => b - a);
        const quantile = tailQuantile(outermost, 1_000, 0.0001);
        expect(quantile).toBeGreaterThanOrEqual((outermost.at(-1) ?? 0) * (1 - 1e-12));
        const scaled = tailQuantile(
          outermost.map((distance) => factor * distance),
          1_000,
          0.0001,
        );
        expect(scaled / (factor * quantile)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("says nothing of fewer than two values, or where most are alike", () => {
    expect(tailQuantile([], 10, 0.01)).toBe(0);
    expect(tailQuantile([3], 10, 0.01)).toBe(0);
    expect(tailQuantile([3, 0], 10, 0.01)).toBe(0);
  });
});
