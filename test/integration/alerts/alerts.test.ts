import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { judgeAlertsOf } from "../../../lib/jobs/alerts.ts";
import { readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { deliveryPartition, timelineSpread, workspaceKey } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { npsAnswers } from "../goals/goals.ts";

/** Alerts as days close: raised once, told once, cleared again. */

const yesterday = dayBefore(1);
let test: ApiCloud;
let api: ApiClient;

interface AlertBody {
  readonly id: string;
  readonly state: string;
  readonly judgedThrough: string | null;
  readonly judgedTogether: number | null;
  readonly raised: Readonly<Record<string, unknown>> | null;
  readonly cleared: Readonly<Record<string, unknown>> | null;
  readonly change: unknown;
  readonly where: { readonly dimension: string; readonly group: string } | null;
  readonly wrote: { readonly topics: readonly string[]; readonly quotes: readonly string[] } | null;
}

const put = (id: string, body: unknown) => api.send<AlertBody>("PUT", `/v1/alerts/${id}`, { body });
const read = async (id: string) => (await api.get<AlertBody>(`/v1/alerts/${id}`)).json;

/** Days like others: somewhat more and somewhat fewer promoters. */
function usualDay(daysAgo: number): object[] {
  const [promoters, detractors] = [8 + ((daysAgo * 5) % 4), 3 + ((daysAgo * 7) % 3)];
  return [
    ...npsAnswers(daysAgo, { promoters, detractors }, { channel: "shop" }),
    ...npsAnswers(daysAgo, { promoters, detractors }, { channel: "web" }),
  ];
}

/** In the shop nobody recommends it any more. */
function badDay(daysAgo: number): object[] {
  const comments = ["The checkout was closed", "Closed checkout, long queue", "No checkout open"];
  const answers = npsAnswers(daysAgo, { detractors: 14 }, { channel: "shop" });
  return [
    ...answers.map((answer, at) => ({ ...answer, ...(at < 3 ? { comment: comments[at] } : {}) })),
    ...npsAnswers(daysAgo, { promoters: 9, detractors: 4 }, { channel: "web" }),
  ];
}

const delivery = z.looseObject({ type: z.string(), data: z.string() });

/** What the outbox has for the webhook. */
async function told() {
  const items = await Promise.all(
    timelineSpread.map((part) =>
      test.onTable(async (table) => {
        const { Items = [] } = await table.client.send(
          new QueryCommand({
            TableName: table.name,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": deliveryPartition(api.workspace, "hook", part) },
          }),
        );
        return Items.map((item) => delivery.parse(item));
      }),
    ),
  );
  return items.flat().map(({ type, data }) => ({ type, ...JSON.parse(data) }));
}

/** What was published to the alarm topic. */
async function published() {
  await test.cloud.idle();
  return test.cloud.messages.filter(({ attributes }) => attributes["workspace"] === api.workspace);
}

async function subscribe(...events: string[]): Promise<void> {
  await test.onTable((table) =>
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: workspaceKey(api.workspace),
        UpdateExpression: "SET subscriptions = :hooks",
        ExpressionAttributeValues: { ":hooks": { hook: { events } } },
      }),
    ),
  );
}

/** The same days closed again, by two runs at once. */
async function closeAgain(): Promise<void> {
  const body = JSON.stringify({ workspace: api.workspace, dates: [yesterday] });
  const event = { Records: [{ messageId: "1", body }] };
  await Promise.all([1, 2].map(() => test.cloud.invoke("take-snapshots", event)));
}

beforeAll(async () => {
  test = await ApiCloud.start();
  api = await test.workspace({}, 6);
  const days = Array.from({ length: 90 }, (_, at) => (at < 4 ? badDay(at + 1) : usualDay(at + 1)));
  for (let from = 0; from < days.length; from += 10) {
    await api.recordAll("responses", days.slice(from, from + 10).flat());
  }
  await subscribe("alert.raised", "alert.cleared");
  for (const [id, body] of Object.entries({
    nps: { metric: "nps" },
    shop: { metric: "nps", filter: { channel: "shop" } },
    web: { metric: "nps", filter: { channel: "web" } },
    silent: { metric: "nps", filter: { channel: "shop" }, webhooks: false, topic: true },
    weekly: { metric: "nps", every: "week" },
  })) {
    expect((await put(id, body)).status).toBe(201);
  }
}, 400_000);
afterAll(() => test?.end());

