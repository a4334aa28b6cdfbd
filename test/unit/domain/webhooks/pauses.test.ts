import fc from "fast-check";
import { expect, it } from "vitest";
import {
  failuresBeforePause,
  isGivenUp,
  pauseAfter,
  restAfter,
} from "../../../../lib/domain/webhooks/pauses.ts";

const day = 86_400_000;

it("pauses grow from seconds to half a day", () => {
  const seconds = Array.from({ length: 12 }, (_, index) => pauseAfter(index + 1, 0.5) / 1_000);
  expect(seconds).toEqual([5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 43_200, 43_200]);
});

it("a pause is at most a fifth shorter or longer than planned", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, random) => {
        const [planned, pause] = [pauseAfter(tries, 0.5), pauseAfter(tries, random)];
        expect(Math.abs(pause / planned - 1)).toBeLessThanOrEqual(0.2001);
      },
    ),
  );
});

it("a delivery that always fails is tried for three days and then given up", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (random) => {
      let [at, tries] = [0, 1];
      for (const one of random) {
        const next = at + pauseAfter(tries, one);
        if (isGivenUp(0, next)) break;
        [at, tries] = [next, tries + 1];
      }
      expect(at).toBeGreaterThan(2.3 * day);
      expect(at).toBeLessThanOrEqual(3 * day);
      expect(tries).toBeGreaterThanOrEqual(12);
      expect(tries).toBeLessThanOrEqual(18);
    }),
    { numRuns: 50 },
  );
});

it("a webhook rests only after many failures in a row, for an hour at most", () => {
  expect(restAfter(0)).toBe(0);
  expect(restAfter(failuresBeforePause - 1)).toBe(0);
  expect(restAfter(failuresBeforePause)).toBe(15_000);
  expect(restAfter(2 * failuresBeforePause)).toBe(30_000);
  expect(restAfter(1_000_000)).toBe(3_600_000);
});
