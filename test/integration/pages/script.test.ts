import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { hasBrowser, missingBrowser, startBrowser } from "../../fixtures/browser.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** What the script of the pages adds, under the policy that browsers hold them to. */

let cloud: ApiCloud;
let client: ApiClient;
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  cloud = await sharedCloud();
  client = await cloud.workspace({ trackedDimensions: ["channel"] });
  const answers = Array.from({ length: 120 }, (_, index) => ({
    ...{ survey: "nps", score: index % 11, occurredAt: `${dayBefore(index)}T00:00:00Z` },
    dimensions: { channel: index % 2 === 0 ? "web" : "shop" },
  }));
  await client.recordAll("responses", answers);
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

async function signedIn(): Promise<{ page: Page; context: BrowserContext; said: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => void said.push(message.text()));
  page.on("pageerror", (error) => void said.push(error.message));
  await page.goto(`${client.url}/`);
  await page.locator("#key").fill(client.key);
  await page.locator(".sign-in button").click();
  await page.locator(".bar button").waitFor();
  return { page, context, said };
}

describe.skipIf(!hasBrowser)(`with its script a page${missingBrowser}`, () => {
  it("shows the values under the pointer, and takes the days that are drawn over", async () => {
    const { page, context, said } = await signedIn();
    await page.goto(`${client.url}/metrics/nps`);
    const points = page.locator(".chart .point");
    const [first, last] = [await points.nth(3).boundingBox(), await points.nth(6).boundingBox()];
    if (!first || !last) throw new Error("a chart has points");
    const from = await points.nth(3).getAttribute("data-from");
    const to = await points.nth(6).getAttribute("data-to");
    await page.mouse.move(first.x + first.width / 2, first.y + 40);
    await expect.poll(() => page.locator(".readout").textContent()).toMatch(/\d{4}: .*n = \d/);
    await page.mouse.down();
    await page.mouse.move(last.x + last.width / 2, last.y + 60);
    expect(await page.locator(".point.marked").count()).toBe(4);
    await page.mouse.up();
    await page.waitForURL((url) => url.searchParams.get("from") === from);
    expect(new URL(page.url()).searchParams.get("to")).toBe(to);
    expect(said).toEqual([]);
    await context.close();
  });

  it("goes on without loading again, and back, with the title and the focus of the new page", async () => {
    const { page, context, said } = await signedIn();
    await page.evaluate("window.isStillHere = true");
    await page.getByRole("link", { name: "Goals", exact: true }).click();
    await page.getByRole("heading", { name: "Goals", level: 1 }).waitFor();
    await page.waitForURL(`${client.url}/goals`);
    expect(await page.evaluate("[window.isStillHere, document.activeElement.id, document.title]")).toEqual([
      ...[true, "content", "Goals · cx-metrics"],
    ]);
    expect(await page.locator("a[aria-current]").textContent()).toBe("Goals");
    await page.goBack();
    await page.locator(".news, .links").first().waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    await page.getByLabel("Compared with").selectOption("year");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL((url) => url.searchParams.get("compare") === "year");
    expect(await page.evaluate("window.isStillHere")).toBe(true);
    expect(said).toEqual([]);
    await context.close();
  });

  it("offers its chart as a PNG file", async () => {
    const { page, context, said } = await signedIn();
    await page.goto(`${client.url}/metrics/nps`);
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: "as a PNG file" }).first().click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^nps-.*\.png$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const file = Buffer.concat(chunks);
    expect(file.subarray(1, 4).toString()).toBe("PNG");
    expect(file.length).toBeGreaterThan(5_000);
    expect(said).toEqual([]);
    await context.close();
  });

  it("opens a shared link at once, whose token stays in no address", async () => {
    const { json } = await client.post<{ link: string }>("/v1/shares", { path: "/metrics/nps", days: 7 });
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    await page.goto(json.link);
    await page.waitForURL(/\/shared\/[^/#]+$/);
    const token = json.link.split("#")[1] ?? "?";
    expect(asked.some((url) => url.split("#")[0]?.includes(token))).toBe(false);
    await page.goBack().catch(() => undefined);
    expect(page.url()).not.toContain(token);
    await context.close();
  });
});
