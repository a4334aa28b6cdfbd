import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("cart-abandonment", () => {
  const start = (cartId: string, occurredAt: string) => at("cart.started", { cartId }, occurredAt);
  const buy = (cartId: string, occurredAt: string) => at("cart.bought", { cartId }, occurredAt);
  const measure = (facts: object[], from: string, to: string, cartHours = 24) =>
    new Counted(facts, { cartHours }).measure("cart-abandonment", from, to);

  const facts = [
    start("in-time", "2026-10-01T10:00:00Z"),
    buy("in-time", "2026-10-01T11:00:00Z"),
    start("never", "2026-10-01T10:00:00Z"),
    start("next-day", "2026-10-01T10:00:00Z"),
    buy("next-day", "2026-10-02T10:00:00Z"),
    start("late", "2026-10-01T10:00:00Z"),
    buy("late", "2026-10-05T10:00:00Z"),
    buy("unknown", "2026-10-01T10:00:00Z"),
  ];

  it("decides carts on the day of their purchase, or when their time runs out", () => {
    // Day 1: one bought. Day 2: bought 24 hours later to the minute, one late, one never.
    expect(measure(facts, "2026-10-01", "2026-10-01")).toMatchObject({
      value: 0,
      n: 1,
      components: { bought: 1, abandoned: 0, startedInPeriod: 4 },
    });
    const second = measure(facts, "2026-10-02", "2026-10-02");
    expect(second).toMatchObject({ n: 3, components: { bought: 2, abandoned: 1, boughtLate: 1 } });
    expect(second.value).toBeCloseTo(100 / 3, 12);
    expect(measure(facts, "2026-10-03", "2026-10-31")).toMatchObject({ value: null, n: 0 });
    // All together: 1 − 3/4.
    expect(measure(facts, ...october)).toMatchObject({ value: 25, n: 4 });
  });

  it("gives carts as long as the workspace says", () => {
    // With 96 hours the late one, bought exactly then, is in time; the one that is never bought ends on the 5th too.
    expect(measure(facts, "2026-10-05", "2026-10-05", 96)).toMatchObject({
      value: 50,
      n: 2,
      components: { boughtLate: 0 },
    });
  });

  it("waits for the start of a cart that was bought", () => {
    expect(measure([buy("c", noon)], ...october)).toMatchObject({ value: null, n: 0 });
    expect(measure([buy("c", noon), start("c", noon)], ...october)).toMatchObject({ value: 0, n: 1 });
  });

  it("counts a cart once, however often its start and its purchase are sent", () => {
    const again = [...facts, ...facts.map((fact) => ({ ...fact }))];
    expect(measure(again, ...october)).toEqual(measure(facts, ...october));
  });

  it("lets an open cart's time run out in the workspace's time zone", () => {
    // 24 hours after 23:30 in Berlin on the 1st: 23:30 on the 2nd there, and in UTC too; 30 minutes later the 3rd in Berlin.
    const inBerlin = (occurredAt: string) =>
      new Counted([start("c", occurredAt)], { timeZone: "Europe/Berlin" }).measure(
        "cart-abandonment",
        "2026-10-02",
        "2026-10-02",
      ).n;
    expect(inBerlin("2026-10-01T21:30:00Z")).toBe(1);
    expect(inBerlin("2026-10-01T22:00:00Z")).toBe(0);
  });
});
