import { describe, expect, it } from "vitest";
import {
  createTimeline,
  observe,
  type Period,
  periodOf,
  type Timeline,
} from "../../../../../lib/domain/metrics/period.ts";

const days = new Map([
  ["2026-03-01", { a: 1n, "c:x": 5n, "c:y": 1n }],
  ["2026-03-03", { a: 2n, "c:y": -1n, "d:x": 9n }],
  ["2026-03-05", { a: 4n }],
]);
const span = { from: "2026-03-01", to: "2026-03-05" };
const timeline = createTimeline(span, days, { a: 10n, "c:z": 3n });

describe("a timeline", () => {
  it("adds up the days asked for, both included", () => {
    expect(timeline).toMatchObject(span);
    expect(timeline.sumBetween("a", "2026-03-01", "2026-03-05")).toBe(7n);
    expect(timeline.sumBetween("a", "2026-03-02", "2026-03-04")).toBe(2n);
    expect(timeline.sumBetween("a", "2026-03-03", "2026-03-03")).toBe(2n);
    expect(timeline.sumBetween("a", "2026-03-04", "2026-03-04")).toBe(0n);
    expect(timeline.sumBetween("a", "2026-03-05", "2026-03-01")).toBe(0n);
    expect(timeline.sumBetween("nothing", "2026-03-01", "2026-03-05")).toBe(0n);
  });

  it("has nothing on days outside of its span", () => {
    expect(timeline.sumBetween("a", "2026-02-01", "2026-04-01")).toBe(7n);
    expect(timeline.sumBetween("a", "2026-03-06", "2026-04-01")).toBe(0n);
    const cut = createTimeline({ from: "2026-03-02", to: "2026-03-04" }, days, {});
    expect(cut.sumBetween("a", "2026-03-01", "2026-03-05")).toBe(2n);
    const none = createTimeline({ from: "2026-03-05", to: "2026-03-01" }, days, {});
    expect(none.sumBetween("a", "2026-03-01", "2026-03-05")).toBe(0n);
  });

  it("adds up everything before a day, what lies before the span included and the day itself not", () => {
    expect(timeline.sumBefore("a", "2026-03-01")).toBe(10n);
    expect(timeline.sumBefore("a", "2026-03-03")).toBe(11n);
    expect(timeline.sumBefore("a", "2026-03-06")).toBe(17n);
    expect(timeline.sumBefore("c:x", "2026-03-02")).toBe(5n);
  });

  it("names every counter that there is or was, once", () => {
    expect([...timeline.names()].sort()).toEqual(["a", "c:x", "c:y", "c:z", "d:x"]);
    expect(timeline.names()).toBe(timeline.names());
  });
});

describe("a period", () => {
  const period = periodOf(() => timeline, { from: "2026-03-01", to: "2026-03-04", calendar: null });

  it("has sums, balances before it and days in order", () => {
    expect(period).toMatchObject({ from: "2026-03-01", to: "2026-03-04", calendar: null });
    expect(period.count("a")).toBe(3);
    expect(period.sum("a")).toBe(3n);
    expect(period.before("a")).toBe(10);
    expect(period.daily("a")).toEqual([1, 0, 2, 0]);
  });

  it("has the cells under a prefix that are not 0, without the prefix", () => {
    expect(period.cells("c:")).toEqual(new Map([["x", 5n]]));
    expect(period.cells("d:")).toEqual(new Map([["x", 9n]]));
    expect(period.cellNames("c:")).toEqual(["x"]);
    expect(period.cellsBefore("c:")).toEqual(new Map([["z", 3n]]));
  });

  it("that begins before its counters is refused, and one that begins with them is not", () => {
    const late: Timeline = createTimeline({ from: "2026-03-02", to: "2026-03-05" }, days, {});
    const of = (from: string) => periodOf(() => late, { from, to: "2026-03-04", calendar: null });
    expect(() => of("2026-03-01").sum("a")).toThrow(
      /the period from 2026-03-01 begins before its counters, 2026-03-02/,
    );
    expect(of("2026-03-02").sum("a")).toBe(2n);
  });
});

describe("an observed period", () => {
  const observed = () =>
    observe(periodOf(() => timeline, { from: "2026-03-02", to: "2026-03-04", calendar: null }));

  it("answers what the period does", () => {
    const { period } = observed();
    expect(period).toMatchObject({ from: "2026-03-02", to: "2026-03-04", calendar: null });
    expect([period.count("a"), period.sum("a"), period.before("a"), period.daily("a")]).toEqual([
      2,
      2n,
      11,
      [0, 2, 0],
    ]);
    expect([period.cells("d:"), period.cellsBefore("c:")]).toEqual([
      new Map([["x", 9n]]),
      new Map([
        ["x", 5n],
        ["y", 1n],
        ["z", 3n],
      ]),
    ]);
  });

  it.each<[string, (period: Period) => unknown, boolean]>([
    ["a count", (period) => period.count("a"), true],
    ["a count of 0", (period) => period.count("b"), false],
    ["a sum", (period) => period.sum("a"), true],
    ["a sum of 0", (period) => period.sum("b"), false],
    ["a balance before it", (period) => period.before("c:x"), true],
    ["a balance of 0", (period) => period.before("b"), false],
    ["days of which one has a count", (period) => period.daily("a"), true],
    ["days without a count", (period) => period.daily("c:x"), false],
    ["cells", (period) => period.cells("c:"), true],
    ["names of cells", (period) => period.cellNames("c:"), false],
    ["no cells", (period) => period.cells("e:"), false],
    ["cells before it", (period) => period.cellsBefore("c:"), true],
    ["no cells before it", (period) => period.cellsBefore("d:"), false],
  ])("knows whether it was asked for anything that is not 0: %s", (_name, ask, expected) => {
    const { period, hasCounts } = observed();
    expect(hasCounts()).toBe(false);
    ask(period);
    expect(hasCounts()).toBe(expected);
    period.count("b");
    expect(hasCounts()).toBe(expected);
  });
});
