import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Delivering } from "../../../lib/jobs/webhooks/deliver.ts";
import { messagesFor } from "../../../lib/jobs/webhooks/hand-over.ts";
import { takenMilliseconds, tellTopic, topicVariable } from "../../../lib/jobs/webhooks/topic.ts";
import { readDeliveries } from "../../../lib/store/outbox/deliveries.ts";
import { announce, entryItem, type OutboxEntry } from "../../../lib/store/outbox/outbox.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import type { Intercept } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Entries of the outbox that go to the alarm topic. */

let cloud: ApiCloud;
let intercept: Intercept | undefined;

beforeAll(async () => {
  cloud = await ApiCloud.start({
    runSchedules: false,
    redeliverySeconds: 1,
    intercept: (call) => intercept?.(call) ?? "pass",
    // An entry that a run has is not another one's for 0.9 seconds.
    variables: { WEBHOOK_PAUSES_DIVIDED_BY: "100" },
  });
});
beforeEach(() => {
  intercept = undefined;
});
afterAll(() => cloud.end());

let made = 0;

/** What a transaction writes that tells the topic. @param workspace of its own where absent */
async function write(workspace = `shop-${made + 1}`): Promise<OutboxEntry> {
  made += 1;
  const telling = { title: `Alert ${made}`, lines: ["Lower."], link: "https://x/alerts" };
  const { entries } = announce(
    { tableName: cloud.cloud.tableName, workspace: { id: workspace } },
    { type: "alert.raised", at: Date.now(), data: {}, telling },
    { topic: true },
  );
  const [entry] = entries;
  if (!entry) throw new Error("nothing is to be told");
  // Long enough ago for whoever wrote it not to hand it over any more.
  const Item = entryItem(entry, Date.now() - 180_000);
  await cloud.onTable(({ client, name }) =>
    client.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: name, Item } }] })),
  );
  return entry;
}

/** Hands it over, as a message of the queue. */
function run(...entries: OutboxEntry[]): Promise<unknown> {
  const attributes = { ApproximateReceiveCount: "1" };
  const Records = messagesFor(entries).map((message) => {
    return { messageId: "1", attributes, body: JSON.stringify(message) };
  });
  return cloud.cloud.invoke("deliver-webhooks", { Records });
}

const published = ({ workspace }: OutboxEntry) =>
  cloud.cloud.messages.filter(({ attributes }) => attributes["workspace"] === workspace);

async function stateOf(entry: OutboxEntry) {
  const [delivery] = await cloud.onTable((table) =>
    readDeliveries(table, entry, [entry.id], deadlineIn(10_000)),
  );
  return delivery;
}

it("what is told there is published as text, with what subscriptions can filter by", async () => {
  const entry = await write();
  await run(entry);
  const { workspace, id } = entry;
  expect(published(entry)).toMatchObject([
    {
      subject: `Alert ${made}`,
      text: `Alert ${made}\n\nLower.\n\nhttps://x/alerts\n\ncx-metrics: ${workspace}`,
      attributes: { type: "alert.raised", workspace, id },
    },
  ]);
  expect(await stateOf(entry)).toMatchObject({ state: "delivered", tries: 1 });
});

it("it is published once, however often and by however many at once it is asked for", async () => {
  const entry = await write();
  await Promise.all([run(entry), run(entry), run(entry)]);
  await cloud.cloud.idle();
  await run(entry);
  await cloud.cloud.invoke("sweep-deliveries", {});
  await cloud.cloud.idle();
  expect(published(entry)).toHaveLength(1);
});

it("what nobody handed over, as its process was killed, is published by the sweep", async () => {
  const entry = await write();
  await cloud.cloud.invoke("sweep-deliveries", {});
  await cloud.cloud.idle();
  expect(published(entry)).toHaveLength(1);
});

