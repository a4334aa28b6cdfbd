import { afterEach, describe, expect, it } from "vitest";
import type { ServiceAnswer } from "../../../../lib/tools/local-cloud/aws/interception.ts";
import { answerQueueCall } from "../../../../lib/tools/local-cloud/aws/queue-protocol.ts";
import { makeQueues } from "./queues.ts";

const { queues, queue, deadLetters } = makeQueues();
const QueueUrl = queue.blueprint.url;
afterEach(() => queues.clear());

function call(action: string, request: object): ServiceAnswer {
  const json = () => ({ QueueUrl, ...request });
  const text = () => JSON.stringify(json());
  return answerQueueCall(queues, { service: "sqs", action, functionName: undefined, text, json });
}

function errorOf(answer: ServiceAnswer): [number, unknown] {
  return [answer.status, "__type" in answer.body ? String(answer.body.__type).split("#")[1] : undefined];
}

describe("SQS's protocol", () => {
  it("sends, receives and deletes a message", () => {
    const sent = call("SendMessage", { MessageBody: "hello" });
    expect(sent).toMatchObject({
      status: 200,
      body: { MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592" },
    });
    const received = call("ReceiveMessage", { MaxNumberOfMessages: 10 });
    expect(received.body).toMatchObject({
      Messages: [{ Body: "hello", Attributes: { ApproximateReceiveCount: "1" } }],
    });
    const { Messages } = received.body as { Messages: { ReceiptHandle: string }[] };
    call("DeleteMessage", { ReceiptHandle: Messages[0]?.ReceiptHandle });
    expect(call("GetQueueAttributes", {}).body).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" },
    });
  });

  it("puts dead letters back into the queue that they came from, as new messages", () => {
    deadLetters.send("given up");
    const replay = (SourceArn: string) => call("StartMessageMoveTask", { SourceArn });
    expect(errorOf(replay(queue.blueprint.arn))).toEqual([400, "InvalidParameterValue"]);
    expect(replay(deadLetters.blueprint.arn).status).toBe(200);
    expect(deadLetters.messages).toEqual([]);
    expect(queue.messages).toMatchObject([{ body: "given up", receiveCount: 0 }]);
  });

  it("empties a queue", () => {
    call("SendMessage", { MessageBody: "hello" });
    expect(call("PurgeQueue", {}).status).toBe(200);
    expect(queue.depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("answers each entry of a batch by its id", () => {
    const Entries = ["a", "b"].map((Id) => ({ Id, MessageBody: Id }));
    expect(call("SendMessageBatch", { Entries }).body).toMatchObject({
      Successful: [{ Id: "a" }, { Id: "b" }],
      Failed: [],
    });
    expect(queue.messages.map(({ body }) => body)).toEqual(["a", "b"]);
  });

  it.each([
    ["an empty batch", [], "EmptyBatchRequest"],
    [
      "eleven entries",
      Array.from({ length: 11 }, (_, index) => String(index)),
      "TooManyEntriesInBatchRequest",
    ],
    ["two entries of one id", ["a", "a"], "BatchEntryIdsNotDistinct"],
  ])("refuses %s", (_name, ids, type) => {
    const Entries = ids.map((Id) => ({ Id, MessageBody: "x" }));
    expect(errorOf(call("SendMessageBatch", { Entries }))).toEqual([400, type]);
    expect(queue.depth.visible).toBe(0);
  });

  it("refuses a message of no bytes, of too many, and a batch of too many together", () => {
    const half = "x".repeat(700 * 1024);
    expect(errorOf(call("SendMessage", { MessageBody: "" }))).toEqual([400, "MissingParameter"]);
    expect(errorOf(call("SendMessage", { MessageBody: half + half }))).toEqual([
      400,
      "InvalidParameterValue",
    ]);
    const Entries = ["a", "b"].map((Id) => ({ Id, MessageBody: half }));
    expect(errorOf(call("SendMessageBatch", { Entries }))).toEqual([400, "BatchRequestTooLong"]);
    expect(queue.depth.visible).toBe(0);
  });

  it.each([
    [
      "a queue that does not exist",
      "SendMessage",
      { QueueUrl: "http://x/1/none", MessageBody: "x" },
      "QueueDoesNotExist",
    ],
    ["an action that is not emulated", "AddPermission", {}, "UnsupportedOperation"],
    [
      "a delay over fifteen minutes",
      "SendMessage",
      { MessageBody: "x", DelaySeconds: 901 },
      "InvalidParameterValue",
    ],
    [
      "the visibility of a delivery that is over",
      "ChangeMessageVisibility",
      { ReceiptHandle: "x", VisibilityTimeout: 1 },
      "MessageNotInflight",
    ],
  ])("refuses %s", (_name, action, request, type) => {
    expect(errorOf(call(action, request))).toEqual([400, type]);
  });
});
