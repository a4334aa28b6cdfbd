import { beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { BrowserClient } from "../../fixtures/browser-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** What a browser keeps of a page, and that nobody ever sees an old one. */

let cloud: ApiCloud;
let client: ApiClient;
let reader: BrowserClient;

beforeAll(async () => {
  cloud = await sharedCloud();
  client = await cloud.workspace({ trackedDimensions: ["channel"] }, 40);
  const answers = Array.from({ length: 60 }, (_, index) => ({
    ...{
      survey: "nps",
      score: index % 11,
      occurredAt: `${dayBefore(index % 30)}T00:00:00Z`,
      id: `a-${index}`,
    },
    dimensions: { channel: index % 2 === 0 ? "web" : "shop" },
  }));
  await client.recordAll("responses", answers);
  reader = await new BrowserClient(cloud.cloud.url).signedIn(client.key);
});

const pages = ["/", "/metrics/nps", "/metrics/nps?groupBy=channel", "/goals"];

describe("a page that a browser has already", () => {
  it.each(pages)("is not sent again while nothing has changed: %s", async (path) => {
    const first = await reader.open(path);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("vary")).toContain("Cookie");
    for (const known of [etag, `"other", W/${etag}`]) {
      const again = await reader.open(path, { "if-none-match": known });
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
    }
    expect((await reader.open(path, { "if-none-match": '"other"' })).text).toBe(first.text);
  });

  it("is another one for other rights, in another language, and none for who may not read it", async () => {
    const { text, headers } = await reader.open("/");
    const known = { "if-none-match": headers.get("etag") ?? "" };
    const { json } = await client.post<{ readonly key: string }>("/v1/keys", { name: "r", scopes: ["read"] });
    const other = await new BrowserClient(cloud.cloud.url).signedIn(json.key);
    const own = await other.open("/", known);
    expect(own.status).toBe(200);
    expect(own.text).not.toContain("Share this page");
    expect(text).toContain("Share this page");
    const german = await reader.open("/", { ...known, "accept-language": "de" });
    expect(german.text).toContain('<html lang="de">');
    expect((await new BrowserClient(cloud.cloud.url).open("/metrics/nps", known)).status).toBe(401);
  });

  it("is forgotten with the session", async () => {
    const own = await new BrowserClient(cloud.cloud.url).signedIn(client.key);
    const { headers } = await own.open("/");
    const out = await own.submit("/session/end", {});
    expect(out.headers.get("clear-site-data")).toBe('"cache"');
    const known = { "if-none-match": headers.get("etag") ?? "" };
    expect((await own.open("/metrics/nps", known)).status).toBe(401);
  });

  it("pages of what people wrote and who they are, are kept nowhere", async () => {
    for (const path of ["/comments", "/customers", "/shares"]) {
      const { headers } = await reader.open(path);
      expect([headers.get("cache-control"), headers.get("etag")]).toEqual(["no-store", null]);
    }
  });
});

describe("a page after a change", () => {
  const goal = { metric: "nps", target: { value: 60 }, dueDate: dayBefore(-40) };
  const fact = { survey: "nps", score: 10, dimensions: { channel: "web" } };
  const changes: readonly (readonly [
    string,
    readonly string[],
    () => Promise<{ readonly status: number }>,
  ])[] = [
    ["an answer of today", pages.slice(0, 3), () => client.post("/v1/responses", fact)],
    [
      "a late answer",
      pages.slice(0, 3),
      () => client.post("/v1/responses", { ...fact, occurredAt: `${dayBefore(20)}T00:00:00Z` }),
    ],
    [
      "a late answer of the same day",
      pages.slice(0, 3),
      () => client.post("/v1/responses", { ...fact, occurredAt: `${dayBefore(20)}T00:00:00Z` }),
    ],
    [
      "an answer that is taken out",
      pages.slice(0, 3),
      () => client.send("PATCH", "/v1/responses/a-3", { body: { excluded: true, reason: "test" } }),
    ],
    ["a goal", ["/", "/metrics/nps", "/goals"], () => client.send("PUT", "/v1/goals/g", { body: goal })],
    [
      "another target",
      ["/", "/metrics/nps", "/goals"],
      () => client.send("PUT", "/v1/goals/g", { body: { ...goal, target: { value: 61 } } }),
    ],
    ["a goal that is deleted", ["/", "/goals"], () => client.send("DELETE", "/v1/goals/g")],
    [
      "an annotation",
      pages.slice(0, 3),
      () => client.send("PUT", "/v1/annotations/a", { body: { from: dayBefore(5), text: "Release" } }),
    ],
    [
      "another setting",
      ["/metrics/nps"],
      () => client.send("PATCH", "/v1/workspace", { body: { conventions: { nps: "1-10" } } }),
    ],
    [
      "a form",
      ["/metrics/nps"],
      () => reader.submit("/annotations/edit", { id: "f", text: "By form", from: dayBefore(3) }),
    ],
  ];

  it.each(changes)("is never the old one: %s", async (_, paths, change) => {
    const before = await Promise.all(paths.map((path) => reader.open(path)));
    const { status } = await change();
    expect(status).toBeLessThan(400);
    for (const [index, path] of paths.entries()) {
      const known = { "if-none-match": before[index]?.headers.get("etag") ?? "" };
      const after = await reader.open(path, known);
      expect([path, after.status]).toEqual([path, 200]);
      expect(after.text).not.toBe(before[index]?.text);
    }
  });

  it("is the same again once what changed is changed back", async () => {
    const before = await reader.open("/goals");
    await client.send("PUT", "/v1/goals/back", { body: goal });
    expect((await reader.open("/goals")).text).not.toBe(before.text);
    await client.send("DELETE", "/v1/goals/back");
    const known = { "if-none-match": before.headers.get("etag") ?? "" };
    expect((await reader.open("/goals", known)).status).toBe(304);
  });
});
