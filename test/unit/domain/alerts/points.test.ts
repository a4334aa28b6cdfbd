import { describe, expect, it } from "vitest";
import { courseOf } from "../../../../lib/domain/alerts/points.ts";
import { addDays } from "../../../../lib/domain/calendar/days.ts";
import type { Measurement } from "../../../../lib/domain/metrics/metric.ts";

const first = "2026-01-05";

function courseFrom(measurements: readonly Partial<Measurement>[]) {
  const measured = measurements.map((own, at) => {
    const day = addDays(first, at);
    const nothing = { value: null, low: null, high: null, n: 0, components: {} };
    return {
      interval: { from: day, to: day, calendar: "day" as const },
      measurement: { ...nothing, ...own },
    };
  });
  return courseOf(measured, false);
}

const share = (successes: number, n: number): Partial<Measurement> => ({
  ...{ value: n === 0 ? null : (100 * successes) / n, n },
  sample: { kind: "proportion", successes, n },
});

const count = (value: number): Partial<Measurement> => ({
  ...{ value, n: value },
  sample: { kind: "process", daily: () => [value], isCount: true },
});

const amountSample = (value: number): NonNullable<Measurement["sample"]> => {
  return { kind: "process", daily: () => [value], isCount: false };
};

describe("the points of a course", () => {
  it("of shares weigh as many cases as they have, and days without cases have none", () => {
    const { kind, points } = courseFrom([share(1, 2), share(0, 0), share(3, 4)]);
    expect([kind, points.map(({ weight }) => weight)]).toEqual(["rate", [2, 4]]);
    expect(points.map(({ day }) => day)).toEqual([first, addDays(first, 2)]);
  });

  it("go back to the unit of their metric", () => {
    const counts = courseFrom([count(4), count(9), count(0)]);
    const amounts = courseFrom([10, 20, 40].map((value) => ({ value, n: 1, sample: amountSample(value) })));
    for (const { points, shownOf } of [counts, amounts, courseFrom([share(1, 2)])]) {
      for (const { value, shown } of points) expect(shownOf?.(value)).toBeCloseTo(shown, 9);
    }
    // What lies below nothing is nothing.
    expect(counts.shownOf?.(-1)).toBe(0);
  });

  it("of counts begin with the first day on which anything happened", () => {
    const { kind, points } = courseFrom([count(0), count(0), count(4), count(0)]);
    expect([kind, points.map(({ shown }) => shown)]).toEqual(["count", [4, 0]]);
    expect(points[1]?.value).toBeCloseTo(Math.sqrt(3 / 8), 12);
  });

  it("of nothing at all are none", () => {
    expect(courseFrom([count(0), count(0)]).points).toEqual([]);
    expect(courseFrom([]).points).toEqual([]);
  });

  it("of prices are their changes from day to day", () => {
    const { kind, points } = courseFrom([{ value: "10.00" }, { value: "12.50" }, { value: "12.00" }]);
    expect([kind, points.map(({ value }) => value)]).toEqual(["level", [2.5, -0.5]]);
  });

  it("days of the same weekday share a level", () => {
    const { points } = courseFrom(Array.from({ length: 8 }, () => count(1)));
    expect(points[7]?.phase).toBe(points[0]?.phase);
    expect(new Set(points.map(({ phase }) => phase)).size).toBe(7);
  });
});
