import { describe, expect, it } from "vitest";
import { createTimeline } from "../../../lib/metrics/period.ts";
import { findMetric } from "../../../lib/metrics/registry.ts";
import { measureGroups } from "../../../lib/queries/measured-groups.ts";
import type { CounterGroup } from "../../../lib/queries/source.ts";
import { noValue } from "../../../lib/store/records/dimensions.ts";
import { otherValue } from "../../../lib/store/records/value-list.ts";
import { StoreError } from "../../../lib/store/table/errors.ts";
import { defaultSettings as metricSettings } from "../../fixtures/domain.ts";

const day = "2026-10-09";
const range = { from: day, to: day };
/** Ended visits of one day, of which some bounced. */
function visits(sessions: bigint, bounced: bigint, more: Partial<CounterGroup> = {}): CounterGroup {
  return groupOf({ sessions, bounced }, more);
}

function groupOf(counts: Readonly<Record<string, bigint>>, more: Partial<CounterGroup>): CounterGroup {
  const timeline = createTimeline(range, new Map([[day, counts]]), {});
  return {
    counters: { timelineOf: () => timeline, stale: [], loose: [], countsOn: () => counts },
    ...more,
  };
}

/** Clicks of one day on what nobody was seen to see. */
function clicked(group: string, clicks: bigint): CounterGroup {
  return groupOf({ views: 0n, clicks }, { group });
}

function measured(...groups: readonly CounterGroup[]) {
  return measure("bounce-rate", groups);
}

function largest(top: number, ...groups: readonly CounterGroup[]) {
  return measure("cta-engagement", groups, top);
}

function measure(id: string, groups: readonly CounterGroup[], top?: number) {
  const metric = findMetric(id);
  if (!metric) throw new Error(`there is no ${id}`);
  const intervals = [{ ...range, calendar: null }];
  const plan = { intervals, previous: [], isCompared: false, span: range };
  const settings = { ...metricSettings, convention: "" };
  return measureGroups(metric, groups, {
    plan,
    settings,
    statement: { through: undefined, staleDays: new Set<string>() },
    today: "2026-11-01",
    top,
  });
}

describe("what the values leave of the whole, read while facts are counted", () => {
  // More bounced than there were: a visit was counted between the reading of two sums.
  const torn = visits(1n, 2n, { isRest: true });

  it("is left out beside the groups of the values", () => {
    const groups = measured(visits(4n, 1n, { group: "web" }), { ...torn, group: noValue });
    expect(groups.map(({ group }) => group)).toEqual(["web"]);
  });

  it("is unavailable for the moment, and no error of ours, where it alone is asked for", () => {
    expect(() => measured(torn)).toThrow(StoreError);
    expect(() => measured(torn)).toThrow(expect.objectContaining({ code: "unavailable" }));
  });

  it("is an error of ours where it is no rest", () => {
    expect(() => measured(visits(1n, 2n))).toThrow(RangeError);
  });
});

describe("the largest groups", () => {
  const mailClicks = clicked("mail", 3n);

  it("are those in which something was counted, also where their samples are empty", () => {
    const groups = largest(1, clicked("app", 0n), mailClicks);
    expect(groups.map(({ group }) => group)).toEqual(["mail"]);
  });

  it("leave the others together", () => {
    const groups = largest(1, clicked("app", 0n), mailClicks, clicked("shop", 2n));
    expect(groups.map(({ group, series: [entry] }) => [group, entry?.components["clicks"]])).toEqual([
      ["mail", 3],
      [otherValue, 2],
    ]);
  });
});
