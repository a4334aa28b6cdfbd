import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("page-speed", () => {
  const loads = (milliseconds: readonly number[]) =>
    milliseconds.map((time) => at("page.loaded", { milliseconds: time }));
  const measure = (facts: object[]) => new Counted(facts).measure("page-speed", ...october);

  it("of loads of 1, 2, 3 and 4 seconds is 3.25, within one per cent", () => {
    const { value, low, high, n, components } = measure(loads([4_000, 1_000, 3_000, 2_000]));
    expect(n).toBe(4);
    // Three quarters, a half and nine tenths of the way from 1 to 4.
    expect(Math.abs(Number(value) - 3.25)).toBeLessThanOrEqual(0.0325);
    expect(Math.abs(Number(components["p50"]) - 2.5)).toBeLessThanOrEqual(0.025);
    expect(Math.abs(Number(components["p90"]) - 3.7)).toBeLessThanOrEqual(0.037);
    expect(components).toMatchObject({ loads: 4, mean: 2.5 });
    expect({ low, high }).toEqual({ low: null, high: null });
  });

  it("has an interval from the 7th to the 13th of 13 loads", () => {
    // Of 13 loads at most 6 are below the 75th percentile in 2.43 %, all 13 in 0.75¹³ = 2.38 % of all samples.
    const { low, high } = measure(loads(Array.from({ length: 13 }, (_, index) => 1_000 * (index + 1))));
    expect(Math.abs(Number(low) - 7)).toBeLessThanOrEqual(0.07);
    expect(Math.abs(Number(high) - 13)).toBeLessThanOrEqual(0.13);
  });

  it("takes a fact with a count for so many loads", () => {
    const { n, components } = measure([
      at("page.loaded", { milliseconds: 1_000, count: 3 }),
      at("page.loaded", { milliseconds: 5_000 }),
    ]);
    expect(n).toBe(4);
    // (3·1 + 5)/4.
    expect(components["mean"]).toBe(2);
  });

  it("is 0 for loads that took no time, and of no loads null", () => {
    expect(measure(loads([0, 0]))).toMatchObject({ value: 0, components: { mean: 0 } });
    expect(measure([])).toMatchObject({ value: null, n: 0 });
  });

  it("gives a sample for a test of a difference as soon as there is an interval", () => {
    expect(measure(loads([1_000, 2_000])).sample).toBeUndefined();
    const facts = [
      at("page.loaded", { milliseconds: 1_000, count: 50 }),
      at("page.loaded", { milliseconds: 9_000, count: 50 }),
    ];
    const { sample, low, high } = measure(facts);
    expect(sample).toMatchObject({
      kind: "estimate",
      standardError: (Number(high) - Number(low)) / (2 * 1.959963984540054),
    });
  });
});
