import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("cta-engagement", () => {
  const measure = (views: number, clicks: number) =>
    new Counted([
      ...(views > 0 ? [at("cta.viewed", { cta: "buy", count: views })] : []),
      ...(clicks > 0 ? [at("cta.clicked", { cta: "buy", count: clicks })] : []),
    ]).measure("cta-engagement", ...october);

  it("of 30 clicks for 1,000 views is 3", () => {
    const { value, low, high, n, components } = measure(1_000, 30);
    expect({ value, n, components }).toEqual({
      value: 3,
      n: 1_000,
      components: { views: 1_000, clicks: 30 },
    });
    // Wilson by hand: centre (0.03 + 0.0019207)/1.0038415, margin 1.96·√(0.0000291 + 0.00000096)/1.0038415.
    expect(Number(low)).toBeCloseTo(2.109, 2);
    expect(Number(high)).toBeCloseTo(4.251, 2);
  });

  it("with more clicks than views is above 100, without an interval, and says so", () => {
    const measured = measure(10, 12);
    expect(measured).toMatchObject({ value: 120, low: null, high: null, n: 10 });
    expect(measured.remarks?.map(inEnglish)[0]).toContain("more clicks than views");
    expect(measured.sample).toBeUndefined();
  });

  it("of clicks without a view is null, not infinite", () => {
    expect(measure(0, 3)).toMatchObject({ value: null, low: null, high: null, n: 0 });
  });
});
