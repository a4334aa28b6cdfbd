import { describe, expect, it } from "vitest";
import { stripeMoney } from "../../../../lib/domain/sources/stripe-event.ts";
import { objectAt, readRecorded } from "../../../fixtures/sources/reading.ts";

describe("amounts", () => {
  it.each([
    [13_912, "gbp", "139.12", "GBP"],
    [5, "usd", "0.05", "USD"],
    [0, "usd", "0.00", "USD"],
    [1_500, "jpy", "1500", "JPY"],
    [1_500, "KRW", "1500", "KRW"],
    [12_340, "kwd", "12.340", "KWD"],
    // Stripe counts these in hundredths although ISO 4217 has no decimals for them …
    [500, "isk", "5", "ISK"],
    [1_000, "ugx", "10", "UGX"],
    // … and this one in whole ones although it has two.
    [1_500, "mga", "1500", "MGA"],
  ])("%i %s is %s %s", (amount, currency, text, code) => {
    expect(stripeMoney(amount, currency)).toEqual({ amount: text, currency: code });
  });
});

describe("payments", () => {
  it("a charge is a purchase; what is only reserved is none before it is captured, and then what was captured", () => {
    expect(readRecorded("stripe", "charge-succeeded-gbp").facts).toEqual([
      {
        ...{ id: "source:s:ch_3SA01", type: "purchase.made", orderId: "ch_3SA01", customerId: "cus_T5ada" },
        ...{ occurredAt: "2026-10-01T08:00:00.000Z", money: { amount: "139.12", currency: "GBP" } },
      },
    ]);
    expect(readRecorded("stripe", "charge-authorized")).toMatchObject({ facts: [], problems: [] });
    expect(readRecorded("stripe", "charge-captured").facts).toMatchObject([
      { id: "source:s:ch_3SA05", money: { amount: "45.00", currency: "GBP" } },
    ]);
  });

  it("each partial refund is what was given back by it, and not what was altogether", () => {
    const parts = ["first", "second"].map(
      (part) => readRecorded("stripe", `charge-refunded-${part}-part`).facts[0],
    );
    expect(parts).toMatchObject([
      { id: "source:s:ch_3SA01:refunded:1530", money: { amount: "15.30" }, orderId: "ch_3SA01" },
      { id: "source:s:ch_3SA01:refunded:3530", money: { amount: "20.00" } },
    ]);
  });

  it("a refund that does not say what was before is kept as unmapped: it could count twice", () => {
    const { facts, problems } = readRecorded("stripe", "charge-refunded-second-part", {}, (payload) => {
      Object.assign(objectAt(payload, "data"), { previous_attributes: {} });
    });
    expect([facts, problems.length]).toEqual([[], 1]);
  });

  it("invoices count in the place of charges, never beside them", () => {
    const options = { purchases: "invoices" };
    expect(readRecorded("stripe", "invoice-paid").facts).toEqual([]);
    expect(readRecorded("stripe", "invoice-paid", options).facts).toMatchObject([
      { id: "source:s:in_1SA01", occurredAt: "2026-10-01T08:00:05.000Z", money: { amount: "139.12" } },
    ]);
    expect(readRecorded("stripe", "charge-succeeded-gbp", options).facts).toEqual([]);
  });

  it("an invoice or charge of nothing is no purchase", () => {
    const free = (payload: object) => Object.assign(objectAt(payload, "data", "object"), { amount_paid: 0 });
    const { facts, problems } = readRecorded("stripe", "invoice-paid", { purchases: "invoices" }, free);
    expect([facts, problems]).toEqual([[], []]);
  });

  it("the test mode counts where it is asked for, and is kept as unmapped else", () => {
    expect(readRecorded("stripe", "charge-test-mode")).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/testMode/)],
    });
    expect(readRecorded("stripe", "charge-test-mode", { testMode: true }).facts).toHaveLength(1);
  });
});

describe("subscriptions", () => {
  it("each item is one, with its price, interval and quantity; its start makes the customer join", () => {
    expect(readRecorded("stripe", "subscription-created").facts).toMatchObject([
      { type: "customer.joined", customerId: "cus_T5ada" },
      {
        ...{ type: "subscription.started", subscriptionId: "si_1SA01", quantity: 12, interval: "month" },
        money: { amount: "25.00", currency: "GBP" },
      },
    ]);
    const created = readRecorded("stripe", "subscription-created", { joins: "created" });
    expect(created.facts).toMatchObject([{ type: "subscription.started" }]);
  });

  it("an update counts where something that is paid changed; an item that is gone has ended", () => {
    expect(readRecorded("stripe", "subscription-card").facts).toEqual([]);
    expect(readRecorded("stripe", "subscription-item-gone").facts).toMatchObject([
      { type: "subscription.changed", subscriptionId: "si_1SA01" },
      { type: "subscription.ended", subscriptionId: "si_1SA02" },
    ]);
  });

  it("one that is not paid yet starts with its first payment", () => {
    expect(readRecorded("stripe", "subscription-incomplete").facts).toEqual([]);
    expect(readRecorded("stripe", "subscription-paid").facts).toMatchObject([
      { type: "customer.joined", occurredAt: "2026-10-02T08:00:30.000Z" },
      { type: "subscription.changed", interval: "quarter" },
    ]);
  });

  it.each([
    ["month", 1, "25.00", "month"],
    ["month", 3, "25.00", "quarter"],
    ["month", 6, "50.00", "year"],
    ["year", 1, "25.00", "year"],
    ["year", 2, "12.50", "year"],
    ["week", 1, "1300.00", "year"],
  ])("a price for an interval of %s × %i is %s a %s", (interval, interval_count, amount, told) => {
    const { facts } = readRecorded("stripe", "subscription-created", {}, (payload) => {
      const price = objectAt(payload, "data", "object", "items", "data", 0, "price");
      price["recurring"] = { interval, interval_count };
    });
    expect(facts[1]).toMatchObject({ interval: told, money: { amount } });
  });

  it("prices in tiers, and for seven months, are kept as unmapped; metered ones are none", () => {
    expect(readRecorded("stripe", "subscription-tiers")).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/tiers/)],
    });
    const recur = (recurring: object) =>
      readRecorded("stripe", "subscription-created", {}, (payload) => {
        Object.assign(objectAt(payload, "data", "object", "items", "data", 0, "price"), { recurring });
      });
    expect(recur({ interval: "month", interval_count: 7 })).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/7 months/)],
    });
    const metered = { interval: "month", interval_count: 1, usage_type: "metered" };
    expect(recur(metered)).toMatchObject({ facts: [], problems: [] });
  });
});
