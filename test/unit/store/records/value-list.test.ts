import { describe, expect, it } from "vitest";
import {
  changedList,
  claimDays,
  countedAs,
  emptyList,
  groupedValues,
  type ListRoom,
  maxMoved,
  otherValue,
  type ValueList,
  withValues,
} from "../../../../lib/store/records/value-list.ts";

const unbounded = Number.POSITIVE_INFINITY;
const room: ListRoom = { named: 5, running: 2, claims: 3, namedBytes: unbounded, claimBytes: unbounded };
const today = 20_000;

const trusted = (...values: string[]) => values.map((value) => ({ value, isTrusted: true }));
const public_ = (...values: string[]) => values.map((value) => ({ value, isTrusted: false }));

function listOf(...senders: readonly ReturnType<typeof trusted>[]): ValueList {
  return senders.reduce((list, wanted) => withValues(list, wanted, room, today), emptyList);
}

/** Groups with the values that they are made of, sorted. */
function groups(list: ValueList, day = today): Record<string, string[]> {
  return Object.fromEntries(
    [...groupedValues(list, room, day)].map(([group, values]) => [group, values.sort()]),
  );
}

describe("values that public keys have sent", () => {
  it("count by name while there is room for claims, and are others beyond", () => {
    const list = listOf(public_("x1", "x2", "x3"));
    expect(["x1", "x2", "x3"].map((value) => countedAs(list, value, today))).toEqual(["x1", "x2", undefined]);
    expect(groups(list)).toEqual({ x1: ["x1"], x2: ["x2"], [otherValue]: [otherValue] });
  });

  it("are never in the way of a value that somebody sends who is trusted", () => {
    const list = listOf(public_("x1", "x2", "x3"), trusted("a", "b", "c", "d", "e", "f"));
    expect([...list.named]).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("end after some days, with what was counted under them among the others", () => {
    const list = listOf(public_("x1"), trusted("web"));
    expect(countedAs(list, "x1", today + claimDays - 1)).toBe("x1");
    expect(countedAs(list, "x1", today + claimDays)).toBe(otherValue);
    expect(groups(list, today + claimDays)).toEqual({ web: ["web"], [otherValue]: [otherValue, "x1"] });
  });

  it("stay for good once somebody sends them who is trusted, also after they have ended", () => {
    const claimed = listOf(public_("x1"));
    const later = withValues(claimed, trusted("x1"), room, today + 100);
    expect(groups(later, today + 1_000)).toEqual({ x1: ["x1"] });
  });

  it("find no room for ever: those that have ended take the place of new ones", () => {
    let list = emptyList;
    for (let month = 0; month < 100; month += 1) {
      list = withValues(list, public_(`x${month}`, `y${month}`), room, today + month * claimDays);
    }
    expect(list.claims.size).toBe(room.claims);
  });

  it("are not claimed anew by being sent again", () => {
    const list = listOf(public_("x1"));
    expect(withValues(list, public_("x1"), room, today + 5)).toBe(list);
  });
});

describe("what an administrator changes", () => {
  it("a value that is removed is one of the others, and is not claimed again by anybody", () => {
    const list = changedList(listOf(trusted("web", "x")), { remove: ["x"] }, room);
    expect(groups(list)).toEqual({ web: ["web"], [otherValue]: [otherValue, "x"] });
    expect(withValues(list, [...trusted("x"), ...public_("x")], room, today)).toBe(list);
    expect(countedAs(list, "x", today)).toBe(otherValue);
  });

  it("a value that is merged counts as the other, and so does what was merged into it", () => {
    const once = changedList(listOf(trusted("WEB", "Web")), { merge: [{ from: "WEB", into: "Web" }] }, room);
    const twice = changedList(once, { merge: [{ from: "Web", into: "web" }] }, room);
    expect(groups(twice)).toEqual({ web: ["WEB", "Web", "web"] });
    expect(countedAs(twice, "WEB", today)).toBe("web");
  });

  it("a value that is pinned is back with what was counted under it", () => {
    const removed = changedList(listOf(trusted("web")), { remove: ["web"] }, room);
    expect(groups(changedList(removed, { pin: ["web"] }, room))).toEqual({ web: ["web"] });
  });

  it("makes room: a full list takes a value after another was removed", () => {
    const full = listOf(trusted("a", "b", "c", "d", "e", "f"));
    expect(full.named.has("f")).toBe(false);
    expect(() => changedList(full, { pin: ["f"] }, room)).toThrow(RangeError);
    expect(changedList(full, { remove: ["a"], pin: ["f"] }, room).named.has("f")).toBe(true);
  });

  it("has an end: at most so many values are removed or merged", () => {
    const remove = Array.from({ length: maxMoved + 1 }, (_, index) => `x${index}`);
    expect(() => changedList(emptyList, { remove }, room)).toThrow(/track the dimension anew/);
  });
});

it("values whose names objects have count as any other", () => {
  const list = listOf(trusted("__proto__", "constructor"));
  expect(groupedValues(list, room, today).get("__proto__")).toEqual(["__proto__"]);
  expect(countedAs(list, "toString", today)).toBeUndefined();
});