describe("an alert", () => {
  it("is judged when days close, not before", async () => {
    expect(await read("nps")).toMatchObject({ state: "unjudged", judgedThrough: null });
    await test.hour();
    expect(await read("nps")).toMatchObject({ state: "raised", judgedThrough: yesterday });
  });

  it("says since when, on which side, how sure it is, how many were judged together", async () => {
    const { raised, judgedTogether } = await read("nps");
    expect(raised).toMatchObject({ since: dayBefore(4), on: yesterday, side: "below", meaning: "worse" });
    expect(raised?.["chance"]).toBeLessThan(0.01);
    expect(judgedTogether).toBe(4);
  });

  it("says how large it is, where it is most, and what customers wrote in just those days", async () => {
    const { change, where, wrote } = await read("nps");
    expect(change).toMatchObject({ now: { from: dayBefore(4), to: yesterday }, before: { days: 28 } });
    expect(where).toMatchObject({ dimension: "channel", group: "shop" });
    expect(wrote?.topics).toContain("checkout");
    expect(wrote?.quotes).toHaveLength(3);
  });

  it("is raised for the segment in which it is, and for no other", async () => {
    expect(await read("shop")).toMatchObject({ state: "raised", raised: { meaning: "worse" } });
    expect(await read("web")).toMatchObject({ state: "quiet", raised: null });
  });

  it("by weeks needs twelve of them", async () => {
    expect((await read("weekly")).state).toBe("learning");
  });

  it("is told once, also where the same day is closed again, by two at once", async () => {
    const raised = [
      { type: "alert.raised", data: { alert: "nps", meaning: "worse", topics: expect.any(Array) } },
      { type: "alert.raised", data: { alert: "shop", filter: { channel: ["shop"] } } },
    ];
    const before = await told();
    expect(before.sort((a, b) => (a.data.alert < b.data.alert ? -1 : 1))).toMatchObject(raised);
    expect(before[0]?.telling.title).toMatch(/^Net Promoter Score has been lower than usual since /);
    expect(JSON.stringify(before)).not.toContain("No checkout open");
    await closeAgain();
    expect(await told()).toHaveLength(2);
  });

  it("stays raised where a run comes to it late that knows fewer days", async () => {
    const before = await read("nps");
    await test.onTable(async (table) => {
      const workspace = await readWorkspace(table, api.workspace);
      if (!workspace) throw new Error("the workspace is there");
      const context = { table, workspace, deadline: deadlineIn(60_000) };
      await judgeAlertsOf(context, dayBefore(6), () => ({ title: "told", lines: [] }));
    });
    expect(await read("nps")).toEqual(before);
    expect(await told()).toHaveLength(2);
  });

  it("is published once to the alarm topic where it asks for that, with a link to the page", async () => {
    const [message, ...others] = await published();
    expect(others).toEqual([]);
    const subject = /^Net Promoter Score \(channel = shop\) has been lower than usual since /;
    expect(message).toMatchObject({
      subject: expect.stringMatching(subject),
      attributes: { type: "alert.raised", id: expect.stringMatching(/^msg_/) },
    });
    expect(message?.text).toContain(`\n\n${test.cloud.url}/alerts\n\ncx-metrics: ${api.workspace}`);
    expect(message?.text).toContain("Customers wrote then most often about ");
    expect(message?.text).not.toContain("No checkout open");
  });

  it("the same body again changes nothing, and a new name keeps what is known", async () => {
    const { json } = await put("nps", { metric: "nps", name: "Loved" });
    expect(json).toMatchObject({ state: "raised", raised: { since: dayBefore(4) } });
    expect((await put("nps", { metric: "nps", name: "Loved" })).json).toEqual(json);
    expect((await put("nps", { metric: "nps", sensitivity: "low" })).json).toMatchObject({
      state: "unjudged",
    });
    await put("nps", { metric: "nps" });
  });

  it("is cleared when late facts say that all was as usual, and that is told", async () => {
    const late = [1, 2, 3, 4].flatMap((day) => npsAnswers(day, { promoters: 36 }, { channel: "shop" }));
    await api.recordAll("responses", late);
    await test.hour();
    expect(await read("shop")).toMatchObject({
      state: "quiet",
      raised: null,
      cleared: { since: dayBefore(4), how: "restated" },
    });
    const cleared = (await told()).filter(({ type }) => type === "alert.cleared");
    expect(cleared).toMatchObject([{ data: { alert: "shop", how: "restated" } }]);
    const texts = (await published()).map(({ attributes, subject }) => [attributes["type"], subject]);
    expect(texts).toEqual([
      ["alert.raised", expect.anything()],
      ["alert.cleared", expect.stringMatching(/^Facts that came late say that Net Promoter Score \(/)],
    ]);
  });
});

describe("a digest", () => {
  const digests = async () => (await told()).filter(({ type }) => type === "digest.ready");

  it("is written where the workspace wants one and somebody hears of it, once a day", async () => {
    await subscribe("digest.ready");
    await closeAgain();
    expect(await digests()).toEqual([]);
    const settings = { digest: "daily", digestTopic: true, language: "de" };
    expect((await api.send("PATCH", "/v1/workspace", { body: settings })).status).toBe(200);
    await closeAgain();
    await closeAgain();
    const [digest, ...others] = await digests();
    expect(others).toEqual([]);
    expect(digest).toMatchObject({
      data: { from: dayBefore(7), to: yesterday, restated: expect.any(Array) },
    });
    expect(digest?.telling.title).toMatch(/^Was sich geändert hat und zählt, /);
    expect(digest?.telling.lines.join("\n")).toContain("Kunden schrieben damals am häufigsten über checkout");
  });

  it("tells the state of alerts, and days that were stated anew", async () => {
    const [digest] = await digests();
    const shop = expect.objectContaining({ alert: "shop", how: "restated" });
    expect(digest?.data.cleared).toContainEqual(shop);
    expect(digest?.data.restated).toContain(yesterday);
    expect(digest?.telling.lines.join("\n")).toMatch(/Spät eingetroffene Daten sagen/);
  });
});

describe("a digest for the alarm topic", () => {
  const digests = async () => {
    return (await published()).filter(({ attributes }) => attributes["type"] === "digest.ready");
  };

  it("is published once, in the workspace's language, with a link to the overview", async () => {
    const [digest, ...others] = await digests();
    expect(others).toEqual([]);
    expect(digest?.subject).toMatch(/^Was sich geändert hat und zählt, /);
    expect(digest?.text).toContain(`\n\n${test.cloud.url}/\n\ncx-metrics: ${api.workspace}`);
    expect(digest?.text).not.toContain("No checkout open");
  });

  it("needs no webhook", async () => {
    const alone = await test.workspace({ digest: "daily", digestTopic: true }, 9);
    await alone.recordAll("responses", npsAnswers(1, { promoters: 1 }));
    await test.hour();
    const own = test.cloud.messages.filter(({ attributes }) => attributes["workspace"] === alone.workspace);
    expect(own).toMatchObject([{ subject: expect.stringMatching(/^Nothing worth telling, /) }]);
  });
});

describe("what cannot be watched is refused", () => {
  it.each([
    [{ metric: "npz" }, "/metric"],
    [{ metric: "clv-predicted" }, "/metric"],
    [{ metric: "nps", filter: { device: "phone" } }, "/filter/device"],
    [{ metric: "nps", convention: "0-5" }, "/convention"],
    [{ metric: "nps", currency: "EUR" }, "/currency"],
    [{ metric: "nps", sensitivity: "utmost" }, "/sensitivity"],
    [{ metric: "nps", every: "month" }, "/every"],
    [{ metric: "nps", topic: "arn:aws:sns:eu-central-1:1:other" }, "/topic"],
    [{ metric: "nps", note: "" }, "/note"],
  ])("%j", async (body, pointer) => {
    const { status, json } = await api.send<{ errors: { pointer: string }[] }>("PUT", "/v1/alerts/x", {
      body,
    });
    expect([status, json.errors.map((one) => one.pointer)]).toEqual([422, [pointer]]);
    expect((await api.get("/v1/alerts/x")).status).toBe(404);
  });
});

it("a deleted alert is gone", async () => {
  expect((await api.send("DELETE", "/v1/alerts/web")).status).toBe(200);
  expect((await api.get("/v1/alerts/web")).status).toBe(404);
  const { json } = await api.get<{ items: AlertBody[] }>("/v1/alerts");
  expect(json.items.map(({ id }) => id)).toEqual(["nps", "shop", "silent", "weekly"]);
});
