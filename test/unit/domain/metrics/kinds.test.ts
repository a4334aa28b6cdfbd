import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Occurrence } from "../../../../lib/domain/entities/occurrences/occurrence.ts";
import { declaredCounter, segmentOf, Tally, totalSegment } from "../../../../lib/domain/metrics/counting.ts";
import { defineMetric, metricsByKind } from "../../../../lib/domain/metrics/metric.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import { sales } from "../../../../lib/domain/metrics/sales.ts";
import { occurrencesFrom, placeFacts } from "../../../fixtures/domain.ts";
import { factArbitrary } from "../../../fixtures/fact-arbitraries.ts";

/** What each metric counts is found by the kind of occurrence. */

const counting = metrics.filter(({ counters, isFromModel }) => counters.length > 0 && isFromModel !== true);

/** What random facts bring about, by themselves and as histories. */
const occurrencesArbitrary: fc.Arbitrary<Occurrence[]> = fc
  .array(factArbitrary("2026-03-01", 20), { minLength: 20, maxLength: 80 })
  .map((sent) => occurrencesFrom(placeFacts(sent.map(({ body }) => body))));

/** `family segment day counter` → amount, as every metric says when it is asked about every occurrence. */
function askedOneByOne(occurrences: readonly Occurrence[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const occurrence of occurrences) {
    const { day, segments, timesBeside } = occurrence;
    const named = Object.entries(segments).map(([name, value]) => segmentOf(name, value));
    for (const metric of metrics) {
      for (const [counter, amount] of Object.entries(metric.increments(occurrence))) {
        for (const segment of timesBeside === undefined ? [totalSegment, ...named] : named) {
          const key = [metric.family, segment, day, counter].join(" ");
          sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount) * BigInt(timesBeside ?? 1));
        }
      }
    }
  }
  return new Map([...sums].filter(([, amount]) => amount !== 0n));
}

describe("the kinds of occurrences that a metric counts", () => {
  it.each(counting.map((metric) => [metric.id, metric] as const))("are named by %s", (_, { counts }) => {
    expect(counts.length).toBeGreaterThan(0);
    expect(new Set(counts).size).toBe(counts.length);
  });

  it("are none for a metric without counters of its own", () => {
    const others = metrics.filter((metric) => !counting.includes(metric));
    expect(others.flatMap(({ counts }) => counts)).toEqual([]);
  });

  it("bring only to counters that it declares", () => {
    fc.assert(
      fc.property(occurrencesArbitrary, (occurrences) => {
        for (const occurrence of occurrences) {
          for (const metric of metrics) {
            const brought = metric.increments(occurrence);
            const undeclared = Object.keys(brought).filter(
              (counter) => !declaredCounter(counter).some((name) => metric.counters.includes(name)),
            );
            expect(undeclared).toEqual([]);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it("are together all that facts bring about", () => {
    const counted = new Set<string>(metrics.flatMap(({ counts }) => counts));
    fc.assert(
      fc.property(occurrencesArbitrary, (occurrences) => {
        expect(occurrences.map(({ kind }) => kind).filter((kind) => !counted.has(kind))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("lead to the same counts as asking every metric about every occurrence", () => {
    fc.assert(
      fc.property(occurrencesArbitrary, (occurrences) => {
        const tally = new Tally();
        for (const occurrence of occurrences) tally.count(occurrence);
        const counted = tally
          .changes()
          .flatMap(({ bucket: { family, segment, day }, counts }) =>
            [...counts].map(
              ([counter, amount]) => [[family, segment, day, counter].join(" "), amount] as const,
            ),
          );
        expect(new Map(counted)).toEqual(askedOneByOne(occurrences));
      }),
      { numRuns: 40 },
    );
  });

  it("lead to their metrics in the order in which these are given", () => {
    const byKind = metricsByKind(metrics);
    for (const [kind, found] of byKind) {
      expect(found).toEqual(metrics.filter(({ counts }) => counts.includes(kind)));
    }
    expect([...byKind.keys()].sort()).toEqual([...new Set(metrics.flatMap(({ counts }) => counts))].sort());
  });
});

it("a metric that brings only a counter that it does not declare does not compile", () => {
  const { id, name, increments: _increments, counts: _counts, ...described } = sales;
  const misspelt = defineMetric({
    ...{ ...described, id, name, uses: [], cumulative: [] },
    counters: ["orders"],
    // @ts-expect-error: no such counter is declared
    increments: { purchased: () => ({ ordres: 1 }) },
  });
  expect(misspelt.counts).toEqual(["purchased"]);
});
