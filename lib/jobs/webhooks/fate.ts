import { isGivenUp, pauseAfter } from "../../domain/webhooks/pauses.ts";
import type { Delivery, Fate, TryOutcome } from "../../store/outbox/deliveries.ts";
import { handOverMilliseconds, pausesDividedBy } from "../../store/outbox/timing.ts";

/** What becomes of a delivery after a try: it is done with, tried again, or given up. */

/** SQS holds back a message for so long at most: what is to wait longer is left to the sweep. */
const maxDelayMilliseconds = 900_000;

/** How a try went. */
export type Outcome = TryOutcome & { readonly isTaken: boolean };

/** What becomes of a delivery after a try. */
export interface Next {
  readonly fate: Fate;
  /** After how many seconds its next try is to be asked for; undefined where the sweep does, or there is none. */
  readonly delaySeconds?: number;
}

/** What becomes of a delivery. @param now when the try ended */
export function fateOf(delivery: Delivery, outcome: Outcome, now: number): Next {
  const { isTaken, ...last } = outcome;
  if (isTaken) return { fate: { state: "delivered", last } };
  const planned = pauseAfter(delivery.tries + 1, Math.random());
  const pause = planned / pausesDividedBy();
  const nextTryAt = Math.round(now + pause);
  // Whoever says that it is gone means it.
  if (outcome.status === 410 || isGivenUp(delivery.renewedAt ?? delivery.createdAt, nextTryAt)) {
    return { fate: { state: "failed", last } };
  }
  const isSoon = planned <= maxDelayMilliseconds;
  const sweptAt = isSoon ? nextTryAt + handOverMilliseconds() : nextTryAt;
  const fate = { state: "pending", last, nextTryAt, sweptAt } as const;
  return isSoon ? { fate, delaySeconds: Math.ceil(pause / 1_000) } : { fate };
}
