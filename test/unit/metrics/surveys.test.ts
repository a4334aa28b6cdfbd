import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSatisfied } from "../../../lib/metrics/csat.ts";
import { answers, Counted } from "../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

describe("nps", () => {
  const measure = (facts: object[], convention = "0-10") =>
    new Counted(facts).measure("nps", ...october, { convention });

  it("of [0, 7, 7, 9, 9, 9] is 33.33", () => {
    const { value, n, components } = measure(answers("nps", [0, 7, 7, 9, 9, 9]));
    // 3 promoters, 2 passives, 1 detractor of 6: 100·(3 − 1)/6.
    expect(value).toBeCloseTo(33.3333333333, 9);
    expect(n).toBe(6);
    expect(components).toMatchObject({
      promoters: 3,
      passives: 2,
      detractors: 1,
      score0: 1,
      score7: 2,
      score9: 3,
    });
    // (0 + 7 + 7 + 9 + 9 + 9)/6
    expect(components["meanScore"]).toBeCloseTo(41 / 6, 12);
  });

  it("counts 9 and 10 as promoters, 7 and 8 as passives and 0 to 6 as detractors", () => {
    const all = measure(answers("nps", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(all.components).toMatchObject({ promoters: 2, passives: 2, detractors: 7 });
    expect(all.value).toBeCloseTo((100 * (2 - 7)) / 11, 12);
  });

  it("of promoters alone is 100, but never certain", () => {
    const { value, low, high } = measure(answers("nps", Array(20).fill(10)));
    // Adjusted Wald by hand: 20.75 promoters, 1.5 passives, 0.75 detractors of 23; estimate 86.957, s.e. 8.813.
    expect(value).toBe(100);
    expect(Number(low)).toBeCloseTo(69.683, 2);
    expect(high).toBe(100);
  });

  it("never mixes answers on 1–10 with answers on 0–10, and flags them", () => {
    const facts = [...answers("nps", [9, 3]), ...answers("nps", [10, 10, 1], { scale: "1-10" })];
    const standard = measure(facts);
    expect({ n: standard.n, value: standard.value }).toEqual({ n: 2, value: 0 });
    expect(standard.remarks).toEqual([expect.stringContaining("3 answers on the scale 1-10")]);
    const other = measure(facts, "1-10");
    expect(other.n).toBe(3);
    expect(other.value).toBeCloseTo(100 / 3, 12);
    expect(other.remarks?.[0]).toContain("not comparable");
  });

  it("of no answers is null, not 0", () => {
    expect(measure([])).toMatchObject({ value: null, low: null, high: null, n: 0 });
  });

  it("sums every bucket to n, and of merged answers is what the answers together give", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 60 });
    fc.assert(
      fc.property(scores, scores, (first, second) => {
        const together = measure(answers("nps", [...first, ...second]));
        const [a, b] = [measure(answers("nps", first)), measure(answers("nps", second))];
        const count = (name: string) => Number(together.components[name]);
        expect(count("promoters") + count("passives") + count("detractors")).toBe(together.n);
        expect(Array.from({ length: 11 }, (_, score) => count(`score${score}`)).reduce((x, y) => x + y)).toBe(
          together.n,
        );
        for (const name of ["promoters", "passives", "detractors"]) {
          expect(count(name)).toBe(Number(a.components[name]) + Number(b.components[name]));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("csat", () => {
  const measure = (facts: object[]) => new Counted(facts).measure("csat", ...october);

  it.each([
    ["1-3", 3, [3], [1, 2]],
    ["1-4", 4, [3, 4], [1, 2]],
    ["1-5", 5, [4, 5], [1, 2, 3]],
    ["1-6", 6, [5, 6], [1, 2, 3, 4]],
    ["1-7", 7, [6, 7], [1, 2, 3, 4, 5]],
    ["1-10", 10, [8, 9, 10], [1, 2, 3, 4, 5, 6, 7]],
    ["0-10", 10, [8, 9, 10], [0, 1, 2, 3, 4, 5, 6, 7]],
  ])("on %s counts the top answers as satisfied", (scale, _top, satisfied, others) => {
    for (const score of satisfied) expect(measure(answers("csat", [score], { scale })).value).toBe(100);
    for (const score of others) expect(measure(answers("csat", [score], { scale })).value).toBe(0);
  });

  it("is 100·satisfied/n with Wilson's interval, the mean and the histogram", () => {
    const { value, low, high, n, components } = measure(answers("csat", [5, 5, 4, 3, 1, 4, 5, 2, 5, 5]));
    expect({ value, n }).toEqual({ value: 70, n: 10 });
    // Wilson for 7 of 10: 0.3968 to 0.8922.
    expect(low).toBeCloseTo(39.678, 2);
    expect(high).toBeCloseTo(89.221, 2);
    expect(components).toMatchObject({
      satisfied: 7,
      notSatisfied: 3,
      "mean 1-5": 3.9,
      "1-5:5": 5,
      "1-5:4": 2,
    });
  });

  it("adds up over scales, each with its own threshold and mean", () => {
    const facts = [...answers("csat", [4, 1]), ...answers("csat", [7, 8, 9], { scale: "1-10" })];
    const { value, n, components } = measure(facts);
    expect({ value, n }).toEqual({ value: 60, n: 5 });
    expect(components).toMatchObject({ "mean 1-5": 2.5, "mean 1-10": 8 });
  });
});

describe("ces", () => {
  const measure = (facts: object[], convention = "1-7") =>
    new Counted(facts).measure("ces", ...october, { convention });

  it("is the mean of 1–7 with the top box and the index", () => {
    const { value, n, components, low, high } = measure(answers("ces", [7, 6, 5, 4, 3, 1, 7, 6]));
    // Sum 39 of 8; 5–7: 5 of 8; 6–7: 4, 1–3: 2.
    expect({ value, n }).toEqual({ value: 4.875, n: 8 });
    expect(components).toMatchObject({ topBoxPercent: 62.5, index: 25 });
    // s² = (221 − 39²/8)/7 = 4.410714, t(7) = 2.364624: 4.875 ± 1.755779.
    expect(low).toBeCloseTo(3.1192, 3);
    expect(high).toBeCloseTo(6.6308, 3);
  });

  it("on effort 1–5 is a scale of its own, where lower is better", () => {
    const facts = [...answers("ces", [7, 7]), ...answers("ces", [1, 2, 5], { scale: "effort-1-5" })];
    expect(measure(facts)).toMatchObject({ value: 7, n: 2 });
    const effort = measure(facts, "effort-1-5");
    expect(effort.value).toBeCloseTo(8 / 3, 12);
    expect(effort.remarks).toContain("Effort on 1–5: lower is better.");
    expect(effort.components["lowEffortPercent"]).toBeCloseTo(200 / 3, 12);
  });
});

describe("answers on another scale", () => {
  const remarks = (id: string, facts: object[], convention: string) =>
    new Counted(facts).measure(id, ...october, { convention }).remarks;

  it("are named with the convention that shows them, and nothing is said where there are none", () => {
    const facts = [...answers("ces", [7]), ...answers("ces", [1, 5], { scale: "effort-1-5" })];
    expect(remarks("ces", facts, "1-7")).toEqual([
      "2 answers on the scale effort-1-5 are not in this value: ask for convention=effort-1-5.",
    ]);
    expect(remarks("ces", facts, "effort-1-5")).toEqual([
      "Effort on 1–5: lower is better.",
      "1 answers on the scale 1-7 are not in this value: ask for convention=1-7.",
    ]);
    expect(remarks("ces", answers("ces", [7]), "1-7")).toBeUndefined();
    expect(remarks("nps", answers("nps", [7]), "0-10")).toBeUndefined();
    expect(remarks("nps", answers("nps", [7]), "1-10")).toEqual([
      "Asked on 1–10: not comparable with a score asked on 0–10.",
      "1 answers on the scale 0-10 are not in this value: ask for convention=0-10.",
    ]);
  });

  it("have the shares of their own scale, and none where there are no answers", () => {
    const { components } = new Counted([]).measure("ces", ...october, { convention: "1-7" });
    expect(components).toMatchObject({ topBoxPercent: null, index: null, score1: 0, score7: 0 });
    expect(components).not.toHaveProperty("lowEffortPercent");
    expect(() => isSatisfied("1-11", 3)).toThrow(/CSAT has no scale 1-11/);
  });
});

describe("esat", () => {
  it("is the mean of 1–10 and the share of 8–10", () => {
    const { value, n, components } = new Counted(answers("esat", [10, 8, 7, 3])).measure("esat", ...october);
    expect({ value, n }).toEqual({ value: 7, n: 4 });
    expect(components).toMatchObject({ satisfied: 2, topBoxPercent: 50, score3: 1, score10: 1 });
  });
});

describe("every survey metric", () => {
  it.each([
    ["nps", 0, 10, -100, 100],
    ["csat", 1, 5, 0, 100],
    ["ces", 1, 7, 1, 7],
    ["esat", 1, 10, 1, 10],
  ])("%s lies between its bounds, and these within the scale", (id, lowest, highest, min, max) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: lowest, max: highest }), { minLength: 1, maxLength: 40 }),
        (scores) => {
          const { value, low, high } = new Counted(answers(id, scores)).measure(id, ...october);
          expect(Number(value)).toBeGreaterThanOrEqual(min);
          expect(Number(value)).toBeLessThanOrEqual(max);
          if (low === null || high === null) return;
          expect(Number(low)).toBeGreaterThanOrEqual(min);
          expect(Number(low)).toBeLessThanOrEqual(Number(value) + 1e-9);
          expect(Number(high)).toBeGreaterThanOrEqual(Number(value) - 1e-9);
          expect(Number(high)).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts an answer on its day in the workspace's time zone", () => {
    const late = { survey: "nps", score: 9, occurredAt: "2026-10-01T22:30:00Z" };
    const counted = new Counted([late], { timeZone: "Europe/Berlin" });
    expect(counted.measure("nps", "2026-10-01", "2026-10-01").n).toBe(0);
    expect(counted.measure("nps", "2026-10-02", "2026-10-02").n).toBe(1);
  });
});
