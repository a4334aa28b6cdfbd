import { beforeAll, describe, expect, it } from "vitest";
import { pageRoutes, sharedPage } from "../../../lib/page-routes.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** The pages over HTTP, as a browser asks for them. */

let cloud: ApiCloud;
let client: ApiClient;
let reader: string;

const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>"'&`;

beforeAll(async () => {
  cloud = await sharedCloud();
  client = await cloud.workspace({ currency: "GBP", trackedDimensions: ["channel"] });
  reader = await cloud.key(client, "read");
  const at = (daysAgo: number) => ({ occurredAt: `${dayBefore(daysAgo)}T00:00:00Z` });
  const answers = Array.from({ length: 60 }, (_, index) => ({
    ...{ survey: "nps", score: index % 11, customerId: "c-1", ...at(index) },
    dimensions: { channel: index % 2 === 0 ? "web" : hostile },
    ...(index === 3 ? { comment: hostile } : {}),
  }));
  await client.recordAll("responses", answers);
  const money = { amount: "12.50", currency: "GBP" };
  await client.recordAll("events", [
    { type: "purchase.made", customerId: "c-1", orderId: "o-1", money, ...at(2) },
  ]);
});

interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function send(path: string, init: RequestInit = {}): Promise<PageAnswer> {
  const response = await fetch(`${cloud.cloud.url}${path}`, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends a form as a browser does from a page of this site. */
function sendForm(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return send(path, {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      origin: cloud.cloud.url,
      "sec-fetch-site": "same-origin",
      ...headers,
    },
  });
}

function cookieOf({ headers }: PageAnswer): string {
  return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** Signs in. */
async function signIn(key: string): Promise<string> {
  const answer = await sendForm("/session", { key });
  expect(answer.status, answer.text).toBe(303);
  return cookieOf(answer);
}

describe("who has not signed in", () => {
  it.each(pageRoutes.filter((page) => page.method === "GET" && !page.isOpen && page !== sharedPage))(
    "sees nothing of $path but where to sign in",
    async ({ path }) => {
      const { status, text, headers } = await send(path.replace("{id}", "nps"));
      expect(status).toBe(path === "/" ? 200 : 401);
      expect(text).toContain('<form method="post" action="/session">');
      expect(text).not.toContain(client.workspace);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    },
  );

  it("does not get in with a session that was made up", async () => {
    for (const token of ["x", "a".repeat(43), "../../etc/passwd", "%00", "a".repeat(5_000)]) {
      const { status } = await send("/goals", { headers: { cookie: `session=${token}` } });
      expect(status).toBe(401);
    }
  });

  it("is told that a key is unknown, without a session", async () => {
    const answer = await sendForm("/session", { key: "cxm_0000000000000000000000" });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain("unknown, expired or revoked");
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("is led on to the page that was asked for, and never to another site", async () => {
    const kept = await sendForm("/session", { key: reader, returnTo: "/metrics/nps?interval=week" });
    expect(kept.headers.get("location")).toBe("/metrics/nps?interval=week");
    const elsewhere = await sendForm("/session", { key: reader, returnTo: "//evil.example/" });
    expect(elsewhere.headers.get("location")).toBe("/");
  });
});

describe("the language", () => {
  it("is the one that the browser asks for, until another one is chosen", async () => {
    const asked = await send("/", { headers: { "accept-language": "fr, de-CH;q=0.8" } });
    expect(asked.text).toContain('<html lang="de">');
    const chosen = await sendForm("/language", { language: "zh-Hant", returnTo: "/goals?x=1" });
    expect([chosen.status, chosen.headers.get("location")]).toEqual([303, "/goals?x=1"]);
    expect(chosen.headers.get("set-cookie")).toBe(
      "language=zh-Hant; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
    );
    const cookie = cookieOf(chosen);
    const kept = await send("/", { headers: { "accept-language": "de", cookie } });
    expect(kept.text).toContain('<html lang="zh-Hant">');
  });

  it("is none that there are no texts for, nor chosen by another site's form", async () => {
    expect((await sendForm("/language", { language: "xx" })).status).toBe(400);
    const foreign = await sendForm("/language", { language: "de" }, { origin: "https://evil.example" });
    expect(foreign.status).toBe(403);
    const { text } = await send("/", { headers: { cookie: "language=<script>" } });
    expect(text).toContain('<html lang="en">');
  });

  it("of the report is asked for", async () => {
    const response = await fetch(`${cloud.cloud.url}/v1/report?language=ja`, {
      headers: { authorization: `Bearer ${reader}` },
    });
    expect(response.headers.get("content-language")).toBe("ja");
    expect(await response.text()).toContain('<html lang="ja">');
  });
});

describe("signing in", () => {
  it("gives a cookie that no script reads and no other site sends", async () => {
    const answer = await sendForm("/session", { key: reader });
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^session=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(answer.text).not.toContain(reader);
  });

  it("takes no key that may not read, and none that is for web pages", async () => {
    const ingest = await cloud.key(client, "ingest");
    const answer = await sendForm("/session", { key: ingest });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain("may not read");
    const body = { name: "page", scopes: ["ingest"], origins: ["https://shop.example"] };
    const { json } = await client.post<{ key: string }>("/v1/keys", body);
    expect((await sendForm("/session", { key: json.key })).status).toBe(401);
  });

  it.each([
    ["another site", { origin: "https://evil.example" }],
    ["a frame without an origin", { origin: "null" }],
    ["another site on the same host name", { "sec-fetch-site": "same-site" }],
  ])("is refused to a form of %s", async (_, headers) => {
    const answer = await sendForm("/session", { key: reader }, headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("takes no other media type and nothing large", async () => {
    const json = await send("/session", {
      method: "POST",
      body: JSON.stringify({ key: reader }),
      headers: { "content-type": "application/json", origin: cloud.cloud.url },
    });
    expect(json.status).toBe(415);
    expect((await sendForm("/session", { key: "k".repeat(5_000) })).status).toBe(413);
  });
});

describe("a session", () => {
  it("ends when it is signed out, also for whoever kept the cookie", async () => {
    const cookie = await signIn(reader);
    expect((await send("/goals", { headers: { cookie } })).status).toBe(200);
    const out = await sendForm("/session/end", {}, { cookie });
    expect(out.status).toBe(303);
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await send("/goals", { headers: { cookie } })).status).toBe(401);
  });

  it("ends with its key", async () => {
    const { json } = await client.post<{ key: string; id: string }>("/v1/keys", {
      name: "short",
      scopes: ["read"],
    });
    const cookie = await signIn(json.key);
    expect((await send("/goals", { headers: { cookie } })).status).toBe(200);
    await client.send("DELETE", `/v1/keys/${json.id}`);
    expect((await send("/goals", { headers: { cookie } })).status).toBe(401);
  });

  it("is no key of the API", async () => {
    const cookie = await signIn(reader);
    const { status } = await send("/v1/metrics/nps", { headers: { cookie } });
    expect(status).toBe(401);
  });

  it("sees its own workspace and no other", async () => {
    const other = await cloud.workspace();
    const cookie = await signIn(await cloud.key(other, "read"));
    const { text } = await send("/", { headers: { cookie } });
    expect(text).toContain("There is no data in this period yet");
    expect((await send("/customers?customerId=c-1", { headers: { cookie } })).status).toBe(404);
  });
});

describe("pages", () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await signIn(reader);
  });
  const open = (path: string) => send(path, { headers: { cookie } });

  it("show the same value as the API", async () => {
    const { json } = await client.get<{ series: { value: number; n: number }[] }>(
      `/v1/metrics/nps?from=${dayBefore(89)}&to=${dayBefore(0)}`,
    );
    const { text } = await open("/metrics/nps");
    expect(text).toContain(`n = ${json.series[0]?.n}`);
    const shown = json.series[0]?.value.toFixed(1).replace("-", "−");
    expect(text).toContain(`<p class="value">${shown}</p>`);
  });

  it("escape whatever was sent, in texts, addresses and fields", async () => {
    for (const path of [
      "/",
      "/metrics/nps?groupBy=channel",
      "/comments",
      "/customers?customerId=c-1",
      `/comments?q=${encodeURIComponent(hostile)}`,
      `/customers?customerId=${encodeURIComponent(hostile)}`,
      `/metrics/nps?filter.channel=${encodeURIComponent(hostile)}`,
    ]) {
      const { text } = await open(path);
      expect(text, path).not.toContain("<script>");
      expect(text, path).not.toContain("<img");
    }
    expect((await open("/comments")).text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("say what is wrong with an address, and keep to it", async () => {
    const cases = [
      ["/?from=2026-13-01", 400],
      ["/?sort=price", 400],
      ["/metrics/none", 404],
      ["/metrics/nps?convention=9-10", 400],
      ["/metrics/nps?from=2026-10-02&to=2026-10-01", 400],
      ["/comments?scoreFrom=11", 400],
      ["/goals?x=1", 400],
      ["/docs?x=1", 400],
      ["/comments?q=a&q=b", 400],
    ] as const;
    for (const [path, expected] of cases) {
      const { status, text, headers } = await open(path);
      expect(status, path).toBe(expected);
      expect(headers.get("content-type"), path).toBe("text/html; charset=utf-8");
      expect(text, path).toContain('role="alert"');
    }
  });

  it("take fields that a form left empty for not given", async () => {
    expect((await open("/?from=&to=&interval=&compare=&filter.channel=&area=")).status).toBe(200);
    expect((await open("/comments?q=&survey=&scoreFrom=&tag=&from=&to=")).status).toBe(200);
  });

  it("find comments by their words", async () => {
    expect((await open("/comments?q=alert")).text).toContain("&lt;script&gt;");
    expect((await open("/comments?q=nobodywrotethis")).text).toContain("No comment matches");
  });

  it("list customers, sorted and by state, each with a link to all that is known", async () => {
    const { status, text } = await open("/customers?sort=revenue");
    expect(status).toBe(200);
    expect(text).toContain("1 customer<");
    expect(text).toContain('<a href="/customers?customerId=c-1"><bdi>c-1</bdi></a>');
    expect(text).toContain("£12.50");
    expect((await open("/customers?state=lost")).text).toContain("0 customers<");
    expect((await open("/customers?sort=shoe-size")).status).toBe(400);
  });

  it("show a customer with all that is known", async () => {
    const { text } = await open("/customers?customerId=c-1");
    expect(text).toContain("£12.50");
    expect(text).toContain("order o-1");
  });

  it("give the values as the API's CSV", async () => {
    const { text, headers } = await open("/metrics/nps/values.csv?interval=month");
    expect(headers.get("content-type")).toContain("text/csv");
    expect(headers.get("content-disposition")).toContain('attachment; filename="nps-');
    const query = `?from=${dayBefore(89)}&to=${dayBefore(0)}&interval=month`;
    const own = await send(`/v1/metrics/nps${query}`, {
      headers: { accept: "text/csv", authorization: `Bearer ${reader}` },
    });
    expect(text).toBe(own.text);
  });

  it("document every route and every metric", async () => {
    const { text } = await open("/docs");
    expect(text).toContain("GET /v1/metrics/{id}");
    expect(text).toContain('id="metric-journey-funnel"');
  });

  it("load nothing from elsewhere and run nothing", async () => {
    const { headers, text } = await open("/");
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*style-src 'sha256-/);
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(text).not.toMatch(/(src|href)="https?:/);
  });
});
