import { describe, expect, it } from "vitest";
import type { AnyEntity } from "../../../../lib/domain/entities/entity.ts";
import type { History } from "../../../../lib/domain/entities/history.ts";
import { entities, entityNamed } from "../../../../lib/domain/entities/registry.ts";
import { defaultSettings, type Workspace } from "../../../../lib/domain/workspace/settings.ts";
import { entityItem, entityOfItem } from "../../../../lib/store/records/entity-item.ts";
import {
  countedOccurrences,
  namelessOrigin,
  type StoredEntity,
  subjectKey,
  unknownEntity,
} from "../../../../lib/store/records/stored-entity.ts";
import { placeFacts, purchase, step } from "../../../fixtures/domain.ts";

const workspace: Workspace = {
  ...defaultSettings,
  id: "w",
  createdAt: "2026-01-01T00:00:00Z",
  version: 1,
  trackedSince: {},
};

const customer = entityNamed("customer");

function historyOf(entity: AnyEntity, facts: readonly object[]): History {
  return placeFacts(facts).reduce((history, fact) => entity.apply(history, fact), entity.unknown);
}

function interaction(id: string, day: string, touchpoint: string): object {
  return { type: "interaction.made", id, customerId: "c", touchpoint, occurredAt: `${day}T12:00:00Z` };
}

function stored(facts: readonly object[], more: Partial<StoredEntity> = {}): StoredEntity {
  const unknown = unknownEntity({ entity: customer, id: "c" }, workspace);
  return { ...unknown, history: historyOf(customer, facts), person: "p", recount: undefined, ...more };
}

/** What is read again of what was written. */
const again = (entity: StoredEntity) =>
  entityOfItem(entity.entity, entityItem("w", entity), entity.recount?.through);

describe("the item of an entity", () => {
  it("holds its steps flat by code, each detail written out once", () => {
    const facts = [
      step("joined", "c", "2026-10-01"),
      purchase("c", "2026-10-02"),
      interaction("a", "2026-10-02", "shop"),
      interaction("b", "2026-10-03", "app"),
      interaction("c", "2026-10-04", "shop"),
      interaction("d", "2026-10-04", "shop"),
    ];
    const item = entityItem("w", stored(facts, { version: 4 }));
    const joinedAt = Date.parse("2026-10-01T12:00:00Z");
    expect(item).toMatchObject({
      entityId: "c",
      person: "p",
      version: 5,
      steps: {
        j: [20_727, joinedAt, 1],
        p: [20_728, "USD", 1, 1_000],
        i: [20_728, "shop", 1, 20_729, "app", 1, 20_730, 0, 2],
      },
      origin: { rank: 1, at: joinedAt },
      dependencies: customer.dependencies(workspace),
    });
    expect(Object.keys(item["steps"] ?? {})).toEqual(["j", "p", "i"]);
    expect(item).not.toHaveProperty("recount");
  });

  it("says what it was written from, with one version more", () => {
    const touchpoints = ["shop", "app", "shop", "shop", "app", "mail", "shop"];
    const facts = touchpoints.map((touchpoint, index) =>
      interaction(`f${index}`, `2026-10-0${index + 1}`, touchpoint),
    );
    const entity = stored(facts, { version: 4 });
    expect(again(entity)).toEqual({ ...entity, version: 5 });
    const { person: _person, ...nameless } = entity;
    expect(entityItem("w", nameless)).not.toHaveProperty("person");
  });

  it("says so of every entity, also of one of which nothing is known", () => {
    for (const entity of entities) {
      const unknown = unknownEntity({ entity, id: "x" }, workspace);
      expect(again(unknown)).toEqual({ ...unknown, version: 1, person: undefined, recount: undefined });
    }
  });

  it("keeps what a change that is not counted to its end began from", () => {
    const previous = { history: historyOf(customer, [purchase("c", "2026-10-02")]), dependencies: {} };
    const entity = stored([step("joined", "c", "2026-10-01")], {
      recount: { through: "2026-10-01", previous, cause: "excluded" },
    });
    expect(again(entity).recount).toEqual({
      through: "2026-10-01",
      previous: { ...previous, dependencies: customer.dependencies(defaultSettings) },
      cause: "excluded",
    });
  });

  it("that is older than a setting was counted with what a new workspace has", () => {
    const entity = stored([], { dependencies: { inactivityDays: 30 } });
    expect(again(entity).dependencies).toEqual({
      ...customer.dependencies(defaultSettings),
      inactivityDays: 30,
    });
  });

  it("that is none is refused", () => {
    expect(() => entityOfItem(customer, { entityId: "c" })).toThrow();
  });
});

describe("what is counted of an entity", () => {
  it("is what its history brings about", () => {
    const entity = stored([step("joined", "c", "2026-10-01")]);
    expect(countedOccurrences(entity).map(({ kind, day }) => `${kind} ${day}`)).toEqual([
      "customer-new 2026-10-01",
    ]);
  });

  it("is as it was after the day up to which a change has been counted", () => {
    const { dependencies } = stored([]);
    const before = [step("joined", "c", "2026-10-02"), step("left", "c", "2026-10-05")];
    const previous = { history: historyOf(customer, before), dependencies };
    const counted = (through: string) =>
      countedOccurrences(
        stored([...before, step("joined", "c", "2026-10-01"), step("returned", "c", "2026-10-06")], {
          recount: { through, previous, cause: "settings" },
        }),
      ).map(({ kind, day }) => `${kind} ${day}`);
    expect(counted("")).toEqual(["customer-new 2026-10-02", "customer-lost 2026-10-05"]);
    expect(counted("2026-10-01")).toEqual([
      "customer-new 2026-10-01",
      "customer-new 2026-10-02",
      "customer-lost 2026-10-05",
    ]);
    expect(counted("2026-10-02")).toEqual(["customer-new 2026-10-01", "customer-lost 2026-10-05"]);
    expect(counted("2026-10-06")).toEqual([
      "customer-new 2026-10-01",
      "customer-lost 2026-10-05",
      "customer-returned 2026-10-06",
    ]);
  });
});

it("two entities of the same id are told apart by what they are", () => {
  const keys = entities.map((entity) => subjectKey({ entity, id: "x" }));
  expect(new Set(keys).size).toBe(entities.length);
  expect(subjectKey({ entity: customer, id: "x" })).not.toBe(subjectKey({ entity: customer, id: "y" }));
});

it("an origin without its fact keeps everything else", () => {
  const { origin } = historyOf(customer, [step("joined", "c", "2026-10-01")]);
  expect(origin?.factId).not.toBe("");
  expect(namelessOrigin(origin)).toEqual({ ...origin, factId: "" });
  expect(namelessOrigin(null)).toBeNull();
});
