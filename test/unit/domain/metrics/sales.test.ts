import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { Counted, purchase } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

describe("sales", () => {
  const refund = (day: string, amount: string, currency = "USD") => ({
    type: "purchase.refunded",
    occurredAt: `${day}T12:00:00Z`,
    money: { amount, currency },
  });

  it("are purchases − refunds", () => {
    const counted = new Counted([
      purchase("a", "2026-03-02", "19.99"),
      purchase(undefined, "2026-03-03", "0.02"),
      refund("2026-03-04", "5.00"),
    ]);
    expect(counted.measure("sales", ...month)).toMatchObject({
      value: "15.01",
      components: { orders: 2, revenue: "20.01", refunds: 1, refunded: "5.00" },
    });
  });

  it("can be negative in a month of refunds", () => {
    const counted = new Counted([refund("2026-03-04", "7.10")]);
    expect(counted.measure("sales", ...month).value).toBe("-7.10");
  });

  it("never add currencies, and know how many decimals each has", () => {
    const counted = new Counted([
      purchase("a", "2026-03-02", "100", "JPY"),
      purchase("b", "2026-03-02", "1.234", "BHD"),
      purchase("c", "2026-03-02", "9.99", "USD"),
    ]);
    const of = (currency: string, currencyDecimals: number) =>
      counted.measure("sales", ...month, { currency, currencyDecimals }).value;
    expect([of("JPY", 0), of("BHD", 3), of("USD", 2)]).toEqual(["100", "1.234", "9.99"]);
  });

  it("are exact beyond 2^53", () => {
    const counted = new Counted(
      Array.from({ length: 200 }, (_, index) => ({
        ...purchase("a", "2026-03-02", "999999999999.99"),
        orderId: String(index),
      })),
    );
    expect(counted.measure("sales", ...month).value).toBe("199999999999998.00");
  });
});

describe("money in several currencies", () => {
  const facts = [purchase("a", "2026-10-02", "10.00"), purchase("b", "2026-10-03", "20.00", "EUR")];

  it.each([
    ["sales", "Purchases and refunds"],
    ["average-order-value", "Orders"],
    ["clv", "Orders"],
  ])("is a series of its own each: %s says which others there are", (id, what) => {
    const counted = new Counted(facts);
    const remark = (other: string) => `${what} in ${other} are not in this value: ask for currency=${other}.`;
    expect(counted.measure(id, "2026-10-01", "2026-10-31").remarks?.map(inEnglish)).toEqual([remark("EUR")]);
    const euro = { currency: "EUR" };
    expect(counted.measure(id, "2026-10-01", "2026-10-31", euro).remarks?.map(inEnglish)).toEqual([
      remark("USD"),
    ]);
    expect(counted.measure(id, "2026-10-02", "2026-10-02").remarks).toBeUndefined();
  });
});
