import { describe, expect, it } from "vitest";
import { findMetric, metrics } from "../../../../../lib/domain/metrics/registry.ts";
import { type Series, seriesOf } from "../../../../../lib/domain/metrics/series.ts";
import { planSeries, type SeriesShape } from "../../../../../lib/domain/metrics/windows.ts";
import { Counted, defaultSettings, purchase, step } from "../../../../fixtures/domain.ts";

/** Intervals that are not over. */

const today = "2026-11-23";
const progress = { today, snapshotsThrough: undefined, staleDays: new Set<string>() };

function series(id: string, facts: readonly object[], shape: SeriesShape, on = today): Series {
  const metric = findMetric(id);
  if (!metric) throw new Error(`no metric ${id}`);
  const plan = planSeries(shape, on);
  const timelineOf = new Counted(facts).timelineOf(metric, plan.span.from, on);
  const settings = { ...defaultSettings, convention: metric.conventions?.[0] ?? "" };
  return seriesOf(metric, timelineOf, plan, settings, { ...progress, today: on });
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

describe("a running month up to today", () => {
  const on = "2026-10-23";
  const customers = Array.from({ length: 20 }, (_, index) => `c${index}`);
  const facts = [
    ...customers.map((id) => step("joined", id, "2026-08-01")),
    // One of 20 in the first days of September, one after them, two of 18 in October.
    ...[step("left", "c0", "2026-09-05"), step("left", "c1", "2026-09-28")],
    ...[step("left", "c2", "2026-10-03"), step("left", "c3", "2026-10-20")],
  ];
  const churn = (range: SeriesShape["range"]) =>
    series("churn-rate", facts, { range, granularity: "month", compare: "previous" }, on);

  it("is that month so far: exact, and compared with as many days of the month before", () => {
    // The range that is meant where a question names none: 30 days up to today.
    const { series: entries, comparison } = churn({ from: "2026-09-24", to: on });
    expect(entries[1]).toMatchObject({ from: "2026-10-01", to: on, n: 18, method: "exact" });
    expect(entries[1]?.value).toBe(100 / 9);
    expect(comparison[1]).toMatchObject({ from: "2026-09-01", to: "2026-09-23", value: 5, n: 20 });
  });

  it("on its first day is the month too, and no day", () => {
    const { comparison } = series(
      ...(["churn-rate", facts] as const),
      { range: { from: "2026-10-01", to: "2026-10-01" }, granularity: "month", compare: "previous" },
      "2026-10-01",
    );
    expect(comparison).toMatchObject([{ from: "2026-09-01", to: "2026-09-01" }]);
  });

  it("is no month where the range leaves it before today", () => {
    expect(churn({ from: "2026-10-01", to: "2026-10-20" }).series[0]).toMatchObject({ method: "compounded" });
  });
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

describe("an interval that has not begun", () => {
  // Whatever there is of each of them: customers who are there, buy again, are engaged and recommend, and everything else once.
  const known = ["a", "b", "c"].flatMap((id) => [
    step("joined", id, "2026-09-01"),
    ...[purchase(id, "2026-10-02"), purchase(id, "2026-10-30")],
    ...["app", "shop", "mail", "phone"].map((touchpoint) => {
      return { type: "interaction.made", customerId: id, touchpoint, occurredAt: "2026-10-31T12:00:00Z" };
    }),
    { type: "referral.sent", customerId: id, code: id, occurredAt: "2026-10-03T12:00:00Z" },
  ]);
  const january = { range: { from: "2027-01-01", to: "2027-01-31" }, granularity: "total" } as const;

  it.each(metrics.map(({ id, unit, minimumSample }) => [id, unit, minimumSample] as const))(
    "has no %s: a count and a sum are 0, all else is null",
    (id, unit, minimumSample) => {
      const [entry] = series(id, known, january).series;
      const isCount = minimumSample === 0 && id !== "share-price";
      const nothing = isCount ? (unit === "money" ? "0.00" : 0) : null;
      const carried = { value: 3, n: 3, components: { start: 3, new: 0, returned: 0, lost: 0, end: 3 } };
      expect(entry).toMatchObject({
        provisional: true,
        ...(id === "customers" ? carried : { value: nothing, n: 0 }),
      });
    },
  );

  it("is not compared with one that has: there is no change", () => {
    const { comparison } = series("churn-rate", known, { ...january, compare: { since: "2026-10-01" } });
    expect(comparison).toMatchObject([
      { from: "2026-10-01", value: 0, n: 3, change: null, significant: null },
    ]);
    expect(series("churn-rate", known, { ...january, compare: "previous" }).comparison).toMatchObject([
      { from: "2026-12-01", value: null, n: 0, change: null },
    ]);
  });

  it("makes no group, except of customers who are there", () => {
    expect(series("churn-rate", known, january).hasCounts).toBe(false);
    expect(series("customers", known, january).hasCounts).toBe(true);
  });
});

it("an interval that begins today has begun", () => {
  const range = { from: today, to: "2026-12-31" };
  const facts = [step("joined", "a", "2026-09-01")];
  expect(series("churn-rate", facts, { range, granularity: "total" }).series).toMatchObject([
    { value: 0, n: 1 },
  ]);
});
