import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import {
  devices,
  expectReadable,
  hasBrowser,
  missingBrowser,
  openAll,
  type SignedInPage,
  signIn,
  startBrowser,
  takePicture,
} from "../../fixtures/browser.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** The pages as a person uses them in a browser. SCREENSHOTS names a folder for pictures of them. */

const hostile = `<script>document.title = "run"</script><img src="x" onerror="document.title = 'run'"> \u202eturned`;

let cloud: ApiCloud;
let client: ApiClient;
let empty: ApiClient;
let watched: ApiClient;
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  cloud = await sharedCloud();
  client = await cloud.workspace({ trackedDimensions: ["channel"] });
  empty = await cloud.workspace();
  watched = await watchedWorkspace();
  const answers = Array.from({ length: 180 }, (_, index) => ({
    ...{ survey: "nps", score: index < 60 ? index % 6 : 9 + (index % 2), customerId: `c-${index % 9}` },
    ...{
      occurredAt: `${dayBefore(index)}T00:00:00Z`,
      dimensions: { channel: index % 3 === 0 ? "web" : hostile },
    },
    ...(index % 20 === 0 ? { comment: hostile, tags: ["delivery"] } : {}),
  }));
  await client.recordAll("responses", answers);
  const goal = { metric: "nps", target: { value: 60 }, dueDate: dayBefore(-40), name: hostile };
  await client.send("PUT", "/v1/goals/nps", { body: goal });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

/** A workspace whose alerts are raised, named and commented by somebody hostile. */
async function watchedWorkspace(): Promise<ApiClient> {
  const api = await cloud.workspace({ trackedDimensions: ["channel"] }, 3);
  const answersOf = (daysAgo: number, index: number) => ({
    ...{ survey: "nps", occurredAt: `${dayBefore(daysAgo)}T00:00:00Z` },
    score: daysAgo > 4 && index < 6 + ((daysAgo * 5) % 3) ? 9 : 3,
    ...{ dimensions: { channel: hostile }, comment: `${hostile} checkout` },
  });
  for (let from = 1; from <= 90; from += 30) {
    const days = Array.from({ length: 30 }, (_, at) => from + at);
    const answers = days.flatMap((daysAgo) =>
      Array.from({ length: 8 + (daysAgo % 5) }, (_, at) => answersOf(daysAgo, at)),
    );
    await api.recordAll("responses", answers);
  }
  const alerts = {
    all: { metric: "nps", name: hostile },
    channel: { metric: "nps", filter: { channel: hostile }, topic: true },
    churn: { metric: "churn-rate" },
  };
  for (const [id, body] of Object.entries(alerts)) await api.send("PUT", `/v1/alerts/${id}`, { body });
  const body = JSON.stringify({ workspace: api.workspace, dates: [3, 2, 1].map(dayBefore) });
  const attributes = { ApproximateReceiveCount: "1" };
  await cloud.cloud.invoke("take-snapshots", { Records: [{ messageId: "1", attributes, body }] });
  return api;
}

