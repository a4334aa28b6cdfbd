import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { type Deadline, deadlineIn } from "../store/retries.ts";
import { describeError, logger } from "../telemetry/logger.ts";
import { isGivenUp, putAside } from "./put-aside.ts";

/** The way of every job from a queue: one bad message never holds up the others. */

/** Milliseconds at the end of a function's time in which no new try begins. */
const reserveMilliseconds = 10_000;

/**
 * The Lambda handler of a queue. A message that fails is delivered again; after the queue's number of deliveries, or at once where it
 * cannot be read, it goes to the dead-letter queue with the reason.
 * @param work gets the parsed JSON of one message
 */
export function consumer(work: (message: unknown, deadline: Deadline) => Promise<void>) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const deadline = deadlineIn(context.getRemainingTimeInMillis() - reserveMilliseconds);
    const failures: { itemIdentifier: string }[] = [];
    for (const record of event.Records) {
      try {
        await work(JSON.parse(record.body), deadline);
      } catch (error) {
        logger.error("job failed", { messageId: record.messageId, ...describeError(error) });
        if (!(await isSettled(record, error))) failures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures: failures };
  };
}

/** Whether a message that failed needs no further delivery, as it has been put aside. */
async function isSettled(record: SQSRecord, error: unknown): Promise<boolean> {
  if (!isGivenUp(record, error)) return false;
  try {
    await putAside(record, error);
    return true;
  } catch (trouble) {
    logger.error("job not put aside", { messageId: record.messageId, ...describeError(trouble) });
    return false;
  }
}
