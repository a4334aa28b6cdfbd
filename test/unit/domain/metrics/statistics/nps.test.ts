import { assert, integer, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  adjustedNetPromoter,
  netPromoterInterval,
  varianceOfNetPromoter,
} from "../../../../../lib/domain/metrics/statistics/nps.ts";

const count = integer({ min: 0, max: 100_000 });
const answers = tuple(count, count, count).filter(([p, n, d]) => p + n + d > 0);

function score(promoters: number, passives: number, detractors: number): number {
  return (100 * (promoters - detractors)) / (promoters + passives + detractors);
}

describe("varianceOfNetPromoter", () => {
  it("is 0.5556 for the answers 0, 7, 7, 9, 9, 9, whose score is 33.33", () => {
    // p = 3/6, d = 1/6: 4/6 − (2/6)² = 5/9
    expect(score(3, 2, 1)).toBeCloseTo(33.3333, 4);
    expect(varianceOfNetPromoter(3, 2, 1)).toBeCloseTo(5 / 9, 12);
  });

  it("gives the garden centre survey's published variance and plain standard error", () => {
    const variance = varianceOfNetPromoter(8465, 3953, 1194);
    expect(variance).toBeCloseTo(0.42426646, 8);
    expect(100 * Math.sqrt((variance ?? Number.NaN) / 13612)).toBeCloseTo(0.558288, 6);
  });

  it("is 0 when all answer alike, 1 when half promote and half detract, null without answers", () => {
    expect(varianceOfNetPromoter(9, 0, 0)).toBe(0);
    expect(varianceOfNetPromoter(0, 9, 0)).toBe(0);
    expect(varianceOfNetPromoter(5, 0, 5)).toBe(1);
    expect(varianceOfNetPromoter(0, 0, 0)).toBeNull();
  });
});

describe("netPromoterInterval", () => {
  it("is the hand-computed adjusted Wald interval for 3 promoters, 2 passives and 1 detractor", () => {
    // p′ = 3.75/9, d′ = 1.75/9: centre 2/9, variance 5.5/9 − 4/81 = 45.5/81, standard error √(45.5/729) = 0.24983
    const { low, high, standardError } = netPromoterInterval(3, 2, 1);
    expect(standardError).toBeCloseTo(100 * Math.sqrt(45.5 / 729), 10);
    expect(low).toBeCloseTo(22.2222222 - 48.965481, 4);
    expect(high).toBeCloseTo(22.2222222 + 48.965481, 4);
  });

  it("differs from the plain Wald interval by a few hundredths of a point on 13,612 answers", () => {
    // Plain Wald: 52.3219 to 54.5103, standard error 0.558288. The three added answers pull towards 0.
    const { low, high, standardError } = netPromoterInterval(8465, 3953, 1194);
    expect(standardError).not.toBeCloseTo(0.558288, 5);
    expect(standardError).toBeCloseTo(0.558288, 3);
    expect(low).toBeLessThan(52.3219);
    expect(high).toBeLessThan(54.5103);
    expect(low).toBeCloseTo(52.3219, 1);
    expect(high).toBeCloseTo(54.5103, 1);
  });

  it("gives nulls without answers", () => {
    expect(netPromoterInterval(0, 0, 0)).toEqual({ low: null, high: null, standardError: null });
    expect(adjustedNetPromoter({ promoters: 0, passives: 0, detractors: 0 })).toBeNull();
  });

  it("is never ±0 when all answer alike", () => {
    for (const n of [1, 2, 10, 1000, 1_000_000]) {
      const promoters = netPromoterInterval(n, 0, 0);
      expect(promoters.high).toBe(100);
      expect(promoters.low).toBeLessThan(100);
      const detractors = netPromoterInterval(0, 0, n);
      expect(detractors.low).toBe(-100);
      expect(detractors.high).toBeGreaterThan(-100);
      const passives = netPromoterInterval(0, n, 0);
      expect(passives.low).toBeLessThan(0);
      expect(passives.high).toBeGreaterThan(0);
      expect(promoters.standardError).toBeGreaterThan(0);
    }
  });

  it("contains the observed score and stays within ±100", () => {
    assert(
      property(answers, ([promoters, passives, detractors]) => {
        const { low, high } = netPromoterInterval(promoters, passives, detractors);
        const observed = score(promoters, passives, detractors);
        expect(low).toBeGreaterThanOrEqual(-100);
        expect(low).toBeLessThanOrEqual(observed);
        expect(high).toBeGreaterThanOrEqual(observed);
        expect(high).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("needs stretching to the observed score only for a single promoter or detractor", () => {
    const outside: string[] = [];
    for (let n = 1; n <= 40; n += 1) {
      for (let promoters = 0; promoters <= n; promoters += 1) {
        for (let detractors = 0; detractors <= n - promoters; detractors += 1) {
          const passives = n - promoters - detractors;
          const adjusted = adjustedNetPromoter({ promoters, passives, detractors });
          const distance = Math.abs((adjusted?.estimate ?? 0) - score(promoters, passives, detractors));
          if (distance > 1.96 * (adjusted?.standardError ?? 0))
            outside.push(`${promoters}/${detractors} of ${n}`);
        }
      }
    }
    expect(outside).toEqual(["0/1 of 1", "1/0 of 1"]);
  });

  it("changes its sign when promoters and detractors are swapped", () => {
    assert(
      property(answers, ([promoters, passives, detractors]) => {
        const { low, high, standardError } = netPromoterInterval(promoters, passives, detractors);
        const swapped = netPromoterInterval(detractors, passives, promoters);
        expect(swapped.low).toBeCloseTo(-(high ?? Number.NaN), 9);
        expect(swapped.high).toBeCloseTo(-(low ?? Number.NaN), 9);
        expect(swapped.standardError).toBeCloseTo(standardError ?? Number.NaN, 9);
      }),
    );
  });

  it("narrows when the same shares are observed on twice as many answers", () => {
    assert(
      property(answers, ([promoters, passives, detractors]) => {
        const once = netPromoterInterval(promoters, passives, detractors);
        const twice = netPromoterInterval(2 * promoters, 2 * passives, 2 * detractors);
        expect((twice.high ?? 100) - (twice.low ?? -100)).toBeLessThan((once.high ?? 0) - (once.low ?? 0));
      }),
    );
  });

  it("refuses counts that are negative or not whole", () => {
    expect(() => netPromoterInterval(-1, 2, 3)).toThrow(/promoters must be a whole number/);
    expect(() => netPromoterInterval(1, 0.5, 3)).toThrow(/passives/);
    expect(() => varianceOfNetPromoter(1, 2, Number.NaN)).toThrow(/detractors/);
  });
});
