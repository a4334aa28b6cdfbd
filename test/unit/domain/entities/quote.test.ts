import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";
import { factsOf } from "../../../../lib/domain/entities/history.ts";
import { quote } from "../../../../lib/domain/entities/quote.ts";
import { entityNamed, subjectsOf } from "../../../../lib/domain/entities/registry.ts";

const start = Date.parse("2026-10-02T00:00:00Z");

/** A price in cents at a second of the day. */
interface Price {
  readonly second: number;
  readonly cents: number;
}

// Few instants, so that several quotes are of the same one; prices of different lengths as texts.
const prices = fc.array(
  fc.record({
    second: fc.integer({ min: 0, max: 5 }),
    cents: fc.constantFrom(9, 10, 100, 99_999_999_999),
  }),
  { minLength: 1, maxLength: 12 },
);

function placed({ second, cents }: Price, index: number): EnrichedFact {
  return {
    fact: {
      ...{ id: `f${index}`, type: "share.quoted", symbol: "ACME", dimensions: {} },
      occurredAt: start + second * 1_000,
      money: { amountMinor: BigInt(cents), currency: "USD" },
    },
    day: "2026-10-02",
    segments: {},
  };
}

const historyOf = (facts: readonly EnrichedFact[]) =>
  facts.reduce((history, fact) => quote.apply(history, fact), quote.unknown);

describe("a share on a day", () => {
  it("opens with the lowest price of the first and closes with the highest of the last instant, in any order of arrival", () => {
    const shuffled = prices.chain((all) =>
      fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
    );
    fc.assert(
      fc.property(shuffled, (all) => {
        const seconds = all.map(({ second }) => second);
        const of = (second: number) =>
          all.filter((price) => price.second === second).map(({ cents }) => cents);
        expect(quote.derive(historyOf(all.map(placed)), {})).toMatchObject([
          {
            ...{ kind: "share-traded", day: "2026-10-02", symbol: "ACME", currency: "USD" },
            openingMinor: BigInt(Math.min(...of(Math.min(...seconds)))),
            closingMinor: BigInt(Math.max(...of(Math.max(...seconds)))),
          },
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is remembered by two quotes, however many there are, with how often each was sent", () => {
    const all = Array.from({ length: 500 }, (_, index) => ({
      second: index % 250,
      cents: 100 + (index % 250),
    }));
    const { steps } = historyOf(all.map(placed));
    expect(steps.quoted.map(({ times }) => times)).toEqual([2, 2]);
    expect(steps.between.map(({ times }) => times)).toEqual([496]);
  });

  it("tells of how many quotes it was made, in whatever order they came", () => {
    fc.assert(
      fc.property(prices, (all) => {
        const history = historyOf(all.map(placed));
        expect(factsOf(history)).toBe(all.length);
        expect(quote.historyOf(all.map(placed).toReversed())).toEqual(history);
      }),
    );
  });

  it("keeps days, symbols and currencies apart", () => {
    const base = placed({ second: 1, cents: 100 }, 0);
    const { fact } = base;
    if (fact.type !== "share.quoted") throw new Error("no quote");
    const ids = [
      base,
      { ...base, day: "2026-10-03" },
      { ...base, fact: { ...fact, symbol: "OTHER" } },
      { ...base, fact: { ...fact, money: { amountMinor: 100n, currency: "GBP" } } },
    ].map((one) => subjectsOf(one).map(({ entity, id }) => `${entity.name} ${id}`)[0]);
    expect(new Set(ids).size).toBe(4);
    expect(entityNamed("quote")).toBe(quote);
  });
});
