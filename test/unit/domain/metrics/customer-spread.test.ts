import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

/** What customers do to a metric's interval. */

const customerEffects = [
  { days: 7, inflation: 3, customersPerCase: 0.5, clustersPerCase: 0.5, skewness: 1, needed: 28 },
];

describe.each(["nps", "csat", "ces", "average-order-value"])("%s of days without a case", (id) => {
  const counted = new Counted([]);
  const measure = (settings: object) => counted.measure(id, "2026-05-01", "2026-05-07", settings);

  it("is what it is where customers were not measured: it names no method and says nothing of customers", () => {
    const { sample: _sample, ...found } = measure({ customerEffects });
    const { sample: _other, ...plain } = measure({});
    expect(found).toEqual(plain);
    expect(found.method).toBeUndefined();
  });

  it("has a sample without a spread over customers", () => {
    expect(measure({ customerEffects }).sample).toEqual(measure({}).sample);
  });
});
