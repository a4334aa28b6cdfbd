import { describe, expect, it } from "vitest";
import { answers, Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

describe("esat", () => {
  it("is the mean of 1–10 and the share of 8–10", () => {
    const { value, n, components } = new Counted(answers("esat", [10, 8, 7, 3])).measure("esat", ...october);
    expect({ value, n }).toEqual({ value: 7, n: 4 });
    expect(components).toMatchObject({ satisfied: 2, topBoxPercent: 50, score3: 1, score10: 1 });
  });

  it("on 1–5 is apart, with 4–5 as its top box", () => {
    const five = [5, 4, 3, 1].map((score) => ({
      ...{ survey: "esat", scale: "1-5", score },
      occurredAt: "2026-10-02T10:00:00Z",
    }));
    const counted = new Counted([...answers("esat", [10, 8]), ...five]);
    expect(counted.measure("esat", ...october)).toMatchObject({
      value: 9,
      n: 2,
      components: { "mean 1-5": 3.25, "n 1-5": 4 },
    });
    expect(counted.measure("esat", ...october, { convention: "1-5" })).toMatchObject({
      value: 3.25,
      n: 4,
      components: { satisfied: 2, topBoxPercent: 50, "mean 1-10": 9, "n 1-10": 2 },
    });
  });
});
