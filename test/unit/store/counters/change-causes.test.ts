import { describe, expect, it } from "vitest";
import { Tally } from "../../../../lib/domain/metrics/counting.ts";
import { findMetric } from "../../../../lib/domain/metrics/registry.ts";
import { lateCauses } from "../../../../lib/domain/metrics/restated-day.ts";
import { defaultSettings, type Workspace } from "../../../../lib/domain/workspace/settings.ts";
import {
  ChangeCauses,
  causeCounter,
  causeCountersOfRepair,
  causeCountsOf,
  causesOf,
  changedTotals,
  familiesOf,
  isLogged,
  isStated,
  lateItems,
  loggedDays,
} from "../../../../lib/store/counters/change-causes.ts";

const workspace: Workspace = {
  ...defaultSettings,
  id: "shop",
  createdAt: "2026-01-01T00:00:00Z",
  version: 1,
  trackedSince: {},
  snapshotsFrom: "2025-03-01",
  snapshotsTo: "2025-03-31",
};

/** A tally of changes: `day family amount` in the total, `day family amount segment` elsewhere. */
function tallyOf(...changes: string[]): Tally {
  const tally = new Tally();
  for (const change of changes) {
    const [day = "", family = "", amount = "0", segment = "all"] = change.split(" ");
    tally.add({ day, family, segment }, "x", BigInt(amount));
  }
  return tally;
}

/** What a transaction adds to the touch counters of a day, by family. */
function touchesOn(
  day: string,
  causes: ChangeCauses,
  tally: Tally,
): (family: string, counter: string) => bigint {
  const changed = changedTotals(tally);
  return (family, counter) => causes.countersOf({ family, day, segment: "all" }, changed).get(counter) ?? 0n;
}

describe("a day is stated again when it changes", () => {
  const isIt = (day: string, snapshotsTo?: string) =>
    isStated({ ...workspace, snapshotsTo }, day, "2025-04-02");

  it("once it is over", () => {
    expect([isIt("2025-04-01"), isIt("2025-04-02"), isIt("2025-04-03")]).toEqual([true, false, false]);
  });

  it("also while it goes on, when it has a snapshot from before the time zone changed", () => {
    const days = ["2025-04-02", "2025-04-03"];
    expect(days.map((day) => isIt(day, "2025-04-02"))).toEqual([true, false]);
    expect(days.map((day) => isIt(day, "2025-04-03"))).toEqual([true, true]);
    expect(days.map((day) => isIt(day, "2025-04-01"))).toEqual([false, false]);
  });
});

