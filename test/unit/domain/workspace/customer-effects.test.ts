import { describe, expect, it } from "vitest";
import { findMetric } from "../../../../lib/domain/metrics/registry.ts";
import { customerEffectsOf } from "../../../../lib/domain/workspace/customer-effects.ts";
import type { AskedSettings, MeasuredEffects } from "../../../../lib/domain/workspace/settings.ts";
import { defaultSettings, metricSettings } from "../../../../lib/domain/workspace/settings.ts";

/** What was measured of customers holds for what it was measured of alone. */

const windows = [
  { days: 7, inflation: 3, customersPerCase: 0.5, clustersPerCase: 0.5, skewness: 1, needed: 28 },
];
const measured = (convention: string): MeasuredEffects => ({ currency: "USD", convention, windows });
const workspace = {
  ...{ ...defaultSettings, id: "shop", createdAt: "2026-01-01T00:00:00Z", version: 1, trackedSince: {} },
  customers: {
    ...{ through: "2026-05-01", isPartial: false },
    effects: { nps: measured("0-10"), "average-order-value": measured("") },
  },
};

function effectsFor(id: string, asked: AskedSettings, of = workspace) {
  const metric = findMetric(id);
  if (!metric) throw new RangeError(`there is no metric ${id}`);
  return customerEffectsOf(of, metric, metricSettings(of, id, asked));
}

describe("what customers do to the variance", () => {
  it("holds for the currency and the convention that it was measured of", () => {
    expect(effectsFor("average-order-value", {})).toBe(windows);
    expect(effectsFor("nps", { convention: "0-10" })).toBe(windows);
  });

  it("is not known of orders of another currency, nor of answers on another scale", () => {
    expect(effectsFor("average-order-value", { currency: "EUR" })).toBeUndefined();
    expect(effectsFor("nps", { convention: "1-10" })).toBeUndefined();
  });

  it("is not known either where the workspace changed its own since it was measured", () => {
    const changed = { ...workspace, currency: "EUR", conventions: { nps: "1-10" } };
    expect(effectsFor("average-order-value", {}, changed)).toBeUndefined();
    expect(effectsFor("nps", {}, changed)).toBeUndefined();
    expect(effectsFor("average-order-value", { currency: "USD" }, changed)).toBe(windows);
  });

  it("of answers holds in every currency: they have none", () => {
    expect(effectsFor("nps", { currency: "EUR" })).toBe(windows);
  });

  it("is not known of a metric that was not measured", () => {
    expect(effectsFor("csat", {})).toBeUndefined();
  });
});
