import { describe, expect, it } from "vitest";
import { addDays, dayNumber } from "../../../../lib/calendar/days.ts";
import { dayOf } from "../../../../lib/calendar/zones.ts";
import { customer } from "../../../../lib/entities/customer.ts";
import type { EnrichedFact } from "../../../../lib/entities/enriched-fact.ts";
import { bytesOf } from "../../../../lib/entities/history.ts";
import { subjectsOf } from "../../../../lib/entities/registry.ts";
import type { Submission } from "../../../../lib/facts/parse.ts";
import type { PendingFact, RecordingContext } from "../../../../lib/store/ledger/pending-fact.ts";
import { maxHistoryBytes, planTransaction } from "../../../../lib/store/ledger/transaction.ts";
import { type StoredEntity, subjectKey, unknownEntity } from "../../../../lib/store/records/stored-entity.ts";
import { type Action, maxActions } from "../../../../lib/store/table/action.ts";
import { timelinePartitionOf } from "../../../../lib/store/table/keys.ts";
import type { Workspace } from "../../../../lib/workspace/settings.ts";
import { event, response } from "../../../fixtures/facts.ts";
import { workspace } from "../reconciliation/recounts.ts";

const today = "2025-06-10";
const now = Date.parse(`${today}T12:00:00Z`);
const contextOf = (changes: Partial<Workspace> = {}): RecordingContext => ({
  ...{ tableName: "table", workspace: { ...workspace, ...changes }, today, now },
  ...{ commit: "this-request", shardOf: () => 21 },
});
const context = contextOf();

/** A fact on its way into the store. */
function pendingOf({ fact, contentHash }: Submission, placing: Partial<EnrichedFact> = {}): PendingFact {
  const placed = { fact, day: dayOf(fact.occurredAt, "UTC"), segments: {}, ...placing };
  return { ...placed, contentHash, subjects: subjectsOf(placed) };
}

const answered = (id: string, day: string, placing: Partial<EnrichedFact> = {}) =>
  pendingOf(
    response(workspace, { id, survey: "nps", score: 9, occurredAt: `${day}T12:00:00.000Z` }),
    placing,
  );

const bought = (id: string, day: string, customerId: string, placing: Partial<EnrichedFact> = {}) =>
  pendingOf(
    event(workspace, {
      ...{ id, type: "purchase.made", orderId: id, customerId, occurredAt: `${day}T12:00:00.000Z` },
      money: { amount: "5.00", currency: "USD" },
    }),
    placing,
  );

const joined = (id: string, day: string, customerId: string) =>
  pendingOf(
    event(workspace, { id, type: "customer.joined", customerId, occurredAt: `${day}T12:00:00.000Z` }),
  );

/** The entities of facts, not stored yet unless told otherwise. */
function entitiesOf(
  facts: readonly PendingFact[],
  stored: Partial<StoredEntity> = {},
): ReadonlyMap<string, StoredEntity> {
  const subjects = facts.flatMap((fact) => fact.subjects);
  return new Map(
    subjects.map((subject) => [subjectKey(subject), { ...unknownEntity(subject, workspace), ...stored }]),
  );
}

/** A plan with its actions alone, and the entities that are to be counted further. */
function planned(...input: Parameters<typeof planTransaction>) {
  const { actions, ...rest } = planTransaction(...input);
  const unfinished = rest.entities.filter(({ recount }) => recount);
  return { ...rest, unfinished, actions: actions.map(({ action }) => action) };
}

const plan = (facts: readonly PendingFact[], stored: Partial<StoredEntity> = {}, recording = context) =>
  planned(facts, entitiesOf(facts, stored), recording);

/** The updates of a transaction by their keys, each with what it adds and what it sets. */
function updatesOf(actions: readonly Action[]): ReadonlyMap<string, Record<string, unknown>> {
  return new Map(
    actions.flatMap(({ Update: update }) => {
      if (!update) return [];
      const [adds = "", sets = ""] = String(update.UpdateExpression).replace("ADD ", "").split(" SET ");
      const names = update.ExpressionAttributeNames ?? {};
      const values = update.ExpressionAttributeValues ?? {};
      const pairs = [
        ...adds.split(", ").map((text) => text.split(" ")),
        ...(sets === "" ? [] : sets.split(", ")).map((text) => text.split(" = ")),
      ];
      const changes = pairs.map(([name = "", value = ""]) => [names[name], values[value]]);
      const { pk, sk } = update.Key ?? {};
      return [[`${pk} ${sk}`, Object.fromEntries(changes)] as const];
    }),
  );
}

const itemsOf = (actions: readonly Action[]) =>
  actions.flatMap(({ Put: put }) => (put?.Item ? [put.Item] : []));

