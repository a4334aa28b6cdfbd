/** How long deliveries wait. */

/** By how much all waiting is shorter than it should be: 1, but in tests, which set `WEBHOOK_PAUSES_DIVIDED_BY`. */
export function pausesDividedBy(): number {
  return Number(process.env["WEBHOOK_PAUSES_DIVIDED_BY"] ?? 1);
}

/** Milliseconds for which the sweep leaves alone what whoever wrote it hands over itself. */
export function handOverMilliseconds(): number {
  return 120_000 / pausesDividedBy();
}

/** Milliseconds until something is swept up again that the queue has and nobody has delivered. */
export function sweptAgainMilliseconds(): number {
  return 900_000 / pausesDividedBy();
}
