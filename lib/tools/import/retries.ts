import { setTimeout as sleep } from "node:timers/promises";
import { Stopped } from "./problems.ts";

/** How often and how long a request is tried again. */
export interface RetryPolicy {
  /** Tries in all. */
  readonly tries: number;
  /** Tries in all while the server has never answered anything. */
  readonly triesUnreached: number;
  /** No further try is begun when its wait would end later than this after the first. */
  readonly totalMilliseconds: number;
  /** The longest wait before the second try; it doubles with every further one. */
  readonly baseMilliseconds: number;
  /** No wait is longer than this, unless the server asks for more. */
  readonly capMilliseconds: number;
}

/** 8 tries within 2 minutes. */
export const defaultRetries: RetryPolicy = {
  tries: 8,
  triesUnreached: 3,
  totalMilliseconds: 120_000,
  baseMilliseconds: 500,
  capMilliseconds: 20_000,
};

/**
 * Exponential backoff with full jitter (Marc Brooker, "Exponential Backoff and Jitter", 2015): a random wait between 0
 * and a bound that doubles, so that clients which failed together do not come back together.
 * @param attempt the try that failed, from 1
 */
export function backoffMilliseconds(policy: RetryPolicy, attempt: number, random = Math.random): number {
  return random() * Math.min(policy.capMilliseconds, policy.baseMilliseconds * 2 ** (attempt - 1));
}

/**
 * Reads a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3).
 * @param now milliseconds since 1970-01-01T00:00:00Z
 * @returns milliseconds to wait; `undefined` when there is no such header or it says nothing that can be understood
 */
export function retryAfterMilliseconds(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/**
 * Waits.
 * @throws Stopped as soon as `stop` is aborted.
 */
export async function wait(milliseconds: number, stop: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: stop });
  } catch (error) {
    throw new Stopped("stopped", { cause: error });
  }
}

/** What is known of an answer that may have to be asked for again. */
export interface Retriable {
  readonly status: number;
  /** The header `Retry-After`. */
  readonly retryAfter: string | null;
}

/**
 * Asks until the answer is neither 429 nor 5xx, as often as `defaultRetries` says.
 * @param ask gives an answer, or the error where nothing answers
 * @param onRetry hears what came and after how many milliseconds it is asked again
 * @returns the last answer or error
 * @throws Stopped as soon as `stop` is aborted in a wait
 */
export async function untilAnswered<Outcome extends Retriable | Error>(
  ask: () => Promise<Outcome>,
  onRetry: (outcome: Outcome, milliseconds: number) => void,
  stop: AbortSignal,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask();
    const isAnswer = !(outcome instanceof Error);
    if (isAnswer && outcome.status !== 429 && outcome.status < 500) return outcome;
    if (attempt >= (isAnswer ? defaultRetries.tries : defaultRetries.triesUnreached)) return outcome;
    const asked = isAnswer ? retryAfterMilliseconds(outcome.retryAfter, Date.now()) : undefined;
    const milliseconds = Math.max(asked ?? 0, backoffMilliseconds(defaultRetries, attempt));
    onRetry(outcome, milliseconds);
    await wait(milliseconds, stop);
  }
}