describe("what changes a day", () => {
  it("counts a fact once in each family, and once for a metric that reads two of them", () => {
    const [clv, sales] = [findMetric("clv"), findMetric("sales")];
    if (!clv || !sales) throw new Error("no metric");
    const purchase = tallyOf("2025-03-04 customers 1", "2025-03-04 sales 1");
    const repeated = tallyOf("2025-03-04 sales 1");
    const all = tallyOf("2025-03-04 customers 1", "2025-03-04 sales 2");
    const causes = new ChangeCauses();
    causes.note(purchase, "recorded", "first");
    causes.note(repeated, "recorded", "again");
    const sumOf = touchesOn("2025-03-04", causes, all);
    expect([...familiesOf(clv).keys()]).toEqual(["sales", "customers"]);
    expect(causeCountsOf(clv, ["customers", "sales"], sumOf)).toEqual({ recorded: 2 });
    expect(causeCountsOf(sales, ["sales"], sumOf)).toEqual({ recorded: 2 });
  });

  it("counts a fact for a metric also where its other family cancels out in the transaction", () => {
    const clv = findMetric("clv");
    if (!clv) throw new Error("no metric");
    const causes = new ChangeCauses();
    causes.note(tallyOf("2025-03-04 customers 1", "2025-03-04 sales 1"), "recorded", "a");
    causes.note(tallyOf("2025-03-04 customers -1"), "recorded", "b");
    const all = tallyOf("2025-03-04 customers 0", "2025-03-04 sales 1");
    const sumOf = (family: string, counter: string) =>
      family === "customers" ? 0n : touchesOn("2025-03-04", causes, all)(family, counter);
    expect(causeCountsOf(clv, ["customers", "sales"], sumOf)).toEqual({ recorded: 1 });
    const [item] = lateItems(all, causes, workspace, 0);
    expect(item?.["causes"]).toEqual([{ cause: "recorded", families: ["sales"], ids: ["a"] }]);
  });

  it("counts an answer for its own survey and for the metric of all, whatever surveys are stored together", () => {
    const causes = new ChangeCauses();
    const all = new Tally();
    for (const [id, stored, counter] of [
      ["a", "nps", "0-10:9"],
      ["b", "nps", "1-7:5"],
      ["c", "nps", "1-7:6"],
      ["d", "csat", "1-5:5"],
    ] as const) {
      const answer = new Tally();
      for (const tally of [answer, all])
        tally.add({ day: "2025-03-04", family: stored, segment: "all" }, counter, 1n);
      causes.note(answer, "recorded", id);
    }
    const added = (family: string) =>
      causes.countersOf({ family, day: "2025-03-04", segment: "all" }, changedTotals(all));
    const items = { nps: added("nps"), csat: added("csat") };
    expect(items).toEqual({
      nps: new Map([
        ["~r", 1n],
        ["~r.ces", 2n],
      ]),
      csat: new Map([["~r", 1n]]),
    });
    const sumOf = (family: string, counter: string) =>
      items[["csat", "visitor-intent"].includes(family) ? "csat" : "nps"].get(counter) ?? 0n;
    const counted = ["nps", "ces", "csat", "esat", "feedback-volume"].map((id) => {
      const metric = findMetric(id);
      return metric && causeCountsOf(metric, [...familiesOf(metric).keys()], sumOf);
    });
    const recorded = (times: number) => ({ recorded: times });
    expect(counted).toEqual([recorded(1), recorded(2), recorded(1), {}, recorded(4)]);
  });

  it("is logged for days between the first and the last snapshot only", () => {
    const tally = tallyOf("2025-02-28 nps 1", "2025-03-01 nps 1", "2025-03-31 nps 1", "2025-04-01 nps 1");
    expect(loggedDays(tally, workspace)).toEqual(["2025-03-01", "2025-03-31"]);
    const causes = causesOf(tally, "excluded", ["a"]);
    expect(lateItems(tally, causes, workspace, 0)).toHaveLength(2);
    const { snapshotsFrom: _from, snapshotsTo: _to, ...fresh } = workspace;
    expect(isLogged(fresh, "2025-03-04")).toBe(false);
  });

  it("is not logged where only segments change, or no fact is the cause", () => {
    const moved = tallyOf("2025-03-04 customers 1 channel=web", "2025-03-04 customers -1 channel=shop");
    expect(lateItems(moved, causesOf(moved, "recorded", ["a"]), workspace, 0)).toEqual([]);
    expect(loggedDays(moved, workspace)).toEqual([]);
    const tally = tallyOf("2025-03-04 customers 1");
    expect(lateItems(tally, causesOf(tally, "settings"), workspace, 0)).toEqual([]);
    const sumOf = touchesOn("2025-03-04", causesOf(tally, "settings"), tally);
    expect(sumOf("customers", "~s")).toBe(1n);
  });
});

