import { afterAll, beforeAll, expect, it } from "vitest";
import type { AlertState, Raised } from "../../../lib/domain/alerts/alert.ts";
import { noteJudgement, readAlert } from "../../../lib/store/settings/alerts.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { BrowserClient } from "../../fixtures/browser-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { npsAnswers } from "../goals/goals.ts";

/** Alerts whose segment nobody counts any more. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await ApiCloud.start({ runSchedules: false });
  api = await test.workspace({}, 6);
});
afterAll(() => test?.end());

const raised: Raised = {
  ...{ since: dayBefore(3), on: dayBefore(2), chance: 0.001, deviations: 2, points: 2 },
  side: "below",
  rule: "shift",
};

/** As a judgement leaves it. */
async function judged(id: string, state: Partial<AlertState>, more: object = {}): Promise<void> {
  await api.send("PUT", `/v1/alerts/${id}`, { body: { metric: "nps", ...more } });
  await test.onTable(async (table) => {
    const alert = await readAlert(table, api.workspace, id);
    if (!alert) throw new Error("the alert is there");
    const known = { judgedThrough: dayBefore(1), judgedTogether: 2, isLearning: false, ...state };
    await noteJudgement(table, api.workspace, alert, known, []);
  });
}

const raise = (id: string, more: object = {}) => judged(id, { raised }, more);

const track = async (...trackedDimensions: string[]) =>
  expect((await api.send("PATCH", "/v1/workspace", { body: { trackedDimensions } })).status).toBe(200);
const shopAlert = () => api.get("/v1/alerts/shop");

it("are no longer raised, say why, and stay on the page with the others, where they can be changed and deleted", async () => {
  await raise("whole");
  await raise("shop", { filter: { channel: "shop" } });
  const browser = await new BrowserClient(test.cloud.url).signedIn(api.key);
  const page = async () => (await browser.open("/alerts")).text.match(/class="list"[\s\S]*<\/ul>/)?.[0] ?? "";
  const overview = async () => (await browser.open("/")).text.match(/class="news"[\s\S]*?<\/ul>/)?.[0] ?? "";
  expect(await shopAlert()).toMatchObject({ status: 200, json: { state: "raised", raised: {} } });
  expect(await page()).toContain("channel = shop");
  expect(await overview()).toContain("channel = shop");

  await track("touchpoint");
  const cleared = { since: raised.since, endedOn: dayBefore(1), how: "untracked" };
  const now = { state: "untracked", raised: null, cleared, change: null, wrote: null };
  expect(await shopAlert()).toMatchObject({ status: 200, json: now });
  const after = await page();
  expect(after).toContain("Cannot be judged: channel is no longer tracked");
  expect(await overview()).not.toContain("channel = shop");
  expect([after.includes("channel = shop"), after.includes("id=whole"), after.includes("id=shop")]).toEqual([
    true,
    true,
    true,
  ]);
  expect((await browser.open("/alerts/edit?id=shop")).status).toBe(200);
  expect((await api.send("DELETE", "/v1/alerts/shop")).status).toBe(200);
});

it("tell once that they end, at the next judgement, to whom they were told; tracked again they are judged again", async () => {
  api = await test.workspace({}, 6);
  await raise("shop", { filter: { channel: "shop" }, topic: true });
  await api.recordAll("responses", npsAnswers(1, { promoters: 2 }));
  await track("touchpoint");
  for (const _ of ["at the next judgement", "and never again"]) await test.hour();
  await test.cloud.idle();
  const told = test.cloud.messages.filter(({ attributes }) => attributes["workspace"] === api.workspace);
  expect(told).toMatchObject([{ attributes: { type: "alert.cleared" } }]);
  expect(told[0]?.subject).toMatch(/^Net Promoter Score \(channel = shop\) is no longer judged, as/);
  await track("touchpoint", "channel");
  expect(await shopAlert()).toMatchObject({
    json: { state: "quiet", raised: null, cleared: { how: "untracked" } },
  });
  await api.recordAll("responses", npsAnswers(1, { promoters: 1 }));
  await test.hour();
  expect(await shopAlert()).toMatchObject({
    json: { state: "learning", judgedTogether: expect.any(Number) },
  });
});

it("tracked again are not raised for the days on which nobody counted them", async () => {
  api = await test.workspace({ trackedDimensions: ["channel"] }, 60);
  const state = { judgedThrough: dayBefore(12) };
  await judged("shop", state, { metric: "contact-volume", filter: { channel: "shop" } });
  /** Ten tickets a day or so. */
  const open = (daysBack: number) =>
    Array.from({ length: 9 + (daysBack % 3) }, (_, at) => ({
      ...{ id: `t-${daysBack}-${at}`, type: "ticket.opened", ticketId: `t-${daysBack}-${at}` },
      ...{ occurredAt: `${dayBefore(daysBack)}T10:00:00Z`, dimensions: { channel: "shop" } },
    }));
  const days = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, at) => open(from - at)).flat();
  await api.recordAll("events", days(55, 12));
  await track("touchpoint");
  await api.recordAll("events", days(11, 3));
  await track("touchpoint", "channel");
  const quiet = { state: "quiet", raised: null, cleared: null };
  for (const daysBack of [1, 2]) {
    await api.recordAll("events", days(daysBack, daysBack));
    await test.hour();
    expect(await shopAlert()).toMatchObject({ json: { ...quiet, judgedThrough: dayBefore(1) } });
  }
});
