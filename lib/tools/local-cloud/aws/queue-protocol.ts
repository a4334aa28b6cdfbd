import * as z from "zod";
import type { ServiceAnswer, ServiceCall } from "./interception.ts";
import type { Delivery, Message, Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";

/** SQS's limit on a message, and on the messages of a batch together. */
const maxBytes = 1024 * 1024;

const attributes = z.record(z.string(), z.unknown()).default({});
const delay = z.number().int().min(0).max(900).optional();
const entry = z.object({
  Id: z.string(),
  MessageBody: z.string(),
  DelaySeconds: delay,
  MessageAttributes: attributes,
  MessageGroupId: z.string().min(1).max(128).optional(),
});

const handle = z.object({ ReceiptHandle: z.string() });
const deletion = handle.extend({ Id: z.string() });
const visibility = z.number().int().min(0).max(43_200);

/** An error that SQS would answer. */
class QueueError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

type Action = (queue: Queue, request: unknown) => object;

const actions: Readonly<Record<string, Action>> = {
  SendMessage: (queue, request) => sent(store(queue, entry.omit({ Id: true }).parse(request))),

  SendMessageBatch: (queue, request) => {
    const { Entries } = z.object({ Entries: z.array(entry) }).parse(request);
    checkBatch(Entries);
    const total = Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
    if (total > maxBytes) throw new QueueError("BatchRequestTooLong", `A batch may have ${maxBytes} bytes`);
    const Successful = Entries.map((item) => ({ Id: item.Id, ...sent(store(queue, item)) }));
    return { Successful, Failed: [] };
  },

  ReceiveMessage: (queue, request) => {
    const { MaxNumberOfMessages, VisibilityTimeout } = z
      .object({
        MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
        VisibilityTimeout: visibility.optional(),
      })
      .parse(request);
    const deliveries = queue.receive(MaxNumberOfMessages, VisibilityTimeout);
    return deliveries.length === 0 ? {} : { Messages: deliveries.map(received) };
  },

  DeleteMessage: (queue, request) => {
    queue.delete(handle.parse(request).ReceiptHandle);
    return {};
  },

  DeleteMessageBatch: (queue, request) => {
    const { Entries } = z.object({ Entries: z.array(deletion) }).parse(request);
    checkBatch(Entries);
    for (const { ReceiptHandle } of Entries) queue.delete(ReceiptHandle);
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  },

  ChangeMessageVisibility: (queue, request) => {
    const { ReceiptHandle, VisibilityTimeout } = handle
      .extend({ VisibilityTimeout: visibility })
      .parse(request);
    if (!queue.changeVisibility(ReceiptHandle, VisibilityTimeout)) {
      throw new QueueError("MessageNotInflight", "The message is not in flight");
    }
    return {};
  },

  PurgeQueue: (queue) => {
    queue.clear();
    return {};
  },

  GetQueueAttributes: (queue) => {
    const { visible, inFlight, delayed } = queue.depth;
    const { arn, visibilityTimeoutSeconds } = queue.blueprint;
    return {
      Attributes: {
        QueueArn: arn,
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(delayed),
        VisibilityTimeout: String(visibilityTimeoutSeconds),
      },
    };
  },
};

/** Answers a call in SQS's JSON protocol. */
export function answerQueueCall(queues: Queues, call: ServiceCall): ServiceAnswer {
  try {
    const request = call.json();
    if (call.action === "StartMessageMoveTask") return { status: 200, body: replay(queues, request) };
    const action = actions[call.action];
    if (action === undefined) throw new QueueError("UnsupportedOperation", `${call.action} is not emulated`);
    const { QueueUrl } = z.object({ QueueUrl: z.string() }).parse(request);
    const queue = queues.byUrl(QueueUrl);
    if (queue === undefined) throw new QueueError("QueueDoesNotExist", `There is no queue ${QueueUrl}`);
    return { status: 200, body: action(queue, request) };
  } catch (error) {
    if (error instanceof QueueError) return failure(error.type, error.message);
    if (error instanceof z.ZodError) return failure("InvalidParameterValue", z.prettifyError(error));
    throw error;
  }
}

/** Moves all messages of a dead-letter queue into a queue, by default the one that they came from, as new ones. */
function replay(queues: Queues, request: unknown): object {
  const { SourceArn, DestinationArn } = z
    .object({ SourceArn: z.string(), DestinationArn: z.string().optional() })
    .parse(request);
  const deadLetters = queues.byArn(SourceArn);
  const origin =
    DestinationArn === undefined ? queues.withDeadLetters(SourceArn) : queues.byArn(DestinationArn);
  if (deadLetters === undefined || origin === undefined) {
    throw new QueueError("InvalidParameterValue", `${SourceArn} is not a dead-letter queue of another queue`);
  }
  const messages = [...deadLetters.messages];
  deadLetters.clear();
  for (const { body, attributes, group } of messages) origin.send(body, attributes, undefined, group);
  return { TaskHandle: Buffer.from(SourceArn).toString("base64url") };
}

/** A message as Lambda's event source mapping and `ReceiveMessage` describe it. */
export function systemAttributes({ message }: Delivery): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: "local",
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  };
}

function store(queue: Queue, item: Omit<z.output<typeof entry>, "Id">): Message {
  if (item.MessageBody === "") throw new QueueError("MissingParameter", "The message body is empty");
  if (Buffer.byteLength(item.MessageBody) > maxBytes) {
    throw new QueueError("InvalidParameterValue", `A message may have ${maxBytes} bytes`);
  }
  const { DelaySeconds: delaySeconds, MessageGroupId: group } = item;
  return queue.send(item.MessageBody, item.MessageAttributes, delaySeconds, group);
}

function checkBatch(entries: readonly { Id: string }[]): void {
  if (entries.length === 0) throw new QueueError("EmptyBatchRequest", "The batch has no entries");
  if (entries.length > 10)
    throw new QueueError("TooManyEntriesInBatchRequest", "A batch may have 10 entries");
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new QueueError("BatchEntryIdsNotDistinct", "Two entries have the same id");
  }
}

function sent(message: Message): object {
  return { MessageId: message.id, MD5OfMessageBody: message.md5OfBody };
}

function received(delivery: Delivery): object {
  const { message, receiptHandle } = delivery;
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5OfBody,
    MessageAttributes: message.attributes,
    Attributes: systemAttributes(delivery),
  };
}

function failure(type: string, message: string): ServiceAnswer {
  return { status: 400, body: { __type: `com.amazonaws.sqs#${type}`, message } };
}
