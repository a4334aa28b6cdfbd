import fc from "fast-check";
import { expect, it } from "vitest";
import { DaySums, isSmall } from "../../../../lib/queries/closed-days/day-sums.ts";

/** What rows bring is added up exactly, however large it is. */

const amount = fc.oneof(
  fc.bigInt({ min: -1_000n, max: 1_000n }),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.constantFrom(0n, 2n ** 50n, 2n ** 50n - 1n, -(2n ** 50n), 2n ** 50n + 1n),
);

const addition = fc.record({
  group: fc.nat(2),
  counts: fc.uniqueArray(fc.tuple(fc.nat(9), amount), { selector: ([counter]) => counter, maxLength: 5 }),
  size: fc.nat(5),
  times: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 100_000 })),
});

it("sums are those of whole numbers, of any size, for counters that were known beforehand and for others", () => {
  fc.assert(
    fc.property(fc.array(addition, { maxLength: 40 }), fc.nat(10), fc.nat(40), (additions, known, most) => {
      const sums = new DaySums(3, known, most);
      const expected = [0, 1, 2].map(() => ({ size: 0, counts: new Map<number, bigint>() }));
      for (const { group, counts, size, times } of additions) {
        const counters = counts.map(([counter]) => counter);
        const amounts = counts.map(([, one]) => (isSmall(one) ? Number(one) : 0));
        const large = counts.filter(([, one]) => !isSmall(one));
        sums.add(group, { size, counters, amounts, large }, times);
        const of = expected[group];
        if (!of) throw new Error("there are three groups");
        of.size += size * times;
        for (const [counter, one] of counts) {
          of.counts.set(counter, (of.counts.get(counter) ?? 0n) + one * BigInt(times));
        }
      }
      for (const [group, { size, counts }] of expected.entries()) {
        expect(sums.sizeOf(group)).toBe(size);
        expect(sums.countsOf(group)).toEqual([...counts].sort(([a], [b]) => a - b));
      }
    }),
    { numRuns: 500 },
  );
});

it("holds only what is used of twenty thousand groups of a sketch, whether its cells were known or come one by one", () => {
  const [groups, cells] = [20_000, 400];
  for (const known of [1, cells]) {
    const sums = new DaySums(groups, known);
    for (let group = 0; group < groups; group += 1) {
      const counters = [0, 1, 2 + (group % (cells - 2))];
      sums.add(group, { size: 1, counters, amounts: [1, 250, 1], large: [] }, 2);
    }
    expect(sums.places).toBeLessThan(200_000);
    expect(sums.countsOf(7)).toEqual([
      [0, 2n],
      [1, 500n],
      [9, 2n],
    ]);
  }
});
