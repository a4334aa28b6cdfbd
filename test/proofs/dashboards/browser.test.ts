import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, missingBrowser, startBrowser } from "../../fixtures/browser.ts";
import type { ApiCloud } from "../../fixtures/cloud.ts";
import { publishedCloud } from "../../fixtures/published-cloud.ts";

/** The local cloud's dashboards in a browser. SCREENSHOTS names a folder for pictures of them. */

describe.skipIf(!hasBrowser)(`the dashboards in a browser${missingBrowser}`, () => {
  let test: ApiCloud;
  let browser: Browser | undefined;

  beforeAll(async () => {
    test = await publishedCloud();
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await test?.end();
  });

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
      await opened.goto(`${test.cloud.url}/dashboards`, { waitUntil: "networkidle" });
      expect(requests).toEqual([`${test.cloud.url}/dashboards`]);
      expect(messages).toEqual([]);
      expect(await opened.title()).toBe("Dashboards");
      expect(await opened.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const pictures = process.env["SCREENSHOTS"];
      if (pictures)
        await opened.screenshot({ path: join(pictures, `dashboards-${device}.png`), fullPage: true });
      await context.close();
      // The page's policy lets no script in: the same page without it is looked at.
      const text = await (await fetch(`${test.cloud.url}/dashboards`)).text();
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