it("what the topic does not take is tried again until it does", async () => {
  const entry = await write();
  let refusals = 0;
  intercept = ({ service }) => {
    if (service !== "sns" || refusals === 3) return "pass";
    refusals += 1;
    return { answer: { status: 400, body: { __type: "Throttled", message: "not now" } } };
  };
  await run(entry);
  await cloud.cloud.idle();
  expect(published(entry)).toHaveLength(1);
  expect(await stateOf(entry)).toMatchObject({ state: "delivered", tries: 4 });
});

it("a run that is cut off before the topic hears of it loses nothing: the sweep finds it again", async () => {
  const entry = await write();
  // Every call of the run fails from when it took the entry on.
  let isTaken = false;
  intercept = ({ service, action, functionName }) => {
    if (functionName !== "deliver-webhooks") return "pass";
    if (isTaken) return "drop-request";
    isTaken = service === "dynamodb" && action === "UpdateItem";
    return "pass";
  };
  await run(entry);
  expect(isTaken).toBe(true);
  expect([published(entry), (await stateOf(entry))?.state]).toEqual([[], "pending"]);
  intercept = undefined;
  // Until the entry is due, the sweep finds nothing.
  while (published(entry).length === 0) {
    await cloud.cloud.invoke("sweep-deliveries", {});
    await cloud.cloud.idle();
  }
  expect(published(entry)).toHaveLength(1);
});

it("what one message asks for is published at the same time: a topic that does not answer takes the time of one", async () => {
  const entries = [await write("many")];
  while (entries.length < 10) entries.push(await write("many"));
  const all = Promise.withResolvers<"pass">();
  let asked = 0;
  intercept = async ({ service }) => {
    if (service !== "sns") return "pass";
    asked += 1;
    if (asked === entries.length) all.resolve("pass");
    return all.promise;
  };
  await run(...entries);
  const ids = cloud.cloud.messages.flatMap(({ attributes }) => attributes["id"] ?? []);
  expect(entries.filter(({ id }) => ids.includes(id))).toHaveLength(10);
  expect(asked).toBe(10);
});

describe("a run in the hands of the test", () => {
  let now: number;

  beforeAll(async () => {
    const { gatewayEndpoint } = cloud.cloud;
    await run(await write("first"));
    process.env[topicVariable] = cloud.cloud.messages.at(-1)?.topicArn;
    process.env["AWS_ENDPOINT_URL_SNS"] = gatewayEndpoint;
    process.env["AWS_REGION"] = "us-east-1";
    process.env["AWS_ACCESS_KEY_ID"] = "test";
    process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  });
  beforeEach(() => {
    now = Date.now();
  });

  /** What takes as long as it takes on AWS: the test moves the clock. */
  async function tell(entry: OutboxEntry, clock: Delivering["now"] = () => now): Promise<void> {
    const [message] = messagesFor([entry]);
    if (!message) throw new Error("there is a message");
    const context = { isLocal: true, now: clock, deadline: deadlineIn(60_000) };
    await cloud.onTable((table) => tellTopic({ ...context, table }, message));
  }

  it("leaves alone what another run has that is about to publish it, whenever it begins", async () => {
    const entry = await write();
    let calls = 0;
    intercept = ({ service }) => {
      if (service !== "sns") return "pass";
      calls += 1;
      return calls === 1 ? tell(entry).then(() => "pass") : "pass";
    };
    await tell(entry);
    expect(calls).toBe(1);
    expect(published(entry)).toHaveLength(1);
    expect(await stateOf(entry)).toMatchObject({ state: "delivered", tries: 1 });
  });

  it("that is killed between publishing and noting is followed by another when it must be over, with the same id", async () => {
    const entry = await write();
    let looks = 0;
    const killed = () => {
      looks += 1;
      if (looks > 1) throw new Error("killed");
      return now;
    };
    await expect(tell(entry, killed)).rejects.toThrow("killed");
    now += takenMilliseconds - 1;
    await tell(entry);
    expect(published(entry)).toHaveLength(1);
    now += 1;
    await tell(entry);
    const ids = published(entry).map(({ attributes }) => attributes["id"]);
    expect(ids).toEqual([entry.id, entry.id]);
    expect(await stateOf(entry)).toMatchObject({ state: "delivered" });
  });
});
