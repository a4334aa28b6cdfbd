import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFormat } from "../../../../lib/tools/import/formats.ts";
import { RowProblem, UsageError } from "../../../../lib/tools/import/problems.ts";
import { localToInstant, spreadReader, timeReader } from "../../../../lib/tools/import/times.ts";

describe("ISO 8601 times", () => {
  it.each([
    ["2010-12-01T08:26:00Z", "2010-12-01T08:26:00Z"],
    ["2010-12-01T08:26:00.123456+05:30", "2010-12-01T08:26:00.123456+05:30"],
    ["2010-12-01 08:26:00 +0200", "2010-12-01T08:26:00+02:00"],
    ["2010-12-01t08:26z", "2010-12-01T08:26:00Z"],
  ])("with an offset stay as they are: %s", (text, time) => {
    expect(timeReader({}, "x")(text)).toBe(time);
  });

  it("without an offset are taken in the mapping's zone", () => {
    expect(timeReader({ zone: "Europe/London" }, "x")("2024-07-01T10:00")).toBe("2024-07-01T09:00:00Z");
    expect(timeReader({ zone: "Europe/London" }, "x")("2024-01-01 10:00:05")).toBe("2024-01-01T10:00:05Z");
  });

  it("without a time of day get the mapping's", () => {
    const read = timeReader({ zone: "America/New_York", at: "12:00" }, "x");
    expect(read("2024-07-01")).toBe("2024-07-01T16:00:00Z");
  });

  it("are refused where the zone or the time of day is not known", () => {
    expect(() => timeReader({}, "x")("2024-07-01T10:00")).toThrow(/names no zone/);
    expect(() => timeReader({ zone: "UTC" }, "x")("2024-07-01")).toThrow(/no time of day/);
  });

  it.each([
    "2023-02-29T10:00:00Z",
    "2024-13-01",
    "2024-01-01T24:00:00Z",
    "2024-01-01T10:60Z",
    "01/02/2024",
    "now",
  ])("that do not exist are refused: %s", (text) => {
    expect(() => timeReader({ zone: "UTC", at: "12:00" }, "x")(text)).toThrow(RowProblem);
  });

  it("written by JavaScript are read as the same instant", () => {
    const date = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(date, (moment) => {
        expect(Date.parse(timeReader({}, "x")(moment.toISOString()))).toBe(moment.getTime());
      }),
    );
  });
});

describe("times of a given form", () => {
  it.each([
    ["dd/MM/yyyy HH:mm", "31/12/2024 23:59", "2024-12-31T23:59:00Z"],
    ["M/d/yy h:mm a", "4/5/24 1:07 PM", "2024-04-05T13:07:00Z"],
    ["d MMM yyyy, HH:mm:ss", "5 Apr 2024, 08:00:01", "2024-04-05T08:00:01Z"],
    ["dd.MM.yyyy' um 'HH:mm", "05.04.2024 um 08:15", "2024-04-05T08:15:00Z"],
    ["yyyyMMddHHmmss", "20240405081501", "2024-04-05T08:15:01Z"],
    ["yyyy-MM-dd HH:mm:ss.SSS", "2024-04-05 08:15:01.250", "2024-04-05T08:15:01.250Z"],
    ["dd/MM/yyyy HH:mm ZZ", "05/04/2024 08:15 +02:00", "2024-04-05T06:15:00Z"],
    ["X", "1712304901", "2024-04-05T08:15:01Z"],
  ])("%s reads %s", (format, text, time) => {
    expect(timeReader({ format, zone: "UTC" }, "x")(text)).toBe(time);
  });

  it("without a time of day get the mapping's", () => {
    const read = timeReader({ format: "dd/MM/yyyy", zone: "Europe/Berlin", at: "09:30" }, "x");
    expect(read("01/07/2024")).toBe("2024-07-01T07:30:00Z");
  });

  it.each(["31/02/2024 10:00", "1/2/2024 10:00", "12/31/2024 10:00", "31/12/2024", "31/12/2024 10:00 h", ""])(
    "are read strictly: %j is refused",
    (text) => {
      const read = timeReader({ format: "dd/MM/yyyy HH:mm", zone: "UTC" }, "x");
      expect(() => read(text)).toThrow(/is not a time of the form dd\/MM\/yyyy HH:mm/);
    },
  );

  it("need a zone unless they have an offset, and a time of day", () => {
    expect(() => timeReader({ format: "dd/MM/yyyy HH:mm" }, "facts[0]")).toThrow(UsageError);
    expect(() => timeReader({ format: "dd/MM/yyyy HH:mm" }, "facts[0]")).toThrow(/facts\[0\].*name the zone/);
    expect(() => timeReader({ format: "dd/MM/yyyy", zone: "UTC" }, "facts[0]")).toThrow(/time of day/);
    expect(() => timeReader({ format: "dd/MM/yyyy HH:mm ZZ" }, "facts[0]")).not.toThrow();
  });
});

