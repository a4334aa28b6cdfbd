import type { Context } from "aws-lambda";
import { sweep } from "../lib/jobs/webhooks/sweep.ts";
import { defaultTable } from "../lib/store/table/client.ts";
import { deadlineIn } from "../lib/store/table/retries.ts";
import { logger } from "../lib/telemetry/logger.ts";

/** Milliseconds at the end of a run in which it begins nothing new. */
const reserveMilliseconds = 10_000;

/** Each run hands over what waits in the outbox although it is due. */
export async function handler(_event: unknown, context: Context): Promise<{ deliveries: number }> {
  const deadline = deadlineIn(context.getRemainingTimeInMillis() - reserveMilliseconds);
  const deliveries = await sweep(defaultTable(), deadline);
  // Most runs find nothing, and need no line.
  if (deliveries > 0) logger.info("swept", { deliveries });
  return { deliveries };
}
