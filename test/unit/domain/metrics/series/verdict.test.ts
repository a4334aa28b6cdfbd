import { describe, expect, it } from "vitest";
import { type Circumstances, changeBetween } from "../../../../../lib/domain/metrics/change.ts";
import type { AnyMetric, Measurement } from "../../../../../lib/domain/metrics/metric.ts";
import { findMetric } from "../../../../../lib/domain/metrics/registry.ts";
import type { Sample } from "../../../../../lib/domain/metrics/sample.ts";
import { judgeTogether, thresholdOf, type Verdict } from "../../../../../lib/domain/metrics/verdict.ts";

function metric(id: string): AnyMetric {
  const found = findMetric(id);
  if (!found) throw new Error(`there is no metric ${id}`);
  return found;
}

function share(successes: number, n: number): Measurement {
  const sample: Sample = { kind: "proportion", successes, n };
  return { value: n === 0 ? null : (100 * successes) / n, low: null, high: null, n, components: {}, sample };
}

function total(...daily: number[]): Measurement {
  const value = daily.reduce((sum, amount) => sum + amount, 0);
  const sample: Sample = { kind: "process", daily: () => daily, isCount: true };
  return { value, low: null, high: null, n: value, components: {}, sample };
}

const verdictOf = (id: string, earlier: Measurement, later: Measurement, circumstances: Circumstances = {}) =>
  changeBetween(metric(id), earlier, later, circumstances).verdict;

describe("the verdict on a change", () => {
  const [low, high] = [share(400, 1000), share(600, 1000)];

  it("says whether a certain one is for the better, by the metric's direction and convention", () => {
    expect(verdictOf("csat", low, high)).toBe("better");
    expect(verdictOf("csat", high, low)).toBe("worse");
    expect(verdictOf("bounce-rate", low, high)).toBe("worse");
    const effort = (score: number): Measurement => ({
      ...{ value: score, low: null, high: null, n: 100, components: {} },
      sample: { kind: "mean", n: 100, sum: 100 * score, sumOfSquares: 100 * score ** 2 + 50 },
    });
    expect(verdictOf("ces", effort(3), effort(4), { convention: "1-7" })).toBe("better");
    expect(verdictOf("ces", effort(3), effort(4), { convention: "effort-1-5" })).toBe("worse");
  });

  it("is within noise where chance does as much, and where nothing changed", () => {
    expect(verdictOf("csat", share(400, 1000), share(410, 1000))).toBe("within-noise");
    expect(verdictOf("csat", low, low)).toBe("within-noise");
  });

  it("is too small where it is certain and matters to nobody", () => {
    const [before, after] = [share(400_000, 1_000_000), share(404_000, 1_000_000)];
    expect(verdictOf("csat", before, after, { smallestChange: 1 })).toBe("too-small");
    expect(verdictOf("csat", before, after, { smallestChange: 0.4 })).toBe("better");
    expect(verdictOf("csat", before, after)).toBe("better");
  });

  it.each<[Verdict, Circumstances]>([
    ["too-few", { isLow: true }],
    ["too-early", { isEarly: true }],
    ["too-early", { isEarly: true, isLow: true }],
    ["no-baseline", { baseline: { days: 31, daysKnown: 0 }, isEarly: true }],
  ])("is %s before anything is called significant", (verdict, circumstances) => {
    const change = changeBetween(metric("csat"), low, high, circumstances);
    expect(change).toMatchObject({ verdict, significant: false, change: 20 });
    expect(change.pValue).toBeLessThan(0.001);
  });

  it("is that there is nothing to compare with where the earlier value is none", () => {
    expect(verdictOf("csat", share(0, 0), high)).toBe("no-baseline");
    expect(verdictOf("csat", high, share(0, 0))).toBe("too-few");
  });

  it("has an interval of the change that goes with it", () => {
    // Newcombe's interval of 60 of 100 against 46 of 100, by independent code.
    const { changeLow, changeHigh, pValue } = changeBetween(metric("csat"), share(46, 100), share(60, 100));
    expect(pValue).toBeCloseTo(0.0469505, 6);
    expect(changeLow).toBeGreaterThan(0);
    expect(changeLow).toBeLessThan(0.5);
    expect(changeHigh).toBeGreaterThan(26);
  });
});

describe("the verdict on a volume", () => {
  const week = [20, 24, 18, 22, 19, 21, 23];

  it("is never better or worse, and changed only beyond how much its days usually differ", () => {
    const doubled = week.map((count) => 2 * count);
    expect(verdictOf("contact-volume", total(...week), total(...doubled))).toBe("changed");
    expect(verdictOf("contact-volume", total(...week), total(...[21, 19, 25, 20, 23, 18, 24]))).toBe(
      "within-noise",
    );
    // The same total from days that differ a hundredfold is no change.
    expect(verdictOf("contact-volume", total(1, 90, 2, 3, 1, 2, 1), total(2, 1, 3, 1, 140, 2, 1))).toBe(
      "within-noise",
    );
  });

  it("is too few where fewer than seven days say how much they differ", () => {
    expect(verdictOf("contact-volume", total(20), total(40))).toBe("too-few");
  });

  it("is that only some of the days are known, of a total, and not of a share", () => {
    const baseline = { days: 180, daysKnown: 40 };
    expect(verdictOf("contact-volume", total(...week), total(...week), { baseline })).toBe(
      "partial-baseline",
    );
    expect(verdictOf("csat", share(40, 100), share(90, 100), { baseline })).toBe("better");
  });

  it("takes a month with one Sunday more for what it is", () => {
    const days = (length: number, first: number) =>
      Array.from({ length }, (_, day) => ((day + first) % 7 < 2 ? 0 : 100 + (day % 3)));
    expect(verdictOf("contact-volume", total(...days(31, 0)), total(...days(30, 3)))).toBe("within-noise");
  });
});

describe("comparisons that stand together", () => {
  it("are significant up to the threshold of Benjamini and Hochberg", () => {
    // The fifteen p-values of their paper, section 4.1: the first four are rejected at 5 %.
    const published = [
      ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
      ...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
    ];
    expect(thresholdOf(published, 0.05)).toBe(0.0095);
    // At 1 % the first three: 0.0019 is below 3/15 of it, and 0.0095 not below 4/15.
    expect(thresholdOf(published)).toBe(0.0019);
    expect(thresholdOf([0.3, 0.6])).toBeLessThan(0);
  });

  it("lose what one alone would be called, and keep what is certain among all; what came to no test does not count", () => {
    const one = (pValue: number | null, verdict: Verdict) => ({
      ...{ pValue, verdict },
      significant: pValue !== null && pValue < 0.05,
    });
    const page = [
      one(0.001, "worse"),
      one(0.04, "better"),
      ...Array.from({ length: 8 }, () => one(0.5, "within-noise")),
      one(0.0001, "too-few"),
      one(null, "changed"),
    ];
    const judged = judgeTogether(page);
    expect(judged.map(({ verdict }) => verdict)).toEqual([
      "worse",
      ...Array.from({ length: 9 }, () => "within-noise"),
      "too-few",
      "changed",
    ]);
    expect(judged[1]).toMatchObject({ significant: false, pValue: 0.04 });
    expect(judgeTogether([one(0.04, "better")])).toEqual([one(0.04, "better")]);
  });
});
