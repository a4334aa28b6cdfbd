import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScheduleExpression } from "../../../../lib/tools/local-cloud/schedule-expression.ts";

/** The next times of an expression after an instant, in ISO form. */
function times(expression: string, after: string, count = 1, timeZone = "UTC"): string[] {
  const schedule = parseScheduleExpression(expression, timeZone);
  const found: string[] = [];
  let at: Date | undefined = new Date(after);
  for (let index = 0; index < count && at !== undefined; index++) {
    at = schedule.next(at);
    if (at !== undefined) found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

describe("cron expressions", () => {
  it("run at a minute of every hour", () => {
    expect(times("cron(5 * * * ? *)", "2026-03-01T10:05:00Z", 2)).toEqual([
      "2026-03-01T11:05",
      "2026-03-01T12:05",
    ]);
  });

  it("understand steps from a first value as AWS writes them", () => {
    expect(times("cron(0/15 * * * ? *)", "2026-03-01T10:01:00Z", 3)).toEqual([
      "2026-03-01T10:15",
      "2026-03-01T10:30",
      "2026-03-01T10:45",
    ]);
  });

  it("count weekdays from 1 for Sunday, and know their names", () => {
    // 2026-03-01 is a Sunday.
    expect(times("cron(0 9 ? * 2 *)", "2026-03-01T00:00:00Z")).toEqual(["2026-03-02T09:00"]);
    expect(times("cron(0 9 ? * MON-FRI *)", "2026-03-06T10:00:00Z")).toEqual(["2026-03-09T09:00"]);
  });

  it("find the third Friday, the last Friday and the last day of a month", () => {
    expect(times("cron(0 9 ? * 6#3 *)", "2026-03-01T00:00:00Z")).toEqual(["2026-03-20T09:00"]);
    expect(times("cron(0 9 ? * 6L *)", "2026-03-01T00:00:00Z")).toEqual(["2026-03-27T09:00"]);
    expect(times("cron(0 9 L * ? *)", "2028-02-01T00:00:00Z")).toEqual(["2028-02-29T09:00"]);
  });

  it("end after the last year that they name", () => {
    expect(times("cron(0 9 1 1 ? 2027)", "2026-03-01T00:00:00Z", 2)).toEqual(["2027-01-01T09:00"]);
  });

  it("run at the local time of their zone on both sides of a clock change", () => {
    // Berlin's clocks go forward on 2026-03-29.
    expect(times("cron(30 6 * * ? *)", "2026-03-28T00:00:00Z", 2, "Europe/Berlin")).toEqual([
      "2026-03-28T05:30",
      "2026-03-29T04:30",
    ]);
  });

  it("run once at an hour that a clock change repeats", () => {
    // 02:30 comes twice in Berlin on 2026-10-25.
    const found = times("cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", 2, "Europe/Berlin");
    expect(found.map((time) => time.slice(0, 10))).toEqual(["2026-10-25", "2026-10-26"]);
  });

  it.each(["UTC", "Asia/Kolkata", "America/New_York", "Pacific/Apia"])(
    "always lie after the instant that is asked about, and never skip an hour (%s)",
    (timeZone) => {
      const schedule = parseScheduleExpression("cron(7 * * * ? *)", timeZone);
      const instant = fc.date({
        min: new Date("2020-01-01"),
        max: new Date("2040-01-01"),
        noInvalidDate: true,
      });
      fc.assert(
        fc.property(instant, (after) => {
          const wait = (schedule.next(after)?.getTime() ?? Number.NaN) - after.getTime();
          return wait > 0 && wait <= 3_600_000;
        }),
        { numRuns: 200 },
      );
    },
  );
});

describe("rate expressions", () => {
  it.each([
    ["rate(1 minute)", 60_000],
    ["rate(5 minutes)", 300_000],
    ["rate(12 hours)", 43_200_000],
    ["rate(7 days)", 604_800_000],
  ])("%s comes again after that time", (expression, milliseconds) => {
    const after = new Date("2026-03-28T12:34:56Z");
    expect(parseScheduleExpression(expression, "Europe/Berlin").next(after)?.getTime()).toBe(
      after.getTime() + milliseconds,
    );
  });
});

describe("what is no schedule", () => {
  it.each([
    "every hour",
    "at(2026-03-01T00:00:00)",
    "rate(0 minutes)",
    "rate(5 fortnights)",
    "rate(-5 minutes)",
    "cron(5 * * * *)",
    "cron(5 * * * * *)",
    "cron(5 * ? * ? *)",
    "cron(61 * * * ? *)",
  ])("%s is refused by name", (expression) => {
    expect(() => parseScheduleExpression(expression, "UTC")).toThrow(expression);
  });

  it("a time zone that does not exist is refused by name", () => {
    const parse = () => parseScheduleExpression("cron(5 * * * ? *)", "Europe/Atlantis").next(new Date());
    expect(parse).toThrow("Europe/Atlantis");
  });
});
