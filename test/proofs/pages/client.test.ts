import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { hasBrowser, missingBrowser, startBrowser } from "../../fixtures/browser.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** The client in a browser, on a page of another origin, with a public key: what waits when the page is left, and without a connection. */

let cloud: ApiCloud;
let api: ApiClient;
let key: string;
let shop: Server;
let origin: string;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  if (!hasBrowser) return;
  cloud = await sharedCloud();
  shop = await serveShop();
  origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
});
beforeEach(async () => {
  if (!hasBrowser) return;
  await context?.close();
  context = await browser.newContext();
  api = await cloud.workspace();
  const { json } = await api.post<{ key: string }>("/v1/keys", {
    ...{ name: "shop", scopes: ["ingest"], origins: [origin] },
  });
  key = json.key;
});

const shopPage = `<!doctype html><title>Shop</title><script type="module">
  import { CxMetricsClient } from "/client.js";
  globalThis.open = (options) => {
    globalThis.rejected = [];
    globalThis.client = new CxMetricsClient({ ...options, onRejected: (_, result) => rejected.push(result) });
  };
  document.title = "Open";
</script>`;

/** A page with the client as it is packed, and another one. */
async function serveShop(): Promise<Server> {
  const entry = fileURLToPath(new URL("../../../packages/client/src/client.ts", import.meta.url));
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, minify: true, format: "esm", target: "es2022", write: false },
  });
  const script = outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const isScript = request.url === "/client.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : shopPage);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
}

/** Opens a page of the shop, with a client that waits long for other facts. */
async function openShop(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(`document.title === "Open"`);
  await page.evaluate(
    ([url, publicKey]) => {
      const { open } = globalThis as unknown as { open(options: object): void };
      open({ url, key: publicKey, waitMilliseconds: 3_600_000 });
    },
    [api.url, key],
  );
  return page;
}

/** Tracks answers in a page, which wait there. */
async function track(page: Page, ...scores: number[]): Promise<void> {
  await page.evaluate((all) => {
    const { client } = globalThis as unknown as { client: { track(fact: object): string } };
    for (const score of all) client.track({ survey: "nps", score });
  }, scores);
}

const flush = (page: Page, milliseconds?: number) =>
  page.evaluate((most) => {
    const { client } = globalThis as unknown as { client: { flush(most?: number): Promise<number> } };
    return client.flush(most);
  }, milliseconds);

const waiting = (page: Page) => page.evaluate(() => localStorage.length);

async function scores(): Promise<number[]> {
  const { json } = await api.get<{ items: { score: number }[] }>("/v1/responses");
  return json.items.map(({ score }) => score).sort((a, b) => a - b);
}

describe.skipIf(!hasBrowser)(`the client in a browser${missingBrowser}`, () => {
  it("sends from another origin, which the browser asks for first", async () => {
    const page = await openShop();
    await track(page, 9, 10, 3);
    expect(await waiting(page)).toBe(1);
    expect(await flush(page)).toBe(0);
    expect(await waiting(page)).toBe(0);
    expect(await scores()).toEqual([3, 9, 10]);
  });

  it.each([
    ["another page is opened", (page: Page) => page.goto(`${origin}/other`).then(() => {})],
    ["it is closed", (page: Page) => page.close({ runBeforeUnload: true })],
  ])("sends what waits when %s, each fact once", async (_how, leave) => {
    const page = await openShop();
    await track(page, 7, 8);
    await leave(page);
    await expect.poll(scores, { timeout: 20_000 }).toEqual([7, 8]);
    // What was sent when the page was left is in the storage still, and is sent by the next one as well.
    const next = await openShop();
    await track(next, 6);
    expect(await flush(next)).toBe(0);
    expect(await scores()).toEqual([6, 7, 8]);
    expect(await waiting(next)).toBe(0);
  });

  it("keeps what is tracked without a connection over pages, and sends it once there is one", async () => {
    const page = await openShop();
    await context.setOffline(true);
    await track(page, 1, 2);
    expect(await flush(page, 500)).toBe(2);
    expect(await waiting(page)).toBe(1);
    await context.setOffline(false);
    // No one waits: the browser says that it is connected, and what waits is sent.
    await expect.poll(scores, { timeout: 20_000 }).toEqual([1, 2]);

    await context.setOffline(true);
    await track(page, 4);
    await page.close();
    await context.setOffline(false);
    const next = await openShop();
    expect(await flush(next)).toBe(0);
    expect(await scores()).toEqual([1, 2, 4]);
  });

  it("tells of what the key may not send, and sends the rest", async () => {
    const page = await openShop();
    await page.evaluate(() => {
      const { client } = globalThis as unknown as { client: { track(fact: object): string } };
      client.track({ survey: "nps", score: 9 });
      client.track({ type: "spend.recorded", money: { amount: "5.00", currency: "USD" } });
    });
    expect(await flush(page)).toBe(0);
    const rejected = await page.evaluate(() => (globalThis as unknown as { rejected: unknown[] }).rejected);
    expect(rejected).toMatchObject([{ status: "invalid" }]);
    expect(await scores()).toEqual([9]);
  });
});
