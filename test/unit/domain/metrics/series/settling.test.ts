import { expect, it } from "vitest";
import { findMetric } from "../../../../../lib/domain/metrics/registry.ts";
import { seriesOf } from "../../../../../lib/domain/metrics/series.ts";
import { Counted, defaultSettings } from "../../../../fixtures/domain.ts";

const progress = { today: "2026-10-31", snapshotsThrough: "2026-10-30", staleDays: new Set<string>() };

function isProvisional(id: string, day: string, responseCutOffDays: number): boolean | undefined {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  const timelineOf = new Counted([]).timelineOf(metric, day, day);
  const plan = { intervals: [{ from: day, to: day, calendar: "day" as const }], previous: [] };
  const settings = { ...defaultSettings, responseCutOffDays };
  return seriesOf(metric, timelineOf, plan, settings, progress).series[0]?.provisional;
}

it.each([
  ["2026-10-17", true],
  ["2026-10-16", false],
])("invitations of %s can still be answered on the 14th day after it: provisional %s", (day, expected) => {
  expect(isProvisional("survey-response-rate", day, 14)).toBe(expected);
});

it("the workspace's cut-off decides, and scores are settled with their snapshot", () => {
  expect(isProvisional("survey-response-rate", "2026-10-29", 1)).toBe(false);
  expect(isProvisional("survey-response-rate", "2026-10-30", 1)).toBe(true);
  expect(isProvisional("nps", "2026-10-30", 14)).toBe(false);
});
