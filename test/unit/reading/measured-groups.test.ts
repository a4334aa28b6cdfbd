import { describe, expect, it } from "vitest";
import { createTimeline } from "../../../lib/metrics/period.ts";
import { findMetric } from "../../../lib/metrics/registry.ts";
import { measureGroups } from "../../../lib/reading/measured-groups.ts";
import { noValue } from "../../../lib/store/dimensions.ts";
import { StoreError } from "../../../lib/store/errors.ts";
import type { CounterGroup } from "../../../lib/store/segments.ts";
import { defaultSettings, type Workspace } from "../../../lib/workspace/settings.ts";
import { defaultSettings as metricSettings } from "../../fixtures/domain.ts";

const day = "2026-10-09";
const range = { from: day, to: day };
const workspace: Workspace = {
  ...{ ...defaultSettings, id: "w", createdAt: `${day}T00:00:00Z` },
  ...{ version: 1, trackedSince: {} },
};

/** Ended visits of one day, of which some bounced. */
function visits(sessions: bigint, bounced: bigint, more: Partial<CounterGroup> = {}): CounterGroup {
  const counts = { sessions, bounced };
  const timeline = createTimeline(range, new Map([[day, counts]]), {});
  return {
    counters: { timelineOf: () => timeline, stale: [], loose: [], countsOn: () => counts },
    ...more,
  };
}

function measured(...groups: readonly CounterGroup[]) {
  const metric = findMetric("bounce-rate");
  if (!metric) throw new Error("there is no bounce-rate");
  const plan = { intervals: [{ ...range, calendar: null }], previous: [] };
  const settings = { ...metricSettings, convention: "" };
  return measureGroups(metric, groups, plan, settings, workspace, "2026-11-01");
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
