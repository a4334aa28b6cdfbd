import { describe, expect, it } from "vitest";
import { addDays, dayNumber } from "../../../../lib/domain/calendar/days.ts";
import { customer } from "../../../../lib/domain/entities/customer.ts";
import { bytesOf } from "../../../../lib/domain/entities/history.ts";
import { maxHistoryBytes, planTransaction } from "../../../../lib/store/ledger/transaction.ts";
import { type StoredEntity, subjectKey } from "../../../../lib/store/records/stored-entity.ts";
import { maxActions } from "../../../../lib/store/table/action.ts";
import { workspace } from "../reconciliation/recounts.ts";
import { answered, bought, context, contextOf, itemsOf, joined, plan, today, updatesOf } from "./planning.ts";

describe("as many facts as fit one transaction", () => {
  const days = Array.from({ length: 60 }, (_, index) => addDays("2025-01-01", index));

  it("are planned from the front, and what the next one would add is in no counter", () => {
    const facts = days.map((day, index) => answered(`a-${index}`, day));
    const { facts: planned, actions } = plan(facts);
    // Each is an item and adds to a day of its own.
    expect(planned).toEqual(facts.slice(0, 50));
    expect(actions).toHaveLength(maxActions);
    expect([...updatesOf(actions).keys()].some((key) => key.includes(days[50] ?? ""))).toBe(false);
  });

  it("leave room for the log of the days that have their snapshot", () => {
    const facts = days.map((day, index) => answered(`a-${index}`, day));
    const closed = contextOf({ snapshotsFrom: "2025-01-01", snapshotsTo: "2025-06-01" });
    const { facts: planned, actions } = plan(facts, {}, closed);
    expect([planned.length, actions.length]).toEqual([33, 99]);
  });

  it("add to the yearly totals what they add to the days", () => {
    // Another customer on each day; what the one that does not fit would add is taken back.
    const facts = days.map((day, index) => joined(`j-${index}`, day, `c-${index}`));
    const { facts: planned, actions } = plan(facts);
    expect([planned.length, actions.length]).toEqual([33, 100]);
    expect(updatesOf(actions).get("W#w#C#customers#all years#1")).toMatchObject({ "2025:new": 33n });
  });

  it("share the item of an entity that they are all about", () => {
    const facts = Array.from({ length: 120 }, (_, index) => bought(`p-${index}`, today, "c"));
    const { facts: planned, entities, actions } = plan(facts);
    expect(entities).toHaveLength(1);
    expect(actions).toHaveLength(maxActions);
    expect(planned.length).toBe(maxActions - 1 - updatesOf(actions).size);
  });
});

describe("a history that is full", () => {
  /** A customer whose history has room for so many bytes more. */
  function fullBut(bytes: number): Partial<StoredEntity> {
    const step = (size: number, index: number) => ({
      ...{ day: dayNumber("2025-03-04"), at: 0, times: 1 },
      detail: `${index}-`.padEnd(size, "x"),
    });
    const interacted = Array.from({ length: 1_000 }, (_, index) => step(76, index));
    const room = maxHistoryBytes - 1_000 * 100 - bytes;
    const history = {
      ...customer.unknown,
      steps: { ...customer.unknown.steps, interacted: [...interacted, step(room - 24, 1_000)] },
    };
    expect(bytesOf(history)).toBe(maxHistoryBytes - bytes);
    return { history, version: 1 };
  }

  // A step, and its currency.
  const purchaseBytes = 24 + 3;

  it("takes what just fits", () => {
    const { refused, facts } = plan([bought("p-1", today, "c")], fullBut(purchaseBytes));
    expect({ refused: refused.length, facts: facts.length }).toEqual({ refused: 0, facts: 1 });
  });

  it("refuses its facts and no others, and counts nothing of them", () => {
    const [full, other] = [bought("p-1", today, "c"), answered("a-1", today)];
    const { refused, facts, entities, actions } = plan([full, other], fullBut(purchaseBytes - 1));
    expect({ refused, facts, entities }).toEqual({ refused: [full], facts: [other], entities: [] });
    expect([...updatesOf(actions).keys()]).toEqual([`W#w#C#nps#all ${today}#5`]);
  });

  it("is planned with nothing to do where all of its facts are refused", () => {
    const facts = [bought("p-1", today, "c"), bought("p-2", today, "c")];
    const { refused, actions, unfinished } = plan(facts, fullBut(purchaseBytes - 1));
    expect({ refused, actions, unfinished }).toEqual({ refused: facts, actions: [], unfinished: [] });
  });
});

