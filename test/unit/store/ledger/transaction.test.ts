import { describe, expect, it } from "vitest";
import { timelinePartitionOf } from "../../../../lib/store/table/keys.ts";
import {
  answered,
  bought,
  context,
  contextOf,
  entitiesOf,
  itemsOf,
  joined,
  now,
  plan,
  planned,
  today,
  updatesOf,
} from "./planning.ts";

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
