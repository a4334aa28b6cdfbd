import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  addDays,
  countDays,
  dayFromNumber,
  dayNumber,
  eachDay,
} from "../../../../lib/domain/calendar/days.ts";
import {
  calendarOf,
  type Granularity,
  granularities,
  intervalEnd,
  intervalStart,
  splitIntoIntervals,
} from "../../../../lib/domain/calendar/intervals.ts";

const granularity = constantFrom(...granularities);
const numbers = integer({ min: dayNumber("1890-01-01"), max: dayNumber("2110-12-31") });
const ranges = tuple(numbers, integer({ min: 0, max: 1500 })).map(([first, length]) => ({
  from: dayFromNumber(first),
  to: dayFromNumber(first + length),
}));

/** The calendar interval around a day, as the Temporal calendar has it. */
function expectedInterval(kind: Granularity, day: string): { from: string; to: string } {
  const date = Temporal.PlainDate.from(day);
  const span = (from: Temporal.PlainDate, length: Temporal.DurationLike) => ({
    from: from.toString(),
    to: from.add(length).subtract({ days: 1 }).toString(),
  });
  switch (kind) {
    case "day":
      return { from: day, to: day };
    case "week":
      return span(date.subtract({ days: date.dayOfWeek - 1 }), { weeks: 1 });
    case "month":
      return span(date.with({ day: 1 }), { months: 1 });
    case "quarter":
      return span(date.with({ day: 1, month: date.month - ((date.month - 1) % 3) }), { months: 3 });
    case "year":
      return span(date.with({ day: 1, month: 1 }), { years: 1 });
  }
}

