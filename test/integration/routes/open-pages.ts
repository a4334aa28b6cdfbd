import { expect } from "vitest";
import { pageRoutes, sharedPage } from "../../../lib/page-routes.ts";
import { dayBefore } from "../../fixtures/api-client.ts";
import { BrowserClient } from "../../fixtures/browser-client.ts";

/** The walk through all pages, as a browser without script makes it. */

const queries: Readonly<Record<string, readonly string[]>> = {
  "/metrics/{id}": ["", "?groupBy=channel", "?groupBy=plan"],
  "/comments": ["", "?survey=nps&q=quick"],
  "/customers": ["", "?customerId=c-1"],
  "/cohorts": ["", "?measure=revenue"],
  "/survival": ["", "?groupBy=channel"],
  "/segments": ["", "?filter.channel=web"],
};

/** Signs in, opens every page, sends every form, and signs out. */
export async function openPages(url: string, key: string): Promise<void> {
  const browser = await new BrowserClient(url).signedIn(key);
  for (const { method, path } of pageRoutes.filter((page) => page.method === "GET" && page !== sharedPage)) {
    for (const query of queries[path] ?? [""]) {
      const { status, text } = await browser.open(`${path.replace("{id}", "sales")}${query}`);
      expect(status, `${method} ${path}${query}: ${text}`).toBe(200);
    }
  }
  const send = async (path: string, fields: Record<string, string>, expected: number) => {
    const { status, text } = await browser.submit(path, fields);
    expect(status, `${path} ${JSON.stringify(fields)}: ${text}`).toBe(expected);
  };
  await send("/annotations/edit", { id: "page", text: "A release", from: dayBefore(3) }, 303);
  await send("/annotations/edit", { id: "page", action: "remove" }, 303);
  const goal = { metric: "nps", figure: "50", window: "30", dueDate: dayBefore(-60) };
  await send("/goals/edit", goal, 303);
  await send("/shares/edit", { path: "/goals", days: "7" }, 200);
  const bus = { to: "bus", "event.snapshot.taken": "yes", description: "Of the page" };
  await send("/webhooks/edit", bus, 303);
  const { text } = await browser.open("/webhooks");
  const [, id = ""] = /<bdi>Of the page<\/bdi>[\s\S]*?\/webhooks\/edit\?id=([^"]+)"/.exec(text) ?? [];
  await send("/webhooks/edit", { id, action: "test" }, 303);
  await send("/webhooks/edit", { id, action: "remove" }, 303);
  await send("/language", { language: "de" }, 303);
  await send("/session/end", {}, 303);
}

/** Opens a shared link, and the page that it shows. */
export async function openShared(url: string, link: string): Promise<void> {
  const reader = await new BrowserClient(url).throughLink(link);
  expect((await reader.open(reader.start)).status).toBe(200);
}
