import { randomUUID } from "node:crypto";
import { parseScheduleExpression, type ScheduleTimes } from "./schedule-expression.ts";
import { account, region } from "./template/names.ts";
import type { ScheduleBlueprint } from "./template/schedule-blueprint.ts";

/** `setTimeout` takes 24 days at most; longer waits are made of pieces. */
const maxWaitMilliseconds = 6 * 60 * 60 * 1000;

/** Runs a function with an event; failures are its own to report. */
export type StartFunction = (functionArn: string, event: unknown) => void;

/** Starts functions at the times of the template's schedules, as EventBridge Scheduler does. */
export class Scheduler {
  readonly #schedules: readonly { blueprint: ScheduleBlueprint; times: ScheduleTimes }[];
  readonly #start: StartFunction;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @throws LocalCloudError for an expression that is not known */
  constructor(blueprints: readonly ScheduleBlueprint[], start: StartFunction) {
    this.#start = start;
    this.#schedules = blueprints
      .filter(({ enabled }) => enabled)
      .map((blueprint) => ({
        blueprint,
        times: parseScheduleExpression(blueprint.expression, blueprint.timeZone),
      }));
  }

  /**
   * Begins to wait for the times.
   * @param runNow whether each schedule also runs once now: the machine may have been off at its time
   */
  start(runNow: boolean): void {
    const now = new Date();
    for (const { blueprint, times } of this.#schedules) {
      if (runNow) this.#run(blueprint, now);
      this.#await(blueprint, times, times.next(now));
    }
  }

  /** Starts nothing any more. */
  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #await(blueprint: ScheduleBlueprint, times: ScheduleTimes, at: Date | undefined): void {
    if (at === undefined) return;
    const wait = at.getTime() - Date.now();
    const timer = setTimeout(
      () => {
        if (Date.now() < at.getTime()) return this.#await(blueprint, times, at);
        this.#run(blueprint, at);
        // After a sleep of the machine the missed times count as this one.
        this.#await(blueprint, times, times.next(new Date(Math.max(at.getTime(), Date.now()))));
      },
      Math.min(Math.max(wait, 0), maxWaitMilliseconds),
    );
    this.#timers.set(blueprint.name, timer);
  }

  #run(blueprint: ScheduleBlueprint, scheduledAt: Date): void {
    this.#start(blueprint.functionArn, scheduleEvent(blueprint, scheduledAt));
  }
}

/** The schedule's input with Scheduler's context attributes filled in, or Scheduler's own event where it has none. */
export function scheduleEvent(blueprint: ScheduleBlueprint, scheduledAt: Date): unknown {
  const time = scheduledAt.toISOString().replace(/\.\d+Z$/, "Z");
  const id = randomUUID();
  if (blueprint.input === undefined) {
    return {
      version: "0",
      id,
      "detail-type": "Scheduled Event",
      source: "aws.scheduler",
      account,
      time,
      region,
      resources: [blueprint.arn],
      detail: "{}",
    };
  }
  const filled = blueprint.input
    .replaceAll("<aws.scheduler.schedule-arn>", blueprint.arn)
    .replaceAll("<aws.scheduler.scheduled-time>", time)
    .replaceAll("<aws.scheduler.execution-id>", id)
    .replaceAll("<aws.scheduler.attempt-number>", "1");
  return JSON.parse(filled);
}
