import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { listDeliveries } from "../../../lib/store/outbox/deliveries.ts";
import { topicReceiver } from "../../../lib/store/outbox/outbox.ts";
import type { Intercept, ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { account, region } from "../../../lib/tools/local-cloud/template/names.ts";
import { ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { npsAnswers } from "../goals/goals.ts";

/** Judgements of alerts that are killed, overtaken or made twice. */

let cloud: ApiCloud;
let intercept: Intercept | undefined;

beforeAll(async () => {
  cloud = await ApiCloud.start({
    runSchedules: false,
    redeliverySeconds: 1,
    intercept: (call) => intercept?.(call) ?? "pass",
    variables: { WEBHOOK_PAUSES_DIVIDED_BY: "1000000" },
  });
});
beforeEach(() => {
  intercept = undefined;
});
afterAll(() => cloud.end());

/** A workspace with an alert that is raised by the last day, and told to the alarm topic. */
async function workspaceWithAlert(): Promise<ApiClient> {
  const api = await cloud.workspace({}, 3);
  const days = Array.from({ length: 50 }, (_, at) =>
    at === 0
      ? npsAnswers(1, { detractors: 40 })
      : npsAnswers(at + 1, { promoters: 6 + ((at * 5) % 4), detractors: 2 + ((at * 7) % 3) }),
  );
  for (let from = 0; from < days.length; from += 25) {
    await api.recordAll("responses", days.slice(from, from + 25).flat());
  }
  const body = { metric: "nps", topic: true, webhooks: false };
  expect((await api.send("PUT", "/v1/alerts/nps", { body })).status).toBe(201);
  await cloud.cloud.invoke("take-snapshots", close(api, [dayBefore(3), dayBefore(2)]));
  expect(await stateOf(api)).toBe("quiet");
  return api;
}

function close({ workspace }: ApiClient, dates = [dayBefore(1)]): object {
  const attributes = { ApproximateReceiveCount: "1" };
  return { Records: [{ messageId: "1", attributes, body: JSON.stringify({ workspace, dates }) }] };
}

/** The message that closes the last day comes, and is worked on. */
const judge = (api: ApiClient) => cloud.cloud.invoke("take-snapshots", close(api));

const stateOf = async (api: ApiClient) => (await api.get<{ state: string }>("/v1/alerts/nps")).json.state;

/** What was written to be told, after all that waits was told. */
async function told({ workspace }: ApiClient): Promise<readonly string[]> {
  await cloud.cloud.idle();
  await cloud.cloud.invoke("sweep-deliveries", {});
  await cloud.cloud.idle();
  const to = { workspace, webhook: topicReceiver };
  return cloud.onTable(async (table) => {
    const entries: string[] = [];
    for await (const { type, state } of listDeliveries(table, to, { expected: 10 })) {
      entries.push(`${type} ${state}`);
    }
    return entries;
  });
}

/** How often it was published. */
const published = ({ workspace }: ApiClient) =>
  cloud.cloud.messages.filter(({ attributes }) => attributes["workspace"] === workspace).length;

/** Whether a call writes what a judgement of the workspace found. */
function isJudgement({ functionName, action, text }: ServiceCall, { workspace }: ApiClient): boolean {
  if (functionName !== "take-snapshots" || action !== "TransactWriteItems") return false;
  return text().includes('"alert#nps"') && text().includes(`"W#${workspace}"`);
}

/** Sends the message that closes the last day to the queue: what a process that is killed has not done with comes again. */
async function ask(api: ApiClient): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new SQSClient({ endpoint: cloud.cloud.gatewayEndpoint, region, credentials });
  const QueueUrl = `${cloud.cloud.gatewayEndpoint}/${account}/CxMetrics-snapshots`;
  const MessageBody = JSON.stringify({ workspace: api.workspace, dates: [dayBefore(1)] });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  client.destroy();
}

it("one that is cut off before it is written changes nothing, and is made again with the message", async () => {
  const api = await workspaceWithAlert();
  intercept = (call) => (isJudgement(call, api) ? "drop-request" : "pass");
  expect(await judge(api)).toEqual({ batchItemFailures: [{ itemIdentifier: "1" }] });
  expect([await stateOf(api), await told(api)]).toEqual(["quiet", []]);
  intercept = undefined;
  await judge(api);
  expect([await stateOf(api), await told(api)]).toEqual(["raised", ["alert.raised delivered"]]);
  expect(published(api)).toBe(1);
}, 60_000);

it("one whose write is taken and whose answer is lost raises once, and is told", async () => {
  const api = await workspaceWithAlert();
  let lost = 0;
  intercept = (call) => {
    if (!isJudgement(call, api) || lost > 0) return "pass";
    lost += 1;
    return "drop-answer";
  };
  await judge(api);
  await judge(api);
  expect(lost).toBe(1);
  expect([await stateOf(api), await told(api)]).toEqual(["raised", ["alert.raised delivered"]]);
  expect(published(api)).toBe(1);
}, 60_000);

/** Lets something happen between what the next judgement reads and what it writes. */
function meanwhile(api: ApiClient, work: () => Promise<unknown>): () => number {
  let times = 0;
  intercept = async (call): Promise<Verdict> => {
    if (!isJudgement(call, api) || times > 0) return "pass";
    times += 1;
    await work();
    return "pass";
  };
  return () => times;
}

it("one that another overtakes between reading and writing tells nothing a second time", async () => {
  const api = await workspaceWithAlert();
  const overtaken = meanwhile(api, () => judge(api));
  await judge(api);
  expect(overtaken()).toBe(1);
  expect([await stateOf(api), await told(api)]).toEqual(["raised", ["alert.raised delivered"]]);
  expect(published(api)).toBe(1);
}, 60_000);

it("one during which the alert is changed is made again, by what the alert is then", async () => {
  const api = await workspaceWithAlert();
  const body = { metric: "nps", topic: true, webhooks: false, name: "Recommended" };
  const changed = meanwhile(api, () => api.send("PUT", "/v1/alerts/nps", { body }));
  await judge(api);
  expect(changed()).toBe(1);
  expect([await stateOf(api), await told(api)]).toEqual(["raised", ["alert.raised delivered"]]);
  const own = cloud.cloud.messages.filter(({ attributes }) => attributes["workspace"] === api.workspace);
  expect(own).toMatchObject([{ subject: expect.stringContaining("Recommended") }]);
}, 60_000);

it("one during which the alert is deleted tells nothing", async () => {
  const api = await workspaceWithAlert();
  const deleted = meanwhile(api, () => api.send("DELETE", "/v1/alerts/nps"));
  await judge(api);
  expect([deleted(), await told(api)]).toEqual([1, []]);
}, 60_000);

it("one whose process is killed between reading and writing is made again after the start, and told once", async () => {
  const api = await workspaceWithAlert();
  const held = new Promise<void>((resolve) => {
    intercept = (call) => {
      if (!isJudgement(call, api)) return "pass";
      resolve();
      // No answer ever comes: the process ends first.
      return new Promise(() => {});
    };
  });
  await ask(api);
  await held;
  await cloud.restart();
  const after = new ApiClient(cloud.cloud.url, api.key, api.workspace);
  intercept = undefined;
  await cloud.cloud.idle();
  expect([await stateOf(after), await told(after)]).toEqual(["raised", ["alert.raised delivered"]]);
  expect(published(after)).toBe(1);
}, 120_000);
