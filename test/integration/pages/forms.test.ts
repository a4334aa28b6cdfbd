import { beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { BrowserClient } from "../../fixtures/browser-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Goals and annotations that are set in the pages. */

let cloud: ApiCloud;
let client: ApiClient;
let admin: BrowserClient;
let reader: BrowserClient;

const hostile = `<script>alert(1)</script>"'& \u202e`;

beforeAll(async () => {
  cloud = await sharedCloud();
  client = await cloud.workspace({ currency: "GBP", trackedDimensions: ["channel"] });
  const browser = new BrowserClient(cloud.cloud.url);
  admin = await browser.signedIn(client.key);
  reader = await browser.signedIn(await cloud.key(client, "read"));
});

const release = { from: dayBefore(3), text: "Release 4.2", link: "https://example.com/4.2" };

/** The ids that the forms of a page's links change. */
function idsIn(text: string, form: string): string[] {
  return [...text.matchAll(new RegExp(`href="${form}\\?id=([^"]+)"`, "g"))].map(([, id = ""]) => id);
}

describe("what happened", () => {
  it("is noted, shown in charts, changed and removed", async () => {
    const saved = await admin.submit("/annotations/edit", {
      ...{ id: "", action: "save", ...release, to: "", "filter.channel": "web,app" },
    });
    expect([saved.status, saved.headers.get("location")]).toEqual([303, "/annotations"]);
    const { json } = await client.get<{ items: { id: string }[] }>("/v1/annotations");
    expect(json.items).toMatchObject([{ ...release, dimensions: { channel: ["web", "app"] } }]);
    const list = await admin.open("/annotations");
    expect(list.text).toContain("Release 4.2");
    const [id = ""] = idsIn(list.text, "/annotations/edit");
    expect(id).toBe(json.items[0]?.id);
    const form = await admin.open(`/annotations/edit?id=${id}`);
    expect(form.text).toContain('value="web,app"');
    const changed = { ...release, text: hostile };
    expect((await admin.submit("/annotations/edit", { id, action: "save", ...changed })).status).toBe(303);
    const again = await admin.open("/annotations");
    expect(again.text).not.toContain("<script>");
    expect(again.text).toContain("&lt;script&gt;");
    expect((await admin.submit("/annotations/edit", { id, action: "remove" })).status).toBe(303);
    expect((await admin.open("/annotations")).text).toContain("Nothing is noted yet.");
  });

  it("is asked for again with what is wrong beside its field, and with what was entered", async () => {
    const wrong = { text: hostile, from: dayBefore(1), to: dayBefore(5), link: "javascript:alert(1)" };
    const { status, text } = await admin.submit("/annotations/edit", { id: "", action: "save", ...wrong });
    expect(status).toBe(422);
    expect(text).toMatch(/id="link"[^>]*value="javascript:alert\(1\)"[^>]*aria-invalid="true"/);
    expect(text).toMatch(/id="link-wrong"[^>]*>must be an address that begins with/);
    expect(text).not.toContain("<script>");
    const days = await admin.submit("/annotations/edit", { id: "", ...wrong, link: "" });
    expect(days.text).toMatch(/id="to-wrong"[^>]*>must not be before from/);
    expect((await client.get<{ items: unknown[] }>("/v1/annotations")).json.items).toEqual([]);
  });
});

describe("a goal", () => {
  const goal = { metric: "nps", kind: "value", figure: "50,5", dueDate: dayBefore(-90), window: "30" };

  it("is set with a figure as it is typed, changed without losing what the form does not have, and removed", async () => {
    const saved = await admin.submit("/goals/edit", { id: "", action: "save", ...goal, name: hostile });
    expect([saved.status, saved.headers.get("location")]).toEqual([303, "/goals"]);
    const list = await admin.open("/goals");
    expect(list.text).not.toContain("<script>");
    const [id = ""] = idsIn(list.text, "/goals/edit");
    const stored = () => client.get<{ goal: object; convention: string }>(`/v1/goals/${id}`);
    expect((await stored()).json.goal).toMatchObject({
      metric: "nps",
      target: { value: 50.5 },
      name: hostile,
    });
    const definition = { metric: "nps", target: { value: 50 }, dueDate: dayBefore(-90), convention: "1-10" };
    await client.send("PUT", `/v1/goals/${id}`, { body: definition });
    const form = await admin.open(`/goals/edit?id=${id}`);
    expect(form.text).toMatch(/id="figure"[^>]*value="50"/);
    await admin.submit("/goals/edit", { id, action: "save", ...goal, "filter.channel": "web" });
    expect((await stored()).json.goal).toMatchObject({
      ...{ target: { value: 50.5 }, convention: "1-10", filter: { channel: "web" } },
    });
    expect((await admin.submit("/goals/edit", { id, action: "remove" })).status).toBe(303);
    expect((await admin.open("/goals")).text).toContain("No goal is set yet.");
  });

  it("of money keeps its decimals, and says beside the field what is wrong", async () => {
    const money = { ...goal, metric: "sales", figure: "1000.10" };
    expect((await admin.submit("/goals/edit", { id: "", ...money })).status).toBe(303);
    const [id = ""] = idsIn((await admin.open("/goals")).text, "/goals/edit");
    const { json } = await client.get<{ goal: object }>(`/v1/goals/${id}`);
    expect(json.goal).toMatchObject({ target: { value: "1000.10" } });
    for (const figure of ["much", "1e999", "--5"]) {
      const { status, text } = await admin.submit("/goals/edit", { id: "", ...goal, figure });
      expect(status).toBe(422);
      expect(text).toContain('id="figure-wrong"');
      expect(text).toMatch(new RegExp(`id="figure"[^>]*value="${figure}"`));
    }
    const late = await admin.submit("/goals/edit", { id: "", ...goal, dueDate: dayBefore(5) });
    expect(late.text).toContain('id="dueDate-wrong"');
  });
});

describe("changes are refused", () => {
  const forms = ["/annotations/edit", "/goals/edit"];

  it.each(forms)("at %s to keys that may only read, which are shown no way to it", async (path) => {
    const { status } = await reader.submit(path, { id: "", ...release });
    expect(status).toBe(403);
    expect((await reader.open(path.replace("/edit", ""))).text).not.toContain(`href="${path}`);
  });

  it.each(forms)("at %s to forms of other sites, and to who has not signed in", async (path) => {
    const foreign = await admin.submit(path, { id: "" }, { origin: "https://evil.example" });
    expect(foreign.status).toBe(403);
    const nobody = await new BrowserClient(cloud.cloud.url).submit(path, { id: "", ...release });
    expect(nobody.status).toBe(401);
  });

  it("where there is nothing with the id", async () => {
    expect((await admin.open("/annotations/edit?id=none")).status).toBe(404);
    expect((await admin.open("/goals/edit?id=..%2F..")).status).toBe(404);
    expect((await admin.submit("/goals/edit", { id: "none", action: "remove" })).status).toBe(422);
  });
});
