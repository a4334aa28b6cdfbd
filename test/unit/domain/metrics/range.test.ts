import { describe, expect, it } from "vitest";
import type { AnyMetric } from "../../../../lib/domain/metrics/metric.ts";
import { betterIn, rangeOf } from "../../../../lib/domain/metrics/range.ts";
import { findMetric, metrics } from "../../../../lib/domain/metrics/registry.ts";

function metric(id: string): AnyMetric {
  const found = findMetric(id);
  if (!found) throw new Error(`no metric ${id}`);
  return found;
}

describe("the values that a metric can have", () => {
  it("are those of its unit", () => {
    expect(rangeOf(metric("nps"), "0-10")).toEqual({ min: -100, max: 100 });
    expect(rangeOf(metric("bounce-rate"), "")).toEqual({ min: 0, max: 100 });
    expect(rangeOf(metric("customers"), "")).toEqual({ min: 0, max: null });
    expect(rangeOf(metric("resolution-time"), "")).toEqual({ min: 0, max: null });
    expect(rangeOf(metric("sales"), "")).toEqual({ min: null, max: null });
    for (const id of ["acquisition-cost", "contributions-per-case", "interactions"]) {
      expect(rangeOf(metric(id), "")).toEqual({ min: 0, max: null });
    }
  });

  it("are those of its scale, in each convention", () => {
    expect(rangeOf(metric("esat"), "")).toEqual({ min: 1, max: 10 });
    const [effort, ease] = [rangeOf(metric("ces"), "effort-1-5"), rangeOf(metric("ces"), "ease-1-7")];
    expect([effort, ease]).toEqual([
      { min: 1, max: 5 },
      { min: 1, max: 7 },
    ]);
    expect(rangeOf(metric("mobile-score"), "")).toEqual({ min: 0, max: 100 });
    const ofContacts = rangeOf(metric("first-contact-resolution"), "of-contacts");
    const ofFirst = rangeOf(metric("first-contact-resolution"), "");
    expect([ofContacts, ofFirst]).toEqual([
      { min: 0, max: null },
      { min: 0, max: 100 },
    ]);
  });
});

describe("the better of two values", () => {
  it("is what the metric says", () => {
    expect(betterIn(metric("nps"), "0-10")).toBe("higher");
    expect(betterIn(metric("bounce-rate"), "")).toBe("lower");
  });

  it("is the other one in a convention that is reversed, and in no other", () => {
    for (const one of metrics) {
      for (const convention of one.conventions ?? [""]) {
        const isReversed = one.reversedIn?.includes(convention) ?? false;
        expect(betterIn(one, convention) === one.better).toBe(!isReversed);
      }
    }
    const lower = { ...metric("bounce-rate"), reversedIn: ["other"] };
    expect([betterIn(lower, "other"), betterIn(lower, "")]).toEqual(["higher", "lower"]);
  });
});
