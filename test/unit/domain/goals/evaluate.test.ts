import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goalStates } from "../../../../lib/domain/goals/evaluate.ts";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { betterIn } from "../../../../lib/domain/metrics/range.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import { dueDate, goalOf, judge, reading, start } from "./goals.ts";

/** Day 25, 50 and 100 of the 100 days from the base to the due date, and the day after. */
const [quarter, half, last, after] = ["2026-02-25", "2026-03-22", dueDate, "2026-05-12"];

describe("a score that is to rise by 5 points from 40", () => {
  const goal = goalOf("nps", { change: 5 });
  const base = reading(40);

  it.each([
    [46, "met", 1],
    [45, "met", 0],
    [44.5, "on-track", 2],
    [42.5, "on-track", 0],
    [42, "off-track", -0.5],
    [-10, "off-track", -52.5],
  ])("at %d half-way, where 42.5 is expected, is %s by %d", (value, state, by) => {
    expect(judge(goal, { current: reading(value), base, today: half })).toMatchObject({
      ...{ state, by, target: 45, expected: 42.5, final: false },
    });
  });

  it.each([
    [start, 40],
    [quarter, 41.25],
    [half, 42.5],
    [last, 45],
    [after, 45],
  ])("is expected on a straight line: on %s %d", (today, expected) => {
    expect(judge(goal, { current: reading(40), base, today }).expected).toBe(expected);
  });

  it("is expected at the base, not below it, on a day before the line begins", () => {
    const verdict = judge(goal, { current: reading(40), base, today: "2026-01-20" });
    expect(verdict).toMatchObject({ state: "on-track", by: 0, expected: 40 });
  });

  it("is met or off-track on the due date, and finally so on the day after", () => {
    const at = (value: number, today: string) => judge(goal, { current: reading(value), base, today });
    expect(at(44.9, last)).toMatchObject({ state: "off-track", final: false });
    expect(at(45, last)).toMatchObject({ state: "met", final: false });
    expect(at(44.9, after)).toMatchObject({ state: "off-track", final: true });
    expect(at(45, after)).toMatchObject({ state: "met", final: true });
  });
});

describe("a rate that is to fall from 8 % to 6 %, where lower is better", () => {
  it.each([{ value: 6 }, { change: -2 }, { changePercent: -25 }])("by the target %j", (target) => {
    const at = (value: number) =>
      judge(goalOf("churn-rate", target), { current: reading(value), base: reading(8), today: half });
    expect(at(5)).toMatchObject({ state: "met", by: 1, target: 6, expected: 7 });
    expect(at(6)).toMatchObject({ state: "met", by: 0 });
    expect(at(6.5)).toMatchObject({ state: "on-track", by: 0.5 });
    expect(at(7)).toMatchObject({ state: "on-track", by: 0 });
    expect(at(7.5)).toMatchObject({ state: "off-track", by: -0.5 });
  });
});

describe("a change in per cent", () => {
  it.each([
    ["csat", 70, 10, 77],
    ["nps", -20, 10, -18],
    ["churn-rate", 5, -20, 4],
  ])("of %s from %d by %d %% is of the base's size and leads to %d", (id, from, changePercent, target) => {
    const verdict = judge(goalOf(id, { changePercent }), { current: reading(from), base: reading(from) });
    expect(verdict.target).toBe(target);
  });

  it("is met by a value that only differs by the rounding of doubles", () => {
    // In doubles 33.3 + 3.33 is 36.629999999999995, and 0.7 + 0.07 is more than 0.77.
    for (const [from, value] of [
      [33.3, 36.63],
      [0.7, 0.77],
    ] as const) {
      const verdict = judge(goalOf("csat", { changePercent: 10 }), {
        current: reading(value, { low: value, high: value }),
        base: reading(from),
      });
      expect(verdict).toMatchObject({ state: "met", certain: true });
    }
  });

  it("of a base of 0 says nothing", () => {
    const verdict = judge(goalOf("customers", { changePercent: 10 }), {
      current: reading(50),
      base: reading(0),
    });
    expect(verdict).toMatchObject({ state: "unknown", by: null, certain: null, target: null });
    expect(verdict.reason).toEqual({ id: "goal.baseIsZero" });
  });
});

