import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { queues } from "../../../lib/schedules.ts";
import type { ServiceCall } from "../../../lib/tools/local-cloud/aws/interception.ts";
import { region } from "../../../lib/tools/local-cloud/template/names.ts";
import type { ApiClient, SnapshotItem } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Closed days that change, and messages that nobody can work on. */

let test: ApiCloud;
let queueUrl = "";

beforeAll(async () => {
  test = await ApiCloud.start({
    redeliverySeconds: 0,
    intercept: (call: ServiceCall) => {
      if (call.functionName === "plan-snapshots" && call.service === "sqs") {
        queueUrl = z.object({ QueueUrl: z.string() }).parse(call.json()).QueueUrl;
      }
      return "pass";
    },
  });
});
afterAll(() => test?.end());

const day = "2024-05-02";
const answer = (id: string, score: number, date = day) => ({
  id,
  survey: "nps",
  score,
  occurredAt: `${date}T12:00:00Z`,
});
const range = `from=${day}&to=${day}&limit=200`;
const ofNps = (api: ApiClient, more = "") => api.snapshots(`${range}&metric=nps${more}`);
const brief = ({ revision, value, n, restatedBecause }: SnapshotItem) => ({
  revision,
  value,
  n,
  restatedBecause,
});

describe("a late fact", () => {
  it("counts at once, and the next run restates the day and says why", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [answer("a", 10), answer("b", 9)]);
    await test.hour();
    const before = await api.snapshots(range);
    await api.recordAll("responses", [
      answer("late", 0),
      answer("later", 8),
      // Another survey, whose counters are stored with those of NPS: no reason for it.
      { ...answer("effort", 2), survey: "ces" },
    ]);
    expect(await api.total("nps", day, day)).toMatchObject({ value: 25, n: 4, provisional: true });
    expect((await ofNps(api)).map(brief)).toEqual([
      { revision: 1, value: 100, n: 2, restatedBecause: undefined },
    ]);

    await test.hour();
    const reason = {
      facts: 2,
      ids: ["late", "later"],
      causes: ["recorded"],
      counters: { "0-10:0": 1, "0-10:8": 1, "nps-responses": 2 },
    };
    const restated = {
      revision: 2,
      value: 25,
      n: 4,
      restatedBecause: { ...reason, ids: expect.toSatisfy(isOf(reason.ids)) },
    };
    expect((await ofNps(api)).map(brief)).toEqual([restated]);
    expect((await ofNps(api, "&revisions=all")).map(brief)).toEqual([
      { revision: 1, value: 100, n: 2, restatedBecause: undefined },
      restated,
    ]);
    // An answer to a survey also counts in the share of answers with a comment.
    const changed = ["nps", "ces", "feedback-volume"];
    const others = (items: SnapshotItem[]) => items.filter(({ metric }) => !changed.includes(metric));
    expect(others(await api.snapshots(range))).toEqual(others(before));
    const reasons = (await api.snapshots(range)).map(({ metric, restatedBecause }) => [
      metric,
      restatedBecause?.facts,
    ]);
    expect(reasons.filter(([, facts]) => facts !== undefined).sort()).toEqual([
      ["ces", 1],
      ["feedback-volume", 3],
      ["nps", 2],
    ]);
  });

  it("that comes as a duplicate or is invalid restates nothing", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [answer("a", 10)]);
    await test.hour();
    const before = await api.snapshots(`${range}&revisions=all`);
    await api.batch("responses", [answer("a", 10), answer("a", 3), answer("b", 11)]);
    await test.hour();
    expect(await api.snapshots(`${range}&revisions=all`)).toEqual(before);
  });

  it("makes a new revision each time, none of which gets lost", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [answer("a-0", 10)]);
    await test.hour();
    for (const round of [1, 2, 3]) {
      await api.recordAll("responses", [answer(`a-${round}`, 0)]);
      await test.hour();
    }
    const revisions = await ofNps(api, "&revisions=all");
    expect(revisions.map(({ revision, n, restatedBecause }) => [revision, n, restatedBecause?.ids])).toEqual([
      [1, 1, undefined],
      [2, 2, ["a-1"]],
      [3, 3, ["a-2"]],
      [4, 4, ["a-3"]],
    ]);
  });

  it("in the middle of a run is in that run's snapshot or in the next one's, and counted once", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [answer("a", 10)]);
    await test.hour();
    const late = Array.from({ length: 20 }, (_, index) =>
      api.post("/v1/responses", answer(`late-${index}`, 0)),
    );
    await Promise.all([...late, test.hour(), test.hour()]);
    await test.hour();
    const revisions = await ofNps(api, "&revisions=all");
    expect(revisions.at(-1)).toMatchObject({ n: 21, components: { promoters: 1, detractors: 20 } });
    const reasons = revisions.flatMap(({ restatedBecause }) => restatedBecause ?? []);
    expect(reasons.reduce((sum, { facts }) => sum + facts, 0)).toBe(20);
    expect((await api.total("nps", day, day)).n).toBe(21);
  });

  it("changes the windows of later days without restating them", async () => {
    const api = await test.workspace();
    await api.recordAll("responses", [answer("a", 10, "2024-05-05")]);
    await test.hour();
    await api.recordAll("responses", [answer("late", 0, day)]);
    await test.hour();
    const [item] = await api.snapshots("from=2024-05-05&to=2024-05-05&metric=nps");
    expect(item).toMatchObject({ revision: 1, value: 100, n: 1, windows: { 7: { value: 0, n: 2 } } });
  });
});

