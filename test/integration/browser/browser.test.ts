import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { hasBrowser, missingBrowser, startBrowser } from "../../fixtures/browser.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** The page of docs/browser.md as a browser runs it, from an origin that the key lists and from one that it does not. */

let test: ApiCloud;
let api: ApiClient;
let browser: Browser | undefined;
const sites: Server[] = [];
let content = "";
let allowed: string;
let foreign: string;
let key: string;

/** Serves the page on an origin of its own. */
async function serve(): Promise<string> {
  const site = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(content);
  }).listen(0, "127.0.0.1");
  sites.push(site);
  await once(site, "listening");
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
  [allowed, foreign] = [await serve(), await serve()];
  const body = { name: "page", scopes: ["ingest"], origins: [allowed] };
  key = (await api.post<{ key: string }>("/v1/keys", body)).json.key;
  const page = readFileSync(new URL("../../../docs/browser.md", import.meta.url), "utf8");
  const snippet = /```html\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  content = `<!doctype html><meta charset="utf-8"><title>Shop</title>${snippet}`
    .replace("https://API_URL", api.url)
    .replace("cxm_YOUR_INGEST_KEY", key);
  if (hasBrowser) browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const site of sites) site.close();
  await test?.end();
});

const recorded = async () => (await api.total("nps", dayBefore(1), dayBefore(-1))).n;

async function open(origin: string): Promise<Page> {
  if (browser === undefined) throw new Error("there is no browser");
  const page = await browser.newPage();
  await page.goto(origin);
  return page;
}

async function answer(page: Page, score: number, comment: string): Promise<string> {
  await page.locator("[name=score]").fill(String(score));
  await page.locator("[name=comment]").fill(comment);
  await page.locator("button").click();
  const status = page.locator("[role=status]");
  await status.filter({ hasText: /./ }).waitFor({ timeout: 50_000 });
  return (await status.textContent()) ?? "";
}

describe.skipIf(!hasBrowser)(`the page in docs/browser.md${missingBrowser}`, () => {
  it("sends an answer from an origin that the key lists, once however often it is sent", async () => {
    const page = await open(allowed);
    expect(await answer(page, 9, "Quick <b>delivery</b>")).toBe("Thank you!");
    expect(await answer(page, 9, "Quick <b>delivery</b>")).toBe("Thank you!");
    expect(await recorded()).toBe(1);
    const { json } = await api.get<{ items: { score: number; comment: string }[] }>("/v1/responses");
    expect(json.items).toMatchObject([{ score: 9, comment: "Quick <b>delivery</b>" }]);
    await page.close();
  });

  it("records nothing from another origin, and lets the page read nothing", async () => {
    const before = await recorded();
    const page = await open(foreign);
    expect(await answer(page, 0, "From elsewhere")).toBe("That did not work. Please try again.");
    const read = await page.evaluate(
      ([url, bearer]) =>
        fetch(`${url}/v1/responses`, {
          method: "POST",
          headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
          body: '{"survey":"nps","score":0}',
        }).then(
          ({ status }) => `read ${status}`,
          (error: Error) => error.name,
        ),
      [api.url, key],
    );
    expect(read).toBe("TypeError");
    expect(await recorded()).toBe(before);
    await page.close();
  });

  it.each(["/v1/metrics", "/v1/keys", "/v1/health"])("can read nothing of %s with any key", async (path) => {
    const page = await open(allowed);
    const read = await page.evaluate(
      ([url, bearer]) =>
        fetch(String(url), { headers: { authorization: `Bearer ${bearer}` } }).then(
          ({ status }) => `read ${status}`,
          (error: Error) => error.name,
        ),
      [`${api.url}${path}`, api.key],
    );
    expect(read).toBe("TypeError");
    await page.close();
  });
});

describe("what other origins are told", () => {
  const ask = (origin: string, path: string, method = "OPTIONS", authorization?: string) =>
    fetch(`${api.url}${path}`, {
      method,
      headers: {
        origin,
        ...(method === "OPTIONS" ? { "access-control-request-method": "POST" } : {}),
        ...(authorization === undefined ? {} : { authorization, "content-type": "application/json" }),
      },
      ...(method === "POST" ? { body: '{"survey":"nps","score":11}' } : {}),
    });
  const allowing = ({ headers }: Response) => headers.get("access-control-allow-origin");

  it("is that facts may be sent, beforehand", async () => {
    for (const path of ["/v1/responses", "/v1/events"]) {
      const response = await ask("https://any.example", path);
      expect([response.status, allowing(response)]).toEqual([204, "https://any.example"]);
      expect(response.headers.get("access-control-allow-methods")).toBe("POST");
      expect(response.headers.has("access-control-allow-credentials")).toBe(false);
    }
  });

  it.each(["/v1/metrics", "/v1/keys", "/v1/responses/a", "/v1/openapi.json", "/"])(
    "is nothing else: %s",
    async (path) => {
      const response = await ask("https://any.example", path);
      expect([404, 405]).toContain(response.status);
      expect(allowing(response)).toBeNull();
    },
  );

  it("is what was wrong with a fact, where the key lists the origin, and nothing elsewhere", async () => {
    const own = await ask(allowed, "/v1/responses", "POST", `Bearer ${key}`);
    expect([own.status, allowing(own), own.headers.get("vary")]).toEqual([422, allowed, "origin"]);
    const other = await ask(foreign, "/v1/responses", "POST", `Bearer ${key}`);
    expect([other.status, allowing(other)]).toEqual([403, null]);
    const admin = await ask(allowed, "/v1/responses", "POST", `Bearer ${api.key}`);
    expect([admin.status, allowing(admin)]).toEqual([422, null]);
  });
});
