import { basename } from "node:path";
import {
  PurgeQueueCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { ServiceCall, Verdict } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { region } from "../../../lib/tools/local-cloud/template/names.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { RandomFaults, refused } from "../../fixtures/faults.ts";
import { seededRandom } from "../../unit/domain/metrics/statistics/random.ts";

/** Scheduled work that fails half-way, comes twice, is overtaken by facts, is given up, or did not run for days. */

let test: ApiCloud;
const random = seededRandom(6);
const faults = new RandomFaults(random, 0.1, "take-");
/** Nothing of these workspaces can be read by the snapshots' function. */
const poisoned = new Set<string>();

function intercept(call: ServiceCall): Verdict | Promise<Verdict> {
  if (call.functionName === "take-snapshots" && poisoned.size > 0) {
    const text = call.text();
    if ([...poisoned].some((workspace) => text.includes(`W#${workspace}`))) return refused;
  }
  return faults.intercept(call);
}

beforeAll(async () => {
  faults.active = false;
  test = await ApiCloud.start({ intercept, redeliverySeconds: 0 }, true);
});
afterAll(() => test?.end());

const madeDaysAgo = 3;
const [first, last] = [dayBefore(madeDaysAgo), dayBefore(1)];

/** A few facts on each of the days since the workspace was made. */
function factsOf(prefix: string): object[] {
  return [3, 2, 1].flatMap((days) => [
    { id: `${prefix}-n${days}`, survey: "nps", score: 10 - days, occurredAt: `${dayBefore(days)}T12:00:00Z` },
    { id: `${prefix}-c${days}`, survey: "csat", score: days, occurredAt: `${dayBefore(days)}T13:00:00Z` },
  ]);
}

/** What the newest snapshots of the closed days say. */
async function said(api: ApiClient): Promise<object[]> {
  const snapshots = await api.snapshots(`from=${first}&to=${last}&limit=200`);
  return snapshots.map(({ revision: _revision, takenAt: _at, restatedBecause: _why, ...rest }) => rest);
}

/** A workspace whose snapshots are taken of the same facts without any trouble. */
async function untroubled(...prefixes: string[]): Promise<object[]> {
  const api = await test.workspace({}, madeDaysAgo);
  for (const prefix of prefixes) await api.recordAll("responses", factsOf(prefix));
  expect((await api.post<object>("/v1/snapshots", { from: first, to: last })).status).toBe(200);
  return said(api);
}

describe("the hourly run", () => {
  it("that did not run for three days takes them all, with the same result as in time", async () => {
    const api = await test.workspace({}, madeDaysAgo);
    await api.recordAll("responses", factsOf("a"));
    expect(await said(api)).toEqual([]);
    await test.hour();
    expect(await said(api)).toEqual(await untroubled("a"));
  });

  it("that fails half-way, comes twice and meets facts on their way ends in the same snapshots", async () => {
    const api = await test.workspace({}, madeDaysAgo);
    await api.recordAll("responses", factsOf("a"));
    faults.active = true;
    const runs = Promise.all([test.hour(), test.cloud.invoke("plan-snapshots", {})]);
    for (const fact of factsOf("b")) expect((await api.post("/v1/responses", fact)).status).toBe(201);
    await runs;
    await test.hour();
    faults.active = false;
    expect(faults.faults).toBeGreaterThan(5);
    // A message may have met five deliveries' worth of faults by chance: an operator puts it back.
    await putBack();
    await test.cloud.idle();
    expect(deadLetters()).toEqual([]);
    await test.hour();
    expect(await said(api)).toEqual(await untroubled("a", "b"));
  });
});

describe("a message that nobody can read", () => {
  it.each([
    ["is no JSON", "{ workspace:", "SyntaxError"],
    ["is of another shape", '{"workspace":"default","day":"2026-11-01"}', "ZodError"],
  ])("because it %s goes to the dead-letter queue at its first delivery", async (_, body, reason) => {
    await withQueues((client) =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl("snapshots"), MessageBody: body })),
    );
    await test.cloud.idle();
    expect([deadLetters(), reasons()]).toEqual([[body], [[reason, "1"]]]);
    await withQueues((client) =>
      client.send(new PurgeQueueCommand({ QueueUrl: queueUrl("snapshots-dead-letters") })),
    );
  });
});

describe("a message that fails again and again", () => {
  it("goes to the dead-letter queue with its reason, holds up nobody else, and is done when it is put back", async () => {
    const [bad, good] = [await test.workspace({}, madeDaysAgo), await test.workspace({}, madeDaysAgo)];
    for (const api of [bad, good]) await api.recordAll("responses", factsOf("a"));
    poisoned.add(bad.workspace);
    await test.hour();
    expect(await said(good)).toEqual(await untroubled("a"));
    expect(await said(bad)).toEqual([]);
    const dates = [3, 2, 1].map(dayBefore);
    expect(deadLetters()).toEqual([JSON.stringify({ workspace: bad.workspace, dates, customers: "wholly" })]);
    expect(reasons()).toEqual([["AccessDeniedException", "5"]]);
    const named = failedMessages();

    poisoned.clear();
    await putBack();
    await test.cloud.idle();
    expect(deadLetters()).toEqual([]);
    expect(await said(bad)).toEqual(await said(good));

    await test.stop();
    const [, log = ""] =
      [...(await test.logs())].find(([path]) => basename(path) === "take-snapshots.log") ?? [];
    const lines = log.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
    const failures = lines.filter(
      ({ message, error }) => message === "job failed" && error === "AccessDeniedException",
    );
    const times = [...Map.groupBy(failures, ({ messageId }) => messageId).values()];
    expect(times.map(({ length }) => length)).toEqual([5]);
    expect(new Set(named)).toEqual(new Set(failures.map(({ messageId }) => messageId)));
  });
});

function deadLetters(): string[] {
  return [...(test.cloud.queues.get("snapshots-dead-letters")?.bodies ?? [])];
}

const attributesSchema = z.object({
  Reason: z.object({ StringValue: z.string() }),
  FailedMessageId: z.object({ StringValue: z.string() }),
  Deliveries: z.object({ StringValue: z.string() }),
});

function attributesAside() {
  const all = test.cloud.queues.get("snapshots-dead-letters")?.attributes ?? [];
  return all.map((attributes) => attributesSchema.parse(attributes));
}

/** Why each message went to the dead-letter queue, and after how many deliveries. */
function reasons(): string[][] {
  return attributesAside().map(({ Reason, Deliveries }) => [Reason.StringValue, Deliveries.StringValue]);
}

/** The ids by which the log names the messages in the dead-letter queue. */
function failedMessages(): string[] {
  return attributesAside().map(({ FailedMessageId }) => FailedMessageId.StringValue);
}

/** What `aws sqs start-message-move-task` does. */
async function putBack(): Promise<void> {
  const arnOf = (queue: string) => test.cloud.queues.get(queue)?.arn;
  await withQueues((client) =>
    client.send(
      new StartMessageMoveTaskCommand({
        SourceArn: arnOf("snapshots-dead-letters"),
        DestinationArn: arnOf("snapshots"),
      }),
    ),
  );
}

/** The address of a queue, by its short name. */
function queueUrl(name: string): string {
  return `${test.cloud.gatewayEndpoint}/${test.cloud.queues.get(name)?.arn.split(":").slice(-2).join("/")}`;
}

async function withQueues(use: (client: SQSClient) => Promise<unknown>): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new SQSClient({ endpoint: test.cloud.gatewayEndpoint, region, credentials });
  try {
    await use(client);
  } finally {
    client.destroy();
  }
}
