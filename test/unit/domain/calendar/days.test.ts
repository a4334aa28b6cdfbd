import { assert, integer, property } from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  addDays,
  countDays,
  dayFromNumber,
  dayNumber,
  eachDay,
  earlierDay,
  firstDay,
  isDay,
  lastDay,
  laterDay,
} from "../../../../lib/domain/calendar/days.ts";

const anyDayNumber = integer({ min: dayNumber(firstDay), max: dayNumber(lastDay) });

describe("isDay", () => {
  it.each(["2024-02-29", "2000-02-29", "1904-02-29", "1969-12-31", "1970-01-01", "0001-01-01", "9999-12-31"])(
    "accepts %s",
    (text) => {
      expect(isDay(text)).toBe(true);
    },
  );

  it.each([
    "2026-02-29",
    "1900-02-29",
    "2100-02-29",
    "2026-02-30",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-01-32",
    "0000-01-01",
    "26-01-01",
    "2026-1-1",
    "2026-01-01T00:00:00Z",
    "2026-01-01 ",
    " 2026-01-01",
    "2026-01-01\n",
    "2026/01/01",
    "+002026-01-01",
    "-000001-01-01",
    "10000-01-01",
    "２０２６-01-01",
    "today",
    "",
  ])("refuses %j", (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe("day numbers", () => {
  it("count from 1970-01-01 in both directions", () => {
    expect(dayNumber("1970-01-01")).toBe(0);
    expect(dayNumber("1969-12-31")).toBe(-1);
    expect(dayNumber("2000-01-01")).toBe(10_957);
    expect(dayFromNumber(-1)).toBe("1969-12-31");
    expect(dayFromNumber(-25_567)).toBe("1900-01-01");
  });

  it("lead back to their days, which sort as their numbers do", () => {
    assert(
      property(anyDayNumber, anyDayNumber, (a, b) => {
        expect(dayNumber(dayFromNumber(a))).toBe(a);
        expect(dayFromNumber(a) < dayFromNumber(b)).toBe(a < b);
      }),
    );
  });

  it("are refused for what is no day, and outside the calendar", () => {
    expect(() => dayNumber("2026-02-29")).toThrow(/not a calendar day: 2026-02-29/);
    for (const number of [dayNumber(firstDay) - 1, dayNumber(lastDay) + 1, 0.5, Number.NaN, 1e12]) {
      expect(() => dayFromNumber(number)).toThrow(RangeError);
    }
    expect(() => dayFromNumber(0.5)).toThrow(/no calendar day has the number 0.5/);
  });
});

describe("arithmetic with days", () => {
  it("knows the leap years", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
    expect(addDays("2000-02-28", 1)).toBe("2000-02-29");
    expect(addDays("1900-02-28", 1)).toBe("1900-03-01");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2023-03-01", 365)).toBe("2024-02-29");
  });

  it("ends where the calendar ends", () => {
    expect(addDays("9999-12-30", 1)).toBe("9999-12-31");
    expect(() => addDays("9999-12-31", 1)).toThrow(RangeError);
    expect(() => addDays("0001-01-01", -1)).toThrow(RangeError);
    expect(() => addDays("2026-02-30", 1)).toThrow(RangeError);
  });

  it("counts both ends of a range", () => {
    expect(countDays("2026-10-01", "2026-10-01")).toBe(1);
    expect(countDays("2026-10-01", "2026-10-31")).toBe(31);
    expect(countDays("2024-01-01", "2024-12-31")).toBe(366);
    expect(countDays("2026-10-02", "2026-10-01")).toBe(0);
    expect(countDays("2026-10-05", "2026-10-01")).toBe(-3);
  });

  it("agrees with the Temporal calendar", () => {
    assert(
      property(anyDayNumber, integer({ min: -800, max: 800 }), (number, days) => {
        const day = dayFromNumber(number);
        const expected = Temporal.PlainDate.from(day).add({ days }).toString();
        if (isDay(expected)) expect(addDays(day, days)).toBe(expected);
        else expect(() => addDays(day, days)).toThrow(RangeError);
      }),
    );
  });

  it("lists every day of a range once, in order", () => {
    expect(eachDay("2024-02-27", "2024-03-02")).toEqual([
      "2024-02-27",
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
      "2024-03-02",
    ]);
    expect(eachDay("2026-10-01", "2026-10-01")).toEqual(["2026-10-01"]);
    expect(eachDay("9999-12-30", "9999-12-31")).toEqual(["9999-12-30", "9999-12-31"]);
    expect(eachDay("2026-10-02", "2026-10-01")).toEqual([]);
    expect(eachDay("2026-10-31", "2026-10-01")).toEqual([]);
  });

  it("tells the earlier and the later of two days, on both sides of 1970", () => {
    expect(earlierDay("1969-12-31", "1970-01-01")).toBe("1969-12-31");
    expect(earlierDay("1970-01-01", "1969-12-31")).toBe("1969-12-31");
    expect(laterDay("1969-12-31", "1970-01-01")).toBe("1970-01-01");
    expect(laterDay("1970-01-01", "1969-12-31")).toBe("1970-01-01");
    expect(earlierDay("2026-10-01", "2026-10-01")).toBe("2026-10-01");
    expect(laterDay("2026-10-01", "2026-10-01")).toBe("2026-10-01");
  });
});
