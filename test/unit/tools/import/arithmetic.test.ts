import { describe, expect, it } from "vitest";
import { answer, compile, header, make, row, value } from "./mapped-rows.ts";

describe("arithmetic", () => {
  it("is exact, and can be nested", () => {
    expect(value({ sum: ["{amount}", "0.1", 0.2] })).toBe(12.8);
    expect(value({ product: ["{amount}", "{visits}"] })).toBe(150);
    expect(value({ difference: ["{visits}", "{score}"] })).toBe(3);
    expect(value({ quotient: ["{visits}", { sum: ["{score}", 1] }] })).toBe(1.2);
    expect(value({ round: { quotient: ["{visits}", "{score}"] } })).toBe(1);
    expect(value({ product: ["{amount}", "{note}"] })).toBeUndefined();
    expect(value({ quotient: ["{visits}", 0] })).toMatch(/nothing to divide by/);
  });

  it("makes amounts: in minor units, computed, and without decimals that their currency lacks", () => {
    const money = (currency: string, amount: string) =>
      value({ money: "{amount}", currency, minor: true }, { amount });
    expect(money("usd", "13079")).toEqual({ amount: "130.79", currency: "USD" });
    expect(money("jpy", "13079")).toEqual({ amount: "13079", currency: "JPY" });
    expect(money("KWD", "5")).toEqual({ amount: "0.005", currency: "KWD" });
    expect(value({ money: "{amount}", currency: "JPY" }, { amount: "1500.00" })).toEqual({
      amount: "1500",
      currency: "JPY",
    });
    expect(value({ money: { product: ["{visits}", "{amount}"] }, currency: "€" })).toEqual({
      amount: "150.00",
      currency: "EUR",
    });
  });

  it("moves times, and measures from one to another", () => {
    const time = (more: object) => value({ time: "{at}", ...more });
    expect(time({ plus: { minutes: "{visits}" } })).toBe("2024-05-01T10:12:00Z");
    expect(time({ plus: { seconds: { duration: "{note}" } } })).toBeUndefined();
    expect(value({ time: "{at}", plus: { seconds: { duration: "{note}" } } }, { note: "00:02:05" })).toBe(
      "2024-05-01T10:02:05Z",
    );
    expect(time({ minus: { hours: 1.5, days: 1 } })).toBe("2024-04-30T08:30:00Z");
    expect(value({ between: ["{at}", { time: "{at}", plus: { minutes: 2 } }] })).toBe(120);
    expect(value({ duration: "{note}", unit: "minutes" }, { note: "1:30:00" })).toBe(90);
  });

  it("decides which facts are made", () => {
    const when = { value: { difference: ["{visits}", "{score}"] }, above: 3 };
    expect(make(answer({}, { when })).facts).toHaveLength(0);
    expect(make(answer({}, { when }), { visits: "13" }).facts).toHaveLength(1);
    const numbers = { decimal: ",", grouping: "." };
    const large = { value: { sum: ["{amount}"] }, above: 1234 };
    expect(make(answer({}, { when: large }, { numbers }), { amount: "1.234,50" }).facts).toHaveLength(1);
  });

  it("adds up the rows of a group", () => {
    const total = { total: { product: ["{amount}", "{visits}"] }, when: { column: "kind", is: "sale" } };
    const cells = (changes: object) => {
      const all: Record<string, string> = { ...row, ...changes };
      return header.map((name) => all[name] ?? "");
    };
    const members = [{}, { amount: "1.10", visits: "3" }, { kind: "gift" }, { amount: "" }].map(
      (changes, index) => ({ number: index + 2, index, cells: cells(changes) }),
    );
    const [first] = members;
    const made = compile(answer({ x: total })).make({
      number: 2,
      index: 0,
      cells: first?.cells ?? [],
      members,
    });
    expect(made.facts[0]?.fields["x"]).toBe(153.3);
  });
});

describe("ids of any text", () => {
  it("stay where they can, and are readable and told apart where not", () => {
    const idOf = (id: string) => make(answer({ id: "{id}" }), { id }).facts[0]?.id ?? "";
    expect(idOf("order:1000.b_c-d")).toBe("order:1000.b_c-d");
    expect(idOf("#1000")).toMatch(/^1000\.[0-9a-f]{32}$/);
    expect(idOf("# 1000")).not.toBe(idOf("#1000"));
    expect(idOf("https://example.com/r/1")).toMatch(/^https:-example\.com-r-1\.[0-9a-f]{32}$/);
    expect(idOf("é".repeat(300))).toMatch(/^id\.[0-9a-f]{32}$/);
    expect(idOf("a".repeat(129)).length).toBeLessThanOrEqual(128);
  });

  it("are the same wherever they stand in a fact", () => {
    const made = make(answer({ id: "{note}", invitationId: "{note}" }), { note: "a b" });
    expect(made.facts[0]?.fields["invitationId"]).toBe(made.facts[0]?.id);
  });
});

describe("a row with more cells than the header", () => {
  const columns = ["id", "score", "comment", "at"];
  const mapping = answer({ score: { number: "{score}" }, comment: "{comment}" });
  const rowOf = (...cells: string[]) => compile(mapping, columns).make({ number: 2, index: 0, cells });

  it("is mended where its comment has the delimiter in it, and all else fits", () => {
    const made = rowOf("1", "9", "Good", " thanks", "2024-05-01T10:00:00Z");
    expect(made).toMatchObject({ isMended: true, facts: [{ fields: { comment: "Good, thanks" } }] });
  });

  it("is rejected where that does not fit", () => {
    expect(rowOf("1", "9", "Good", "2024-05-01T10:00:00Z", "x").problems[0]?.detail).toMatch(/has 5 cells/);
  });
});
