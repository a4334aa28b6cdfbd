import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayNumber } from "../../../lib/domain/calendar/days.ts";
import { dayTicks, linearScale, valueAxis } from "../../../lib/report/axes.ts";

describe("a scale", () => {
  it("places the ends of its domain at the ends of its range, upside down too", () => {
    const scale = linearScale([-100, 100], [200, 0]);
    expect([-100, 0, 100].map(scale.place)).toEqual([200, 100, 0]);
  });

  it("places the only value of a domain in the middle", () => {
    expect(linearScale([5, 5], [0, 10]).place(5)).toBe(5);
  });
});

describe("the axis of values", () => {
  const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

  it("holds every value between its first and last tick, and has few ticks", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 50 }), fc.boolean(), (values, isAmount) => {
        const { domain, ticks, step } = valueAxis({ values, isAmount });
        const slack = step * 1e-6;
        expect(domain[0]).toBeLessThanOrEqual(Math.min(...values) + slack);
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values) - slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(12);
        expect([ticks[0], ticks.at(-1)]).toEqual([...domain]);
      }),
    );
  });

  it("of nothing goes from 0 to 1; of one value has room on both sides", () => {
    expect(valueAxis({ values: [], isAmount: false }).domain).toEqual([0, 1]);
    const { domain } = valueAxis({ values: [40], isAmount: false });
    expect(domain[0]).toBeLessThan(40);
    expect(domain[1]).toBeGreaterThan(40);
  });

  it("of amounts begins at 0 where that is near, and not where it would flatten the line", () => {
    expect(valueAxis({ values: [20, 100], isAmount: true }).domain[0]).toBe(0);
    expect(valueAxis({ values: [980, 1000], isAmount: true }).domain[0]).toBeGreaterThan(900);
    expect(valueAxis({ values: [20, 100], isAmount: false }).domain[0]).toBe(20);
    expect(valueAxis({ values: [-30, 100], isAmount: true }).domain[0]).toBeLessThanOrEqual(-30);
    expect(valueAxis({ values: [0, 0], isAmount: true }).domain).toEqual([0, 1]);
  });

  it("has round ticks without the last bits of sums of decimals", () => {
    expect(valueAxis({ values: [0.1, 0.3], isAmount: false }).ticks).toEqual([0.1, 0.15, 0.2, 0.25, 0.3]);
  });
});

describe("the axis of days", () => {
  it.each([1, 2, 5, 31, 90, 366, 3_660])("over %i days has a few ticks, on days of the range", (days) => {
    const range = { from: "2026-01-15", to: addDays("2026-01-15", days - 1) };
    const ticks = dayTicks(range, "en-GB");
    expect(ticks.length).toBeGreaterThanOrEqual(1);
    expect(ticks.length).toBeLessThanOrEqual(11);
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
    for (const { at } of ticks) {
      expect(at).toBeGreaterThanOrEqual(dayNumber(range.from));
      expect(at).toBeLessThanOrEqual(dayNumber(range.to));
      expect(Number.isInteger(at)).toBe(true);
    }
  });

  it("names days in a short range, months in a year and years beyond", () => {
    expect(dayTicks({ from: "2026-10-01", to: "2026-10-30" }, "en-GB")[0]?.label).toMatch(/^\d+ [A-Z]/);
    expect(dayTicks({ from: "2026-01-01", to: "2026-12-31" }, "en-GB")[0]?.label).toBe("Jan 2026");
    expect(dayTicks({ from: "2018-01-01", to: "2026-12-31" }, "en-GB")[0]?.label).toBe("2018");
  });
});
