import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { Counted, purchase, step } from "../../../fixtures/domain.ts";

const march = ["2026-03-01", "2026-03-31"] as const;

const spend = (day: string, amount: string, currency = "USD") => ({
  type: "spend.recorded",
  occurredAt: `${day}T12:00:00Z`,
  money: { amount, currency },
});

describe("acquisition-cost", () => {
  const facts = [
    purchase("a", "2026-02-10", "100.00"),
    purchase("b", "2026-02-10", "50.00"),
    purchase("a", "2026-03-10", "60.00"),
    purchase("c", "2026-03-12", "30.00"),
    purchase("d", "2026-03-12", "30.00"),
    purchase("e", "2026-03-12", "30.00"),
    step("left", "b", "2026-03-20"),
    spend("2026-03-01", "70.00"),
    spend("2026-03-31", "30.00"),
    spend("2026-04-01", "1000.00"),
    spend("2026-03-15", "500", "JPY"),
  ];

  it("is acquisition spend/new customers, and how often lifetime value pays for it", () => {
    const { value, n, components, remarks } = new Counted(facts).measure("acquisition-cost", ...march);
    // c, d and e are new; 70 + 30 were spent.
    expect(Number(value)).toBeCloseTo(100 / 3, 9);
    expect(n).toBe(3);
    expect(components).toMatchObject({ spent: "100.00", spends: 2, newCustomers: 3 });
    // Lifetime value: 150.00 of (2 + 4)/2 customers, times 1/churn = 2 (b of a and b was lost): 100. 100/(100/3) = 3.
    expect(Number(components["lifetimeValue"])).toBeCloseTo(100, 9);
    expect(components["lifetimeValueToCost"]).toBeCloseTo(3, 9);
    expect(remarks?.map(inEnglish)).toEqual([
      "Amounts spent in JPY are not in this value: ask for currency=JPY.",
    ]);
  });

  it("is compared by how much spending and new customers differ from day to day", () => {
    const days = ["02", "03", "04", "05", "06", "07", "08"].map((day) => `2026-03-${day}`);
    const counted = new Counted(
      days.flatMap((day) => [
        spend(day, "20.00"),
        step("joined", `a${day}`, day),
        step("joined", `b${day}`, day),
      ]),
    );
    const { value, sample } = counted.measure("acquisition-cost", "2026-03-02", "2026-03-08");
    // 10 each on every day: by the number of customers alone, 10²/14.
    expect(Number(value)).toBe(10);
    expect(sample).toMatchObject({ kind: "quotient", value: 10, variance: expect.closeTo(100 / 14, 9) });
    expect(counted.measure("acquisition-cost", "2026-03-02", "2026-03-07").sample).toBeUndefined();
  });

  it("never adds currencies", () => {
    const yen = { currency: "JPY", currencyDecimals: 0 };
    const { value, components } = new Counted(facts).measure("acquisition-cost", ...march, yen);
    expect(Number(value)).toBeCloseTo(500 / 3, 9);
    expect(components["spent"]).toBe("500");
  });

  it("without new customers is null, and says so", () => {
    const { value, n, components, remarks } = new Counted(facts).measure(
      "acquisition-cost",
      "2026-04-01",
      "2026-04-30",
    );
    expect({ value, n }).toEqual({ value: null, n: 0 });
    expect(components).toMatchObject({ spent: "1000.00", lifetimeValueToCost: null });
    expect(remarks?.map(inEnglish)).toEqual(["lifetimeValueToCost is null: there are no new customers."]);
  });

  it("does not count customers who come back as new", () => {
    const back = [
      step("joined", "a", "2026-01-05"),
      step("left", "a", "2026-02-05"),
      step("returned", "a", "2026-03-05"),
      spend("2026-03-05", "10.00"),
    ];
    expect(new Counted(back).measure("acquisition-cost", ...march).value).toBeNull();
  });

  it("of nothing spent is 0, and no lifetime value is compared with it", () => {
    const { value, remarks } = new Counted([step("joined", "a", "2026-03-05")]).measure(
      "acquisition-cost",
      ...march,
    );
    expect(value).toBe("0");
    expect(remarks?.map(inEnglish)).toEqual(["lifetimeValueToCost is null: nothing was spent."]);
  });

  it("without churn has no lifetime value beside it", () => {
    const young = [purchase("a", "2026-03-05"), spend("2026-03-05", "10.00")];
    const { value, components, remarks } = new Counted(young).measure("acquisition-cost", ...march);
    expect(value).toBe("10");
    expect(components).toMatchObject({ lifetimeValue: null, lifetimeValueToCost: null });
    expect(remarks?.map(inEnglish)).toEqual([
      "lifetimeValueToCost is null: there is no customer lifetime value without orders, customers and churn.",
    ]);
  });
});
