import { describe, expect, it } from "vitest";
import { placeKey } from "../../../../lib/store/counters/place.ts";
import {
  type Coverage,
  countAgain,
  differencesBetween,
} from "../../../../lib/store/reconciliation/recounting.ts";
import type { StoredFact } from "../../../../lib/store/records/facts.ts";
import { coverage, customerOf, factOf } from "./recounts.ts";

describe("counting again", () => {
  it("leaves out excluded facts and days that are not covered", () => {
    const answer = (id: string, day: string, excluded: boolean): StoredFact => ({
      ...factOf(id, day, "response", "c"),
      fact: { id, type: "response", survey: "nps", scale: "0-10", score: 9, occurredAt: 0, dimensions: {} },
      excluded,
    });
    const facts = [
      answer("a", "2025-01-02", false),
      answer("b", "2025-01-02", true),
      answer("c", "2025-02-02", false),
    ];
    const sums = countAgain(facts, [], coverage);
    expect([...sums.values()].map(({ place, counts }) => [place.when, place.family, [...counts]])).toEqual([
      [
        "2025-01-02",
        "nps",
        [
          ["0-10:9", 1n],
          ["nps-responses", 1n],
        ],
      ],
    ]);
  });

  it("counts a year's total from whole histories, also beyond the days covered", () => {
    const customer = customerOf("c", [factOf("f", "2024-02-02", "customer.joined", "c")]);
    const sums = countAgain([], [customer], coverage);
    const place = { family: "customers", segment: "all", when: "2024" };
    expect([...sums.keys()]).toEqual([placeKey(place)]);
    expect(sums.get(placeKey(place))?.counts).toEqual(new Map([["new", 1n]]));
  });

  it("reports what differs on either side, and nothing of counters that no metric declares", () => {
    const place = { family: "nps", segment: "all", when: "2025-01-02" };
    const stored = new Map([
      [
        placeKey(place),
        {
          place,
          counts: new Map([
            ["0-10:9", 2n],
            ["~r", 5n],
            ["old", 1n],
          ]),
        },
      ],
    ]);
    const recounted = new Map([
      [
        placeKey(place),
        {
          place,
          counts: new Map([
            ["0-10:9", 1n],
            ["0-10:3", 1n],
          ]),
        },
      ],
    ]);
    expect(differencesBetween(stored, recounted, coverage)).toEqual([
      { ...place, counter: "0-10:3", counted: 0n, recounted: 1n },
      { ...place, counter: "0-10:9", counted: 2n, recounted: 1n },
    ]);
    expect(differencesBetween(stored, stored, coverage)).toEqual([]);
  });
});

describe("a recount of a year", () => {
  const coveringYears = (...whole: string[]): Coverage => ({
    ...coverage,
    coversYear: (year) => whole.includes(year),
  });
  const at = (family: string, when: string, counter: string, sum: bigint, segment = "all") => {
    const place = { family, segment, when };
    return [placeKey(place), { place, counts: new Map([[counter, sum]]) }] as const;
  };

  it("adds up what is counted more than once at one place", () => {
    const people = ["a", "b"].map((id) => customerOf(id, [factOf(id, "2025-01-02", "customer.joined", id)]));
    const sums = countAgain([], people, coverage);
    expect([...sums.values()].map(({ place, counts }) => [place.when, [...counts]])).toEqual([
      ["2025-01-02", [["new", 2n]]],
      ["2025", [["new", 2n]]],
    ]);
  });

  it("has no year that is not asked for, and no total of what is not kept since the beginning", () => {
    const person = customerOf("c", [
      factOf("f", "2023-02-02", "customer.joined", "c"),
      factOf("g", "2025-01-02", "purchase.made", "c"),
      factOf("h", "2025-01-03", "purchase.made", "c"),
    ]);
    const totals = [...countAgain([], [person], coverage).values()].filter(
      ({ place }) => place.when.length === 4,
    );
    expect(totals.map(({ place, counts }) => [place.when, place.family, [...counts.keys()].sort()])).toEqual([
      ["2025", "customers", ["buyers", "repeatBuyers"]],
    ]);
  });

  it("by single facts says nothing unless all facts of the year were read", () => {
    const stored = new Map([at("nps", "2025", "0-10:9", 1n)]);
    expect(differencesBetween(stored, new Map(), coveringYears())).toEqual([]);
    expect(differencesBetween(stored, new Map(), coveringYears("2024"))).toEqual([]);
    expect(differencesBetween(stored, new Map(), coveringYears("2025"))).toMatchObject([
      { when: "2025", counter: "0-10:9", counted: 1n, recounted: 0n },
    ]);
    const events = new Map([at("sales", "2025", "orders:USD", 1n)]);
    expect(differencesBetween(events, new Map(), coveringYears())).toEqual([]);
    expect(differencesBetween(events, new Map(), coveringYears("2025"))).toHaveLength(1);
  });

  it("says nothing of a year that is not recounted, and everything of one that follows from histories", () => {
    const stored = new Map([at("customers", "2023", "new", 1n), at("customers", "2024", "new", 1n)]);
    expect(differencesBetween(stored, new Map(), coveringYears()).map(({ when }) => when)).toEqual(["2024"]);
  });

  it("lists differences by day, then family, segment and counter, and none where both sides agree", () => {
    const stored = new Map([
      at("nps", "2025-01-02", "0-10:9", 1n),
      at("nps", "2025-01-03", "0-10:9", 1n),
      at("nps", "2025-01-02", "0-10:9", 1n, "channel=web"),
      at("csat", "2025-01-04", "1-5:4", 5n),
    ]);
    const recounted = new Map([
      at("csat", "2025-01-02", "1-5:4", 2n),
      at("csat", "2025-01-04", "1-5:4", 5n),
      at("nps", "2025-01-03", "0-10:8", 4n),
    ]);
    const written = differencesBetween(stored, recounted, coverage).map(
      ({ when, family, segment, counter, counted, recounted: now }) =>
        `${when} ${family} ${segment} ${counter} ${counted} ${now}`,
    );
    expect(written).toEqual([
      "2025-01-02 csat all 1-5:4 0 2",
      "2025-01-02 nps all 0-10:9 1 0",
      "2025-01-02 nps channel=web 0-10:9 1 0",
      "2025-01-03 nps all 0-10:8 0 4",
      "2025-01-03 nps all 0-10:9 1 0",
    ]);
  });
});
