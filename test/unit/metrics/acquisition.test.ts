import { describe, expect, it } from "vitest";
import { Counted, purchase, step } from "../../fixtures/domain.ts";

const march = ["2026-03-01", "2026-03-31"] as const;

const spend = (day: string, amount: string, currency = "USD") => ({
  type: "spend.recorded",
  occurredAt: `${day}T12:00:00Z`,
  money: { amount, currency },
});

const sent = (customerId: string, day: string, code: string) => ({
  ...{ type: "referral.sent", customerId, code },
  occurredAt: `${day}T12:00:00Z`,
});

const converted = (customerId: string, day: string, code?: string) => ({
  ...{ type: "referral.converted", customerId },
  ...(code === undefined ? {} : { code }),
  occurredAt: `${day}T12:00:00Z`,
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
    expect(remarks).toEqual(["Amounts spent in JPY are not in this value: ask for currency=JPY."]);
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
    expect(remarks).toEqual(["lifetimeValueToCost is null: there are no new customers."]);
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
    expect(remarks).toEqual(["lifetimeValueToCost is null: nothing was spent."]);
  });

  it("without churn has no lifetime value beside it", () => {
    const young = [purchase("a", "2026-03-05"), spend("2026-03-05", "10.00")];
    const { value, components, remarks } = new Counted(young).measure("acquisition-cost", ...march);
    expect(value).toBe("10");
    expect(components).toMatchObject({ lifetimeValue: null, lifetimeValueToCost: null });
    expect(remarks).toEqual([
      "lifetimeValueToCost is null: there is no customer lifetime value without orders, customers and churn.",
    ]);
  });
});

describe("referral-rate", () => {
  const facts = [
    step("joined", "anna", "2026-01-10"),
    step("joined", "ben", "2026-01-11"),
    sent("anna", "2026-02-20", "A"),
    sent("anna", "2026-03-01", "A"),
    sent("anna", "2026-03-02", "B"),
    sent("ben", "2026-03-03", "C"),
    // Joins after the conversion was told, buys before it was told, comes without a code.
    converted("carl", "2026-03-04", "B"),
    step("joined", "carl", "2026-03-05"),
    purchase("dora", "2026-03-06"),
    converted("dora", "2026-04-06", "A"),
    converted("emil", "2026-03-07"),
    step("joined", "emil", "2026-03-07"),
    step("joined", "fred", "2026-03-08"),
    // Never becomes a customer.
    converted("gina", "2026-03-09", "C"),
  ];

  it("is the share of new customers who came by referral", () => {
    const { value, n, components } = new Counted(facts).measure("referral-rate", ...march);
    // carl, dora, emil of carl, dora, emil, fred.
    expect({ value, n }).toEqual({ value: 75, n: 4 });
    expect(components).toEqual({
      newCustomers: 4,
      referredCustomers: 3,
      activeCustomers: 6,
      referrers: 2,
      referrerShare: (100 * 2) / 6,
      // A again, B and C; A was first sent in February. Both B and C brought somebody.
      referralsSent: 3,
      codesSent: 2,
      codesConverted: 2,
      codeConversion: 100,
    });
  });

  it("counts a code with the day on which it was first sent, whenever somebody came by it", () => {
    const { components } = new Counted(facts).measure("referral-rate", "2026-02-01", "2026-02-28");
    expect(components).toMatchObject({ referralsSent: 1, codesSent: 1, codesConverted: 1, referrers: 1 });
  });

  it("counts once who is told of twice, and a code by which two came", () => {
    const twice = [
      ...facts,
      converted("carl", "2026-03-10", "B"),
      converted("carl", "2026-03-10", "B"),
      converted("fred", "2026-03-11", "B"),
    ];
    const { value, components } = new Counted(twice).measure("referral-rate", ...march);
    expect(value).toBe(100);
    expect(components).toMatchObject({ referredCustomers: 4, codesSent: 2, codesConverted: 2 });
  });

  it("counts referrers among the active customers only", () => {
    const gone = [
      ...facts,
      step("left", "anna", "2026-03-20"),
      // Not a customer, and one who is none any more.
      sent("stranger", "2026-03-21", "S"),
      sent("anna", "2026-03-22", "A2"),
    ];
    const { components } = new Counted(gone).measure("referral-rate", ...march);
    expect(components).toMatchObject({ activeCustomers: 5, referrers: 1, referrerShare: 20 });
    const back = new Counted([...gone, step("returned", "anna", "2026-03-25")]);
    expect(back.measure("referral-rate", ...march).components).toMatchObject({ referrers: 2 });
  });

  it("has Wilson's interval, and is null without new customers", () => {
    const { low, high } = new Counted(facts).measure("referral-rate", ...march);
    // Wilson, 3 of 4, z = 1.959964: (3 + 1.920729)/(4 + 3.841459) ± 1.959964·√(3·1/4 + 0.960365)/7.841459.
    expect(low).toBeCloseTo(30.0642, 3);
    expect(high).toBeCloseTo(95.4413, 3);
    const none = new Counted(facts).measure("referral-rate", "2026-05-01", "2026-05-31");
    expect(none).toMatchObject({ value: null, n: 0, low: null, high: null });
    expect(new Counted([]).measure("referral-rate", ...march).components).toMatchObject({
      referrerShare: null,
      codeConversion: null,
    });
  });
});
