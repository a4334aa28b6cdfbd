import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { type Deadline, deadlineIn } from "../store/table/retries.ts";
import { describeError, logger } from "../telemetry/logger.ts";
import { isLastDelivery, sendToDeadLetterQueue } from "./dead-letter.ts";

/** The way of every job from a queue: one bad message never holds up the others. */

/** Milliseconds at the end of a function's time in which no new try begins. */
const reserveMilliseconds = 10_000;

/**
 * The Lambda handler of a queue. A message that fails is delivered again; after the queue's number of deliveries, or at once where it
 * cannot be read, it goes to the dead-letter queue with the reason.
 * @param schema what a message looks like
 * @param work gets one message
 */
export function consumer<Schema extends z.ZodType>(
  schema: Schema,
  work: (message: z.output<Schema>, deadline: Deadline) => Promise<void>,
) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const deadline = deadlineIn(context.getRemainingTimeInMillis() - reserveMilliseconds);
    const failures: { itemIdentifier: string }[] = [];
    for (const record of event.Records) {
      let isReadable = false;
      try {
        const message = schema.parse(JSON.parse(record.body));
        isReadable = true;
        await work(message, deadline);
      } catch (error) {
        logger.error("job failed", { messageId: record.messageId, ...describeError(error) });
        const isGivenUp = !isReadable || isLastDelivery(record);
        if (!isGivenUp || !(await isInDeadLetterQueue(record, error))) {
          failures.push({ itemIdentifier: record.messageId });
        }
      }
    }
    return { batchItemFailures: failures };
  };
}

/** Sends a message that is given up to the dead-letter queue. @returns whether that was done, so that it needs no further delivery */
async function isInDeadLetterQueue(record: SQSRecord, error: unknown): Promise<boolean> {
  try {
    await sendToDeadLetterQueue(record, error);
    return true;
  } catch (trouble) {
    logger.error("dead letter not sent", { messageId: record.messageId, ...describeError(trouble) });
    return false;
  }
}
