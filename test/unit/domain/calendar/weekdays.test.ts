import { assert, integer, property } from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { dayNumber, firstDay, lastDay } from "../../../../lib/domain/calendar/days.ts";
import { weekdayOf, weekdays } from "../../../../lib/domain/calendar/weekdays.ts";

it.each([
  ["1969-12-28", "sunday"],
  ["1969-12-29", "monday"],
  ["1969-12-31", "wednesday"],
  ["1970-01-01", "thursday"],
  ["2000-02-29", "tuesday"],
  ["2026-11-27", "friday"],
  ["2026-11-28", "saturday"],
  ["0001-01-01", "monday"],
])("%s was a %s", (day, weekday) => {
  expect(weekdayOf(dayNumber(day))).toBe(weekday);
});

it("the weekday agrees with the Temporal calendar on every day", () => {
  assert(
    property(integer({ min: dayNumber(firstDay), max: dayNumber(lastDay) }), (number) => {
      const { dayOfWeek } = Temporal.PlainDate.from("1970-01-01").add({ days: number });
      expect(weekdayOf(number)).toBe(weekdays[dayOfWeek - 1]);
    }),
  );
});
