import { describe, expect, it } from "vitest";
import { Tally } from "../../../lib/metrics/counting.ts";
import { findMetric } from "../../../lib/metrics/registry.ts";
import {
  changedTotals,
  familiesOf,
  isLogged,
  lateItems,
  loggedDays,
  Touches,
  touchCountsOf,
  touchedBy,
} from "../../../lib/store/late.ts";
import { defaultSettings, type Workspace } from "../../../lib/workspace/settings.ts";

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
function touchesOn(day: string, touches: Touches, tally: Tally): (family: string, counter: string) => bigint {
  const changed = changedTotals(tally);
  return (family, counter) => touches.countersOf({ family, day, segment: "all" }, changed).get(counter) ?? 0n;
}

describe("what touches a day", () => {
  it("counts a fact once in each family, and once for a metric that reads two of them", () => {
    const [clv, sales] = [findMetric("clv"), findMetric("sales")];
    if (!clv || !sales) throw new Error("no metric");
    const purchase = tallyOf("2025-03-04 customers 1", "2025-03-04 sales 1");
    const repeated = tallyOf("2025-03-04 sales 1");
    const all = tallyOf("2025-03-04 customers 1", "2025-03-04 sales 2");
    const touches = new Touches();
    touches.note(purchase, "recorded", "first");
    touches.note(repeated, "recorded", "again");
    const sumOf = touchesOn("2025-03-04", touches, all);
    expect([...familiesOf(clv).keys()]).toEqual(["customers", "sales"]);
    expect(touchCountsOf(clv, ["customers", "sales"], sumOf)).toEqual({ recorded: 2 });
    expect(touchCountsOf(sales, ["sales"], sumOf)).toEqual({ recorded: 2 });
  });

  it("counts a fact for a metric also where its other family cancels out in the transaction", () => {
    const clv = findMetric("clv");
    if (!clv) throw new Error("no metric");
    const touches = new Touches();
    touches.note(tallyOf("2025-03-04 customers 1", "2025-03-04 sales 1"), "recorded", "a");
    touches.note(tallyOf("2025-03-04 customers -1"), "recorded", "b");
    const all = tallyOf("2025-03-04 customers 0", "2025-03-04 sales 1");
    const sumOf = (family: string, counter: string) =>
      family === "customers" ? 0n : touchesOn("2025-03-04", touches, all)(family, counter);
    expect(touchCountsOf(clv, ["customers", "sales"], sumOf)).toEqual({ recorded: 1 });
    const [item] = lateItems(all, touches, workspace, 0);
    expect(item?.["touches"]).toEqual([{ cause: "recorded", families: ["sales"], ids: ["a"] }]);
  });

  it("counts an answer for its own survey and for the metric of all, whatever surveys are stored together", () => {
    const touches = new Touches();
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
      touches.note(answer, "recorded", id);
    }
    const added = (family: string) =>
      touches.countersOf({ family, day: "2025-03-04", segment: "all" }, changedTotals(all));
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
      return metric && touchCountsOf(metric, [...familiesOf(metric).keys()], sumOf);
    });
    const recorded = (times: number) => ({ recorded: times });
    expect(counted).toEqual([recorded(1), recorded(2), recorded(1), {}, recorded(4)]);
  });

  it("is logged for days between the first and the last snapshot only", () => {
    const tally = tallyOf("2025-02-28 nps 1", "2025-03-01 nps 1", "2025-03-31 nps 1", "2025-04-01 nps 1");
    expect(loggedDays(tally, workspace)).toEqual(["2025-03-01", "2025-03-31"]);
    const touches = touchedBy(tally, "excluded", ["a"]);
    expect(lateItems(tally, touches, workspace, 0)).toHaveLength(2);
    const { snapshotsFrom: _from, snapshotsTo: _to, ...fresh } = workspace;
    expect(isLogged(fresh, "2025-03-04")).toBe(false);
  });

  it("is not logged where only segments change, or no fact is the cause", () => {
    const moved = tallyOf("2025-03-04 customers 1 channel=web", "2025-03-04 customers -1 channel=shop");
    expect(lateItems(moved, touchedBy(moved, "recorded", ["a"]), workspace, 0)).toEqual([]);
    const tally = tallyOf("2025-03-04 customers 1");
    expect(lateItems(tally, touchedBy(tally, "settings"), workspace, 0)).toEqual([]);
    const sumOf = touchesOn("2025-03-04", touchedBy(tally, "settings"), tally);
    expect(sumOf("customers", "~s")).toBe(1n);
  });
});
