import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { hasBrowser, missingBrowser, startBrowser } from "../../fixtures/browser.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** The report as a browser shows it, as it is answered and as the saved file. SCREENSHOTS names a folder for pictures of it. */

const pictures = process.env["SCREENSHOTS"];

let cloud: ApiCloud;
let client: ApiClient;
let browser: Browser | undefined;
let folder: string;
let axe: string;

const comments = [
  "Quick delivery, friendly people.",
  `<script>document.title = "run"</script><img src="x" onerror="document.title = 'run'"> & "more"`,
  "שלום \u202eturned round\u200b مرحبا",
  "Averylongwordwithoutanyspaces".repeat(20),
];

/** Half a year of answers and purchases in several channels, with gaps, low samples, a goal and a corrected day. */
async function fill(): Promise<void> {
  const days = Array.from({ length: 180 }, (_, index) => 180 - index);
  const at = (daysAgo: number) => ({ occurredAt: `${dayBefore(daysAgo)}T12:00:00Z` });
  const channels = ["web", "app", "phone", "store", "a partner with a long name", "mail", "fax"];
  const channelOf = (index: number) => ({ dimensions: { channel: channels[index % channels.length] } });
  for (const part of [days.slice(0, 90), days.slice(90)]) {
    const nps = part.flatMap((day) =>
      (day % 2 === 0 ? [10, 7] : [9, day > 60 ? 3 : 9]).map((score, index) => ({
        ...{ survey: "nps", score, ...at(day), ...channelOf(day + index) },
        ...(index === day % 2 ? { comment: comments[day % comments.length] } : {}),
      })),
    );
    const csat = part
      .filter((day) => day % 30 < 12)
      .map((day) => ({ survey: "csat", scale: "1-5", score: 1 + (day % 5), ...at(day), ...channelOf(day) }));
    const purchases = part.flatMap((day) =>
      (day % 3 === 0 ? [0, 1] : []).map((order) => ({
        ...{ type: "purchase.made", customerId: `c-${(day * 7 + order) % 90}`, orderId: `${day}-${order}` },
        ...{ money: { amount: `${20 + (day % 13)}.50`, currency: "GBP" }, ...at(day), ...channelOf(day) },
      })),
    );
    await client.recordAll("responses", [...nps, ...csat]);
    await client.recordAll("events", purchases);
  }
  const goal = { metric: "nps", target: { value: 60 }, dueDate: dayBefore(-40), name: "Loved by the spring" };
  await client.send("PUT", "/v1/goals/nps", { body: goal });
  await client.post("/v1/snapshots", { from: dayBefore(9), to: dayBefore(2) });
  await client.recordAll("responses", [{ survey: "nps", score: 0, ...at(5) }]);
  await client.post("/v1/snapshots", { from: dayBefore(9), to: dayBefore(2) });
}

