import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { Counted, purchase, step } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

const october = ["2026-10-01", "2026-10-31"] as const;

/** Four at the start; one is new, one is lost, comes back and is lost again, another is lost: three at the end. */
const facts = [
  ...["a", "b", "c", "d"].map((id) => step("joined", id, "2026-09-05")),
  step("joined", "e", "2026-10-03"),
  step("left", "b", "2026-10-05"),
  step("returned", "b", "2026-10-12"),
  step("left", "b", "2026-10-20"),
  step("left", "c", "2026-10-20"),
];

describe("clv", () => {
  const facts = [
    purchase("a", "2026-02-10", "100.00"),
    purchase("b", "2026-02-10", "50.00"),
    purchase("a", "2026-03-10", "60.00"),
    purchase("c", "2026-03-12", "30.00"),
    step("left", "b", "2026-03-20"),
  ];

  it("is average order value × frequency × lifespan × margin", () => {
    const { value, n, components } = new Counted(facts).measure("clv", ...month, { margin: 0.5 });
    // Start 2 (a, b), end 2 (a, c): 2 on average. 2 orders of 45.00 on average, frequency 1, churn 1/2, lifespan 2 months.
    expect(Number(value)).toBeCloseTo(45 * 1 * 2 * 0.5, 9);
    expect(n).toBe(2);
    expect(components).toMatchObject({
      orders: 2,
      revenue: "90.00",
      averageOrderValue: "45",
      averageActiveCustomers: 2,
      purchaseFrequency: 1,
      churn: 0.5,
    });
  });

  it("without churn is null, with a value capped at the longest lifespan beside it", () => {
    const { value, components } = new Counted(facts.slice(0, 4)).measure("clv", ...month, {
      maxLifespanMonths: 12,
    });
    expect(value).toBeNull();
    // 90.00 of (2 + 3)/2 customers in 31 days; 12 months of 30.436875 days.
    expect(Number(components["cappedValue"])).toBeCloseTo((90 / 2.5) * ((12 * 30.436875) / 31), 6);
  });

  it("without customers is null", () => {
    expect(new Counted([]).measure("clv", ...month).value).toBeNull();
  });

  it("is unknown without orders, however many customers leave: no order has a value", () => {
    const facts = [
      ...["a", "b", "c"].map((id) => step("joined", id, "2026-02-05")),
      step("left", "c", "2026-03-05"),
      {
        type: "spend.recorded",
        occurredAt: "2026-03-05T10:00:00Z",
        money: { amount: "10.00", currency: "USD" },
      },
      step("joined", "d", "2026-03-06"),
    ];
    const counted = new Counted(facts);
    const { value, components } = counted.measure("clv", ...month);
    expect(value).toBeNull();
    expect(components).toMatchObject({ orders: 0, averageOrderValue: null, cappedValue: null });
    const cost = counted.measure("acquisition-cost", ...month);
    expect(cost).toMatchObject({ value: "10", components: { lifetimeValueToCost: null } });
    expect(cost.remarks?.map(inEnglish)).toEqual([expect.stringContaining("without orders")]);
  });
});

describe("customer lifetime value", () => {
  const bought = [...facts, purchase("a", "2026-10-06", "40.00"), purchase("d", "2026-10-07", "30.00")];
  const daysPerMonth = 365.2425 / 12;

  it("is what a customer brings in a period, for as many periods as churn lets expect, by the margin", () => {
    const { value, components } = new Counted(bought).measure("clv", ...october);
    // 70.00 of 3.5 customers on average are 20.00; half of them leave, so two periods.
    expect(value).toBe("40");
    expect(components).toMatchObject({ averageOrderValue: "35", cappedValue: "40", churn: 0.5 });
    expect(components["lifespanMonths"]).toBeCloseTo((2 * 31) / daysPerMonth, 9);
    expect(components["purchaseFrequency"]).toBeCloseTo(2 / 3.5, 12);
    expect(new Counted(bought).measure("clv", ...october, { margin: 0.5 }).value).toBe("20");
  });

  it("is capped where nobody leaves, and null like all its parts without customers or orders", () => {
    const loyal = [step("joined", "a", "2026-09-05"), purchase("a", "2026-10-06", "31.00")];
    const { value, components } = new Counted(loyal).measure("clv", ...october, { maxLifespanMonths: 10 });
    expect(value).toBeNull();
    expect(components["lifespanMonths"]).toBeNull();
    expect(Number(components["cappedValue"])).toBeCloseTo(10 * daysPerMonth, 6);
    const nothing = new Counted([]).measure("clv", ...october);
    expect(nothing.value).toBeNull();
    expect(nothing.components).toMatchObject({
      ...{ averageOrderValue: null, purchaseFrequency: null, lifespanMonths: null, cappedValue: null },
    });
  });
});

describe("clv of a range that begins before the first customers", () => {
  const ids = Array.from({ length: 100 }, (_, index) => `c${index}`);
  const facts = [
    ...ids.map((id) => purchase(id, "2026-03-02", "10.00")),
    ...ids.slice(0, 90).map((id) => step("left", id, "2026-03-30")),
  ];

  it("is at most what they spent until somebody stays to spend more, and a low sample", () => {
    const { value, n, components } = new Counted(facts).measure("clv", "2023-02-15", "2026-03-31");
    expect(value).toBe("10");
    expect(n).toBeLessThan(30);
    // Half of 0 + 100 on the first day, 27 days of 100, half of 100 + 10, and 10 on the last: 2,815 in 30 days.
    expect(components["averageActiveCustomers"]).toBeCloseTo(2_815 / 30, 9);
  });

  it("is the same whenever the range begins before them", () => {
    const valueFrom = (from: string) => new Counted(facts).measure("clv", from, "2026-03-31").value;
    expect(valueFrom("2020-01-01")).toBe(valueFrom("2026-02-20"));
  });
});
