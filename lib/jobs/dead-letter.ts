import type { SQSRecord } from "aws-lambda";
import { requireVariable } from "../store/table/client.ts";
import { describeError } from "../telemetry/logger.ts";
import { sendMessage } from "./queue.ts";

/**
 * Work that is given up goes to the dead-letter queue with the reason beside it. The queue's own redrive would move it without one; it
 * remains for what never gets here: a function that ends in the middle, or that cannot reach the dead-letter queue.
 */

/** Whether a message has had its last delivery. */
export function isLastDelivery({ attributes }: SQSRecord): boolean {
  return Number(attributes.ApproximateReceiveCount) >= Number(requireVariable("DELIVERIES"));
}

/**
 * Sends a message to the dead-letter queue, with the class of the error (never its text, which could quote contents),
 * the id that the log names the message by, and how often it was tried.
 * @throws Error when the dead-letter queue does not take it
 */
export async function sendToDeadLetterQueue(
  { body, messageId, attributes }: SQSRecord,
  error: unknown,
): Promise<void> {
  const { error: name, errorCode, cause } = describeError(error);
  const reason = [name, errorCode, cause].filter((part) => part !== undefined).join(", ");
  const said = { Reason: reason, FailedMessageId: messageId, Deliveries: attributes.ApproximateReceiveCount };
  await sendMessage(requireVariable("DEAD_LETTERS_QUEUE_URL"), body, said);
}
