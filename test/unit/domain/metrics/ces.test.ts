import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { answers, Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

describe("ces", () => {
  const measure = (facts: object[], convention = "1-7") =>
    new Counted(facts).measure("ces", ...october, { convention });

  it("is the mean of 1–7 with the top box and the index", () => {
    const { value, n, components, low, high } = measure(answers("ces", [7, 6, 5, 4, 3, 1, 7, 6]));
    // Sum 39 of 8; 5–7: 5 of 8; 6–7: 4, 1–3: 2.
    expect({ value, n }).toEqual({ value: 4.875, n: 8 });
    expect(components).toMatchObject({ topBoxPercent: 62.5, index: 25 });
    // s² = (221 − 39²/8)/7 = 4.410714, t(7) = 2.364624: 4.875 ± 1.755779.
    expect(low).toBeCloseTo(3.1192, 3);
    expect(high).toBeCloseTo(6.6308, 3);
  });

  it("on effort 1–5 is a scale of its own, where lower is better", () => {
    const facts = [...answers("ces", [7, 7]), ...answers("ces", [1, 2, 5], { scale: "effort-1-5" })];
    expect(measure(facts)).toMatchObject({ value: 7, n: 2 });
    const effort = measure(facts, "effort-1-5");
    expect(effort.value).toBeCloseTo(8 / 3, 12);
    expect(effort.remarks?.map(inEnglish)).toContain("Effort on 1–5: lower is better.");
    expect(effort.components["lowEffortPercent"]).toBeCloseTo(200 / 3, 12);
  });
});
