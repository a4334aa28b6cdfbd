import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "../../../lib/calendar/days.ts";
import { customer } from "../../../lib/entities/customer.ts";
import type { History } from "../../../lib/entities/history.ts";
import type { StoredEntity } from "../../../lib/store/entities.ts";
import type { StoredFact } from "../../../lib/store/facts.ts";
import {
  type Coverage,
  correctEntities,
  countAgain,
  differencesBetween,
  placeKey,
} from "../../../lib/store/recounting.ts";
import { coverageOf, joined, Suspicion } from "../../../lib/store/suspicion.ts";
import { defaultSettings, type Workspace } from "../../../lib/workspace/settings.ts";

const range = { from: "2024-12-20", to: "2025-01-10" };
const coverage: Coverage = coverageOf([range], new Set(["2024", "2025"]), "2026-01-01");

const workspace: Workspace = {
  ...defaultSettings,
  id: "w",
  createdAt: "2024-01-01T00:00:00Z",
  version: 1,
  trackedSince: {},
};

function factOf(id: string, day: string, type: string, customerId: string | undefined): StoredFact {
  const at = Date.parse(`${day}T12:00:00Z`) + id.length;
  const money = type.startsWith("purchase") ? { money: { amountMinor: 500n, currency: "USD" } } : {};
  const who = customerId === undefined ? {} : { customerId };
  const fact = {
    id,
    type,
    occurredAt: at,
    dimensions: {},
    ...who,
    ...money,
  } as unknown as StoredFact["fact"];
  return { fact, day, segments: {}, recordedAt: at, contentHash: "", excluded: false, audit: [] };
}

function customerOf(id: string, facts: readonly StoredFact[]): StoredEntity {
  const history = facts.reduce<History>((sum, fact) => customer.apply(sum, fact), customer.unknown);
  return {
    entity: customer,
    id,
    history,
    dependencies: { inactivityDays: null, engagedTouchpoints: 4 },
    version: 3,
  };
}

const types = ["purchase.made", "customer.joined", "customer.left", "customer.returned"];
const histories = fc.array(
  fc.record({
    day: fc.integer({ min: -20, max: 40 }).map((offset) => dayFromNumber(dayNumber(range.from) + offset)),
    type: fc.constantFrom(...types),
  }),
  { maxLength: 12 },
);

describe("customers' histories", () => {
  it("are right when they are what all their facts say, whichever of the days are covered", () => {
    fc.assert(
      fc.property(histories, (shapes) => {
        const facts = shapes.map(({ day, type }, index) => factOf(`f${index}`, day, type, "c"));
        const stored = customerOf("c", facts);
        const known = facts.filter(({ day }) => coverage.covers(day));
        expect(correctEntities([stored], known, coverage, workspace).wrong).toEqual([]);
      }),
    );
  });

  it("are put back to what the facts say when a part on the days covered was changed", () => {
    fc.assert(
      fc.property(histories, histories, (shapes, others) => {
        const facts = shapes.map(({ day, type }, index) => factOf(`f${index}`, day, type, "c"));
        const inside = others.filter(({ day }) => coverage.covers(day));
        const outside = facts.filter(({ day }) => !coverage.covers(day));
        const wrong = inside.map(({ day, type }, index) => factOf(`wrong${index}`, day, type, "c"));
        const stored = customerOf("c", [...outside, ...wrong]);
        // What became of the origin is known only where every fact of the customer was read.
        fc.pre(outside.length === 0);
        const { entities } = correctEntities(
          [stored],
          facts.filter(({ day }) => coverage.covers(day)),
          coverage,
          workspace,
        );
        expect(entities[0]?.history).toEqual(customerOf("c", facts).history);
      }),
    );
  });

  it("do not get the facts that still name a person whose history is erased", () => {
    const erased = { ...customerOf("erased:1", []), person: "p-1" };
    const later = { ...customerOf("c", [factOf("new", "2025-01-02", "purchase.made", "c")]), person: "p-2" };
    const facts = [
      { ...factOf("old", "2025-01-02", "purchase.made", "c"), person: "p-1" },
      { ...factOf("new", "2025-01-02", "purchase.made", "c"), person: "p-2" },
    ];
    expect(correctEntities([erased, later], facts, coverage, workspace).wrong).toEqual([]);
    expect(correctEntities([later], facts, coverage, workspace).wrong).toHaveLength(1);
  });

  it("that are missing are made, and those of erased persons are trusted", () => {
    const facts = [
      factOf("f", "2025-01-02", "purchase.made", "c"),
      factOf("g", "2025-01-02", "purchase.made", undefined),
    ];
    const erased = customerOf("erased:1", [factOf("old", "2025-01-03", "customer.joined", "x")]);
    const settings = { ...workspace, inactivityDays: 30 };
    const { entities, wrong } = correctEntities([erased], facts, coverage, settings);
    expect(wrong).toMatchObject([
      { stored: { id: "c", version: 0, dependencies: { inactivityDays: 30 } }, days: ["2025-01-02"] },
    ]);
    expect(entities).toContain(erased);
  });
});

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

describe("the days to look at again", () => {
  it("are those of the counters and customers in doubt, and all of a year in doubt", () => {
    const day = (when: string) => ({ family: "nps", segment: "all", when });
    const suspicion = new Suspicion(
      [day("2025-01-02"), day("2025-01-04"), day("2024")],
      [{ subject: { entity: customer, id: "c" }, days: ["2025-01-03"] }],
    );
    expect(suspicion.ranges()).toEqual([
      { from: "2024-01-01", to: "2024-12-31" },
      { from: "2025-01-02", to: "2025-01-04" },
    ]);
    expect(suspicion.size).toBe(4);
  });

  it("are joined to ranges that hold the same days, none twice", () => {
    const ranges = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 })));
    fc.assert(
      fc.property(ranges, (shapes) => {
        const given = shapes.map(([start, length]) => ({
          from: dayFromNumber(20_000 + start),
          to: dayFromNumber(20_000 + start + length),
        }));
        const result = joined(given);
        for (let day = 20_000; day < 20_080; day += 1) {
          const text = dayFromNumber(day);
          const holds = ({ from, to }: { from: string; to: string }) => from <= text && text <= to;
          expect(result.filter(holds)).toHaveLength(given.some(holds) ? 1 : 0);
        }
      }),
    );
  });
});