describe("forms of times", () => {
  it.each([
    ["DD/MM/YYYY", /does not know DD, YYYY/],
    ["dd/mm/yyyy", /no month, MM/],
    ["dd/MM/yyyy hh:mm", /24-hour clock is HH/],
    ["HH:mm", /no year/],
    ["MM/yyyy", /no day/],
    ["dd/MM/yyyy mm", /minutes without hours/],
    ["yyyy-MM-ddTHH:mm", /does not know T/],
  ])("%s is refused with the remedy", (format, problem) => {
    expect(checkFormat(format)).toMatch(problem);
  });

  it.each(["dd/MM/yyyy", "yyyy-MM-dd'T'HH:mm:ss", "MMM d yyyy h:mm a", "x"])("%s is accepted", (format) => {
    expect(checkFormat(format)).toBeUndefined();
  });
});

describe("clock changes", () => {
  const berlin = (text: string, clockChange?: "compatible" | "earlier" | "later" | "reject") =>
    timeReader({ zone: "Europe/Berlin", clockChange }, "x")(text);

  it("a skipped time moves on by the hour that is missing", () => {
    expect(berlin("2024-03-31T02:30")).toBe("2024-03-31T01:30:00Z");
  });

  it("a repeated time is the first of the two", () => {
    expect(berlin("2024-10-27T02:30")).toBe("2024-10-27T00:30:00Z");
  });

  it("the mapping can choose the other one, or refuse both", () => {
    expect(berlin("2024-10-27T02:30", "later")).toBe("2024-10-27T01:30:00Z");
    expect(berlin("2024-03-31T02:30", "earlier")).toBe("2024-03-31T00:30:00Z");
    expect(() => berlin("2024-03-31T02:30", "reject")).toThrow(/skipped or repeated/);
    expect(() => berlin("2024-10-27T02:30", "reject")).toThrow(/skipped or repeated/);
    expect(berlin("2024-10-27T03:30", "reject")).toBe("2024-10-27T02:30:00Z");
  });

  it("every instant is found again from its local time unless that time is repeated", () => {
    const zones = fc.constantFrom(
      "Europe/London",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    );
    const date = fc.date({ min: new Date("2000-01-01"), max: new Date("2037-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, date, (zone, moment) => {
        const local = new Date(`${moment.toLocaleString("sv-SE", { timeZone: zone })}Z`).getTime();
        const instant = Math.floor(moment.getTime() / 1000) * 1000;
        const both = (["earlier", "later"] as const).map((choice) =>
          Date.parse(localToInstant(local, zone, choice)),
        );
        expect(both).toContain(instant);
      }),
    );
  });
});

describe("spreading rows without dates", () => {
  const read = spreadReader({ spread: { from: "2024-04-01", days: 30 }, at: "12:00", zone: "UTC" }, "x");

  it("row i falls on day from + i mod days", () => {
    expect([0, 1, 29, 30, 61].map(read)).toEqual([
      "2024-04-01T12:00:00Z",
      "2024-04-02T12:00:00Z",
      "2024-04-30T12:00:00Z",
      "2024-04-01T12:00:00Z",
      "2024-04-02T12:00:00Z",
    ]);
  });

  it("no day gets more than one row more than another", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2000 }), fc.integer({ min: 1, max: 400 }), (rows, days) => {
        const place = spreadReader(
          { spread: { from: "2023-11-05", days }, at: "00:00", zone: "Asia/Tokyo" },
          "x",
        );
        const counts = Map.groupBy(
          Array.from({ length: rows }, (_, index) => index),
          place,
        );
        const sizes = [...counts.values()].map((list) => list.length);
        expect(counts.size).toBe(Math.min(rows, days));
        if (rows > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("keeps the time of day over a clock change", () => {
    const paris = spreadReader(
      { spread: { from: "2024-03-30", days: 3 }, at: "12:00", zone: "Europe/Paris" },
      "x",
    );
    expect([0, 1, 2].map(paris)).toEqual([
      "2024-03-30T11:00:00Z",
      "2024-03-31T10:00:00Z",
      "2024-04-01T10:00:00Z",
    ]);
  });

  it("needs a time of day and a zone", () => {
    expect(() => spreadReader({ spread: { from: "2024-04-01", days: 30 } }, "facts[0]")).toThrow(UsageError);
  });
});
