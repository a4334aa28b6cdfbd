import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { StoreError } from "./errors.ts";

/** How long and how often the store tries again. */

/** When to give up. */
export interface Deadline {
  /** Milliseconds that are left. */
  remaining(): number;
}

/** A deadline a number of milliseconds from now. */
export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return { remaining: () => end - performance.now() };
}

const minWait = 10;
const maxWait = 1_000;

/**
 * Waits before try number `attempt` (1 for the first repetition): exponential backoff with full jitter
 * (Brooker 2015, "Exponential Backoff and Jitter").
 * @throws StoreError `unavailable` when the deadline would pass
 */
export async function backOff(attempt: number, deadline: Deadline, cause: unknown): Promise<void> {
  const most = Math.min(maxWait, minWait * 2 ** attempt);
  const pause = randomInt(0, most + 1);
  if (deadline.remaining() <= pause) {
    throw new StoreError("unavailable", "the store did not accept the request in time", cause);
  }
  await wait(pause);
}
