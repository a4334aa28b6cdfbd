import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayBefore } from "../../fixtures/api-client.ts";
import {
  devices,
  expectSoundPage,
  hasBrowser,
  missingBrowser,
  signIn,
  startBrowser,
} from "../../fixtures/browser.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** The pages of workspaces that have nothing yet, or hardly anything, in a browser. */

const pages = [
  "/",
  "/metrics/nps",
  "/metrics/nps?groupBy=channel&compare=year",
  "/metrics/sales",
  "/comments?survey=nps",
  "/customers",
  "/segments",
  "/survival",
  "/cohorts",
  "/goals",
  "/annotations",
  "/alerts",
  "/webhooks",
];

let cloud: ApiCloud;
let browser: Browser | undefined;

beforeAll(async () => {
  if (!hasBrowser) return;
  cloud = await sharedCloud();
  browser = await startBrowser();
});
afterAll(() => browser?.close());

describe.skipIf(!hasBrowser)(`pages in a browser${missingBrowser}`, () => {
  const cases = [0, 1].flatMap((answers) => devices.map((device) => [answers, ...device] as const));
  it.each(cases)("with %s answers are whole on a %s", async (answers, _, options) => {
    if (!browser) throw new Error("the browser has not started");
    const client = await cloud.workspace({ trackedDimensions: ["channel"] });
    const answer = {
      ...{ survey: "nps", score: 3, comment: "Late", customerId: "c-1" },
      ...{ occurredAt: `${dayBefore(1)}T12:00:00Z`, dimensions: { channel: "web" } },
    };
    if (answers > 0) await client.recordAll("responses", [answer]);
    const reader = await signIn(browser, client.url, client.key, options);
    for (const path of pages) await expectSoundPage(reader, path);
    expect(await reader.page.title()).toContain("cx-metrics");
    await reader.page.context().close();
  });
});
