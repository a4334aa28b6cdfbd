import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { type Deadline, deadlineIn } from "../store/retries.ts";
import { describeError, logger } from "../telemetry/logger.ts";

/** The way of every job from a queue: one bad message never holds up the others. */

/** Milliseconds at the end of a function's time in which no new try begins. */
const reserveMilliseconds = 10_000;

/**
 * The Lambda handler of a queue. A message that fails is delivered again, and goes to the dead-letter queue after the
 * queue's number of deliveries.
 * @param work gets the parsed JSON of one message
 */
export function consumer(work: (message: unknown, deadline: Deadline) => Promise<void>) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const deadline = deadlineIn(context.getRemainingTimeInMillis() - reserveMilliseconds);
    const failures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of event.Records) {
      try {
        await work(JSON.parse(body), deadline);
      } catch (error) {
        logger.error("job failed", { messageId, ...describeError(error) });
        failures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures: failures };
  };
}
