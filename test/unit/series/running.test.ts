import { expect, it } from "vitest";
import { findMetric } from "../../../lib/metrics/registry.ts";
import { type Series, seriesOf } from "../../../lib/metrics/series.ts";
import { planSeries, type SeriesShape } from "../../../lib/metrics/windows.ts";
import { Counted, defaultSettings, purchase, step } from "../../fixtures/domain.ts";

/** Intervals that are not over. */

const today = "2026-11-23";
const progress = { today, snapshotsThrough: undefined, staleDays: new Set<string>() };

function series(id: string, facts: readonly object[], shape: SeriesShape): Series {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  const plan = planSeries(shape, today);
  const timelineOf = new Counted(facts).timelineOf(metric, plan.span.from, today);
  const settings = { ...defaultSettings, convention: metric.conventions?.[0] ?? "" };
  return seriesOf(metric, timelineOf, plan, settings, progress);
}

it("churn of a running month is compared with the same days of the month before, by the same rule", () => {
  const short = Array.from({ length: 10 }, (_, index) => `short-${index}`);
  const facts = [
    ...[step("joined", "a", "2026-09-01"), step("joined", "b", "2026-09-01")],
    // They come and go within the month: no customers at its start.
    ...short.flatMap((id) => [step("joined", id, "2026-10-02"), step("left", id, "2026-10-03")]),
    step("left", "a", "2026-10-10"),
    step("left", "b", "2026-10-28"),
  ];
  const range = { from: "2026-11-01", to: "2026-11-30" };
  const { comparison } = series("churn-rate", facts, { range, granularity: "month", compare: "previous" });
  expect(comparison).toMatchObject([{ from: "2026-10-01", to: "2026-10-23", value: 50, n: 2 }]);
});

it("lifetime value of a running year is that of the days that have passed", () => {
  const facts = [
    ...[step("joined", "a", "2025-06-01"), step("joined", "b", "2025-06-01")],
    ...[purchase("a", "2026-02-01"), step("left", "b", "2026-03-01")],
  ];
  const whole = (to: string) =>
    series("clv", facts, { range: { from: "2026-01-01", to }, granularity: "year" }).series[0];
  const [year, soFar] = [whole("2026-12-31"), whole(today)];
  expect(year).toMatchObject({ from: "2026-01-01", to: "2026-12-31", method: "exact" });
  const { lifespanMonths, cappedValue } = soFar?.components ?? {};
  expect(lifespanMonths).toBeGreaterThan(20);
  expect(year?.components).toMatchObject({ lifespanMonths, cappedValue });
});