beforeAll(async () => {
  if (!hasBrowser) return;
  cloud = await sharedCloud();
  client = await cloud.workspace({ currency: "GBP" });
  folder = await mkdtemp(join(tmpdir(), "report-"));
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await fill();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  await cloud?.end();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Saves a report and opens the file. */
async function openSaved(query: string, options: BrowserContextOptions): Promise<Page> {
  if (!browser) throw new Error("there is no browser");
  const { status, text } = await client.get(`/v1/report?${query}`);
  expect(status).toBe(200);
  const file = join(folder, "report.html");
  await writeFile(file, text);
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

/** What a style sheet gives the first element of a selector. */
async function styleOf(page: Page, selector: string, property: string): Promise<unknown> {
  return page.evaluate(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)}))["${property}"]`,
  );
}

/** How many pieces of text each page of a PDF has, as Chromium writes it. */
function textsOfPages(pdf: Buffer): number[] {
  const text = pdf.toString("latin1");
  const pages = [...text.matchAll(/<<\/Type \/Page\n[\s\S]*?\/Contents (\d+) 0 R[\s\S]*?>>\nendobj/g)];
  return pages.map(([, id]) => {
    const object = text.indexOf(`\n${id} 0 obj\n`);
    const start = text.indexOf("stream\n", object) + "stream\n".length;
    const content = inflateSync(pdf.subarray(start, text.indexOf("\nendstream", start)));
    return content.toString("latin1").match(/\bBT\b/g)?.length ?? 0;
  });
}

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

describe.skipIf(!hasBrowser)(`the report in a browser${missingBrowser}`, () => {
  it.each([
    ["phone", "light", ""],
    ["desktop", "dark", ""],
    ["phone", "dark", "groupBy=channel&interval=month"],
    ["desktop", "light", "groupBy=channel&interval=month"],
    ["desktop", "light", "filter.channel=nothing"],
  ] as const)(
    "on a %s, %s (%s): is accessible to everybody and as wide as the screen",
    async (device, colorScheme, query) => {
      const page = await openSaved(query, { viewport: sizes[device], colorScheme });
      if (pictures) {
        const path = join(pictures, `${device}-${colorScheme}-${query.replaceAll(/\W+/g, "-")}.png`);
        await page.screenshot({ path, fullPage: true });
      }
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        sizes[device].width,
      );
      await page.evaluate(axe);
      const results: AxeResults = await page.evaluate("axe.run()");
      const found = results.violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]);
      expect(found).toEqual([]);
      expect(results.passes.length).toBeGreaterThan(10);
      await page.context().close();
    },
    // Every element is looked at, on a machine that may do other things as well.
    300_000,
  );

  it("needs nothing but itself, runs no comment and keeps to its policy", async () => {
    if (!browser) throw new Error("there is no browser");
    const headers = { authorization: `Bearer ${client.key}` };
    const page = await (await browser.newContext({ extraHTTPHeaders: headers })).newPage();
    const [requests, messages] = [[] as string[], [] as string[]];
    page.on("request", (request) => void requests.push(request.url()));
    page.on("console", (message) => void messages.push(message.text()));
    await page.goto(`${client.url}/v1/report`, { waitUntil: "networkidle" });
    expect(requests).toEqual([`${client.url}/v1/report`]);
    expect(messages).toEqual([]);
    expect(await page.title()).toMatch(/^Customer experience/);
    expect(await page.locator("blockquote", { hasText: "<script>" }).count()).toBeGreaterThan(0);
    expect(await styleOf(page, ".card", "borderRadius")).toBe("8px");
    await page.context().close();
  });

  it("works without scripts: tables open, and charts are saved as files", async () => {
    const page = await openSaved("", { javaScriptEnabled: false, acceptDownloads: true });
    const table = page.locator("#nps table");
    expect(await table.first().isVisible()).toBe(false);
    await page.locator("#nps summary", { hasText: "Values as a table" }).click();
    expect(await table.first().isVisible()).toBe(true);
    const download = page.waitForEvent("download");
    await page.locator("#nps .download a").click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^nps-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.svg$/);
    const svg = await readFile(await saved.path(), "utf8");
    expect(svg).toMatch(/^<svg xmlns=.*Net Promoter Score.*<\/svg>$/s);
    await page.context().close();
  });

  it("keeps the direction of comments to themselves", async () => {
    const page = await openSaved("", {});
    const right = "blockquote[dir=auto]:dir(rtl)";
    expect(await page.locator(right).first().textContent()).toContain("turned round");
    expect(await styleOf(page, `${right} + p`, "direction")).toBe("ltr");
    await page.context().close();
  });

  it.each(["", "groupBy=channel", "language=de", "language=ja&groupBy=channel"])(
    "on a phone (%s): shows every verdict and every change without scrolling sideways",
    async (query) => {
      const page = await openSaved(query, { viewport: sizes.phone });
      const cells = ".verdicts td:not(.optional), .stacked td:not(.optional)";
      const found = await page.evaluate(`(() => {
        const shown = [...document.querySelectorAll(${JSON.stringify(cells)})].filter((cell) => cell.checkVisibility());
        const isBeyond = (cell) => cell.getBoundingClientRect().right > cell.closest(".scrollable").getBoundingClientRect().right + 1;
        return { shown: shown.length, beyond: shown.filter(isBeyond).map((cell) => cell.textContent) };
      })()`);
      expect(found).toEqual({ shown: expect.any(Number), beyond: [] });
      expect((found as { shown: number }).shown).toBeGreaterThan(10);
      await page.context().close();
    },
  );

  it.each(["", "groupBy=channel"])("prints no page that is empty (%s)", async (query) => {
    const page = await openSaved(query, {});
    const texts = textsOfPages(await page.pdf({ format: "A4" }));
    expect(texts.length).toBeGreaterThan(1);
    // A heading that lost its card would be a few pieces of text; the legend may be all that is left for the last page.
    expect(Math.min(...texts.slice(0, -1)), texts.join(" ")).toBeGreaterThan(10);
    expect(texts.at(-1)).toBeGreaterThan(0);
    await page.context().close();
  });

  it("prints on white, in whole cards", async () => {
    const page = await openSaved("", { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await styleOf(page, "body", "backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await styleOf(page, "#nps", "breakInside")).toBe("avoid");
    if (pictures) await page.pdf({ path: join(pictures, "report.pdf") });
    await page.context().close();
  });
});
