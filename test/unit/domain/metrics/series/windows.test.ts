import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, countDays } from "../../../../../lib/domain/calendar/days.ts";
import type { Interval } from "../../../../../lib/domain/calendar/intervals.ts";
import { comparedWith, planSeries, windowLengths } from "../../../../../lib/domain/metrics/windows.ts";

const today = "2026-11-23";

function whole(calendar: Interval["calendar"], from: string, to: string): Interval {
  return { from, to, calendar };
}

describe("what an interval is compared with", () => {
  it.each([
    ["a day", whole("day", "2026-03-01", "2026-03-01"), "2026-02-28", "2026-02-28"],
    ["an ISO week", whole("week", "2025-12-29", "2026-01-04"), "2025-12-22", "2025-12-28"],
    ["a month, whatever its length", whole("month", "2026-03-01", "2026-03-31"), "2026-02-01", "2026-02-28"],
    ["a quarter", whole("quarter", "2026-01-01", "2026-03-31"), "2025-10-01", "2025-12-31"],
    ["a year", whole("year", "2025-01-01", "2025-12-31"), "2024-01-01", "2024-12-31"],
    ["any other range, as many days", whole(null, "2026-10-05", "2026-10-20"), "2026-09-19", "2026-10-04"],
  ])("is the one before %s", (_name, interval, from, to) => {
    expect(comparedWith(interval, "previous", today)).toMatchObject({ from, to });
  });

  it.each([
    ["a day", whole("day", "2025-10-09", "2025-10-09"), "2024-10-09", "2024-10-09"],
    ["29 February", whole("day", "2024-02-29", "2024-02-29"), "2023-02-28", "2023-02-28"],
    ["February of a leap year", whole("month", "2024-02-01", "2024-02-29"), "2023-02-01", "2023-02-28"],
    ["an ISO week, 52 weeks", whole("week", "2026-01-05", "2026-01-11"), "2025-01-06", "2025-01-12"],
    ["any other range", whole(null, "2026-10-05", "2026-10-20"), "2025-10-05", "2025-10-20"],
  ])("is a year earlier for %s", (_name, interval, from, to) => {
    expect(comparedWith(interval, "year", today)).toMatchObject({ from, to });
  });

  it.each([
    ["a day", whole("day", "2026-03-01", "2026-03-01"), "2025-01-15", "2025-01-15"],
    ["an ISO week", whole("week", "2025-12-29", "2026-01-04"), "2025-01-13", "2025-01-19"],
    ["a month, whatever its length", whole("month", "2026-02-01", "2026-02-28"), "2025-01-01", "2025-01-31"],
    ["a quarter", whole("quarter", "2026-04-01", "2026-06-30"), "2025-01-01", "2025-03-31"],
    ["a year", whole("year", "2023-01-01", "2023-12-31"), "2025-01-01", "2025-12-31"],
    ["any other range, as many days", whole(null, "2026-10-05", "2026-10-20"), "2025-01-15", "2025-01-30"],
  ])("is the one at a named day for %s", (_name, interval, from, to) => {
    const compared = comparedWith(interval, { since: "2025-01-15" }, today);
    expect(compared).toEqual(whole(interval.calendar, from, to));
  });

  it("is as many days as have passed of an interval that is not over", () => {
    const month = whole("month", "2026-11-01", "2026-11-30");
    expect(comparedWith(month, "previous", today)).toEqual(whole("month", "2026-10-01", "2026-10-23"));
    expect(comparedWith(month, "year", today)).toEqual(whole("month", "2025-11-01", "2025-11-23"));
    expect(comparedWith(month, { since: "2025-02-28" }, today)).toEqual(
      whole("month", "2025-02-01", "2025-02-23"),
    );
    const range = whole(null, "2026-11-20", "2026-11-29");
    expect(comparedWith(range, "previous", today)).toEqual(whole(null, "2026-11-10", "2026-11-13"));
  });

  it("never has more days than passed, and the shorter month ends where it ends", () => {
    const march = whole("month", "2026-03-01", "2026-03-31");
    expect(comparedWith(march, "previous", "2026-03-30")).toMatchObject({
      from: "2026-02-01",
      to: "2026-02-28",
    });
  });
});

describe("an interval is compared as a whole", () => {
  const november = whole("month", "2026-11-01", "2026-11-30");

  it("on its last day and afterwards, and before it has begun", () => {
    const october = whole("month", "2026-10-01", "2026-10-31");
    expect(comparedWith(november, "previous", "2026-11-30")).toEqual(october);
    expect(comparedWith(november, "previous", "2026-12-24")).toEqual(october);
    expect(comparedWith(november, "previous", "2026-10-31")).toEqual(october);
  });

  it("by no more days than have passed from its first to its last but one", () => {
    expect(comparedWith(november, "previous", "2026-11-01")).toEqual(
      whole("month", "2026-10-01", "2026-10-01"),
    );
    expect(comparedWith(november, "previous", "2026-11-29")).toEqual(
      whole("month", "2026-10-01", "2026-10-29"),
    );
  });

  it("keeps the name of its kind a year earlier, and 29 February has the 28th", () => {
    const week = whole("week", "2026-01-05", "2026-01-11");
    expect(comparedWith(week, "year", today)).toEqual(whole("week", "2025-01-06", "2025-01-12"));
    const leap = whole("month", "2024-02-01", "2024-02-29");
    expect(comparedWith(leap, "year", today)).toEqual(whole("month", "2023-02-01", "2023-02-28"));
    const days = whole(null, "2024-02-29", "2024-03-02");
    expect(comparedWith(days, "year", today)).toEqual(whole(null, "2023-02-28", "2023-03-02"));
    expect(comparedWith(whole("day", "1000-05-05", "1000-05-05"), "year", today).from).toBe("0999-05-05");
  });

  it("keeps the name of its kind before it, and has as many days where it has none", () => {
    const quarter = whole("quarter", "2026-01-01", "2026-03-31");
    expect(comparedWith(quarter, "previous", today)).toEqual(whole("quarter", "2025-10-01", "2025-12-31"));
    const days = whole(null, "2026-03-02", "2026-03-04");
    expect(comparedWith(days, "previous", today)).toEqual(whole(null, "2026-02-27", "2026-03-01"));
  });
});

