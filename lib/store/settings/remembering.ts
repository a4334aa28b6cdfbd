import { setTimeout as wait } from "node:timers/promises";

/**
 * How long whoever records facts may go on with settings that it has read: a request to the table costs nearly as much as
 * recording a fact. Whoever changes settings waits for longer than that before it says so. So what is sent after a change was
 * answered never meets the settings from before.
 */

/** Milliseconds. `SETTINGS_REMEMBERED_MILLISECONDS` says otherwise; with 0 they are read for each request. */
export function rememberedMilliseconds(): number {
  return Number(process.env["SETTINGS_REMEMBERED_MILLISECONDS"] ?? 1_000);
}

/** How far the clocks of two gateways may be apart. */
const clockMilliseconds = 500;

/** Waits, after settings were changed, until no request that comes can be done with the settings from before. */
export async function untilForgotten(): Promise<void> {
  const milliseconds = rememberedMilliseconds();
  if (milliseconds > 0) await wait(milliseconds + clockMilliseconds);
}
