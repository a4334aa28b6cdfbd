import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

/** Sending jobs to a queue. */

/** SQS takes at most so many messages in one request. */
const mostMessages = 10;

let client: SQSClient | undefined;

/**
 * Sends messages to a queue.
 * @param delaySeconds before which none of them is delivered, at most 900
 * @throws Error when the queue refused any of them
 */
export async function sendJobs(
  queueUrl: string,
  messages: readonly unknown[],
  delaySeconds = 0,
): Promise<void> {
  client ??= new SQSClient({ maxAttempts: 3 });
  for (let start = 0; start < messages.length; start += mostMessages) {
    const { Failed } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.slice(start, start + mostMessages).map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          DelaySeconds: delaySeconds,
        })),
      }),
    );
    if (Failed && Failed.length > 0) throw new Error(`the queue refused ${Failed.length} messages`);
  }
}
