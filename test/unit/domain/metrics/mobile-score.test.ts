import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("mobile-score", () => {
  it("of 80, 90 and 100 is 90", () => {
    const facts = [80, 90, 100].map((score) => at("mobile.scored", { score }));
    const { value, low, high, n, components } = new Counted(facts).measure("mobile-score", ...october);
    expect({ value, n }).toEqual({ value: 90, n: 3 });
    // s = 10, s/√3 = 5.7735, t of 2 degrees of freedom 4.302653; not above 100.
    expect(Number(low)).toBeCloseTo(65.1586, 3);
    expect(high).toBe(100);
    expect(components["standardDeviation"]).toBeCloseTo(10, 12);
  });
});
