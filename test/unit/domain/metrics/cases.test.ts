import { describe, expect, it } from "vitest";
import type { MetricSettings } from "../../../../lib/domain/metrics/metric.ts";
import { findMetric } from "../../../../lib/domain/metrics/registry.ts";
import { answers, defaultSettings, placeFacts, purchase } from "../../../fixtures/domain.ts";

/** What facts bring to a metric whose cases are looked at by customer. */
function broughtTo(id: string, sent: readonly object[], settings: Partial<MetricSettings> = {}) {
  const metric = findMetric(id);
  const all = { ...defaultSettings, convention: metric?.conventions?.[0] ?? "", ...settings };
  return placeFacts(sent).map(({ fact }) => metric?.cases?.brings?.(fact, all));
}

const day = "2026-10-10";

describe("what a customer's fact brings to a metric, and which is no case of it", () => {
  it("nps: 1 for a promoter, −1 for a detractor, on the scale that is asked for", () => {
    expect(broughtTo("nps", answers("nps", [10, 9, 8, 7, 6, 0]))).toEqual([1, 1, 0, 0, -1, -1]);
    expect(broughtTo("nps", [...answers("csat", [5]), ...answers("ces", [7]), purchase("a", day)])).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    expect(broughtTo("nps", answers("nps", [10]), { convention: "1-10" })).toEqual([undefined]);
  });

  it("csat: 1 for a satisfied answer", () => {
    expect(broughtTo("csat", answers("csat", [5, 4, 3, 1]))).toEqual([1, 1, 0, 0]);
    expect(broughtTo("csat", [...answers("nps", [10]), purchase("a", day)])).toEqual([undefined, undefined]);
  });

  it("ces: the score, on the scale that is asked for", () => {
    const sent = answers("ces", [7, 2]);
    expect(broughtTo("ces", sent)).toEqual([7, 2]);
    expect(broughtTo("ces", sent, { convention: "effort-1-5" })).toEqual([undefined, undefined]);
    expect(broughtTo("ces", [...answers("csat", [5]), purchase("a", day)])).toEqual([undefined, undefined]);
  });

  it("average-order-value: the amount in minor units, in the currency that is asked for", () => {
    const sent = [purchase("a", day, "12.50"), purchase("a", day, "800", "JPY"), ...answers("ces", [7])];
    expect(broughtTo("average-order-value", sent)).toEqual([1250, undefined, undefined]);
    expect(broughtTo("average-order-value", sent, { currency: "JPY" })).toEqual([undefined, 800, undefined]);
  });
});
