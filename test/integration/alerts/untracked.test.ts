import { afterAll, beforeAll, expect, it } from "vitest";
import type { Raised } from "../../../lib/domain/alerts/alert.ts";
import { noteJudgement, readAlert } from "../../../lib/store/settings/alerts.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { BrowserClient } from "../../fixtures/browser-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

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
async function raise(id: string, filter?: object): Promise<void> {
  await api.send("PUT", `/v1/alerts/${id}`, { body: { metric: "nps", filter } });
  await test.onTable(async (table) => {
    const alert = await readAlert(table, api.workspace, id);
    if (!alert) throw new Error("the alert is there");
    const state = { judgedThrough: dayBefore(1), judgedTogether: 2, isLearning: false, raised };
    expect(await noteJudgement(table, api.workspace, alert, state, [])).toBe(true);
  });
}

it("stay on the page with the others, and can be changed and deleted", async () => {
  await raise("whole");
  await raise("shop", { channel: "shop" });
  const browser = await new BrowserClient(test.cloud.url).signedIn(api.key);
  const page = async () => (await browser.open("/alerts")).text.match(/class="list"[\s\S]*<\/ul>/)?.[0] ?? "";
  const read = () => api.get("/v1/alerts/shop");
  expect(await read()).toMatchObject({ status: 200, json: { state: "raised", raised: {} } });
  expect(await page()).toContain("channel = shop");

  const settings = { trackedDimensions: ["touchpoint"] };
  expect((await api.send("PATCH", "/v1/workspace", { body: settings })).status).toBe(200);
  expect(await read()).toMatchObject({ status: 200, json: { state: "raised", change: null, wrote: null } });
  const after = await page();
  expect([after.includes("channel = shop"), after.includes("id=whole"), after.includes("id=shop")]).toEqual([
    true,
    true,
    true,
  ]);
  expect((await browser.open("/alerts/edit?id=shop")).status).toBe(200);
  expect((await api.send("DELETE", "/v1/alerts/shop")).status).toBe(200);
});
