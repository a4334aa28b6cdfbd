import { DDSketch } from "@datadog/sketches-js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantileOf, relativeAccuracy, sketchCell } from "../../../lib/metrics/statistics/sketch.ts";

function sketchOf(values: readonly number[]): Map<string, bigint> {
  const cells = new Map<string, bigint>();
  for (const value of values) cells.set(sketchCell(value), (cells.get(sketchCell(value)) ?? 0n) + 1n);
  return cells;
}

const durations = fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });
const quantiles = fc.constantFrom(0, 0.5, 0.75, 0.9, 1);

describe("a quantile of a sketch", () => {
  it("is within one per cent of the value of that rank", () => {
    fc.assert(
      fc.property(durations, quantiles, (values, quantile) => {
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.floor(quantile * (sorted.length - 1))] ?? Number.NaN;
        const estimate = quantileOf(sketchOf(values), quantile) ?? Number.NaN;
        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(relativeAccuracy * exact * (1 + 1e-9));
      }),
    );
  });

  it("is what an independent implementation of the paper gives, but for values on the border of two cells", () => {
    fc.assert(
      fc.property(durations, quantiles, (values, quantile) => {
        const reference = new DDSketch({ relativeAccuracy });
        for (const value of values) reference.accept(value);
        const expected = reference.getValueAtQuantile(quantile);
        const ratio = (quantileOf(sketchOf(values), quantile) ?? Number.NaN) / expected;
        expect(Math.abs(Math.log(ratio))).toBeLessThan(0.0201);
      }),
    );
  });

  it("is the same however the values are spread over sketches that are added", () => {
    fc.assert(
      fc.property(durations, durations, quantiles, (one, other, quantile) => {
        const merged = sketchOf(one);
        for (const [cell, count] of sketchOf(other)) merged.set(cell, (merged.get(cell) ?? 0n) + count);
        expect(quantileOf(merged, quantile)).toBe(quantileOf(sketchOf([...one, ...other]), quantile));
      }),
    );
  });

  it("of nothing is none, and of zeros is zero", () => {
    expect(quantileOf(new Map(), 0.5)).toBeNull();
    expect(quantileOf(new Map([[sketchCell(4), 0n]]), 0.5)).toBeNull();
    expect(quantileOf(sketchOf([0, 0, 0, 5]), 0.5)).toBe(0);
  });

  it("takes no negative values and no NaN", () => {
    expect(() => sketchCell(-1)).toThrow(RangeError);
    expect(() => sketchCell(Number.NaN)).toThrow(RangeError);
  });
});
