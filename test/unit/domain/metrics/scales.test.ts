import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { isSatisfied } from "../../../../lib/domain/metrics/csat.ts";
import { answers, Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

describe("answers on another scale", () => {
  const remarks = (id: string, facts: object[], convention: string) =>
    new Counted(facts).measure(id, ...october, { convention }).remarks?.map(inEnglish);

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
