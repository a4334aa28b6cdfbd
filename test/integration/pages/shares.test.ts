import { beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { BrowserClient } from "../../fixtures/browser-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Links that open a page without a key. */

let cloud: ApiCloud;
let client: ApiClient;
let admin: BrowserClient;
let anybody: BrowserClient;

beforeAll(async () => {
  cloud = await sharedCloud();
  client = await cloud.workspace({ trackedDimensions: ["channel"] });
  const answers = Array.from({ length: 40 }, (_, index) => ({
    ...{ survey: "nps", score: index % 11, occurredAt: `${dayBefore(index % 20)}T00:00:00Z` },
    ...{ comment: `Remark ${index}`, dimensions: { channel: index % 2 === 0 ? "web" : "shop" } },
  }));
  await client.recordAll("responses", answers);
  anybody = new BrowserClient(cloud.cloud.url);
  admin = await anybody.signedIn(client.key);
});

interface Made {
  readonly id: string;
  readonly link: string;
  readonly validUntil: string;
}

async function share(path: string, comments = false): Promise<Made> {
  const { status, json } = await client.post<Made>("/v1/shares", { path, days: 7, comments });
  expect(status).toBe(201);
  return json;
}

/** Who has opened a link. */
function opened({ link }: Made): Promise<BrowserClient> {
  return anybody.throughLink(link);
}

describe("a shared link", () => {
  it("opens its page as it was shared, without comments, links and forms, whatever is asked for", async () => {
    const made = await share("/metrics/nps?filter.channel=web");
    expect(made.link).toMatch(/^http:\/\/[^/]+\/shared#[A-Za-z0-9_-]{43}$/);
    const reader = await opened(made);
    for (const query of ["", "?filter.channel=shop", "?groupBy=channel&from=2020-01-01"]) {
      const { status, text } = await reader.open(`${reader.start}${query}`);
      expect(status).toBe(200);
      expect(text).toContain("n = 20<");
      expect(text).not.toContain("Remark");
      const main = text.split("<main")[1]?.split("</main>")[0] ?? "";
      expect(main).not.toMatch(/<form|href="\/|curl/);
      expect(text).not.toContain('aria-label="Pages"');
    }
  });

  it("shows comments where that was allowed", async () => {
    const reader = await opened(await share("/metrics/nps", true));
    expect((await reader.open(reader.start)).text).toContain("Remark");
  });

  it("leads nowhere else, and changes nothing", async () => {
    const reader = await opened(await share("/"));
    for (const path of [
      "/comments",
      "/customers?customerId=c-1",
      "/goals",
      "/metrics/nps/values.csv",
      "/shares",
      `${reader.start}0`,
    ]) {
      const { status, text } = await reader.open(path);
      expect(status, path).toBe(401);
      expect(text).not.toContain(client.workspace);
    }
    const goal = { metric: "nps", kind: "value", figure: "5", dueDate: dayBefore(-9), window: "30" };
    expect((await reader.submit("/goals/edit", goal)).status).toBe(401);
    expect((await reader.submit("/shares/edit", { path: "/", days: "7" })).status).toBe(401);
  });

  it("gives no other page its session, under any name, and takes nobody else's", async () => {
    const [first, second] = [await share("/goals"), await share("/metrics/nps")];
    const reader = await opened(first);
    const other = await opened(second);
    expect(other.start).not.toBe(reader.start);
    expect((await other.open(reader.start)).status).toBe(401);
    const token = first.link.split("#")[1] ?? "";
    const answer = await anybody.submit("/shared", { token });
    const [cookie = "", path = ""] = (answer.headers.get("set-cookie") ?? "").split("; ");
    expect(path).toBe(`Path=${reader.start}`);
    const renamed = { cookie: cookie.replace("shared=", "session=") };
    expect((await anybody.open("/goals", renamed)).status).toBe(401);
    expect((await admin.open(reader.start)).status).toBe(401);
  });

  it("leaves whoever opens it signed in, and several can be open at a time", async () => {
    const one = await admin.throughLink((await share("/goals")).link);
    expect((await one.open("/comments")).status).toBe(200);
    expect((await one.open(one.start)).text).not.toContain("/comments");
  });

  it("says to open the link again where the browser has no session of it any more", async () => {
    const reader = await opened(await share("/goals"));
    const { status, text } = await anybody.open(reader.start);
    expect(status).toBe(401);
    expect(text).toContain("Open its link again");
    expect(text).not.toContain("revoked");
  });

  it("is revoked at once, also for who has opened it", async () => {
    const made = await share("/goals");
    const reader = await opened(made);
    expect((await reader.open(reader.start)).status).toBe(200);
    expect((await client.send("DELETE", `/v1/shares/${made.id}`)).status).toBe(200);
    const gone = await reader.open(reader.start);
    expect(gone.status).toBe(401);
    expect(gone.text).toContain("unknown, expired or revoked");
    const late = await anybody.submit("/shared", { token: made.link.split("#")[1] ?? "" });
    expect([late.status, late.headers.get("set-cookie")]).toEqual([401, null]);
    expect(late.text).toContain("unknown, expired or revoked");
    expect((await client.send("DELETE", `/v1/shares/${made.id}`)).status).toBe(404);
  });

  it("is listed without its token, and is no key of the API", async () => {
    const made = await share("/");
    const { text } = await client.send("GET", "/v1/shares");
    expect(text).toContain(made.id);
    expect(text).not.toContain(made.link.split("#")[1]);
    const token = made.link.split("#")[1] ?? "";
    const response = await fetch(`${cloud.cloud.url}/v1/metrics/nps`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
  });

  it.each([
    "/customers",
    "/comments",
    "/docs",
    "//evil.example",
    "https://evil.example/",
    "/metrics/../customers",
    "/metrics/nps/values.csv",
    "goals",
    "",
  ])("cannot be made of %s", async (path) => {
    const { status } = await client.post("/v1/shares", { path, days: 7 });
    expect(status).toBe(422);
  });

  it("is good for 1 to 90 days", async () => {
    for (const days of [0, 91, 1.5, "7"]) {
      expect((await client.post("/v1/shares", { path: "/", days })).status).toBe(422);
    }
  });

  it("is made in the page, shown once, and opened by pasting what is behind the #", async () => {
    const form = await admin.open("/shares?path=%2Fmetrics%2Fnps%3FgroupBy%3Dchannel");
    expect(form.text).toContain('value="/metrics/nps?groupBy=channel"');
    const made = await admin.submit("/shares/edit", { action: "make", path: "/metrics/nps", days: "1" });
    expect(made.status).toBe(200);
    const [, token = ""] = /\/shared#([A-Za-z0-9_-]{43})/.exec(made.text) ?? [];
    expect((await admin.open("/shares")).text).not.toContain(token);
    expect((await anybody.open("/shared")).text).toContain('<form method="post" action="/shared"');
    const page = await anybody.submit("/shared", { token: ` ${token} ` });
    expect(page.status).toBe(303);
    expect(page.headers.get("location")).toMatch(/^\/shared\/[0-9a-f]{18}$/);
    const wrong = await admin.submit("/shares/edit", { action: "make", path: "/customers", days: "1" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('id="path-wrong"');
  });

  it("is none for a token that was made up", async () => {
    for (const token of ["", "a".repeat(43), "../x", "é"]) {
      expect((await anybody.submit("/shared", { token })).status).toBe(401);
    }
  });
});