describe("a fact that changes what follows from a long history", () => {
  /** Bought every ten days and lost after two, in a segment of its first purchase: that fact comes last. */
  const lapsing = { ...workspace, inactivityDays: 2 };
  const purchases = Array.from({ length: 40 }, (_, index) =>
    bought(`p-${index}`, addDays("2024-02-01", index * 10), "c", { segments: { channel: "web" } }),
  );
  const [subject] = purchases[0]?.subjects ?? [];
  if (!subject) throw new Error("a purchase is about a customer");
  const history = purchases.reduce((sum, fact) => customer.apply(sum, fact), customer.unknown);
  const long: Partial<StoredEntity> = { history, dependencies: customer.dependencies(lapsing), version: 5 };
  const first = (segments: Readonly<Record<string, string>>) =>
    bought("first", "2024-01-01", "c", { segments });
  const closed = contextOf({ inactivityDays: 2, snapshotsFrom: "2024-01-01", snapshotsTo: "2025-06-01" });

  it("is stored with what it counts by itself, and its entity is to be counted further", () => {
    const fact = first({ channel: "store" });
    const { facts, refused, unfinished, entities, actions } = plan([fact], long, closed);
    expect({ facts: facts[0], refused, unfinished: unfinished.map(subjectKey) }).toEqual({
      ...{ facts: fact, refused: [], unfinished: [subjectKey(subject)] },
    });
    expect(entities).toMatchObject([
      {
        version: 5,
        recount: { through: "", previous: { history, dependencies: long.dependencies }, cause: "recorded" },
      },
    ]);
    const [stored, entity, progress, ...counters] = actions;
    expect(stored?.Put?.Item).toMatchObject({ id: "first", inSteps: true });
    expect(entity?.Put?.Item).toMatchObject({ version: 6, origin: { factId: "first" } });
    expect(entity?.Put?.Item).toHaveProperty("recount.previous");
    expect(progress?.Put?.Item).toEqual({
      ...{ pk: "W#w#E#customer#c", sk: "recount" },
      ...{ version: 6, through: "" },
    });
    const updates = updatesOf(counters);
    expect(updates.get("W#w#C#sales#channel=store 2024-01-01#5")).toMatchObject({ "orders:USD": 1n });
    expect([...updates.keys()].filter((key) => !key.includes(" 2024-01-01#"))).toEqual([]);
    expect(itemsOf(counters)).toMatchObject([{ causes: [{ cause: "recorded", ids: ["first"] }] }]);
  });

  it("brings further facts of its entity along: they are counted together, later, and once", () => {
    const others = ["2024-01-02", "2024-01-03"].map((day, index) => bought(`more-${index}`, day, "c"));
    const { facts, unfinished, actions } = plan([first({ channel: "store" }), ...others], long, closed);
    expect([facts.length, unfinished.length]).toEqual([3, 1]);
    expect(itemsOf(actions).slice(0, 3)).toMatchObject(
      facts.map(({ fact: { id } }) => ({ id, inSteps: true })),
    );
    const [entity] = itemsOf(actions).filter(({ sk }) => sk === "state");
    const days = purchases.length + facts.length;
    // Day, currency, times and amount of each.
    expect(entity).toMatchObject({ steps: { p: { length: 4 * days } } });
  });

  it("is no fact in steps when it fits", () => {
    const { unfinished, actions } = plan([bought("next", "2025-03-05", "c")], long, closed);
    expect(unfinished).toEqual([]);
    expect(itemsOf(actions)[0]).not.toHaveProperty("inSteps");
  });

  it("is not planned while its entity is being counted further", () => {
    const previous = { history, dependencies: customer.dependencies(lapsing) };
    const recounting = { ...long, recount: { through: "2025-06-01", previous, cause: "settings" } as const };
    expect(() => plan([first({ channel: "store" })], recounting, closed)).toThrow(RangeError);
  });

  it("is planned up to the last action that DynamoDB takes, and no further", () => {
    const inSegments = (count: number) => {
      const names = Array.from({ length: count }, (_, index) => [`d${index}`, "x"]);
      return () => plan([first(Object.fromEntries(names))], long, closed);
    };
    // The fact, its entity and how far that is counted, its log, the total and each segment.
    const fits = maxActions - 5;
    expect(inSegments(fits)().actions).toHaveLength(maxActions);
    expect(inSegments(fits + 1)).toThrow("the fact changes more counters than fit one transaction");
  });

  it("is planned without the entities that nobody read", () => {
    const { facts, entities } = planTransaction([first({})], new Map(), context);
    expect([facts.length, entities]).toEqual([1, []]);
  });
});
