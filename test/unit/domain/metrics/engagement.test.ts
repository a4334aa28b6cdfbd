import { describe, expect, it } from "vitest";
import { Counted, step } from "../../../fixtures/domain.ts";

const at = (customerId: string, day: string, touchpoint: string) => ({
  ...{ type: "interaction.made", customerId, touchpoint },
  occurredAt: `${day}T12:00:00Z`,
});

const facts = [
  ...["a", "b", "c", "d"].map((id) => step("joined", id, "2026-01-01")),
  ...["app", "app", "shop", "mail", "phone"].map((touchpoint) => at("a", "2026-03-01", touchpoint)),
  ...["app", "shop", "mail"].map((touchpoint) => at("b", "2026-03-02", touchpoint)),
  at("b", "2026-03-31", "phone"),
  ...["app", "app", "app", "app", "app"].map((touchpoint) => at("c", "2026-03-03", touchpoint)),
  // Not a customer.
  ...["app", "shop", "mail", "phone"].map((touchpoint) => at("x", "2026-03-20", touchpoint)),
];

const on = (day: string, counting = {}) => new Counted(facts, counting).measure("engagement", day, day);

describe("engagement", () => {
  it("is the share of active customers with interactions at four touchpoints in 30 days", () => {
    // Of a, b, c and d only a; five interactions at four touchpoints.
    expect(on("2026-03-20")).toMatchObject({
      value: 25,
      n: 4,
      components: { engaged: 1, activeCustomers: 4, interactionsPerEngaged: 5, touchpointsPerEngaged: 4 },
    });
  });

  it("is of the 30 days up to the interval's last day", () => {
    // a: 1 to 30 March. b: 2 to 31 March is the only window with all four.
    expect(on("2026-03-30").components["engaged"]).toBe(1);
    expect(on("2026-03-31")).toMatchObject({ value: 25, components: { interactionsPerEngaged: 4 } });
    expect(on("2026-04-01")).toMatchObject({
      value: 0,
      components: { engaged: 0, interactionsPerEngaged: null, touchpointsPerEngaged: null },
    });
    const month = new Counted(facts).measure("engagement", "2026-03-01", "2026-03-31");
    expect(month).toMatchObject({ value: 25, n: 4 });
  });

  it("takes as many touchpoints as the workspace says", () => {
    expect(on("2026-03-20", { engagedTouchpoints: 3 })).toMatchObject({
      value: 50,
      components: { interactionsPerEngaged: 4, touchpointsPerEngaged: 3.5 },
    });
    expect(on("2026-03-20", { engagedTouchpoints: 1 }).value).toBe(75);
    expect(on("2026-03-20", { engagedTouchpoints: 5 }).value).toBe(0);
  });

  it("counts only who is an active customer at the day's end", () => {
    const changed = new Counted([
      ...facts,
      step("left", "a", "2026-03-10"),
      step("joined", "x", "2026-03-21"),
    ]);
    const engagedOn = (day: string) => changed.measure("engagement", day, day);
    expect(engagedOn("2026-03-09")).toMatchObject({ n: 4, components: { engaged: 1 } });
    expect(engagedOn("2026-03-10")).toMatchObject({ n: 3, value: 0 });
    // x interacted the day before it joined.
    expect(engagedOn("2026-03-21")).toMatchObject({ n: 4, value: 25 });
  });

  it("without customers is null", () => {
    const { value, n } = new Counted(facts.slice(-4)).measure("engagement", "2026-03-20", "2026-03-20");
    expect({ value, n }).toEqual({ value: null, n: 0 });
  });

  it("has Wilson's interval", () => {
    // 1 of 4, z = 1.959964.
    const { low, high } = on("2026-03-20");
    expect(low).toBeCloseTo(4.5587, 3);
    expect(high).toBeCloseTo(69.9358, 3);
  });
});
