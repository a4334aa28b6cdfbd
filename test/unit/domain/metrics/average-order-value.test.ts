import { describe, expect, it } from "vitest";
import { Counted, purchase } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;
const refund = {
  type: "purchase.refunded",
  occurredAt: "2026-03-04T12:00:00Z",
  money: { amount: "5.00", currency: "USD" },
};

describe("average-order-value", () => {
  it("is revenue/orders, refunds left out", () => {
    const counted = new Counted([
      purchase("a", "2026-03-02", "19.99"),
      purchase(undefined, "2026-03-03", "0.02"),
      refund,
    ]);
    expect(counted.measure("average-order-value", ...month)).toMatchObject({ value: "10.005", n: 2 });
  });

  it("of no orders is null", () => {
    expect(new Counted([refund]).measure("average-order-value", ...month).value).toBeNull();
  });

  it("has Student's interval, from the sum of squares", () => {
    const amounts = ["10.00", "20.00", "30.00", "40.00"];
    const counted = new Counted(amounts.map((amount, index) => purchase(`c${index}`, "2026-03-02", amount)));
    const { low, high } = counted.measure("average-order-value", ...month);
    // s = 12.9099, t(3) = 3.182446, 25 ± 20.5426.
    expect(Number(low)).toBeCloseTo(4.4574, 3);
    expect(Number(high)).toBeCloseTo(45.5426, 3);
  });
});
