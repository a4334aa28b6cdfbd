import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowProblem } from "../../../../lib/tools/import/problems.ts";
import { timeReader } from "../../../../lib/tools/import/times.ts";

const read = timeReader({ zone: "Europe/Berlin", at: "12:00" }, "x");

describe("times without a form", () => {
  it.each([
    ["2026/07/01 1:16:13 AM GMT+2", "2026-06-30T23:16:13Z"],
    ["2026/07/04 4:53:43 PM GMT-3", "2026-07-04T19:53:43Z"],
    ["2026-05-01 08:01:00 UTC", "2026-05-01T08:01:00Z"],
    ["2026-06-01 9:05:00", "2026-06-01T07:05:00Z"],
    ["Mon, 01 Jun 2026 10:00:00 GMT", "2026-06-01T10:00:00Z"],
    ["Mon Jun 01 2026 10:00:00 GMT+0200 (Central European Summer Time)", "2026-06-01T08:00:00Z"],
    ["Mon Jun  1 10:00:00 CEST 2026", "2026-06-01T08:00:00Z"],
    ["June 1, 2026 at 3:05 p.m.", "2026-06-01T13:05:00Z"],
    ["1 June 2026 12:00 am", "2026-05-31T22:00:00Z"],
    ["01-Jun-26 10:00", "2026-06-01T08:00:00Z"],
    ["01.06.2026 09:15", "2026-06-01T07:15:00Z"],
    ["1. Juni 2026, 09:15 Uhr", "2026-06-01T07:15:00Z"],
    ["Montag, 1. März 2027", "2027-03-01T11:00:00Z"],
    ["1er août 2026 10h30", "2026-08-01T08:30:00Z"],
    ["1 de enero de 2026 10:00", "2026-01-01T09:00:00Z"],
    ["1 gennaio 2026 10:00", "2026-01-01T09:00:00Z"],
    ["1 de março de 2026", "2026-03-01T11:00:00Z"],
    ["1 mrt. 2026", "2026-03-01T11:00:00Z"],
    ["2026年6月1日 下午3:05", "2026-06-01T13:05:00Z"],
    ["2026-06-01T10:00:00+02", "2026-06-01T08:00:00Z"],
    ["2026-06-01T10:00:00+02:00[Europe/Berlin]", "2026-06-01T08:00:00Z"],
    ["2026-06-01 10:00 America/New_York", "2026-06-01T14:00:00Z"],
    ["Jun 1, 2026, 10:00 AM PDT", "2026-06-01T17:00:00Z"],
    ["1780308000", "2026-06-01T10:00:00Z"],
    ["1780308000123", "2026-06-01T10:00:00.123Z"],
    ["46174.5", "2026-06-01T10:00:00Z"],
    ["46174", "2026-06-01T10:00:00Z"],
    ["20260601", "2026-06-01T10:00:00Z"],
    ["20260601T101500Z", "2026-06-01T10:15:00Z"],
  ])("are read where there is one way only: %s", (text, time) => {
    expect(Date.parse(read(text))).toBe(Date.parse(time));
  });

  it("that may begin with the day or with the month need to be told which", () => {
    expect(() => read("01/02/2026 10:00")).toThrow(/"order": "dmy" or "mdy"/);
    const zone = "UTC";
    expect(timeReader({ zone, order: "dmy" }, "x")("01/02/2026 10:00")).toBe("2026-02-01T10:00:00Z");
    expect(timeReader({ zone, order: "mdy" }, "x")("1/2/2026 3:00 PM")).toBe("2026-01-02T15:00:00Z");
    expect(timeReader({ zone, order: "mdy" }, "x")("01-02-26 15:00")).toBe("2026-01-02T15:00:00Z");
    expect(() => timeReader({ zone, order: "mdy" }, "x")("13/02/2026 10:00")).toThrow(RowProblem);
  });

  it.each([
    "now",
    "",
    "2026-02-30 10:00",
    "31 June 2026",
    "1 June 2026 13:00 PM",
    "1 June 2026 25:00",
    "not before 1 June 2026",
    "June 2026",
    "1 2 3 June 2026",
    "2026-06-01 10:00 XYZ",
    "123",
  ])("are refused rather than guessed: %s", (text) => {
    expect(() => read(text)).toThrow(RowProblem);
  });

  it("in spreadsheets are numbers of days", () => {
    expect(timeReader({ format: "excel", zone: "UTC" }, "x")("46174.75")).toBe("2026-06-01T18:00:00Z");
  });

  it("written by any of the seven languages are the same day", () => {
    const language = fc.constantFrom("en", "de", "fr", "es", "it", "pt", "nl", "en-GB");
    const date = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    const style = fc.constantFrom("long" as const, "medium" as const, "full" as const);
    fc.assert(
      fc.property(language, date, style, (locale, moment, dateStyle) => {
        // Medium dates of these are numbers.
        fc.pre(dateStyle !== "medium" || !["pt", "fr"].includes(locale));
        const text = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: "UTC" }).format(moment);
        const midday = `${moment.toISOString().slice(0, 10)}T12:00:00Z`;
        expect(timeReader({ zone: "UTC", at: "12:00" }, "x")(text)).toBe(midday);
      }),
    );
  });
});