function signedIn(key: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<SignedInPage> {
  return signIn(browser, client.url, key, options);
}

const pages = [
  "/",
  "/?sort=change&interval=month",
  "/metrics/nps",
  "/metrics/nps?groupBy=channel&compare=year",
  "/metrics/sales",
  "/comments?survey=nps",
  "/customers?customerId=c-1",
  "/goals",
  "/goals/edit",
  "/annotations",
  "/shares?path=%2Fgoals",
  "/webhooks",
  "/webhooks/edit",
  "/annotations/edit",
  "/docs",
  "/metrics/nps?from=tomorrow",
];

describe.skipIf(!hasBrowser)(`the pages in a browser${missingBrowser}`, () => {
  it.each(devices)(
    "on a %s every page is accessible to everybody, as wide as the screen, and asks nothing of others",
    async (device, options) => {
      const { page, context, said, elsewhere } = await signedIn(client.key, options);
      for (const path of pages) {
        await page.goto(`${client.url}${path}`);
        await takePicture(page, `${device} ${path}`);
        await openAll(page);
        await expectReadable(page, path);
        expect(await page.title(), path).toContain("cx-metrics");
      }
      expect(elsewhere).toEqual([]);
      // The last of the pages is an error on purpose, which the browser says.
      expect(said.filter((text) => !text.includes("status of 400"))).toEqual([]);
      await context.close();
    },
  );

  it.each(languageTags)(
    "in %s they are accessible, as wide as a phone, and say their language",
    async (locale) => {
      const viewport = { width: 390, height: 844 };
      const colorScheme = locale === "ja" || locale === "it" ? "dark" : "light";
      const { page, context, said } = await signedIn(client.key, { viewport, locale, colorScheme });
      for (const path of pages.filter((one) => one !== "/docs")) {
        await page.goto(`${client.url}${path}`);
        await takePicture(page, `${locale} ${path}`);
        expect(await page.evaluate("document.documentElement.lang")).toBe(locale);
        await expectReadable(page, path);
      }
      expect(said.filter((text) => !text.includes("status of 400"))).toEqual([]);
      await context.close();
    },
  );

  it.each(languageTags)(
    "alerts are accessible in %s, raised or none, on a phone and a desktop",
    async (locale) => {
      const days = `from=${dayBefore(60)}&to=${dayBefore(1)}&interval=day`;
      const shown = ["/alerts", "/alerts/edit?id=channel", "/", `/metrics/nps?${days}`];
      const looks = [
        [watched, { viewport: { width: 390, height: 844 }, colorScheme: "dark" }, shown],
        [watched, { viewport: { width: 1280, height: 900 }, colorScheme: "light" }, shown],
        [empty, { viewport: { width: 390, height: 844 }, colorScheme: "light" }, ["/alerts", "/alerts/edit"]],
      ] as const;
      for (const [at, [api, options, paths]] of looks.entries()) {
        const { page, context, said, elsewhere } = await signedIn(api.key, { ...options, locale });
        for (const path of paths) {
          await page.goto(`${client.url}${path}`);
          await takePicture(page, `alerts ${locale} ${at} ${path.split("?")[0]}`);
          const isMetric = path.startsWith("/metrics/");
          expect(await page.locator(".chart path.limit").count(), path).toBe(isMetric ? 3 : 0);
          expect((await page.locator(".quotes blockquote").count()) > 0, path).toBe(
            api === watched && path === "/alerts",
          );
          expect(await page.title(), path).toContain("cx-metrics");
          await expectReadable(page, path);
        }
        expect([elsewhere, said]).toEqual([[], []]);
        await context.close();
      }
    },
  );

  it("are read in the language that the reader chooses, without script, and stay on the page", async () => {
    const { page, context } = await signedIn(client.key, { javaScriptEnabled: false, bypassCSP: false });
    await page.goto(`${client.url}/metrics/nps?interval=month`);
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByRole("button", { name: "Abmelden" }).waitFor();
    expect(new URL(page.url()).search).toBe("?interval=month");
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await context.close();
  });

  it("tell first what became worse, and lead to its page and its comments with the same days", async () => {
    const { page, context } = await signedIn(client.key, { javaScriptEnabled: false, bypassCSP: false });
    const first = page.locator(".news li").first();
    expect(await first.textContent()).toContain("Net Promoter Score");
    expect(await first.getAttribute("class")).toBe("worse");
    await page.getByLabel("From", { exact: true }).fill(dayBefore(59));
    await page.getByLabel("To", { exact: true }).fill(dayBefore(0));
    await page.getByRole("button", { name: "Show" }).click();
    await page.locator(".news a").first().click();
    expect(new URL(page.url()).searchParams.get("from")).toBe(dayBefore(59));
    await page.getByRole("link", { name: "by channel" }).click();
    expect(await page.getByRole("rowheader", { name: "web", exact: true }).count()).toBeGreaterThan(0);
    await page.goBack();
    expect(new URL(page.url()).searchParams.has("groupBy")).toBe(false);
    await context.close();
  });

  it("show the verdict on a phone without scrolling sideways", async () => {
    const { page, context } = await signedIn(client.key, { viewport: { width: 390, height: 844 } });
    const verdict = page.locator("td.worse").first();
    const box = await verdict.boundingBox();
    expect(box && box.x + box.width).toBeLessThanOrEqual(390);
    await context.close();
  });

  it("show where to begin when nothing was sent", async () => {
    const { page, context } = await signedIn(empty.key);
    expect(await page.locator("main").textContent()).toContain("Send the first answer");
    await context.close();
  });

  it("are left by signing out, and the way back shows nothing", async () => {
    const { page, context } = await signedIn(client.key);
    await page.goto(`${client.url}/metrics/nps`);
    await page.goto(`${client.url}/goals`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("An API key that may read").waitFor();
    await page.goBack();
    expect(await page.getByLabel("An API key that may read").count()).toBe(1);
    await context.close();
  });
});
