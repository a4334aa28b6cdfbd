import { expect, it } from "vitest";
import { hoursBetweenRuns } from "../../../lib/infrastructure/schedule-hours.ts";

it.each([
  ["cron(15 * * * ? *)", 1],
  ["cron(0 0/6 * * ? *)", 6],
  ["cron(30 */2 * * ? *)", 2],
  ["cron(15 3 * * ? *)", 24],
  ["rate(1 hour)", 1],
  ["rate(30 minutes)", 0.5],
  ["rate(1 day)", 24],
])("the schedule %s runs again within %d hours", (expression, hours) => {
  expect(hoursBetweenRuns(expression)).toBe(hours);
});

it.each(["cron(0 6 ? * MON *)", "cron(0 6 1 * ? *)", "cron(0 6 1 1 ? 2027)", "rate(7 days)"])(
  "the schedule %s runs less than once a day",
  (expression) => {
    expect(hoursBetweenRuns(expression)).toBeUndefined();
  },
);

it.each(["at(2026-11-29T10:00:00)", "cron(15 * * *)", "hourly"])("%s is no schedule that repeats", (text) => {
  expect(() => hoursBetweenRuns(text)).toThrow("no schedule that repeats");
});
