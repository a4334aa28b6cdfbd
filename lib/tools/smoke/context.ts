import { addDays, type Day } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { Account } from "./account.ts";
import type { Walk } from "./walk.ts";

/** The context of every group of checks. */
export interface SmokeContext {
  readonly walk: Walk;
  /** Begins the ids of all that this run sends, so that runs do not meet. */
  readonly run: string;
  /** Days of UTC, which is the workspace's time zone. */
  readonly today: Day;
  readonly dayBefore: (days: number) => Day;
  /** The AWS account; `undefined` where none was named. */
  readonly account: Account | undefined;
}

/** The prefix of every id of a smoke test. */
export const smokePrefix = "smoke-";

/** @param now milliseconds since 1970-01-01T00:00:00Z */
export function smokeContext(walk: Walk, account: Account | undefined, now: number): SmokeContext {
  const today = dayOf(now, "UTC");
  return {
    ...{ walk, account, today },
    run: `${smokePrefix}${now.toString(36)}`,
    dayBefore: (days) => addDays(today, -days),
  };
}
