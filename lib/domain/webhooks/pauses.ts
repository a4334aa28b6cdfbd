/** When a delivery that failed is tried again, and when that is given up. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** After the first failure, the second, and so on; the last one repeats. */
const pauses: readonly number[] = [
  ...[5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute],
  ...[hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour],
];

/** For so long a delivery is tried. */
export const triedMilliseconds = 3 * day;

/** After so long without a success a webhook is switched off. */
export const failingMilliseconds = 7 * day;

/** So many failures one after the other make a webhook pause: a receiver that is down is asked seldom, and holds up no other. */
export const failuresBeforePause = 10;

const shortestRest = 15 * second;
const longestRest = hour;

/**
 * Milliseconds until a delivery is tried again: up to a fifth more or less than planned, so that what failed together does not come
 * together.
 * @param tries how often it has failed
 * @param random from 0 to 1
 */
export function pauseAfter(tries: number, random: number): number {
  const planned = pauses[Math.min(Math.max(tries, 1), pauses.length) - 1] ?? minute;
  return Math.round(planned * (0.8 + 0.4 * random));
}

/**
 * Milliseconds for which nothing is sent to a webhook; 0 while it has not failed often enough in a row.
 * @param failures how many deliveries have failed since the last one that was taken
 */
export function restAfter(failures: number): number {
  const rounds = Math.floor(failures / failuresBeforePause);
  return rounds === 0 ? 0 : Math.min(longestRest, shortestRest * 2 ** (rounds - 1));
}

/** Whether a delivery is given up rather than tried again. @param nextAt when it would be */
export function isGivenUp(createdAt: number, nextAt: number): boolean {
  return nextAt - createdAt > triedMilliseconds;
}
