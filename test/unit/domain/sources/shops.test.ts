import { describe, expect, it } from "vitest";
import { readPayload, readRecorded } from "../../../fixtures/sources/reading.ts";

describe("Shopify", () => {
  it("a paid order is a purchase with its channel, in a currency without decimals too", () => {
    expect(readRecorded("shopify", "orders_paid-jpy").facts).toEqual([
      {
        ...{
          id: "source:s:order:5601002",
          type: "purchase.made",
          orderId: "5601002",
          customerId: "7105211794",
        },
        ...{ occurredAt: "2026-10-01T09:20:00.000Z", money: { amount: "1500", currency: "JPY" } },
        dimensions: { channel: "pos" },
      },
    ]);
  });

  it("a guest's order names no customer, and an address stands for one where that is chosen", () => {
    expect(readRecorded("shopify", "orders_paid-guest").facts[0]).not.toHaveProperty(
      "customerId",
      expect.anything(),
    );
    const byMail = readRecorded("shopify", "orders_paid-eur", { customer: "email" });
    expect(byMail.facts).toMatchObject([{ customerId: "ada.moss@example.com" }]);
  });

  it("a refund is each of its successful transactions; goods alone are none", () => {
    expect(readRecorded("shopify", "refunds_create-part").facts).toMatchObject([
      { id: "source:s:refund:929361465:0", orderId: "5601001", money: { amount: "15.30", currency: "EUR" } },
      { id: "source:s:refund:929361465:1", money: { amount: "4.70" } },
    ]);
    expect(readRecorded("shopify", "refunds_create-goods-only")).toMatchObject({ facts: [], problems: [] });
  });

  it("test orders and other topics are not counted, customers where that is chosen", () => {
    expect(readRecorded("shopify", "orders_paid-test").facts).toEqual([]);
    expect(readRecorded("shopify", "orders_paid-test", { testOrders: true }).facts).toHaveLength(1);
    expect(readRecorded("shopify", "orders_updated")).toMatchObject({ facts: [], problems: [] });
    expect(readRecorded("shopify", "customers_create").facts).toEqual([]);
    expect(readRecorded("shopify", "customers_create", { joins: "created" }).facts).toMatchObject([
      { type: "customer.joined", customerId: "7105211793", occurredAt: "2026-09-30T09:02:00.000Z" },
    ]);
  });
});

describe.each(["segment", "rudderstack"])("%s", (provider) => {
  const call = (more: object) => ({
    ...{ type: "track", messageId: "m1", userId: "u1", timestamp: "2026-10-01T10:00:00.000Z" },
    ...more,
  });

  it("an order is a purchase, and buys its cart", () => {
    const { facts } = readRecorded(provider, "order-completed");
    expect(facts).toMatchObject([
      { id: "source:s:order:50314b8e", type: "purchase.made", money: { amount: "27.50", currency: "USD" } },
      { type: "cart.bought", cartId: "c-1" },
    ]);
  });

  it.each([
    [0.1 + 0.2, "EUR", "0.30"],
    [1500, "JPY", "1500"],
    ["12.5", "eur", "12.5"],
    ["1500.00", "JPY", "1500"],
  ])("a total of %s %s is %s", (total, currency, amount) => {
    const payload = call({ event: "Order Completed", properties: { order_id: 7, total, currency } });
    expect(readPayload(provider, payload).facts).toMatchObject([
      { orderId: "7", money: { amount, currency: currency.toUpperCase() } },
    ]);
  });

  it("money without a currency takes the one of the options, and is kept as unmapped without", () => {
    const payload = call({ event: "Order Completed", properties: { order_id: "7", revenue: 3 } });
    expect(readPayload(provider, payload)).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/options\.currency/)],
    });
    const options = { currency: "EUR" };
    expect(readPayload(provider, payload, { options }).facts).toMatchObject([{ money: { currency: "EUR" } }]);
  });

  it("other events become what the options say, from fields of the call", () => {
    const fields = { score: "properties.stars", ticketId: "properties.none" };
    const options = {
      events: { Rated: { fact: { survey: "csat", scale: "1-5" }, fields } },
      ignored: ["Scrolled"],
    };
    const rated = readPayload(provider, call({ event: "Rated", properties: { stars: 4 } }), { options });
    expect(rated.facts).toEqual([
      {
        ...{ id: "source:s:m1", survey: "csat", scale: "1-5", score: 4, customerId: "u1" },
        occurredAt: "2026-10-01T10:00:00.000Z",
      },
    ]);
    expect(readPayload(provider, call({ event: "Scrolled" }), { options })).toMatchObject({
      facts: [],
      problems: [],
    });
    expect(readPayload(provider, call({ event: "Else" }), { options }).problems).toHaveLength(1);
    const taking = { events: { Rated: { fields: { supersedes: "properties.id" } } } };
    // Nobody takes other facts out by a field of a call.
    expect(() => readPayload(provider, call({ event: "Rated" }), { options: taking })).toThrow(/supersedes/);
    expect(readPayload(provider, call({ event: "constructor" })).problems).toHaveLength(1);
  });

  it("a page from a search engine is a visit from search, from an advertisement none; who is known interacts", () => {
    expect(readRecorded(provider, "page-from-search").facts).toMatchObject([
      { type: "search.landed", page: "/help/returns" },
    ]);
    expect(readRecorded(provider, "page-from-advertisement", { touchpoint: "website" }).facts).toEqual([]);
    const known = readRecorded(provider, "page-from-search", { touchpoint: "website" });
    expect(known.facts).toMatchObject([
      {},
      { type: "interaction.made", touchpoint: "website", customerId: "17850" },
    ]);
  });

  it("a batch is each of its calls; one of another form is no reason for the others", () => {
    const good = call({ event: "Signed Up" });
    for (const payload of [[good, 7], { batch: [7, good] }]) {
      const { facts, problems } = readPayload(provider, payload);
      expect(facts).toMatchObject([{ type: "customer.joined" }]);
      expect(problems).toHaveLength(1);
    }
    const timeless = { type: "track", messageId: "m", event: "Signed Up", userId: "u" };
    expect(readPayload(provider, timeless)).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/timestamp/)],
    });
  });
});
