import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "../../../../lib/domain/calendar/days.ts";
import { entityNamed } from "../../../../lib/domain/entities/registry.ts";
import { correctEntities } from "../../../../lib/store/reconciliation/recounting.ts";
import type { StoredFact } from "../../../../lib/store/records/facts.ts";
import { coverage, customerOf, factOf, range, workspace } from "./recounts.ts";

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

describe("a wrong history", () => {
  const joined = factOf("j", "2025-01-02", "customer.joined", "c");
  const bought = factOf("p", "2025-01-05", "purchase.made", "c");
  const left = factOf("l", "2025-01-04", "customer.left", "c");

  it("is in doubt on the days on which it differs, in order, and on no others", () => {
    const stored = customerOf("c", [joined, bought]);
    const { wrong } = correctEntities([stored], [left, joined], coverage, workspace);
    expect(wrong).toEqual([
      {
        stored,
        expected: customerOf("c", [joined, left]).history,
        days: ["2025-01-04", "2025-01-05"],
        tellingDays: ["2025-01-04", "2025-01-05"],
      },
    ]);
  });

  it("is told by all its days where its segments come from another fact", () => {
    const stored = customerOf("c", [{ ...joined, segments: { channel: "web" } }, bought]);
    const now = [{ ...joined, segments: { channel: "shop" } }, bought];
    const { wrong, entities } = correctEntities([stored], now, coverage, workspace);
    expect(wrong).toMatchObject([{ days: [], tellingDays: ["2025-01-02", "2025-01-05"] }]);
    expect(entities).toEqual([{ ...stored, history: customerOf("c", now).history }]);
  });

  it("is none where the same segments are written in another order", () => {
    const inOrder = (...names: string[]) => ({
      ...joined,
      segments: Object.fromEntries(names.map((name) => [name, "x"])),
    });
    const stored = customerOf("c", [inOrder("channel", "country")]);
    const { wrong } = correctEntities([stored], [inOrder("country", "channel")], coverage, workspace);
    expect(wrong).toEqual([]);
  });

  it("does not have what was taken out of the counts", () => {
    const stored = customerOf("c", [joined]);
    const facts = [joined, { ...bought, excluded: true }];
    expect(correctEntities([stored], facts, coverage, workspace).wrong).toEqual([]);
  });

  it("keeps the segments of a fact on a day that was not read", () => {
    const early = {
      ...factOf("e", "2023-05-05", "customer.joined", "c"),
      segments: { channel: "web" },
    };
    const stored = customerOf("c", [early, bought]);
    const { wrong } = correctEntities([stored], [bought, left], coverage, workspace);
    expect(wrong.map(({ expected }) => expected.origin)).toEqual([stored.history.origin]);
    expect(wrong.map(({ days }) => days)).toEqual([["2025-01-04"]]);
  });

  it("has the segments that its fact gives now, also beside days that were not read", () => {
    const early = factOf("e", "2023-05-05", "purchase.made", "c");
    const stored = customerOf("c", [early, { ...joined, segments: { channel: "web" } }]);
    const now = { ...joined, segments: { channel: "shop" } };
    const { wrong } = correctEntities([stored], [now], coverage, workspace);
    expect(wrong.map(({ expected }) => expected.origin?.segments)).toEqual([{ channel: "shop" }]);
  });

  it("is in doubt on a day that has as many steps, but others", () => {
    const returned = factOf("r", "2025-01-04", "customer.returned", "c");
    const stored = customerOf("c", [joined, left]);
    const { wrong } = correctEntities([stored], [joined, returned], coverage, workspace);
    expect(wrong.map(({ days }) => days)).toEqual([["2025-01-04"]]);
  });

  it("is only a person's where the person is erased: a ticket keeps what the person sent about it", () => {
    const erased = { ...customerOf("erased:1", []), person: "p-1" };
    const ticket = entityNamed("ticket");
    const opened = {
      ...factOf("o", "2025-01-02", "ticket.opened", undefined),
      person: "p-1",
    };
    const fact = { ...opened.fact, ticketId: "t" } as unknown as StoredFact["fact"];
    const { wrong } = correctEntities([erased], [{ ...opened, fact }], coverage, workspace);
    expect(wrong.map(({ stored }) => [stored.entity, stored.id])).toEqual([[ticket, "t"]]);
  });

  it("loses segments that no fact gives any more", () => {
    const stored = customerOf("c", [{ ...joined, segments: { channel: "web" } }]);
    const { wrong } = correctEntities([stored], [bought], coverage, workspace);
    expect(wrong[0]?.expected).toEqual(customerOf("c", [bought]).history);
  });
});
