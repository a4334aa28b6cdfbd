import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inEnglish } from "../../../../lib/domain/language/in-english.ts";
import { answers, Counted } from "../../../fixtures/domain.ts";

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
    expect(standard.remarks?.map(inEnglish)).toEqual([
      expect.stringContaining("3 answers on the scale 1-10"),
    ]);
    // Under its own name beside it: 2 promoters and 1 detractor.
    expect(standard.components).toMatchObject({ "score 1-10": 33.333333333333336, "n 1-10": 3 });
    expect(measure(answers("nps", [9])).components).not.toHaveProperty("n 1-10");
    const other = measure(facts, "1-10");
    expect(other.components).toMatchObject({ "score 0-10": 0, "n 0-10": 2 });
    expect(other.n).toBe(3);
    expect(other.value).toBeCloseTo(100 / 3, 12);
    expect(other.remarks?.map(inEnglish)[0]).toContain("not comparable");
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
