import { describe, expect, it } from "vitest";
import { answers, Counted } from "../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

describe("esat", () => {
  it("is the mean of 1–10 and the share of 8–10", () => {
    const { value, n, components } = new Counted(answers("esat", [10, 8, 7, 3])).measure("esat", ...october);
    expect({ value, n }).toEqual({ value: 7, n: 4 });
    expect(components).toMatchObject({ satisfied: 2, topBoxPercent: 50, score3: 1, score10: 1 });
  });
});
