import { assert, constantFrom, integer, property } from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { dayOf, hourOf, isTimeZone, weeksBefore } from "../../../../lib/domain/calendar/zones.ts";

const hour = 3_600_000;

/** The calendar days of consecutive hours, with how many hours fall on each. */
function hoursByDay(timeZone: string, from: string, to: string): Record<string, number> {
  const hours: Record<string, number> = {};
  for (let instant = Date.parse(from); instant < Date.parse(to); instant += hour) {
    const day = dayOf(instant, timeZone);
    hours[day] = (hours[day] ?? 0) + 1;
  }
  return hours;
}

describe("dayOf", () => {
  it("puts the last millisecond of a day on it and the first on the next", () => {
    expect(dayOf(Date.parse("2026-10-01T23:59:59.999Z"), "UTC")).toBe("2026-10-01");
    expect(dayOf(Date.parse("2026-10-02T00:00:00.000Z"), "UTC")).toBe("2026-10-02");
    expect(dayOf(Date.parse("2026-10-01T23:59:59.999+02:00"), "Europe/Berlin")).toBe("2026-10-01");
    expect(dayOf(Date.parse("2026-10-02T00:00:00.000+02:00"), "Europe/Berlin")).toBe("2026-10-02");
  });

  it("gives the day on which clocks go forward 23 hours, and loses none", () => {
    expect(hoursByDay("Europe/Berlin", "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z")).toEqual({
      "2026-03-28": 24,
      "2026-03-29": 23,
      "2026-03-30": 24,
    });
  });

  it("gives the day on which clocks go back 25 hours, and has it once", () => {
    expect(hoursByDay("Europe/Berlin", "2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z")).toEqual({
      "2026-10-24": 24,
      "2026-10-25": 25,
      "2026-10-26": 24,
    });
  });

  it("starts a day at 01:00 where clocks went forward at midnight", () => {
    // São Paulo, 2018-11-04: after 23:59:59.999 (−03:00) came 01:00 (−02:00).
    expect(dayOf(Date.parse("2018-11-04T02:59:59.999Z"), "America/Sao_Paulo")).toBe("2018-11-03");
    expect(dayOf(Date.parse("2018-11-04T01:00:00-02:00"), "America/Sao_Paulo")).toBe("2018-11-04");
    expect(hoursByDay("America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-05T02:00:00Z")).toEqual({
      "2018-11-03": 24,
      "2018-11-04": 23,
    });
  });

  it("counts the hour before midnight twice to the old day where clocks went back at midnight", () => {
    // São Paulo, 2018-02-18 at 00:00 became 2018-02-17 at 23:00.
    expect(hoursByDay("America/Sao_Paulo", "2018-02-17T02:00:00Z", "2018-02-19T03:00:00Z")).toEqual({
      "2018-02-17": 25,
      "2018-02-18": 24,
    });
  });

  it("never meets the day that Samoa left out", () => {
    expect(hoursByDay("Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z")).toEqual({
      "2011-12-29": 24,
      "2011-12-31": 24,
    });
  });

  it.each([
    ["Pacific/Kiritimati", "2026-10-01T09:59:59.999Z", "2026-10-01"],
    ["Pacific/Kiritimati", "2026-10-01T10:00:00.000Z", "2026-10-02"],
    ["Pacific/Niue", "2026-10-01T10:59:59.999Z", "2026-09-30"],
    ["Pacific/Niue", "2026-10-01T11:00:00.000Z", "2026-10-01"],
    ["Asia/Kolkata", "2026-10-01T18:29:59.999Z", "2026-10-01"],
    ["Asia/Kolkata", "2026-10-01T18:30:00.000Z", "2026-10-02"],
    ["Asia/Kathmandu", "2026-10-01T18:14:59.999Z", "2026-10-01"],
    ["Asia/Kathmandu", "2026-10-01T18:15:00.000Z", "2026-10-02"],
    ["America/St_Johns", "2026-07-01T02:29:59.999Z", "2026-06-30"],
    ["America/St_Johns", "2026-07-01T02:30:00.000Z", "2026-07-01"],
    ["America/St_Johns", "2026-12-01T03:29:59.999Z", "2026-11-30"],
    ["America/St_Johns", "2026-12-01T03:30:00.000Z", "2026-12-01"],
  ])("in %s puts %s on %s", (timeZone, instant, day) => {
    expect(dayOf(Date.parse(instant), timeZone)).toBe(day);
  });

  it("is right before 1970 and at the bounds of the year 2000", () => {
    expect(dayOf(-1, "UTC")).toBe("1969-12-31");
    expect(dayOf(0, "UTC")).toBe("1970-01-01");
    expect(dayOf(0, "America/New_York")).toBe("1969-12-31");
    expect(dayOf(Date.parse("1945-05-08T22:00:00Z"), "Europe/Berlin")).toBe("1945-05-09");
    expect(dayOf(Date.parse("1900-03-01T00:00:00Z") - 1, "UTC")).toBe("1900-02-28");
    expect(dayOf(Date.parse("2000-01-01T00:00:00Z") - 1, "UTC")).toBe("1999-12-31");
    expect(dayOf(Date.parse("2000-01-01T00:00:00Z"), "UTC")).toBe("2000-01-01");
    expect(dayOf(Date.parse("2000-02-29T23:59:59.999Z"), "UTC")).toBe("2000-02-29");
    expect(dayOf(Date.parse("2000-12-31T23:59:59.999Z"), "UTC")).toBe("2000-12-31");
    expect(dayOf(Date.parse("2001-01-01T00:00:00Z"), "UTC")).toBe("2001-01-01");
  });

  it("writes every year with four digits and refuses instants that no such year holds", () => {
    expect(dayOf(Date.parse("0999-12-31T12:00:00Z"), "UTC")).toBe("0999-12-31");
    expect(dayOf(Date.parse("0001-01-02T12:00:00Z"), "UTC")).toBe("0001-01-02");
    expect(dayOf(Date.parse("9999-12-31T23:59:59.999Z"), "UTC")).toBe("9999-12-31");
    expect(() => dayOf(Date.parse("9999-12-31T23:59:59.999Z"), "Europe/Berlin")).toThrow(RangeError);
    expect(() => dayOf(Date.parse("-000001-06-01T00:00:00Z"), "UTC")).toThrow(RangeError);
    expect(() => dayOf(-1e14, "UTC")).toThrow(/an instant outside the calendar: -100000000000000/);
    expect(() => dayOf(Number.NaN, "UTC")).toThrow(RangeError);
    expect(() => dayOf(Number.POSITIVE_INFINITY, "UTC")).toThrow(RangeError);
  });

  it("begins when the calendar's first day is over in UTC, in every zone", () => {
    const start = Date.parse("0001-01-02T00:00:00Z");
    expect(dayOf(start, "UTC")).toBe("0001-01-02");
    expect(dayOf(start, "America/New_York")).toBe("0001-01-01");
    expect(() => dayOf(start - 1, "UTC")).toThrow(RangeError);
  });

  it("refuses an unknown zone", () => {
    expect(() => dayOf(0, "Europe/Nowhere")).toThrow(RangeError);
    expect(() => dayOf(0, "")).toThrow(RangeError);
  });

  it("agrees with Temporal at random instants in every zone", () => {
    const zones = constantFrom("UTC", ...Intl.supportedValuesOf("timeZone"));
    const instants = integer({ min: Date.parse("1900-01-01T00:00Z"), max: Date.parse("2100-01-01T00:00Z") });
    assert(
      property(zones, instants, (timeZone, instant) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(instant)
          .toZonedDateTimeISO(timeZone)
          .toPlainDate()
          .toString();
        expect(dayOf(instant, timeZone)).toBe(expected);
      }),
      { numRuns: 1500 },
    );
  });

  it("agrees with Temporal on where each day begins and ends, clock changes included", () => {
    const zones = constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "America/Sao_Paulo",
      "America/St_Johns",
      "Asia/Kathmandu",
      "Asia/Beirut",
      "Australia/Lord_Howe",
      "Africa/Cairo",
      "Pacific/Kiritimati",
      "Pacific/Niue",
    );
    assert(
      property(zones, integer({ min: -7_300, max: 29_000 }), (timeZone, number) => {
        const date = Temporal.PlainDate.from("1970-01-01").add({ days: number });
        const start = date.toZonedDateTime(timeZone);
        // A zone that changed sides of the date line has days that never were.
        if (!start.toPlainDate().equals(date)) return;
        const first = start.epochMilliseconds;
        const next = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
        expect(dayOf(first, timeZone)).toBe(date.toString());
        expect(dayOf(next - 1, timeZone)).toBe(date.toString());
        expect(dayOf(first - 1, timeZone) < date.toString()).toBe(true);
        expect(dayOf(next, timeZone) > date.toString()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("hourOf", () => {
  it.each([
    ["UTC", "2026-10-01T00:00:00.000Z", 0],
    ["UTC", "2026-10-01T00:59:59.999Z", 0],
    ["UTC", "2026-10-01T12:00:00.000Z", 12],
    ["UTC", "2026-10-01T23:59:59.999Z", 23],
    ["Europe/Berlin", "2026-07-01T22:00:00.000Z", 0],
    ["Europe/Berlin", "2026-12-01T22:00:00.000Z", 23],
    ["America/New_York", "2026-12-01T02:00:00.000Z", 21],
    ["Asia/Kolkata", "2026-10-01T18:29:59.999Z", 23],
    ["Asia/Kolkata", "2026-10-01T18:30:00.000Z", 0],
  ])("in %s at %s it is %i", (timeZone, instant, hour) => {
    expect(hourOf(Date.parse(instant), timeZone)).toBe(hour);
  });

  it("is the same hour twice where clocks go back", () => {
    expect(hourOf(Date.parse("2026-10-25T00:30:00Z"), "Europe/Berlin")).toBe(2);
    expect(hourOf(Date.parse("2026-10-25T01:30:00Z"), "Europe/Berlin")).toBe(2);
    expect(hourOf(Date.parse("2026-10-25T02:30:00Z"), "Europe/Berlin")).toBe(3);
  });

  it("refuses an unknown zone", () => {
    expect(() => hourOf(0, "Europe/Nowhere")).toThrow(RangeError);
  });
});

describe("isTimeZone", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Pacific/Kiritimati", "Asia/Calcutta"])(
    "accepts %s",
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it("accepts every zone that the runtime lists", () => {
    expect(Intl.supportedValuesOf("timeZone").filter((name) => !isTimeZone(name))).toEqual([]);
  });

  it.each([
    "Europe/Nowhere",
    "Berlin",
    "+02:00",
    "-1100",
    "UTC+1",
    "GMT+1",
    "Z",
    "local",
    "Europe/Berlin ",
    " UTC",
    "",
    "undefined",
  ])("refuses %j", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

describe("weeksBefore", () => {
  it.each([
    ["2026-11-29T08:15:00Z", 1, "UTC", "2026-11-22T08:15:00Z"],
    ["2026-10-28T08:15:00+01:00", 1, "Europe/Berlin", "2026-10-21T08:15:00+02:00"],
    ["2026-04-01T08:15:00+02:00", 4, "Europe/Berlin", "2026-03-04T08:15:00+01:00"],
    ["2026-11-04T08:15:00-05:00", 2, "America/New_York", "2026-10-21T08:15:00-04:00"],
    ["2026-11-04T08:15:00+05:45", 3, "Asia/Kathmandu", "2026-10-14T08:15:00+05:45"],
    // Changed by half an hour.
    ["2026-10-07T08:15:00+11:00", 1, "Australia/Lord_Howe", "2026-09-30T08:15:00+10:30"],
    ["2026-03-11T08:15:00-02:30", 1, "America/St_Johns", "2026-03-04T08:15:00-03:30"],
  ])("%s, %s weeks earlier in %s: the clocks said the same at %s", (instant, weeks, timeZone, earlier) => {
    expect(weeksBefore(Date.parse(instant), weeks, timeZone)).toBe(Date.parse(earlier));
  });
});
