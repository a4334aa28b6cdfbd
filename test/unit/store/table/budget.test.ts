import { describe, expect, it } from "vitest";
import { ReadBudget } from "../../../../lib/store/table/budget.ts";

describe("a budget of read units", () => {
  it("sets aside what reads are sure to cost, so that reads at the same time cannot spend the same units", () => {
    const budget = new ReadBudget(10);
    budget.reserve(6);
    expect(() => budget.reserve(5)).toThrow(expect.objectContaining({ code: "too-dear" }));
    expect(budget.remaining).toBe(4);
  });

  it("charges what a read has cost instead of what was set aside for it", () => {
    const budget = new ReadBudget(10);
    budget.reserve(1);
    budget.settle(1, 8.5);
    expect(budget.spent).toBe(8.5);
    budget.reserve(1);
    budget.settle(1, 0.5);
    expect(budget.remaining).toBe(1);
  });

  it("refuses what is known to cost more before any of it is spent", () => {
    const budget = new ReadBudget(10);
    expect(() => budget.require(11)).toThrow(/more than the 10 read units/);
    expect(budget.spent).toBe(0);
  });
});
