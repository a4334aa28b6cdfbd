import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { isWriteConflict, StoreError } from "./errors.ts";

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

/**
 * Reads and writes on condition that nobody has written in between, until nobody has: for writes that are planned in one
 * place and known by one condition. What takes several actions and shards has `commit`.
 * @param attempt reads what it needs anew each time; `undefined` where another writer was faster, as a refused condition says too
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline; what else `attempt` throws
 */
export async function retryOnWriteConflict<Result>(
  deadline: Deadline,
  attempt: () => Promise<Result | undefined>,
): Promise<Result> {
  for (let repetition = 1; ; repetition += 1) {
    let conflict: unknown;
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      if (!isWriteConflict(error)) throw error;
      conflict = error;
    }
    await backOff(repetition, deadline, conflict);
  }
}
