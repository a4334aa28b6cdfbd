import { describe, expect, it } from "vitest";
import { addDays } from "../../../../lib/domain/calendar/days.ts";
import type { Counts } from "../../../../lib/domain/metrics/period.ts";
import { daysHeld, heldStates } from "../../../../lib/store/counters/held-states.ts";

/** The state at the end of a day, as it is read by a range that ends with it. */
function stateOn(days: ReadonlyMap<string, Counts>, day: string, name = "value", from = day): bigint {
  const timeline = heldStates({ from, to: day }, days);
  return timeline.sumBefore(name, from) + timeline.sumBetween(name, from, day);
}

const days = new Map<string, Counts>([
  ["2026-03-09", { value: 7n }],
  ["2026-03-02", { value: 5n, gone: 1n }],
]);

describe("what a model says", () => {
  it("holds from its day until it says something else, whatever range is read", () => {
    for (const from of ["2026-02-20", "2026-03-02", "2026-03-05"]) {
      expect([stateOn(days, "2026-03-05", "value", from), stateOn(days, "2026-03-05", "gone", from)]).toEqual(
        [5n, 1n],
      );
    }
    expect(stateOn(days, "2026-03-01")).toBe(0n);
    expect(stateOn(days, "2026-03-02")).toBe(5n);
    expect(stateOn(days, "2026-03-09")).toBe(7n);
    expect(stateOn(days, "2026-03-09", "gone")).toBe(0n);
  });

  it("holds for 31 days at most", () => {
    expect(daysHeld).toBe(31);
    expect(stateOn(days, addDays("2026-03-09", 30))).toBe(7n);
    expect(stateOn(days, addDays("2026-03-09", 31))).toBe(0n);
    expect(stateOn(days, "2026-06-01", "value", "2026-03-01")).toBe(0n);
  });

  it("ends between two that are far apart, and begins again", () => {
    const apart = new Map([...days, ["2026-06-01", { value: 3n }] as const]);
    expect(stateOn(apart, "2026-05-31", "value", "2026-01-01")).toBe(0n);
    expect(stateOn(apart, "2026-06-01", "value", "2026-01-01")).toBe(3n);
  });

  it("counts that it was said anew on its own day alone", () => {
    const marked = new Map<string, Counts>([["2026-03-02", { value: 5n, "~m": 9n }]]);
    const timeline = heldStates({ from: "2026-03-01", to: "2026-05-01" }, marked);
    expect(timeline.on("2026-03-02")).toEqual({ value: 5n, "~m": 9n });
    expect(timeline.sumBetween("~m", "2026-03-01", "2026-05-01")).toBe(9n);
    expect(timeline.on("2026-04-02")).toEqual({ value: -5n });
  });
});
