import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("share-price", () => {
  const quote = (occurredAt: string, amount: string, symbol = "ACME", currency = "USD") =>
    at("share.quoted", { symbol, money: { amount, currency } }, occurredAt);
  const facts = [
    quote("2026-10-02T20:00:00Z", "101.00"),
    quote("2026-10-02T14:00:00Z", "98.00"),
    quote("2026-10-05T14:00:00Z", "103.00"),
    quote("2026-10-05T20:00:00Z", "102.90"),
    quote("2026-10-05T19:59:59.999Z", "150.00"),
  ];

  it("is the last of the last day with a quote, whatever the order of arrival", () => {
    const { value, low, high, n, components } = new Counted(facts).measure("share-price", ...october);
    expect({ value, low, high, n }).toEqual({ value: "102.90", low: null, high: null, n: 2 });
    // From the first quote, 98.00, to the last: 4.90, 5 % of 98.
    expect(components).toMatchObject({ firstPrice: "98.00", lastPrice: "102.90", change: "4.90" });
    expect(components["changePercent"]).toBeCloseTo(5, 12);
  });

  it("carries nothing over to days without a quote", () => {
    const counted = new Counted(facts);
    expect(counted.measure("share-price", "2026-10-03", "2026-10-04").value).toBeNull();
    expect(counted.measure("share-price", "2026-10-03", "2026-10-05").value).toBe("102.90");
    expect(counted.measure("share-price", "2026-10-02", "2026-10-04").value).toBe("101.00");
  });

  it("never mixes symbols, on one day or on several", () => {
    const other = quote("2026-10-06T14:00:00Z", "7.00", "OTHER");
    const mixed = new Counted([...facts, other]);
    const measured = mixed.measure("share-price", ...october);
    expect(measured).toMatchObject({ value: null, n: 3 });
    expect(measured.remarks?.map(inEnglish)).toEqual([expect.stringContaining("Several symbols")]);
    expect(mixed.measure("share-price", "2026-10-06", "2026-10-31").value).toBe("7.00");
    expect(mixed.measure("share-price", "2026-10-01", "2026-10-05").value).toBe("102.90");
  });

  it("never mixes currencies, and says which others there are", () => {
    const counted = new Counted([...facts, quote("2026-10-06T14:00:00Z", "80.00", "ACME", "GBP")]);
    const measured = counted.measure("share-price", ...october);
    expect(measured).toMatchObject({ value: "102.90", n: 2 });
    expect(measured.remarks?.map(inEnglish)).toEqual([expect.stringContaining("currency=GBP")]);
    expect(counted.measure("share-price", ...october, { currency: "GBP" }).value).toBe("80.00");
    const third = new Counted([
      ...[...facts, quote("2026-10-06T14:00:00Z", "80.00", "ACME", "GBP")],
      quote("2026-10-06T14:00:00Z", "70.00", "ACME", "EUR"),
    ]).measure("share-price", ...october);
    expect(third.remarks?.map(inEnglish)).toEqual([
      "Prices in EUR, GBP are not in this value: ask for currency=EUR.",
    ]);
  });

  it("says nothing of symbols or currencies where there is no quote, or only one of each", () => {
    expect(new Counted([]).measure("share-price", ...october)).not.toHaveProperty("remarks");
    expect(new Counted(facts).measure("share-price", ...october)).not.toHaveProperty("remarks");
  });

  it("is exact to the last digit of the highest price", () => {
    const counted = new Counted([quote("2026-10-02T14:00:00Z", "999999999.99")]);
    expect(counted.measure("share-price", ...october).value).toBe("999999999.99");
  });
});
