import { DDSketch } from "@datadog/sketches-js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  quantileOf,
  relativeAccuracy,
  sizeOf,
  sketchCell,
  valuesOf,
} from "../../../../../lib/domain/metrics/statistics/sketch.ts";

function sketchOf(values: readonly number[]): Map<string, bigint> {
  const cells = new Map<string, bigint>();
  for (const value of values) cells.set(sketchCell(value), (cells.get(sketchCell(value)) ?? 0n) + 1n);
  return cells;
}

const durations = fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });
const quantiles = fc.constantFrom(0, 0.5, 0.75, 0.9, 1);

describe("a quantile of a sketch", () => {
  it("is within one per cent of the value of that rank, interpolated between two", () => {
    fc.assert(
      fc.property(durations, quantiles, (values, quantile) => {
        const sorted = [...values].sort((a, b) => a - b);
        const rank = quantile * (sorted.length - 1);
        const at = (position: number) => sorted[position] ?? Number.NaN;
        const share = rank - Math.floor(rank);
        const exact = (1 - share) * at(Math.floor(rank)) + share * at(Math.ceil(rank));
        const estimate = quantileOf(sketchOf(values), quantile) ?? Number.NaN;
        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(relativeAccuracy * exact * (1 + 1e-9));
      }),
    );
  });

  it("is the mean of the two in the middle for the median of an even number of values", () => {
    const median = quantileOf(sketchOf([100, 300]), 0.5) ?? Number.NaN;
    expect(Math.abs(median - 200)).toBeLessThanOrEqual(2);
  });

  it("lies between the neighbours that an independent implementation of the paper gives", () => {
    fc.assert(
      fc.property(durations, quantiles, (values, quantile) => {
        const reference = new DDSketch({ relativeAccuracy });
        for (const value of values) reference.accept(value);
        const above = Math.min(1, quantile + 1 / Math.max(1, values.length - 1));
        const estimate = quantileOf(sketchOf(values), quantile) ?? Number.NaN;
        // A value on the border of two cells may be in the one here and in the other there.
        const border = 1.0203;
        expect(estimate).toBeGreaterThan(reference.getValueAtQuantile(quantile) / border);
        expect(estimate).toBeLessThan(reference.getValueAtQuantile(above) * border);
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

  it("has one cell for all that is below a thousandth, zero included", () => {
    expect(sketchCell(0)).toBe("0");
    expect(sketchCell(0.000_999)).toBe("0");
    expect(sketchCell(0.001)).not.toBe("0");
  });

  it("passes over cells that hold less than nothing, as when what was taken out is read before what was put in", () => {
    const cells = sketchOf([5, 50, 500]);
    for (const value of [1, 20, 5000]) cells.set(sketchCell(value), -2n);
    for (const quantile of [0, 0.5, 0.75, 1])
      expect(quantileOf(cells, quantile)).toBe(quantileOf(sketchOf([5, 50, 500]), quantile));
  });

  it("tells what it holds, each value to one per cent, without cells that hold nothing or less", () => {
    const cells = sketchOf([0, 5, 5, 500]);
    cells.set(sketchCell(1), 0n).set(sketchCell(20), -2n);
    const [zero, five, fiveHundred] = valuesOf(cells);
    expect(zero).toEqual([0, 1]);
    expect(five).toEqual([expect.closeTo(5, 0), 2]);
    expect(Math.abs((fiveHundred?.[0] ?? 0) / 500 - 1)).toBeLessThanOrEqual(relativeAccuracy);
    expect([...valuesOf(cells)]).toHaveLength(3);
    expect(sizeOf(cells)).toBe(4);
  });

  it("takes no negative values and no NaN", () => {
    expect(() => sketchCell(-1)).toThrow(RangeError);
    expect(() => sketchCell(Number.NaN)).toThrow(RangeError);
  });
});