describe("the causes of a transaction", () => {
  const day = "2025-03-04";

  it("are put together by cause and by the families whose total they change", () => {
    const causes = new ChangeCauses();
    causes.note(tallyOf(`${day} sales 1`, `${day} customers 1`, "2025-03-05 nps 1"), "recorded", "a");
    causes.note(tallyOf(`${day} customers 1`, `${day} sales 1`), "recorded", "b");
    causes.note(tallyOf(`${day} sales 1`), "recorded", "c");
    causes.note(tallyOf(`${day} sales 1`, `${day} nps 1 channel=web`), "excluded", "a");
    causes.note(tallyOf(`${day} sales 1`), "settings");
    expect(causes.on(day)).toEqual([
      { cause: "recorded", families: ["customers", "sales"], ids: ["a", "b"], times: 2 },
      { cause: "recorded", families: ["sales"], ids: ["c"], times: 1 },
      { cause: "excluded", families: ["sales"], ids: ["a"], times: 1 },
      { cause: "settings", families: ["sales"], ids: [], times: 1 },
    ]);
    expect(causes.on("2025-03-05").map(({ ids }) => ids)).toEqual([["a"]]);
    expect(causes.on("2025-03-06")).toEqual([]);
  });

  it("are counted under one name for each cause, which never changes", () => {
    expect(lateCauses.map(causeCounter)).toEqual(["~r", "~e", "~i", "~s", "~p", "~m"]);
  });

  it("are counted once for each fact, in the families that it changes only", () => {
    const all = tallyOf(`${day} nps 3`);
    const causes = causesOf(all, "included", ["a", "b", "c"]);
    const counters = (family: string) =>
      causes.countersOf({ family, day, segment: "all" }, changedTotals(all));
    expect(counters("nps")).toEqual(new Map([["~i", 3n]]));
    expect(counters("csat")).toEqual(new Map());
  });

  it("are noted in the second of two families, in order of their names, for a metric that reads both", () => {
    const all = tallyOf(`${day} customers 1`, `${day} sales 1`);
    const causes = causesOf(all, "recorded", ["a"]);
    const counters = (family: string) => [
      ...causes.countersOf({ family, day, segment: "all" }, changedTotals(all)).keys(),
    ];
    expect(counters("customers")).toEqual(["~r"]);
    expect(counters("sales")).toContain("~r~clv");
    expect(counters("sales")).not.toContain("~r~sales");
  });

  it("of a cause that touched nothing are not among what is read", () => {
    const nps = findMetric("nps");
    if (!nps) throw new Error("no metric");
    const sumOf = (_family: string, counter: string) => (counter === "~e" ? 2n : 0n);
    expect(causeCountsOf(nps, ["nps"], sumOf)).toEqual({ excluded: 2 });
  });

  it("change the totals of the days and families that they say, and no segment", () => {
    const tally = tallyOf(`${day} nps 1`, "2025-03-05 csat 1", "2025-03-06 csat 1 channel=web");
    expect(changedTotals(tally)).toEqual(
      new Map([
        [day, new Set(["nps"])],
        ["2025-03-05", new Set(["csat"])],
      ]),
    );
  });
});

describe("the log of late facts", () => {
  const day = "2025-03-04";
  const tally = tallyOf(`${day} nps 1`, `${day} csat 1`, `${day} nps 1 channel=web`);
  const itemsAt = (now: number) => lateItems(tally, causesOf(tally, "recorded", ["a"]), workspace, now);

  it("has one entry for a day, with the facts by cause and family", () => {
    expect(loggedDays(tally, workspace)).toEqual([day]);
    expect(itemsAt(0)).toEqual([
      {
        pk: expect.stringContaining("shop"),
        sk: expect.any(String),
        causes: [{ cause: "recorded", families: ["csat", "nps"], ids: ["a"] }],
      },
    ]);
  });

  it("is in the order of recording, and has no key twice", () => {
    const keys = [0, 9, 10, 2 ** 31, 2 ** 41].map((now) => String(itemsAt(now)[0]?.["sk"]));
    expect(keys.toSorted()).toEqual(keys);
    const same = Array.from({ length: 20 }, () => itemsAt(5)[0]?.["sk"]);
    expect(new Set(same).size).toBe(20);
  });

  it("has no day while it is not known from when and to when there are snapshots", () => {
    const { snapshotsFrom, snapshotsTo, ...fresh } = workspace;
    if (snapshotsFrom === undefined || snapshotsTo === undefined) throw new Error("there are snapshots");
    expect(isLogged({ ...fresh, snapshotsFrom }, day)).toBe(false);
    expect(isLogged({ ...fresh, snapshotsTo }, day)).toBe(false);
    expect(isLogged({ ...fresh, snapshotsFrom, snapshotsTo }, day)).toBe(true);
    expect(
      ["2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01"].map((one) => isLogged(workspace, one)),
    ).toEqual([false, true, true, false]);
  });
});

it("the families of a metric are those in which counters of its own or of others are that it reads, with one of each", () => {
  const [clv, nps] = [findMetric("clv"), findMetric("nps")];
  if (!clv || !nps) throw new Error("no metric");
  expect(familiesOf(nps)).toEqual(new Map([["nps", "0-10:0"]]));
  expect([...familiesOf(clv)].every(([, counter]) => counter !== "")).toBe(true);
});

it("a repair causes each survey whose counters it changes, and a family of others once", () => {
  expect(causeCountersOfRepair("sales", ["orders:USD", "revenue:USD"])).toEqual(["~p"]);
  expect(causeCountersOfRepair("nps", ["0-10:9", "0-10:8", "1-7:3"])).toEqual(["~p", "~p.ces"]);
});
