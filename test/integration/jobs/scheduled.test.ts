import { basename } from "node:path";
import { SQSClient, StartMessageMoveTaskCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServiceCall, Verdict } from "../../../lib/local/aws/interception.ts";
import { region } from "../../../lib/local/template/names.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { RandomFaults, refused } from "../../fixtures/faults.ts";
import { seededRandom } from "../../unit/statistics/random.ts";

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
  test = await ApiCloud.start({ intercept, redeliverySeconds: 0 });
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
    await test.hour();
    expect(await said(api)).toEqual(await untroubled("a", "b"));
  });
});

describe("a message that fails again and again", () => {
  it("is put aside with its reason in the log, holds up nobody else, and is done when it is put back", async () => {
    const [bad, good] = [await test.workspace({}, madeDaysAgo), await test.workspace({}, madeDaysAgo)];
    for (const api of [bad, good]) await api.recordAll("responses", factsOf("a"));
    poisoned.add(bad.workspace);
    await test.hour();
    expect(await said(good)).toEqual(await untroubled("a"));
    expect(await said(bad)).toEqual([]);
    expect(aside().sort()).toEqual(
      [3, 2, 1].map((days) => JSON.stringify({ workspace: bad.workspace, date: dayBefore(days) })).sort(),
    );

    poisoned.clear();
    await putBack();
    await test.cloud.idle();
    expect(aside()).toEqual([]);
    expect(await said(bad)).toEqual(await said(good));

    await test.stop();
    const [, log = ""] =
      [...(await test.logs())].find(([path]) => basename(path) === "take-snapshots.log") ?? [];
    const lines = log.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
    const failures = lines.filter(
      ({ message, error }) => message === "job failed" && error === "AccessDeniedException",
    );
    const times = [...Map.groupBy(failures, ({ messageId }) => messageId).values()];
    expect(times.map(({ length }) => length)).toEqual([5, 5, 5]);
  });
});

function aside(): string[] {
  return [...(test.cloud.queues.get("snapshots-dead-letters")?.bodies ?? [])];
}

/** What `aws sqs start-message-move-task` does. */
async function putBack(): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new SQSClient({ endpoint: test.cloud.gatewayEndpoint, region, credentials });
  try {
    const arn = test.cloud.queues.get("snapshots-dead-letters")?.arn;
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
  } finally {
    client.destroy();
  }
}
