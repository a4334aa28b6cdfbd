import { describe, expect, it } from "vitest";
import { Counted, purchase } from "../../../fixtures/domain.ts";

const march = ["2026-03-01", "2026-03-31"] as const;

const facts = [
  // Days between: 20 (in February), 15, 5.
  ...["2026-01-31", "2026-02-20", "2026-03-07", "2026-03-12"].map((day) => purchase("a", day)),
  purchase("b", "2026-03-01"),
  purchase("b", "2026-03-31"),
  // Twice on one day: a returning customer at once.
  purchase("c", "2026-03-10"),
  { ...purchase("c", "2026-03-10"), orderId: "another" },
  purchase("d", "2026-03-10"),
  purchase(undefined, "2026-03-10"),
];

describe("loyalty", () => {
  it("is purchases to date of returning customers/returning customers to date", () => {
    const { value, n, components } = new Counted(facts).measure("loyalty", ...march);
    // a 4, b 2, c 2; d bought once. Gaps in March: a 15 and 5, b 30, c 0.
    expect(value).toBeCloseTo(8 / 3, 12);
    expect(n).toBe(3);
    expect(components).toMatchObject({
      returningCustomers: 3,
      purchases: 8,
      newReturningCustomers: 2,
      repeatPurchases: 4,
      meanDaysBetween: 12.5,
    });
  });

  it("is as of the interval's last day: the first purchase counts with the second", () => {
    const counted = new Counted(facts);
    expect(counted.measure("loyalty", "2026-01-01", "2026-01-31")).toMatchObject({ value: null, n: 0 });
    expect(counted.measure("loyalty", "2026-02-01", "2026-02-28")).toMatchObject({
      value: 2,
      n: 1,
      low: null,
      components: { purchases: 2, repeatPurchases: 1, meanDaysBetween: 20, meanDaysBetweenLow: null },
    });
    expect(counted.measure("loyalty", "2026-04-01", "2026-04-30")).toMatchObject({
      n: 3,
      components: { purchases: 8, repeatPurchases: 0, meanDaysBetween: null },
    });
  });

  it("has Student's interval of the mean, never below two purchases", () => {
    const { low, high } = new Counted(facts).measure("loyalty", ...march);
    // 4, 2, 2: s = 1.154701, t(2) = 4.302653, 2.666667 ± 2.868435.
    expect(low).toBe(2);
    expect(high).toBeCloseTo(5.5351, 3);
  });

  it("divides the days between two purchases when one between them is told of late", () => {
    const late = new Counted([...facts, purchase("b", "2026-03-11")]);
    expect(late.measure("loyalty", ...march).components).toMatchObject({
      purchases: 9,
      repeatPurchases: 5,
      // 15 + 5 + 10 + 20 + 0.
      meanDaysBetween: 10,
    });
  });
});
