import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { BrowserClient } from "../../fixtures/browser-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { Receiver } from "../../fixtures/receiver.ts";

/** Webhooks that are set and looked after in the pages. */

let cloud: ApiCloud;
let receiver: Receiver;
let client: ApiClient;
let admin: BrowserClient;
let reader: BrowserClient;

const hostile = `<script>alert(1)</script>"'&`;

beforeAll(async () => {
  cloud = await ApiCloud.start({ runSchedules: false });
  receiver = await Receiver.start();
  client = await cloud.workspace();
  const browser = new BrowserClient(cloud.cloud.url);
  admin = await browser.signedIn(client.key);
  reader = await browser.signedIn(await cloud.key(client, "read"));
});

afterAll(async () => {
  await receiver.stop();
  await cloud.end();
});

interface Webhooks {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

const stored = async () => (await client.get<Webhooks>("/v1/webhooks")).json.items;

const path = "/webhooks/edit";

const secretIn = (text: string) => /whsec_[A-Za-z0-9+/=]+/.exec(text)?.[0] ?? "";

/** Makes a webhook by the form. */
async function made(fields: Record<string, string> = {}): Promise<{ id: string; secret: string }> {
  const given = { id: "", to: "url", url: receiver.url, enabled: "true", format: "standard", ...fields };
  const before = new Set((await stored()).map(({ id }) => id));
  const answer = await admin.submit(path, { "event.response.recorded": "yes", action: "save", ...given });
  expect(answer.status, answer.text).toBe(200);
  const added = (await stored()).find(({ id }) => !before.has(id));
  return { id: String(added?.["id"]), secret: secretIn(answer.text) };
}

it("a webhook is made, its secret shown once, and it is tried, delivered again, given a new secret and removed", async () => {
  const { id, secret } = await made({ description: hostile });
  expect(secret).toMatch(/^whsec_.{44}$/);
  receiver.secret = secret;
  receiver.answering = (_, response) => void response.writeHead(200).end(hostile);
  for (const page of ["/webhooks", `${path}?id=${id}`]) {
    const { status, text, headers } = await admin.open(page);
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(text).not.toContain("whsec_");
    expect(text).not.toContain("<script>");
  }
  const tested = await admin.submit(path, { id, action: "test" });
  expect([tested.status, tested.headers.get("location")]).toEqual([303, "/webhooks"]);
  await cloud.cloud.idle();
  expect(receiver.received).toMatchObject([{ type: "webhook.test", isVerified: true }]);
  const list = (await admin.open("/webhooks")).text;
  expect(list).toContain("Delivered, 1 try, Answer: 200");
  expect(list).toContain("<code>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;</code></pre>");
  expect(list).not.toContain("<script>");
  const [, delivery = ""] = /name="delivery" value="(msg_[^"]+)"/.exec(list) ?? [];
  expect((await admin.submit(path, { id, delivery, action: "redeliver" })).status).toBe(303);
  await cloud.cloud.idle();
  expect(receiver.received.map((one) => one.id)).toEqual([delivery, delivery]);
  const rotated = await admin.submit(path, { id, action: "rotate" });
  expect(rotated.status).toBe(200);
  expect(secretIn(rotated.text)).toMatch(/^whsec_.{44}$/);
  expect(secretIn(rotated.text)).not.toBe(secret);
  expect(rotated.text).toContain("The secret before is valid until");
  expect((await admin.open("/webhooks")).text).not.toContain("whsec_");
  expect((await admin.submit(path, { id, action: "remove" })).status).toBe(303);
  expect(await stored()).toEqual([]);
  expect((await admin.open("/webhooks")).text).toContain("There are no webhooks yet.");
});