describe("the calendar interval around a day", () => {
  it.each<[Granularity, string, string, string]>([
    ["week", "2026-12-31", "2026-12-28", "2027-01-03"],
    ["week", "2027-01-01", "2026-12-28", "2027-01-03"],
    ["week", "2021-01-03", "2020-12-28", "2021-01-03"],
    ["week", "2021-01-04", "2021-01-04", "2021-01-10"],
    ["week", "1969-12-31", "1969-12-29", "1970-01-04"],
    ["week", "0001-01-01", "0001-01-01", "0001-01-07"],
    ["month", "2024-02-10", "2024-02-01", "2024-02-29"],
    ["month", "2026-02-28", "2026-02-01", "2026-02-28"],
    ["month", "1900-02-28", "1900-02-01", "1900-02-28"],
    ["month", "2000-02-29", "2000-02-01", "2000-02-29"],
    ["month", "2026-12-31", "2026-12-01", "2026-12-31"],
    ["quarter", "2026-01-01", "2026-01-01", "2026-03-31"],
    ["quarter", "2026-06-30", "2026-04-01", "2026-06-30"],
    ["quarter", "2026-08-15", "2026-07-01", "2026-09-30"],
    ["quarter", "2026-12-31", "2026-10-01", "2026-12-31"],
    ["year", "2024-02-29", "2024-01-01", "2024-12-31"],
    ["year", "2026-12-31", "2026-01-01", "2026-12-31"],
    ["day", "2026-10-25", "2026-10-25", "2026-10-25"],
  ])("is the %s that %s lies in", (kind, day, from, to) => {
    expect(intervalStart(kind, day)).toBe(from);
    expect(intervalEnd(kind, day)).toBe(to);
  });

  it("agrees with the Temporal calendar", () => {
    assert(
      property(granularity, numbers, (kind, number) => {
        const day = dayFromNumber(number);
        expect({ from: intervalStart(kind, day), to: intervalEnd(kind, day) }).toEqual(
          expectedInterval(kind, day),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("ends with the calendar at the latest", () => {
    expect(granularities.map((kind) => intervalEnd(kind, "9999-12-31"))).toEqual(
      granularities.map(() => "9999-12-31"),
    );
    expect(granularities.map((kind) => intervalStart(kind, "0001-01-01"))).toEqual(
      granularities.map(() => "0001-01-01"),
    );
  });
});

describe("calendarOf", () => {
  it.each([
    ["2026-10-01", "2026-10-01", "day"],
    ["2026-10-05", "2026-10-11", "week"],
    ["2026-02-01", "2026-02-28", "month"],
    ["2027-02-01", "2027-02-28", "month"],
    ["2026-10-01", "2026-12-31", "quarter"],
    ["2024-01-01", "2024-12-31", "year"],
    ["2026-10-04", "2026-10-10", null],
    ["2024-02-01", "2024-02-28", null],
    ["2026-10-01", "2026-11-30", null],
    ["2026-02-01", "2026-04-30", null],
    ["2026-01-01", "2027-12-31", null],
    ["2026-07-01", "2027-06-30", null],
  ] as const)("calls %s to %s a %s", (from, to, expected) => {
    expect(calendarOf({ from, to })).toBe(expected);
  });
});

describe("splitIntoIntervals", () => {
  it("cuts the first and the last interval where the range begins and ends", () => {
    expect(splitIntoIntervals({ from: "2026-09-15", to: "2026-11-10" }, "month")).toEqual([
      { from: "2026-09-15", to: "2026-09-30", calendar: null },
      { from: "2026-10-01", to: "2026-10-31", calendar: "month" },
      { from: "2026-11-01", to: "2026-11-10", calendar: null },
    ]);
  });

  it("keeps the week over New Year in one piece", () => {
    expect(splitIntoIntervals({ from: "2026-12-21", to: "2027-01-10" }, "week")).toEqual([
      { from: "2026-12-21", to: "2026-12-27", calendar: "week" },
      { from: "2026-12-28", to: "2027-01-03", calendar: "week" },
      { from: "2027-01-04", to: "2027-01-10", calendar: "week" },
    ]);
  });

  it("gives a range inside one interval as one part", () => {
    expect(splitIntoIntervals({ from: "2026-10-03", to: "2026-10-09" }, "year")).toEqual([
      { from: "2026-10-03", to: "2026-10-09", calendar: null },
    ]);
  });

  it("gives the whole range as one for the total, named when it is a calendar interval", () => {
    expect(splitIntoIntervals({ from: "2026-10-01", to: "2026-10-31" }, "total")).toEqual([
      { from: "2026-10-01", to: "2026-10-31", calendar: "month" },
    ]);
    expect(splitIntoIntervals({ from: "2026-10-02", to: "2027-10-31" }, "total")).toEqual([
      { from: "2026-10-02", to: "2027-10-31", calendar: null },
    ]);
  });

  it("gives nothing for a range that ends before it begins", () => {
    for (const kind of granularities) {
      expect(splitIntoIntervals({ from: "2026-10-02", to: "2026-10-01" }, kind)).toEqual([]);
    }
  });

  it("stops with the calendar", () => {
    const range = { from: "9999-12-30", to: "9999-12-31" };
    expect(splitIntoIntervals(range, "day").map(({ to }) => to)).toEqual(["9999-12-30", "9999-12-31"]);
    for (const kind of ["week", "month", "quarter", "year"] as const) {
      expect(splitIntoIntervals(range, kind)).toEqual([{ ...range, calendar: null }]);
    }
  });

  it("covers every day of the range exactly once, in order", () => {
    assert(
      property(granularity, ranges, (kind, range) => {
        const parts = splitIntoIntervals(range, kind);
        expect(parts.flatMap(({ from, to }) => eachDay(from, to))).toEqual(eachDay(range.from, range.to));
        expect(parts.every(({ from, to }) => from <= to)).toBe(true);
      }),
    );
  });

  it("gives whole calendar intervals except at the two ends", () => {
    assert(
      property(granularity, ranges, (kind, range) => {
        const parts = splitIntoIntervals(range, kind);
        for (const [index, part] of parts.entries()) {
          const whole = expectedInterval(kind, part.from);
          const atAnEnd = index === 0 || index === parts.length - 1;
          if (part.from === whole.from && part.to === whole.to) {
            expect(part.calendar).not.toBeNull();
          } else {
            expect(atAnEnd).toBe(true);
          }
          if (index > 0) expect(part.from).toBe(addDays(parts[index - 1]?.to ?? "", 1));
          expect(countDays(part.from, part.to)).toBeLessThanOrEqual(countDays(whole.from, whole.to));
        }
      }),
    );
  });

  it("names a part by a calendar interval only if it is exactly that", () => {
    assert(
      property(granularity, ranges, (kind, range) => {
        for (const { from, to, calendar } of splitIntoIntervals(range, kind)) {
          if (calendar) expect(expectedInterval(calendar, from)).toEqual({ from, to });
          else
            expect(granularities.map((each) => expectedInterval(each, from))).not.toContainEqual({
              from,
              to,
            });
        }
      }),
    );
  });
});