describe("a series ends today", () => {
  const range = { from: "2026-11-22", to: "2026-11-25" };

  it("with the interval that is running, except that the total has its whole range", () => {
    const days = planSeries({ range, granularity: "day" }, today);
    expect(days.intervals.map(({ from }) => from)).toEqual(["2026-11-22", "2026-11-23"]);
    expect(days.span).toEqual({ from: "2026-11-22", to: "2026-11-23" });
    const later = { from: "2026-11-24", to: "2026-11-25" };
    expect(planSeries({ range: later, granularity: "day" }, today)).toEqual({
      intervals: [],
      previous: [],
      isCompared: false,
      span: { from: "2026-11-24", to: "2026-11-24" },
    });
    expect(planSeries({ range: later, granularity: "total" }, today).intervals).toEqual([
      whole(null, "2026-11-24", "2026-11-25"),
    ]);
  });

  it("and reads what it is compared with as well", () => {
    const plan = planSeries({ range, granularity: "day", compare: "year" }, today);
    expect(plan.previous.map(({ from }) => from)).toEqual(["2025-11-22", "2025-11-23"]);
    expect(plan.span).toEqual({ from: "2025-11-22", to: "2026-11-23" });
    const since = planSeries({ range, granularity: "day", compare: { since: "2026-12-24" } }, today);
    expect(since.span).toEqual({ from: "2026-11-22", to: "2026-12-24" });
  });

  it("and a window of an interval still to come ends with that interval's first day", () => {
    const later = { from: "2026-11-25", to: "2026-11-30" };
    const { intervals } = planSeries({ range: later, granularity: "total", windowDays: 7 }, today);
    expect(intervals).toEqual([whole(null, "2026-11-19", "2026-11-25")]);
  });
});

describe("rolling windows", () => {
  it("end with each interval's last day, and today where that is still to come", () => {
    const plan = planSeries(
      { range: { from: "2026-10-01", to: "2026-11-30" }, granularity: "month", windowDays: 7 },
      today,
    );
    expect(plan.intervals).toEqual([
      whole(null, "2026-10-25", "2026-10-31"),
      whole(null, "2026-11-17", "2026-11-23"),
    ]);
    expect(plan.span).toEqual({ from: "2026-10-01", to: "2026-11-23" });
  });

  it("are compared with the window directly before", () => {
    const plan = planSeries(
      {
        range: { from: "2026-10-31", to: "2026-10-31" },
        granularity: "total",
        windowDays: 30,
        compare: "previous",
      },
      today,
    );
    expect(plan.intervals).toEqual([whole(null, "2026-10-02", "2026-10-31")]);
    expect(plan.previous).toEqual([whole(null, "2026-09-02", "2026-10-01")]);
  });
});

describe("rolling windows since a named day", () => {
  it("are compared with the window that ends with it", () => {
    const plan = planSeries(
      {
        range: { from: "2026-09-01", to: "2026-10-31" },
        granularity: "month",
        windowDays: 30,
        compare: { since: "2025-01-31" },
      },
      today,
    );
    const then = whole(null, "2025-01-02", "2025-01-31");
    expect(plan.previous).toEqual([then, then]);
    expect(plan.span).toEqual({ from: "2025-01-02", to: "2026-10-31" });
  });
});

describe("the plan of a series", () => {
  const days = fc
    .tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 800 }))
    .map(([offset, length]) => {
      const from = addDays("2015-01-01", offset);
      return { from, to: addDays(from, length) };
    });

  it("covers every day that an interval or its comparison has", () => {
    fc.assert(
      fc.property(
        days,
        fc.constantFrom("day", "week", "month", "quarter", "year", "total" as const),
        fc.option(fc.constantFrom(...windowLengths), { nil: undefined }),
        fc.option(fc.constantFrom("previous" as const, "year" as const, { since: "2016-02-29" }), {
          nil: undefined,
        }),
        (range, granularity, windowDays, compare) => {
          const plan = planSeries({ range, granularity: granularity as "day", windowDays, compare }, today);
          for (const { from, to } of [...plan.intervals, ...plan.previous]) {
            expect(from <= to).toBe(true);
            expect(plan.span.from <= from && to <= plan.span.to).toBe(true);
            if (windowDays !== undefined) expect(countDays(from, to)).toBe(windowDays);
          }
          expect(plan.previous.length).toBe(compare ? plan.intervals.length : 0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
