import type { Context } from "aws-lambda";
import { drawWidget } from "../lib/report/widget/draw.ts";
import { defaultTable } from "../lib/store/table/client.ts";
import { deadlineIn } from "../lib/store/table/retries.ts";
import { logger } from "../lib/telemetry/logger.ts";

/** Milliseconds at the end of the function's time in which no new try begins. */
const reserveMilliseconds = 5_000;

/** Draws metrics by segment on a CloudWatch dashboard. CloudWatch calls it with the permissions of whoever looks. */
export async function handler(event: unknown, context: Context): Promise<string> {
  const deadline = deadlineIn(context.getRemainingTimeInMillis() - reserveMilliseconds);
  const answer = await drawWidget(defaultTable(), event, Date.now(), deadline);
  logger.info("widget", { characters: answer.length });
  return answer;
}
