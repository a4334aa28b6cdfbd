import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/metrics/registry.ts";
import { dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";

/** The CloudWatch dashboards as the local cloud draws them. SCREENSHOTS names a folder for pictures of them. */

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const hasBrowser = existsSync(executablePath);
const missing = hasBrowser ? "" : ` (left out: there is no Chromium at ${executablePath}; set CHROMIUM)`;

let test: ApiCloud;
let browser: Browser | undefined;

beforeAll(async () => {
  test = await ApiCloud.start();
  const { client } = test;
  const settings = { publishToCloudWatch: true, trackedDimensions: ["channel"] };
  await client.send("PATCH", "/v1/workspace", { body: settings });
  const answers = [4, 3, 2].flatMap((days) =>
    ["web", "shop"].map((channel) => ({
      ...{ survey: "nps", score: channel === "web" ? 10 : 3, occurredAt: `${dayBefore(days)}T12:00:00Z` },
      ...{ comment: "</section><script>document.title = 'run'</script>", dimensions: { channel } },
    })),
  );
  await client.recordAll("responses", answers);
  await client.get("/v1/metrics/no-such-metric");
  const body = JSON.stringify({ workspace: "default", dates: [4, 3, 2].map(dayBefore) });
  await test.cloud.invoke("take-snapshots", { Records: [{ messageId: "1", body }] });
  if (hasBrowser) browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser?.close();
  await test?.end();
});

function address(query = ""): string {
  return `${test.cloud.url}/dashboards${query}`;
}

async function page(): Promise<string> {
  return (await fetch(address())).text();
}

/** The part of the page that a widget fills. */
function widgetOf(text: string, title: string): string {
  return text.split('<div class="widget ').find((part) => part.includes(`<h3>${title}</h3>`)) ?? "";
}

describe("the dashboards of the local cloud", () => {
  it("draw what the functions published: each metric over 30 days, with its goal's lines", async () => {
    // The logs are a moment behind.
    await eventually(page).toMatch(/over 30 days: <strong>0<\/strong>/);
    const nps = widgetOf(await page(), "Net Promoter Score");
    // As many promoters as detractors.
    expect(nps).toContain("over 30 days: <strong>0</strong>");
    expect(nps).toContain("goal: no value in this time");
    expect(nps).toMatch(/<path class="line0" d="M[^"]+L[^"]+"/);
    for (const { name } of metrics) expect(widgetOf(await page(), name), name).toContain("<svg");
  });

  it("draw requests as the gateway saw them, and where alarms ring", async () => {
    const text = await page();
    expect(widgetOf(text, "Requests refused (4xx)")).toMatch(/4xx: <strong>[1-9]/);
    expect(widgetOf(text, "Latency")).toContain("alarm: p90 for 15 minutes (3,000)");
    expect(widgetOf(text, "Facts by outcome")).toMatch(/recorded: <strong>\d/);
  });

  it("say of what only AWS measures that it is so, and what each alarm says", async () => {
    const text = await page();
    expect(widgetOf(text, "Table throttles")).toContain("only AWS measures it");
    expect(widgetOf(text, "Alarms")).toContain("CxMetrics-facts-stopped");
    expect(widgetOf(text, "Runs that failed, by function")).toContain("platform.report");
  });

  it("hold what the widget's function draws of segments, with their sizes", async () => {
    const segments = widgetOf(await page(), "What customers say, by channel");
    expect(segments).toContain("<bdi>web</bdi>");
    expect(segments).toContain("<bdi>shop</bdi>");
    expect(segments).not.toContain("cannot be drawn");
  });

  it("show another time where it is asked for", async () => {
    const text = await (await fetch(address("?days=7"))).text();
    expect(text).toContain("<strong>7 days</strong>");
    expect(await (await fetch(address("?days=8"))).text()).toContain("<strong>each its own time</strong>");
  });

  it("are looked at, not written to, and only under this machine's own name", async () => {
    expect((await fetch(address(), { method: "POST" })).status).toBe(405);
    const status = await new Promise((resolve, reject) => {
      const asked = request(address(), { headers: { host: "evil.example.com" } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject).end();
    });
    expect(status).toBe(403);
  });

  it("are the local cloud's alone: the API has no such path", async () => {
    expect((await test.client.get("/dashboards/more")).status).toBe(404);
  });
});

describe.skipIf(!hasBrowser)(`the dashboards in a browser${missing}`, () => {
  it.each([
    ["desktop", 1400],
    ["phone", 390],
  ])(
    "on a %s: are as wide as the screen, accessible, and run nothing",
    async (device, width) => {
      if (!browser) throw new Error("there is no browser");
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      const opened = await context.newPage();
      const [requests, messages] = [[] as string[], [] as string[]];
      opened.on("request", (sent) => void requests.push(sent.url()));
      opened.on("console", (message) => void messages.push(message.text()));
      await opened.goto(address(), { waitUntil: "networkidle" });
      expect(requests).toEqual([address()]);
      expect(messages).toEqual([]);
      expect(await opened.title()).toBe("Dashboards");
      expect(await opened.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const pictures = process.env["SCREENSHOTS"];
      if (pictures)
        await opened.screenshot({ path: join(pictures, `dashboards-${device}.png`), fullPage: true });
      await context.close();
      // The page's policy lets no script in: the same page without it is looked at.
      const text = await (await fetch(address())).text();
      const copy = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
      await copy.setContent(text);
      await copy.evaluate(
        await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
      );
      const results: AxeResults = await copy.evaluate("axe.run()");
      expect(results.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await copy.context().close();
    },
    120_000,
  );
});
