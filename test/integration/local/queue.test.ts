import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LocalCloud } from "../../../lib/tools/local-cloud/cloud.ts";
import { makeFolder, startOn, startTestCloud, type TestCloud } from "../../fixtures/local/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

let test: TestCloud;
beforeAll(async () => {
  test = await startTestCloud();
});
afterAll(() => test.end());

/** A message of the test: the consumer fails it (or its batch) as often as it says. */
interface Message {
  readonly id: string;
  readonly fail?: number;
  readonly crash?: number;
}

/** Sends messages through the API's function, and waits until all are dealt with. */
async function send(...messages: Message[]): Promise<void> {
  const [status] = await test.answer("/jobs", {
    method: "POST",
    body: JSON.stringify(messages),
    headers: { "content-type": "application/json" },
  });
  expect(status).toBe(202);
  await test.cloud.idle();
}

/** The deliveries of a message, as the consumer wrote them down. */
async function deliveries(id: string, cloud: LocalCloud = test.cloud): Promise<{ count: number }[]> {
  const client = new DynamoDBClient({
    endpoint: cloud.gatewayEndpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    const query = new QueryCommand({
      TableName: cloud.tableName,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :id",
      ExpressionAttributeValues: { ":id": { S: `delivery of ${id}` } },
    });
    const { Items = [] } = await client.send(query);
    return Items.map((item) => JSON.parse(item["delivery"]?.S ?? "{}"));
  } finally {
    client.destroy();
  }
}

function deadLetters(): unknown[] {
  return (test.cloud.queues.get("work-dead-letters")?.bodies ?? []).map((body) => JSON.parse(body));
}

describe("the queue between functions", () => {
  it("brings a message to its consumer in the form of Lambda's event source", async () => {
    await send({ id: "single" });
    expect(await deliveries("single")).toEqual([
      {
        count: 1,
        batch: 1,
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:Fixture-work-queue",
      },
    ]);
  });

  it("brings messages that were sent together in one batch", async () => {
    await send({ id: "one" }, { id: "two" }, { id: "three" });
    expect(await deliveries("two")).toMatchObject([{ count: 1, batch: 3 }]);
  });

  it("brings only the failed messages of a batch again", async () => {
    await send({ id: "good" }, { id: "weak", fail: 1 });
    expect((await deliveries("good")).map(({ count }) => count)).toEqual([1]);
    expect((await deliveries("weak")).map(({ count }) => count)).toEqual([1, 2]);
  });

  it("brings the whole batch again when the function crashes", async () => {
    await send({ id: "innocent" }, { id: "crashing", crash: 1 });
    expect((await deliveries("innocent")).map(({ count }) => count)).toEqual([1, 2]);
    expect((await deliveries("crashing")).map(({ count }) => count)).toEqual([1, 2]);
  });

  it("sends a message to the dead-letter queue after three failures, and is idle then", async () => {
    await send({ id: "hopeless", fail: 99 });
    expect((await deliveries("hopeless")).map(({ count }) => count)).toEqual([1, 2, 3]);
    expect(deadLetters()).toEqual([{ id: "hopeless", fail: 99 }]);
    expect(test.cloud.queues.get("work-queue")).toMatchObject({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe("a failed message", () => {
  let patient: TestCloud;
  beforeEach(async () => {
    patient = await startTestCloud({ redeliverySeconds: 60 });
  });
  afterEach(() => patient.end());

  it("stays out of sight until its time has come", async () => {
    const sendOne = async (message: Message) => {
      const headers = { "content-type": "application/json" };
      await patient.fetch("/jobs", { method: "POST", body: JSON.stringify([message]), headers });
      await eventually(() => deliveries(message.id, patient.cloud)).toHaveLength(1);
    };
    await sendOne({ id: "weak", fail: 1 });
    // If it were back, it would come before these.
    for (const id of ["later", "latest"]) await sendOne({ id });
    expect(await deliveries("weak", patient.cloud)).toHaveLength(1);
    // The other two are taken from the queue once their function has answered.
    await eventually(() => patient.cloud.queues.get("work-queue")).toMatchObject({ visible: 0, inFlight: 1 });
  });
});

describe("a schedule", () => {
  it("runs once at the start when asked to, with the time in the event", async () => {
    const scheduled = await startTestCloud({ runSchedulesAtStart: true });
    try {
      await scheduled.cloud.idle();
      const events = await scheduled.cloud.invoke("tick", { inspect: true });
      expect(events).toEqual([{ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) }]);
    } finally {
      await scheduled.end();
    }
  });
});

it("messages that were sent, or failed, and not dealt with come after the next start", async () => {
  const folder = await makeFolder();
  // Failed messages come again after the queue's visibility timeout only: not in the time of this run.
  const first = await startOn(folder, { redeliverySeconds: 600 });
  const sent = await fetch(`${first.url}/jobs`, {
    method: "POST",
    body: JSON.stringify([{ id: "left", fail: 1 }]),
    headers: { "content-type": "application/json" },
  });
  expect(sent.status).toBe(202);
  await eventually(() => first.queues.get("work-queue")?.inFlight).toBe(1);
  await first.stop();
  const second = await startOn(folder);
  await second.idle();
  expect((await deliveries("left", second)).map(({ count }) => count)).toEqual([1, 2]);
  await second.stop();
  await folder.remove();
});
