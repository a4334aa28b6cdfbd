import { describe, expect, it } from "vitest";
import { inTurn } from "../../../lib/jobs/arrivals.ts";

describe("an hourly look that has not time for all", () => {
  const all = Array.from({ length: 100 }, (_, index) => index);

  it("looks at each once, in any hour", () => {
    for (let hour = 500_000; hour < 500_050; hour += 1) {
      expect([...inTurn(all, hour)].sort((a, b) => a - b)).toEqual(all);
    }
    expect(inTurn([], 500_000)).toEqual([]);
  });

  it("leaves none out for a day where it comes to a tenth of them", () => {
    const looked = Array.from({ length: 24 }, (_, hour) => inTurn(all, 500_000 + hour).slice(0, 10)).flat();
    expect(new Set(looked).size).toBe(100);
  });
});
