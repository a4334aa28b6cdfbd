import { describe, expect, it } from "vitest";
import { answers, Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

describe("csat", () => {
  const measure = (facts: object[]) => new Counted(facts).measure("csat", ...october);

  it.each([
    ["1-3", 3, [3], [1, 2]],
    ["1-4", 4, [3, 4], [1, 2]],
    ["1-5", 5, [4, 5], [1, 2, 3]],
    ["1-6", 6, [5, 6], [1, 2, 3, 4]],
    ["1-7", 7, [6, 7], [1, 2, 3, 4, 5]],
    ["1-10", 10, [8, 9, 10], [1, 2, 3, 4, 5, 6, 7]],
    ["0-10", 10, [8, 9, 10], [0, 1, 2, 3, 4, 5, 6, 7]],
  ])("on %s counts the top answers as satisfied", (scale, _top, satisfied, others) => {
    for (const score of satisfied) expect(measure(answers("csat", [score], { scale })).value).toBe(100);
    for (const score of others) expect(measure(answers("csat", [score], { scale })).value).toBe(0);
  });

  it("is 100·satisfied/n with Wilson's interval, the mean and the histogram", () => {
    const { value, low, high, n, components } = measure(answers("csat", [5, 5, 4, 3, 1, 4, 5, 2, 5, 5]));
    expect({ value, n }).toEqual({ value: 70, n: 10 });
    // Wilson for 7 of 10: 0.3968 to 0.8922.
    expect(low).toBeCloseTo(39.678, 2);
    expect(high).toBeCloseTo(89.221, 2);
    expect(components).toMatchObject({
      satisfied: 7,
      notSatisfied: 3,
      "mean 1-5": 3.9,
      "1-5:5": 5,
      "1-5:4": 2,
    });
  });

  it("adds up over scales, each with its own threshold and mean", () => {
    const facts = [...answers("csat", [4, 1]), ...answers("csat", [7, 8, 9], { scale: "1-10" })];
    const { value, n, components } = measure(facts);
    expect({ value, n }).toEqual({ value: 60, n: 5 });
    expect(components).toMatchObject({ "mean 1-5": 2.5, "mean 1-10": 8 });
  });
});
