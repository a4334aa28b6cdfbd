import { describe, expect, it } from "vitest";
import { uncountedOf } from "../../../../lib/domain/alerts/alert.ts";

const alert = (judgedThrough: string, uncounted?: readonly { from: string; to: string }[]) => ({
  definition: { metric: "sales", filter: { channel: "shop" } },
  state: { judgedThrough, judgedTogether: 1, isLearning: false, uncounted },
});
const tracked = (since: string, timeZone = "UTC") => ({ trackedSince: { channel: since }, timeZone });

describe("the days on which nobody counted for an alert", () => {
  it("are those since it was judged last, and the one on which its dimension was tracked again, in the workspace's time zone", () => {
    const gap = { from: "2026-03-02", to: "2026-03-10" };
    expect(uncountedOf(alert("2026-03-01"), tracked("2026-03-10T23:30:00Z"))).toEqual([gap]);
    const later = [{ ...gap, to: "2026-03-11" }];
    expect(uncountedOf(alert("2026-03-01"), tracked("2026-03-10T23:30:00Z", "Europe/Rome"))).toEqual(later);
  });

  it("stay known when later days are judged, also on the day itself, beside those of another time", () => {
    const known = [{ from: "2026-03-02", to: "2026-03-10" }];
    for (const judgedThrough of ["2026-03-09", "2026-03-10", "2026-09-01"]) {
      expect(uncountedOf(alert(judgedThrough, known), tracked("2026-03-10T12:00:00Z"))).toEqual(known);
    }
    const again = uncountedOf(alert("2026-05-01", known), tracked("2026-05-03T12:00:00Z"));
    expect(again).toEqual([...known, { from: "2026-05-02", to: "2026-05-03" }]);
  });

  it("are none of an alert that was never judged, or whose dimension was tracked all the time", () => {
    const { definition } = alert("");
    expect(uncountedOf({ definition }, tracked("2026-03-10T12:00:00Z"))).toEqual([]);
    expect(uncountedOf(alert("2026-03-01"), { trackedSince: {}, timeZone: "UTC" })).toEqual([]);
    expect(uncountedOf(alert("2026-03-01"), tracked("2026-02-01T12:00:00Z"))).toEqual([]);
  });
});