describe("a transaction", () => {
  it("puts a fact, unless there is one with its id, with its place in time and nothing that it does not have", () => {
    const fact = answered("a-1", "2025-03-04");
    expect(plan([fact]).actions[0]).toStrictEqual({
      Put: {
        TableName: "table",
        Item: {
          ...{ pk: "W#w#F#a-1", sk: "fact" },
          ...{
            gsi1pk: `W#w#responses#${timelinePartitionOf("a-1")}`,
            gsi1sk: "2025-03-04#2025-03-04T12:00:00.000Z#a-1",
          },
          ...{ id: "a-1", day: "2025-03-04", occurredAt: Date.parse("2025-03-04T12:00:00Z") },
          ...{ recordedAt: now, contentHash: fact.contentHash, commit: "this-request" },
          body: { type: "response", survey: "nps", scale: "0-10", score: 9, dimensions: {} },
        },
        ConditionExpression: "attribute_not_exists(pk)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    });
  });

  it("puts a fact with its customer's list and person, its segments and the intent it counts under", () => {
    const fact = bought("p-1", "2025-03-04", "c", { segments: { channel: "web" }, countedAs: "(other)" });
    const [item] = itemsOf(plan([fact], { person: "p" }).actions);
    expect(item).toMatchObject({
      gsi1pk: `W#w#events#${timelinePartitionOf("p-1")}`,
      ...{ gsi2pk: "W#w#customer#c", gsi2sk: "2025-03-04T12:00:00.000Z#p-1" },
      ...{ person: "p", segments: { channel: "web" }, countedAs: "(other)" },
    });
  });

  it("names the person of the fact's own customer, where others are in the same transaction", () => {
    const facts = [bought("p-1", "2025-03-04", "c"), bought("p-2", "2025-03-04", "d")];
    const entities = new Map(
      [...entitiesOf(facts)].map(([key, one]) => [key, { ...one, person: `p-${one.id}` }]),
    );
    const items = itemsOf(planned(facts, entities, context).actions);
    expect(items.slice(0, 2).map(({ person }) => person)).toEqual(["p-c", "p-d"]);
  });

  it("puts each entity after the facts, on condition that it is as it was read", () => {
    const facts = [joined("j-1", today, "c"), bought("p-1", today, "c")];
    const [, , fresh] = plan(facts).actions;
    expect(fresh?.Put).toMatchObject({ ConditionExpression: "attribute_not_exists(pk)" });
    expect(fresh?.Put?.Item).toMatchObject({ pk: "W#w#E#customer#c", version: 1 });
    expect(fresh?.Put).not.toHaveProperty("ExpressionAttributeNames");
    const [, , known] = plan(facts, { version: 7 }).actions;
    expect(known?.Put).toMatchObject({
      ConditionExpression: "#version = :seen",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: { ":seen": 7 },
    });
    expect(known?.Put?.Item).toMatchObject({ version: 8, origin: { factId: "j-1" } });
  });

  it("adds to the counters of the day, in the total and the segments, on one shard of sixteen", () => {
    const fact = answered("a-1", today, { segments: { channel: "web" } });
    const updates = updatesOf(plan([fact, { ...answered("a-2", today) }]).actions);
    expect([...updates.keys()].sort()).toEqual([
      `W#w#C#nps#all ${today}#5`,
      `W#w#C#nps#channel=web ${today}#5`,
    ]);
    expect(updates.get(`W#w#C#nps#all ${today}#5`)).toMatchObject({ w: 1, "0-10:9": 2n });
    expect(updates.get(`W#w#C#nps#channel=web ${today}#5`)).toMatchObject({ w: 1, "0-10:9": 1n });
  });

  it("marks the total of a day that is over, and no segment of it, and says how many facts touched it", () => {
    const fact = answered("a-1", "2025-06-09", { segments: { channel: "web" } });
    const updates = updatesOf(plan([fact]).actions);
    expect(updates.get("W#w#C#nps#all 2025-06-09#5")).toMatchObject({
      ...{ gsi1pk: `W#w#stale#${timelinePartitionOf("2025-06-09#nps#5")}`, gsi1sk: "2025-06-09#nps#5" },
      "~r": 1n,
    });
    const segment = updates.get("W#w#C#nps#channel=web 2025-06-09#5") ?? {};
    expect(Object.keys(segment).filter((name) => /^gsi|^~/.test(name))).toEqual([]);
    const running = updatesOf(plan([answered("a-1", today)]).actions).get(`W#w#C#nps#all ${today}#5`) ?? {};
    expect(Object.keys(running).filter((name) => /^gsi|^~/.test(name))).toEqual([]);
  });

  it("logs the facts of a day that has its snapshot", () => {
    const facts = [
      answered("a-1", "2025-03-04"),
      answered("a-2", "2025-03-04"),
      answered("a-3", "2025-03-05"),
    ];
    const { actions } = plan(
      facts,
      {},
      contextOf({ snapshotsFrom: "2025-03-01", snapshotsTo: "2025-03-04" }),
    );
    const logged = itemsOf(actions).filter(({ pk }) => pk === "W#w#late#2025-03-04");
    expect(logged).toMatchObject([{ causes: [{ cause: "recorded", ids: ["a-1", "a-2"] }] }]);
    expect(actions.at(-1)?.Put).toEqual({ TableName: "table", Item: logged[0] });
  });

  it("keeps the yearly totals of all years in one item, on one shard of four", () => {
    const facts = [joined("j-1", "2024-12-31", "a"), joined("j-2", "2025-01-01", "b")];
    const years = [...updatesOf(plan(facts).actions)].filter(([key]) => key.includes(" years#"));
    expect(years).toMatchObject([["W#w#C#customers#all years#1", { "2024:new": 1n, "2025:new": 1n }]]);
  });
});

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
      { version: 5, recount: { through: "", previous: { history, dependencies: long.dependencies } } },
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
    const recounting = { ...long, recount: { through: "2025-06-01", previous } };
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
