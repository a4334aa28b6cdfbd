import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LateEntry } from "../../../../lib/store/counters/change-causes.ts";
import {
  divideLog,
  entriesOn,
  maxNamed,
  reasonOf,
  type Seen,
} from "../../../../lib/store/snapshots/restatement-reason.ts";

const seen = (
  causes: Seen["causes"],
  log: readonly string[] = [],
  families: readonly string[] = ["nps"],
): Seen => ({ causes, families, log });

const entry = (
  key: string,
  ids: string[],
  families = ["nps"],
  cause: LateEntry["causes"][number]["cause"] = "recorded",
): LateEntry => ({ key, causes: [{ cause, families, ids }] });

describe("the reason for a restatement", () => {
  it("counts what lies between two readings, and names it", () => {
    const log = [entry("1", ["a", "b"]), entry("2", ["c"], ["nps"], "excluded")];
    const reason = reasonOf(seen({ recorded: 4 }), seen({ recorded: 6, excluded: 1 }), log);
    expect(reason).toEqual({ facts: 3, ids: ["a", "b", "c"], causes: ["recorded", "excluded"] });
  });

  it("leaves out what an earlier revision has named already", () => {
    const log = [entry("1", ["a"]), entry("2", ["b"])];
    const reason = reasonOf(seen({ recorded: 1 }, ["1"]), seen({ recorded: 2 }, ["1", "2"]), log);
    expect(reason).toMatchObject({ facts: 1, ids: ["b"] });
  });

  it("leaves out facts that touched only what other metrics read", () => {
    const log = [entry("1", ["a"], ["csat"]), entry("2", ["b"], ["csat", "nps"])];
    expect(reasonOf(seen({}), seen({ recorded: 1 }), log)).toMatchObject({ facts: 1, ids: ["b"] });
  });

  it("counts a fact once that was recorded, excluded and included in between", () => {
    const log = [
      entry("1", ["a", "b"]),
      entry("2", ["a"], ["nps"], "excluded"),
      entry("3", ["a"], ["nps"], "included"),
    ];
    const now = seen({ recorded: 2, excluded: 1, included: 1 });
    expect(reasonOf(seen({}), now, log)).toMatchObject({ facts: 2, ids: ["a", "b"] });
  });

  it("is the settings where other families are read than before, as after a change of the currency", () => {
    const before = seen({ recorded: 9 }, [], ["payments"]);
    const now = seen({ recorded: 4 }, [], ["sales"]);
    expect(reasonOf(before, now, [])).toEqual({ facts: 0, ids: [], causes: ["settings"] });
  });

  it("is a repair or the settings without any fact", () => {
    const now = seen({ recorded: 2, settings: 3, repaired: 1 });
    expect(reasonOf(seen({ recorded: 2 }), now, [])).toEqual({
      facts: 0,
      ids: [],
      causes: ["settings", "repaired"],
    });
  });
});

describe("the facts that a reason names", () => {
  const ids = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => `f${first + index}`);

  it("are the first hundred, and all are counted", () => {
    const log = [entry("1", ids(0, 60)), entry("2", ids(60, 41))];
    const reason = reasonOf(seen({}), seen({ recorded: 101 }), log);
    expect(reason.facts).toBe(101);
    expect(reason.ids).toEqual(ids(0, 100));
  });

  it("are never less than none, also where the log has more than was counted", () => {
    const log = [entry("1", ["a"]), entry("2", ["a"], ["nps"], "excluded")];
    expect(reasonOf(seen({}), seen({}), log)).toEqual({ facts: 0, ids: ["a"], causes: [] });
  });

  it("do not come with a cause of which nothing new is counted", () => {
    const reason = reasonOf(seen({ recorded: 2, excluded: 1 }), seen({ recorded: 2, excluded: 2 }), []);
    expect(reason.causes).toEqual(["excluded"]);
  });

  it("are those of any family that the metric reads, entry by entry", () => {
    const both = {
      key: "1",
      causes: [
        { cause: "recorded" as const, families: ["csat"], ids: ["a"] },
        { cause: "recorded" as const, families: ["sales", "nps"], ids: ["b"] },
      ],
    };
    expect(entriesOn(["nps", "customers"], [both, entry("2", ["c"], ["csat"])])).toEqual([
      { key: "1", causes: [both.causes[1]] },
    ]);
  });

  it("of one family are those up to the entry with which a hundred are reached", () => {
    const log = [
      entry("1", ids(0, 99)),
      entry("2", ids(99, 1)),
      entry("3", ["late"]),
      entry("4", ["c"], ["csat"]),
    ];
    const { needed, surplus } = divideLog(log);
    expect(needed.map(({ key }) => key)).toEqual(["1", "2", "4"]);
    expect(surplus.map(({ key }) => key)).toEqual(["3"]);
  });

  it("of one family are kept where another one in the same entry has its hundred", () => {
    const log = [entry("1", ids(0, 100)), entry("2", ["x"], ["nps", "csat"])];
    expect(divideLog(log)).toEqual({ needed: log, surplus: [] });
  });
});

describe("the part of a log that reasons need", () => {
  it("names the first facts of every family, and no more entries than that takes", () => {
    const families = fc.subarray(["csat", "customers", "nps", "sales"], { minLength: 1 });
    const logs = fc.array(fc.tuple(families, fc.integer({ min: 1, max: 40 })), { maxLength: 60 });
    fc.assert(
      fc.property(logs, (shapes) => {
        const log = shapes.map(([touched, size], index) =>
          entry(
            String(index).padStart(3, "0"),
            Array.from({ length: size }, (_, place) => `${index}-${place}`),
            touched,
          ),
        );
        const { needed, surplus } = divideLog(log);
        expect([...needed, ...surplus].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(log);
        for (const family of ["csat", "customers", "nps", "sales"]) {
          const now = seen({ recorded: 1 }, [], [family]);
          expect(reasonOf(seen({}, [], [family]), now, needed).ids).toEqual(
            reasonOf(seen({}, [], [family]), now, log).ids,
          );
        }
        expect(needed.length).toBeLessThanOrEqual(4 * maxNamed);
      }),
    );
  });
});
