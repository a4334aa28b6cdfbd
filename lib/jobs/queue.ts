import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

/** Sending jobs to a queue. */

/** SQS takes at most so many messages in one request. */
const maxMessages = 10;

let client: SQSClient | undefined;

/**
 * The client of this process, made when it is first needed. Facts are recorded before they are handed over: a queue that does not answer must not
 * keep their answer back.
 */
function sqs(): SQSClient {
  client ??= new SQSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
  });
  return client;
}

/**
 * Sends one message as it is, with texts beside it.
 * @throws Error when the queue does not take it
 */
export async function sendMessage(
  queueUrl: string,
  body: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const attributes = Object.entries(texts).map(
    ([name, text]) => [name, { DataType: "String", StringValue: text }] as const,
  );
  await sqs().send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: Object.fromEntries(attributes),
    }),
  );
}

/**
 * Sends messages to a queue.
 * @param delaySeconds before which none of them is delivered, at most 900
 * @param group whose they are: SQS lets many messages of one group wait rather than those of others
 * @throws Error when the queue refused any of them
 */
export async function sendJobs(
  queueUrl: string,
  messages: readonly unknown[],
  delaySeconds = 0,
  group?: string,
): Promise<void> {
  for (let start = 0; start < messages.length; start += maxMessages) {
    const { Failed } = await sqs().send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.slice(start, start + maxMessages).map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          DelaySeconds: delaySeconds,
          ...(group === undefined ? {} : { MessageGroupId: group }),
        })),
      }),
    );
    if (Failed && Failed.length > 0) throw new Error(`the queue refused ${Failed.length} messages`);
  }
}