describe("a message that nobody can work on", () => {
  it("goes to the dead-letter queue, and holds up no other", async () => {
    const other = await test.workspace();
    await other.recordAll("responses", [answer("a", 10)]);
    await test.hour();
    await other.recordAll("responses", [answer("late", 0)]);
    const poison = [
      "not JSON",
      JSON.stringify({ workspace: "default", dates: ["2024-02-30"] }),
      JSON.stringify({ workspace: "default", dates: ["2999-01-01"] }),
      JSON.stringify({ date: day }),
    ];
    const removed = JSON.stringify({ workspace: "removed-long-ago", dates: [day] });
    const good = JSON.stringify({ workspace: other.workspace, dates: [day] });
    await sendToQueue([...poison, removed, good]);
    await test.cloud.idle();
    const { name } = queues.find((queue) => queue.function === "take-snapshots") ?? { name: "" };
    const letters = [...test.cloud.queues.values()].find((queue) => queue.name === `${name}-dead-letters`);
    expect(letters?.bodies.toSorted()).toEqual(poison.toSorted());
    expect(await other.snapshots(`${range}&metric=nps`)).toMatchObject([{ revision: 2, n: 2 }]);
    expect((await other.snapshots(range)).length).toBe(metrics.length);
  });
});

// Last, since the queues are not idle for half a minute after it.
describe("a change of inactivityDays", () => {
  it("restates the days on which customers turn out to be lost, and says that settings were the reason", async () => {
    const api = await test.workspace();
    const money = { amount: "1.00", currency: "USD" };
    const buy = {
      type: "purchase.made",
      orderId: "o",
      customerId: "c",
      money,
      occurredAt: "2024-04-22T12:00:00Z",
    };
    await api.recordAll("events", [buy]);
    await api.recordAll("responses", [answer("a", 10)]);
    await test.hour();
    await api.send("PATCH", "/v1/workspace", { body: { inactivityDays: 10 } });
    const message = {
      messageId: "1",
      body: JSON.stringify({ workspace: api.workspace, entity: "customer" }),
    };
    await test.cloud.invoke("recount-entities", { Records: [message] });
    await api.post("/v1/snapshots", { from: "2024-04-22", to: day });
    const items = await api.snapshots(range);
    expect(items.find(({ metric }) => metric === "customers")).toMatchObject({
      ...{ revision: 2, value: 0, components: { start: 1, lost: 1, end: 0 } },
      restatedBecause: { facts: 0, ids: [], causes: ["settings"] },
    });
    expect(items.find(({ metric }) => metric === "nps")).toMatchObject({ revision: 1 });
  });
});

async function sendToQueue(bodies: readonly string[]): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new SQSClient({ endpoint: test.cloud.gatewayEndpoint, region, credentials });
  try {
    const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    expect(Failed).toEqual([]);
  } finally {
    client.destroy();
  }
}

/** Whether a list has just these items, in any order. */
function isOf(items: readonly string[]) {
  return (list: readonly string[]) => list.toSorted().join() === items.toSorted().join();
}
