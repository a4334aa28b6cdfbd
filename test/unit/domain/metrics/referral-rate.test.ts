import { describe, expect, it } from "vitest";
import { Counted, purchase, step } from "../../../fixtures/domain.ts";

const march = ["2026-03-01", "2026-03-31"] as const;

const sent = (customerId: string, day: string, code: string) => ({
  ...{ type: "referral.sent", customerId, code },
  occurredAt: `${day}T12:00:00Z`,
});

const converted = (customerId: string, day: string, code?: string) => ({
  ...{ type: "referral.converted", customerId },
  ...(code === undefined ? {} : { code }),
  occurredAt: `${day}T12:00:00Z`,
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