describe("money", () => {
  it("is judged, and told exactly, as decimal strings", () => {
    const goal = goalOf("sales", { changePercent: 20 });
    const base = reading("1000.10");
    expect(judge(goal, { current: reading("1100.10"), base })).toMatchObject({
      ...{ state: "off-track", target: "1200.12", expected: "1100.11", by: "-0.01", certain: true },
    });
    expect(judge(goal, { current: reading("1100.11"), base })).toMatchObject({
      ...{ state: "on-track", by: "0.00" },
    });
    expect(judge(goal, { current: reading("1300.00"), base })).toMatchObject({ state: "met", by: "99.88" });
  });

  it("is exact where doubles are not", () => {
    const goal = goalOf("sales", { value: "0.10" });
    expect(judge(goal, { current: reading("0.30"), base: reading("0.00"), today: last })).toMatchObject({
      ...{ state: "met", by: "0.20" },
    });
  });
});

describe("a base that is as good as the target already", () => {
  it("is to be kept up, no more and no less than the target", () => {
    const goal = goalOf("csat", { value: 80 });
    const at = (value: number) => judge(goal, { current: reading(value), base: reading(90), today: half });
    expect(at(85)).toMatchObject({ state: "met", expected: 80, by: 5 });
    expect(at(79)).toMatchObject({ state: "off-track", expected: 80, by: -1 });
  });
});

describe("a convention in which lower is better", () => {
  it("turns the direction", () => {
    const goal = goalOf("ces", { value: 2 }, "effort-1-5");
    const at = (value: number) => judge(goal, { current: reading(value), base: reading(3), today: half });
    expect([at(1.9), at(2.5), at(2.6)].map(({ state }) => state)).toEqual(["met", "on-track", "off-track"]);
  });
});

describe("what is not known", () => {
  const base = reading(40);
  const tooFew = { n: 12, lowSample: true };

  it("is where a goal stands without data, and says since when there is none", () => {
    const current = reading(null, { n: 0, lowSample: true, from: "2026-02-21", to: half });
    const verdict = judge(goalOf("nps", { value: 50 }), { current, base });
    expect(verdict).toMatchObject({ state: "unknown", by: null, certain: null, target: 50, expected: 45 });
    expect(verdict.reason && inEnglish(verdict.reason)).toBe(
      "The value cannot be judged: 2026-02-21 to 2026-03-22 has no data to measure nps from.",
    );
  });

  it("is where a goal stands with too small a sample, however good the value", () => {
    const verdict = judge(goalOf("nps", { value: 50 }), { current: reading(100, tooFew), base });
    expect(verdict.state).toBe("unknown");
    expect(verdict.reason && inEnglish(verdict.reason)).toContain("has a sample of 12, and 30 are needed");
  });

  it.each([{ change: 5 }, { changePercent: 5 }])("is the target %j of a base that is not known", (target) => {
    for (const unknownBase of [reading(null, { n: 0 }), reading(40, tooFew)]) {
      const verdict = judge(goalOf("nps", target), { current: reading(60), base: unknownBase });
      expect(verdict).toMatchObject({ state: "unknown", target: null, expected: null });
      expect(verdict.reason && inEnglish(verdict.reason)).toMatch(
        /^The target follows from a base that is not known: /,
      );
    }
  });

  it("is the line to a value from a base that is not known, but not whether the value is reached", () => {
    const goal = goalOf("nps", { value: 50 });
    const at = (value: number, today: string) =>
      judge(goal, { current: reading(value), base: reading(null, { n: 0 }), today });
    expect(at(40, half)).toMatchObject({ state: "unknown", target: 50, expected: null });
    expect(at(50, half)).toMatchObject({ state: "met", by: 0 });
    expect(at(40, last)).toMatchObject({ state: "off-track", by: -10, expected: 50 });
    expect(at(40, after)).toMatchObject({ state: "off-track", by: -10, final: true });
  });

  it("is how to reach a target that the metric cannot have", () => {
    const verdict = judge(goalOf("nps", { change: 70 }), { current: reading(90), base });
    expect(verdict).toMatchObject({ state: "unknown", target: null });
    expect(verdict.reason && inEnglish(verdict.reason)).toBe(
      "The target comes to 110, and nps is from -100 to 100. Set another one.",
    );
  });
});

