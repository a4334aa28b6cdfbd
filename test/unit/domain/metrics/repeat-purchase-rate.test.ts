import { describe, expect, it } from "vitest";
import { Counted, purchase } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

describe("repeat-purchase-rate", () => {
  it("is of all customers to date, as of the interval's last day", () => {
    const counted = new Counted([
      purchase("a", "2026-01-10"),
      purchase("a", "2026-03-10"),
      purchase("a", "2026-03-11"),
      purchase("b", "2026-02-10"),
      purchase("c", "2026-03-15"),
      purchase("c", "2026-03-15"),
      purchase(undefined, "2026-03-16"),
    ]);
    const rate = (from: string, to: string) => counted.measure("repeat-purchase-rate", from, to);
    expect(rate("2026-02-01", "2026-02-28")).toMatchObject({ value: 0, n: 2 });
    expect(rate(...month)).toMatchObject({
      n: 3,
      components: { buyers: 3, repeatBuyers: 2, newBuyers: 1, newRepeatBuyers: 2 },
    });
    expect(rate(...month).value).toBeCloseTo(200 / 3, 12);
    expect(rate("2025-01-01", "2025-12-31").value).toBeNull();
  });
});
