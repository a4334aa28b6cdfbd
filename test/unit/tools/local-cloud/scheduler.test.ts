import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Scheduler, scheduleEvent } from "../../../../lib/tools/local-cloud/scheduler.ts";
import type { ScheduleBlueprint } from "../../../../lib/tools/local-cloud/template/schedule-blueprint.ts";

const hourly: ScheduleBlueprint = {
  name: "hourly",
  arn: "arn:aws:scheduler:us-east-1:000000000000:schedule/default/hourly",
  expression: "cron(15 * * * ? *)",
  timeZone: "UTC",
  enabled: true,
  functionArn: "tick",
  input: '{"at":"<aws.scheduler.scheduled-time>"}',
};

let scheduler: Scheduler | undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  scheduler?.stop();
  vi.useRealTimers();
});

/** Starts schedules and lists what they start. */
function start(blueprints: readonly ScheduleBlueprint[], runNow = false): unknown[][] {
  const started: unknown[][] = [];
  scheduler = new Scheduler(blueprints, (arn, event) => started.push([arn, event]));
  scheduler.start(runNow);
  return started;
}

describe("the scheduler", () => {
  it("starts the function at each of the schedule's times, with the time that was planned", () => {
    const started = start([hourly]);
    vi.advanceTimersByTime(15 * 60_000 - 1);
    expect(started).toEqual([]);
    vi.advanceTimersByTime(2 * 3_600_000);
    expect(started).toEqual([
      ["tick", { at: "2026-03-01T10:15:00Z" }],
      ["tick", { at: "2026-03-01T11:15:00Z" }],
    ]);
  });

  it("runs each schedule once at the start when asked to, and then at its times", () => {
    const started = start(
      [hourly, { ...hourly, name: "daily", expression: "rate(1 day)", functionArn: "tock" }],
      true,
    );
    expect(started.map(([arn]) => arn)).toEqual(["tick", "tock"]);
    vi.advanceTimersByTime(20 * 60_000);
    expect(started.map(([arn]) => arn)).toEqual(["tick", "tock", "tick"]);
  });

  it("waits for times that are further away than a timer reaches", () => {
    const started = start([{ ...hourly, expression: "cron(0 0 1 6 ? *)" }]);
    vi.advanceTimersByTime(91 * 86_400_000);
    expect(started).toEqual([]);
    vi.advanceTimersByTime(86_400_000);
    expect(started).toEqual([["tick", { at: "2026-06-01T00:00:00Z" }]]);
  });

  it("runs once for all the times that a sleeping machine missed", () => {
    const started = start([hourly]);
    vi.setSystemTime(new Date("2026-03-01T15:00:00Z"));
    vi.advanceTimersByTime(15 * 60_000);
    expect(started).toHaveLength(1);
  });

  it("leaves disabled schedules alone", () => {
    const started = start([{ ...hourly, enabled: false }], true);
    vi.advanceTimersByTime(86_400_000);
    expect(started).toEqual([]);
  });

  it("starts nothing after it was stopped", () => {
    const started = start([hourly]);
    scheduler?.stop();
    vi.advanceTimersByTime(86_400_000);
    expect(started).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the event of a schedule", () => {
  it("is EventBridge Scheduler's own where the template gives none", () => {
    const event = scheduleEvent({ ...hourly, input: undefined }, new Date("2026-03-01T10:15:00.123Z"));
    expect(event).toMatchObject({
      source: "aws.scheduler",
      "detail-type": "Scheduled Event",
      time: "2026-03-01T10:15:00Z",
      resources: [hourly.arn],
    });
  });

  it("fills in the context attributes that the input names", () => {
    const input = JSON.stringify({
      arn: "<aws.scheduler.schedule-arn>",
      attempt: "<aws.scheduler.attempt-number>",
      id: "<aws.scheduler.execution-id>",
    });
    expect(scheduleEvent({ ...hourly, input }, new Date())).toEqual({
      arn: hourly.arn,
      attempt: "1",
      id: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });
});