it("changing one keeps its id, its filter and its secret, and says when it was switched off and why", async () => {
  const body = {
    ...{ url: receiver.url, events: ["response.recorded"], description: "CRM" },
    filter: { survey: "nps", scores: { to: 6 } },
  };
  await client.send("PUT", "/v1/webhooks/crm", { body });
  const form = await admin.open(`${path}?id=crm`);
  expect(form.text).toContain(`value="${receiver.url}"`);
  expect(form.text).toContain('name="event.response.recorded" value="yes" checked>');
  const fields = { id: "crm", to: "url", url: receiver.url, format: "standard", "event.goal.missed": "yes" };
  const saved = await admin.submit(path, { ...fields, enabled: "true", action: "save" });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, "/webhooks"]);
  expect(await stored()).toMatchObject([{ id: "crm", filter: body.filter, events: ["goal.missed"] }]);
  receiver.answering = (_, response) => void response.writeHead(410).end();
  await admin.submit(path, { id: "crm", action: "test" });
  await cloud.cloud.idle();
  const { text } = await admin.open("/webhooks");
  expect(text).toMatch(
    /Switched off since \d+ \w+ \d{4}, \d\d:\d\d UTC: the receiver answered that it is gone/,
  );
  await admin.submit(path, { ...fields, enabled: "true", action: "save" });
  expect(await stored()).toMatchObject([{ enabled: true, switchedOff: null }]);
  await admin.submit(path, { id: "crm", action: "remove" });
});

it("one to the event bus has no secret", async () => {
  const bus = { id: "", to: "bus", "event.snapshot.taken": "yes", action: "save" };
  expect((await admin.submit(path, bus)).status).toBe(303);
  const [{ id, target } = {}] = await stored();
  expect(target).toEqual({ eventBridge: true });
  const { text } = await admin.open("/webhooks");
  expect(text).toContain("the event bus of the account");
  expect(text).not.toContain('value="rotate"');
  const refused = await admin.submit(path, { id: String(id), action: "rotate" });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("only deliveries to a URL are signed");
  await admin.submit(path, { id: String(id), action: "remove" });
});

it("what is wrong stands beside its field, and changes nothing", async () => {
  const wrong = {
    id: "",
    to: "url",
    url: `https://10.0.0.1/${hostile}`,
    description: hostile,
    action: "save",
  };
  const none = await admin.submit(path, wrong);
  expect(none.status).toBe(422);
  expect(none.text).toMatch(/id="events-wrong"[^>]*>.*must name at least one type of event/);
  expect(none.text).not.toContain("<script>");
  const hidden = await admin.submit(path, { ...wrong, "event.goal.missed": "yes" });
  expect(hidden.text).toMatch(/id="url-wrong"[^>]*>.*must be an address of the public internet/);
  expect(hidden.text).toContain('name="event.goal.missed" value="yes" checked>');
  const slack = { ...wrong, url: receiver.url, format: "slack", "event.goal.missed": "yes" };
  expect((await admin.submit(path, slack)).text).toContain('id="format-wrong"');
  expect((await admin.submit(path, { ...slack, format: "", to: "bus" })).text).toContain(
    "must have exactly one of url and target",
  );
  expect(await stored()).toEqual([]);
});

it("nothing of it is shown to keys that may only read, and nothing is taken from them, other sites or strangers", async () => {
  const { id } = await made();
  for (const page of ["/webhooks", path, `${path}?id=${id}`]) {
    const { status, text } = await reader.open(page);
    expect(status).toBe(403);
    expect(text).not.toContain(receiver.url);
  }
  expect((await reader.open("/annotations")).text).not.toContain('href="/webhooks');
  expect((await admin.open("/annotations")).text).toContain('href="/webhooks"');
  const before = await stored();
  const stranger = new BrowserClient(cloud.cloud.url);
  expect((await stranger.open("/webhooks")).status).toBe(401);
  for (const action of ["save", "remove", "rotate", "test", "redeliver"]) {
    const fields = { id, action, to: "url", url: receiver.url };
    expect((await reader.submit(path, fields)).status).toBe(403);
    expect((await stranger.submit(path, fields)).status).toBe(401);
    const foreign = await admin.submit(path, fields, { origin: "https://evil.example" });
    expect(foreign.status).toBe(403);
  }
  expect(await stored()).toEqual(before);
});

it("where there is nothing with the id, it says so", async () => {
  expect((await admin.open(`${path}?id=none`)).status).toBe(404);
  expect((await admin.open(`${path}?id=..%2F..`)).status).toBe(404);
  for (const action of ["save", "remove", "rotate", "test", "redeliver"]) {
    expect((await admin.submit(path, { id: "none", action })).status).toBe(422);
  }
});
