import { afterEach, describe, expect, it } from "vitest";
import { QueueConsumer, runsAtOnce } from "../../../../lib/tools/local-cloud/aws/queue-consumer.ts";
import type { ConsumerBlueprint } from "../../../../lib/tools/local-cloud/template/queue-blueprint.ts";
import { makeQueues } from "./queues.ts";

interface Batch {
  readonly bodies: string[];
  readonly ids: string[];
  /** Ends the run with the function's result. */
  readonly end: (result?: unknown) => void;
  readonly fail: () => void;
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A consumer whose function is run by the test: each batch is handed to it as it comes. */
function consume(parts: Partial<ConsumerBlueprint> = {}, maxReceiveCount = 3) {
  const { queue, deadLetters, queues } = makeQueues({}, maxReceiveCount);
  const batches: Batch[] = [];
  const blueprint: ConsumerBlueprint = {
    queueArn: queue.blueprint.arn,
    functionArn: "work",
    batchSize: 10,
    batchingWindowSeconds: 0,
    maxConcurrency: 2,
    reportsItemFailures: true,
    ...parts,
  };
  const invoke = (event: object) => {
    const { Records } = event as { Records: { body: string; messageId: string }[] };
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    batches.push({
      bodies: Records.map(({ body }) => body),
      ids: Records.map(({ messageId }) => messageId),
      end: resolve,
      fail: () => reject(new Error("failed")),
    });
    return promise;
  };
  const consumer = new QueueConsumer({ blueprint, queue, invoke, redeliverySeconds: 0 });
  stops.push(() => {
    consumer.stop();
    queues.clear();
  });
  return { queue, deadLetters, batches, consumer };
}

/** Lets the consumer do what it can do now. */
async function turn(): Promise<void> {
  for (let count = 0; count < 5; count++) await new Promise(setImmediate);
}

describe("the consumer of a queue", () => {
  it("gets messages that were sent together in one batch, up to its size", async () => {
    const { queue, batches } = consume({ batchSize: 2, maxConcurrency: 10 });
    for (const body of ["a", "b", "c"]) queue.send(body);
    await turn();
    expect(batches.map(({ bodies }) => bodies)).toEqual([["a", "b"], ["c"]]);
  });

  it("runs as many batches at once as its concurrency says, and goes on when one is done", async () => {
    const { queue, batches } = consume({ batchSize: 1, maxConcurrency: 2 });
    for (const body of ["a", "b", "c"]) queue.send(body);
    await turn();
    expect(batches).toHaveLength(2);
    batches[0]?.end();
    await turn();
    expect(batches.map(({ bodies }) => bodies)).toEqual([["a"], ["b"], ["c"]]);
  });

  it("deletes the messages that succeeded, and gets only the failed ones of a batch again", async () => {
    const { queue, batches } = consume();
    for (const body of ["good", "bad", "fine"]) queue.send(body);
    await turn();
    batches[0]?.end({ batchItemFailures: [{ itemIdentifier: batches[0].ids[1] }] });
    await turn();
    expect(batches.map(({ bodies }) => bodies)).toEqual([["good", "bad", "fine"], ["bad"]]);
    batches[1]?.end({ batchItemFailures: [] });
    await turn();
    expect(queue.depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("gets the whole batch again when the function fails", async () => {
    const { queue, batches } = consume();
    for (const body of ["a", "b"]) queue.send(body);
    await turn();
    batches[0]?.fail();
    await turn();
    expect(batches[1]?.bodies).toEqual(["a", "b"]);
  });

  it.each([
    ["an answer of another form", { batchItemFailures: "all" }],
    ["a failure of a message that nobody sent", { batchItemFailures: [{ itemIdentifier: "unknown" }] }],
    ["a failure without a name", { batchItemFailures: [{ itemIdentifier: "" }] }],
  ])("takes %s as a failure of the whole batch", async (_name, result) => {
    const { queue, batches } = consume();
    for (const body of ["a", "b"]) queue.send(body);
    await turn();
    batches[0]?.end(result);
    await turn();
    expect(batches[1]?.bodies).toEqual(["a", "b"]);
  });

  it.each([null, undefined, {}, { batchItemFailures: null }])("takes %j as a success", async (result) => {
    const { queue, batches } = consume();
    queue.send("a");
    await turn();
    batches[0]?.end(result);
    await turn();
    expect(batches).toHaveLength(1);
    expect(queue.depth.inFlight).toBe(0);
  });

  it("does not look for failed messages in an answer when the mapping does not report them", async () => {
    const { queue, batches } = consume({ reportsItemFailures: false });
    queue.send("a");
    await turn();
    batches[0]?.end({ batchItemFailures: [{ itemIdentifier: batches[0].ids[0] }] });
    await turn();
    expect(queue.depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("sends a message that fails maxReceiveCount times to the dead-letter queue", async () => {
    const { queue, deadLetters, batches } = consume({}, 2);
    queue.send("bad");
    await turn();
    batches[0]?.fail();
    await turn();
    batches[1]?.fail();
    await turn();
    expect(batches).toHaveLength(2);
    expect(deadLetters.messages.map(({ body }) => body)).toEqual(["bad"]);
  });

  it("takes nothing more once it is stopped", async () => {
    const { queue, batches, consumer } = consume();
    consumer.stop();
    queue.send("a");
    await turn();
    expect(batches).toEqual([]);
    expect(queue.depth.visible).toBe(1);
  });

  it("is given nothing while its mapping is disabled", async () => {
    const { queue, batches } = consume({ maxConcurrency: 0 });
    queue.send("a");
    await turn();
    expect(batches).toEqual([]);
  });
});

describe("the batches of a consumer at the same time", () => {
  it("are as many as in AWS for small functions, and for large ones no more than half of the cores", () => {
    expect(runsAtOnce(5, 512, 2)).toBe(5);
    expect(runsAtOnce(5, 1024, 2)).toBe(1);
    expect(runsAtOnce(5, 1769, 8)).toBe(4);
    expect(runsAtOnce(5, 1769, 64)).toBe(5);
    expect(runsAtOnce(5, 1769, 1)).toBe(1);
  });
});
