import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../../lib/jobs/webhooks/deliver.ts";
import { messagesFor } from "../../../lib/jobs/webhooks/hand-over.ts";
import { readDeliveries } from "../../../lib/store/outbox/deliveries.ts";
import { entryItem, entryOf, type OutboxEntry } from "../../../lib/store/outbox/outbox.ts";
import { readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { Receiver } from "../../fixtures/receiver.ts";

/** Receivers that fail for days, by a clock that the test moves: nothing waits. */

const hour = 3_600_000;
const day = 24 * hour;

let cloud: ApiCloud;
let api: ApiClient;
let receiver: Receiver;
let now: number;
let status: number;

beforeAll(async () => {
  cloud = await ApiCloud.start({ runSchedules: false });
  const { gatewayEndpoint } = cloud.cloud;
  // Tries that are asked for go to a queue that nobody works on: the test makes each when its time has come.
  process.env["WEBHOOKS_QUEUE_URL"] = `${gatewayEndpoint}/000000000000/CxMetrics-webhooks-dead-letters`;
  process.env["AWS_ENDPOINT_URL_SQS"] = gatewayEndpoint;
  process.env["AWS_REGION"] = "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
});

beforeEach(async () => {
  api = await cloud.workspace();
  receiver = await Receiver.start();
  status = 500;
  receiver.answering = (_, response) => void response.writeHead(status).end();
  const body = { url: receiver.url, events: ["goal.reached", "response.recorded"] };
  const { json } = await api.send<{ secret: string }>("PUT", "/v1/webhooks/hook", { body });
  receiver.secret = json.secret;
  now = Date.now();
  return () => receiver.stop();
});

afterAll(() => cloud.end());

/** Something happens that the webhook hears of. */
async function happens(): Promise<OutboxEntry> {
  const to = { workspace: api.workspace, webhook: "hook" };
  const entry = entryOf(to, { type: "goal.reached", at: now, data: { goal: "nps" } });
  await cloud.onTable(({ client, name }) =>
    client.send(
      new TransactWriteCommand({
        TransactItems: [{ Put: { TableName: name, Item: entryItem(entry, now) } }],
      }),
    ),
  );
  return entry;
}

const context = { isLocal: true, now: () => now, deadline: deadlineIn(600_000) };

/** Tries what is to be delivered, as a message of the queue or the sweep asks for it. */
async function tryNow(entry: OutboxEntry): Promise<void> {
  const [message] = messagesFor([entry]);
  if (message) await cloud.onTable((table) => deliver({ ...context, table }, message));
}

async function stateOf(entry: OutboxEntry) {
  const [found] = await cloud.onTable((table) => readDeliveries(table, entry, [entry.id], context.deadline));
  if (!found) throw new Error("the delivery is gone");
  return found;
}

const webhook = async () => (await api.get<Record<string, unknown>>("/v1/webhooks/hook")).json;

/** Whether facts are written down for it. */
const isHeardOf = async () => {
  const workspace = await cloud.onTable((table) => readWorkspace(table, api.workspace));
  return workspace?.subscriptions?.["hook"] !== undefined;
};

/** Something happens every day, and each is tried when its time has come, until a moment. */
async function failUntil(end: number): Promise<OutboxEntry[]> {
  const entries: OutboxEntry[] = [];
  while (now < end) {
    const entry = await happens();
    entries.push(entry);
    const next = now + day;
    for (let known = await stateOf(entry); known.state === "pending"; known = await stateOf(entry)) {
      now = Math.max(now, known.nextTryAt ?? now);
      if (now >= next) break;
      await tryNow(entry);
    }
    now = next;
  }
  return entries;
}

describe("a webhook whose receiver fails", () => {
  it("is switched off after a week in which nothing was taken, and says since when and why", async () => {
    const start = now;
    await failUntil(start + 6.5 * day);
    expect(await webhook()).toMatchObject({ enabled: true, failingSince: new Date(start).toISOString() });
    // It rests for an hour at most after so many failures.
    now = start + 7 * day + hour;
    const last = await happens();
    await tryNow(last);
    expect(await webhook()).toMatchObject({
      enabled: false,
      switchedOff: { at: new Date(now).toISOString(), because: "failing" },
    });
    expect(await isHeardOf()).toBe(false);
    const tried = receiver.received.length;
    now += day;
    await tryNow(last);
    expect(receiver.received).toHaveLength(tried);
    expect(await stateOf(last)).toMatchObject({ state: "dropped", because: "its webhook was disabled" });
  }, 60_000);

  it("stays on where one in a week is taken", async () => {
    const start = now;
    await failUntil(start + 4 * day);
    status = 204;
    now += hour;
    const taken = await happens();
    await tryNow(taken);
    expect(await stateOf(taken)).toMatchObject({ state: "delivered" });
    status = 500;
    await failUntil(start + 8 * day);
    expect(await webhook()).toMatchObject({ enabled: true, switchedOff: null });
  }, 60_000);

  it("is told again of what happens when it is switched on again", async () => {
    status = 410;
    const gone = await happens();
    await tryNow(gone);
    expect(await webhook()).toMatchObject({ enabled: false, switchedOff: { because: "gone" } });
    expect([await stateOf(gone), await isHeardOf()]).toMatchObject([{ state: "failed" }, false]);
    const body = { url: receiver.url, events: ["response.recorded"], enabled: true };
    expect((await api.send("PUT", "/v1/webhooks/hook", { body })).status).toBe(200);
    expect(await webhook()).toMatchObject({ enabled: true, switchedOff: null, failingSince: null });
    status = 204;
    receiver.received.length = 0;
    await api.post("/v1/responses", { id: "after", survey: "nps", score: 9 });
    await cloud.cloud.idle();
    expect(receiver.facts).toEqual(["after"]);
    expect(receiver.received.every(({ isVerified }) => isVerified)).toBe(true);
  });
});

it("a delivery is tried for three days, and then given up", async () => {
  const start = now;
  const entry = await happens();
  for (let known = await stateOf(entry); known.state === "pending"; known = await stateOf(entry)) {
    now = Math.max(now, known.nextTryAt ?? now);
    await tryNow(entry);
  }
  const { tries, state, last } = await stateOf(entry);
  expect(state).toBe("failed");
  expect(last?.status).toBe(500);
  // Ten growing pauses are somewhat over a day, and two or three of twelve hours the rest.
  expect(tries).toBeGreaterThanOrEqual(13);
  expect(tries).toBeLessThanOrEqual(18);
  expect(now - start).toBeGreaterThan(2 * day);
  expect(now - start).toBeLessThanOrEqual(3 * day);
  expect(await webhook()).toMatchObject({ enabled: true });
});