describe("a state is certain", () => {
  const goal = goalOf("nps", { value: 50 });
  const at = (value: number, low: number | null, high: number | null) =>
    judge(goal, { current: reading(value, { low, high }), base: reading(40), today: half });

  it("when the whole interval is on the wrong side of the line, and not when it reaches over", () => {
    expect(at(40, 36, 44.9)).toMatchObject({ state: "off-track", certain: true });
    expect(at(40, 35, 45)).toMatchObject({ state: "off-track", certain: false });
  });

  it("when the whole interval is on the right side", () => {
    expect(at(47, 45, 49)).toMatchObject({ state: "on-track", certain: true });
    expect(at(47, 44.9, 49.1)).toMatchObject({ state: "on-track", certain: false });
    expect(at(55, 50, 60)).toMatchObject({ state: "met", certain: true });
    expect(at(55, 49, 61)).toMatchObject({ state: "met", certain: false });
  });

  it("where lower is better, by the other ends", () => {
    const falling = goalOf("churn-rate", { value: 6 });
    const churn = (value: number, low: number, high: number) =>
      judge(falling, { current: reading(value, { low, high }), base: reading(8), today: half });
    expect(churn(8, 7.1, 9)).toMatchObject({ state: "off-track", certain: true });
    expect(churn(8, 7, 9)).toMatchObject({ state: "off-track", certain: false });
    expect(churn(5, 4, 6)).toMatchObject({ state: "met", certain: true });
  });

  it("of what is counted and not sampled, which has no error; never of a sample without interval", () => {
    const counted = judge(goalOf("customers", { value: 60 }), { current: reading(10), base: reading(50) });
    expect(counted).toMatchObject({ state: "off-track", certain: true });
    const product = judge(goalOf("clv", { value: "60" }), { current: reading("10"), base: reading("50") });
    expect(product).toMatchObject({ state: "off-track", certain: null });
  });
});

describe.each(
  metrics.flatMap((metric) =>
    (metric.conventions ?? [""]).map((convention) => [metric.id, convention, metric] as const),
  ),
)("%s %s", (id, convention, metric) => {
  const figure = fc.double({ min: 0, max: 100, noNaN: true });
  const day = fc.constantFrom(start, quarter, half, last, after);
  const target = fc.oneof(
    figure.map((value) => ({ value: metric.unit === "money" ? String(value) : value })),
    figure.map((change) => ({ change })),
    figure.map((changePercent) => ({ changePercent })),
  );

  it("a better value never has a worse state, nor less in hand on the same side", () => {
    fc.assert(
      fc.property(figure, figure, figure, day, target, (one, other, from, today, aim) => {
        const [worse, better] =
          betterIn(metric, convention) === "higher"
            ? [Math.min(one, other), Math.max(one, other)]
            : [Math.max(one, other), Math.min(one, other)];
        const state = (value: number) => {
          const shown = (figureShown: number) =>
            metric.unit === "money" ? figureShown.toFixed(6) : figureShown;
          const verdict = judge(goalOf(id, aim, convention), {
            current: reading(shown(value)),
            base: reading(shown(from)),
            today,
          });
          return goalStates.indexOf(verdict.state);
        };
        expect(state(better)).toBeGreaterThanOrEqual(state(worse));
      }),
      { numRuns: 60 },
    );
  });
});
