import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, type BatchBody, dayBefore, type Entry } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Made-up values of a dimension take nothing from real ones, and an administrator puts the list right. */

const origin = "https://shop.example";

let test: ApiCloud;
let shop: ApiClient;
let key: string;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  shop = await test.workspace();
  const body = { name: "page", scopes: ["ingest"], origins: [origin] };
  ({ key } = (await shop.post<{ key: string }>("/v1/keys", body)).json);
});

const answerOn = (channel: string) => ({ survey: "nps", score: 9, dimensions: { channel } });

async function sendAsStranger(responses: readonly object[], withKey = key): Promise<void> {
  const options = { body: { responses }, key: withKey, headers: { origin } };
  const { json } = await shop.send<BatchBody>("POST", "/v1/responses", options);
  expect(json.recorded).toBe(responses.length);
}

/** How many answers each channel has. */
async function byChannel(): Promise<Record<string, number>> {
  const query = `from=${dayBefore(1)}&to=${dayBefore(-1)}&groupBy=channel`;
  const series = (await shop.series("nps", query)) as readonly Partial<Entry & { group: string }>[];
  return Object.fromEntries(series.map(({ group = "", n = 0 }) => [group, n]));
}

interface Dimension {
  readonly values: readonly { readonly value: string; readonly status: string; readonly countsAs: string }[];
}

async function change(dimension: string, body: object): Promise<Dimension> {
  const { status, json } = await shop.send<Dimension>("PATCH", `/v1/dimensions/${dimension}`, { body });
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

const madeUp = (count: number) => Array.from({ length: count }, (_, index) => `made-up-${index}`);

async function expectNoDifferences(): Promise<void> {
  const days = { from: dayBefore(1), to: dayBefore(0) };
  expect((await shop.post("/v1/reconciliation", days)).json).toMatchObject({ differencesTotal: 0 });
}

describe("values of a tracked dimension", () => {
  it("that a public key makes up leave the real ones groups of their own", async () => {
    await sendAsStranger(madeUp(250).map(answerOn));
    await shop.recordAll("responses", [answerOn("web"), answerOn("shop"), answerOn("made-up-240")]);
    const groups = await byChannel();
    expect(groups).toMatchObject({ web: 1, shop: 1, "made-up-240": 1, "(other)": 200 });
    expect(Object.keys(groups)).toHaveLength(3 + 50 + 1);
    await expectNoDifferences();
  });

  it("are removed, merged and pinned with all that was counted under them", async () => {
    await shop.recordAll("responses", ["web", "Web", "WEB", "app", "junk"].map(answerOn));
    await sendAsStranger([answerOn("made-up"), answerOn("made-up")]);
    const merge = [
      { from: "Web", into: "web" },
      { from: "WEB", into: "web" },
    ];
    const changed = await change("channel", { merge, remove: ["junk", "made-up"] });
    expect(changed.values.find(({ value }) => value === "Web")).toMatchObject({
      ...{ status: "merged", countsAs: "web" },
    });
    expect(await byChannel()).toEqual({ web: 3, app: 1, "(other)": 3 });
    const filtered = await shop.total("nps", dayBefore(1), dayBefore(-1), "&filter.channel=web");
    expect(filtered.n).toBe(3);
    await shop.recordAll("responses", [answerOn("Web"), answerOn("junk")]);
    expect(await byChannel()).toEqual({ web: 4, app: 1, "(other)": 4 });
    await change("channel", { pin: ["made-up"] });
    expect(await byChannel()).toMatchObject({ web: 4, "made-up": 2, "(other)": 2 });
    await expectNoDifferences();
  });

  it("that are named for a public key count as those of senders who are trusted", async () => {
    const dimensions = { channel: ["kiosk"] };
    const body = { name: "kiosk", scopes: ["ingest"], origins: [origin], dimensions };
    const made = await shop.post<{ key: string }>("/v1/keys", body);
    await sendAsStranger([answerOn("kiosk")], made.json.key);
    const { json } = await shop.get<Dimension>("/v1/dimensions/channel");
    expect(json.values).toMatchObject([{ value: "kiosk", status: "named" }]);
  });

  it("are made anew after the dimension was untracked and is tracked again", async () => {
    await shop.recordAll("responses", [answerOn("before")]);
    const track = (trackedDimensions: string[]) =>
      shop.send("PATCH", "/v1/workspace", { body: { trackedDimensions } });
    await track([]);
    expect((await shop.get("/v1/dimensions/channel")).status).toBe(404);
    await track(["channel"]);
    await shop.recordAll("responses", [answerOn("after")]);
    const { json } = await shop.get<Dimension>("/v1/dimensions/channel");
    expect(json.values.map(({ value }) => value)).toEqual(["after"]);
    await expectNoDifferences();
  });

  it.each([
    [{}, 422],
    [{ remove: ["(other)"] }, 422],
    [{ merge: [{ from: "a", into: "a" }] }, 422],
    [{ rename: ["a"] }, 422],
  ])("are not changed by %j", async (body, expected) => {
    expect((await shop.send("PATCH", "/v1/dimensions/channel", { body })).status).toBe(expected);
  });

  it("are an administrator's business", async () => {
    const reader = await test.key(shop, "read");
    expect((await shop.get("/v1/dimensions/channel", { key: reader })).status).toBe(403);
  });
});

describe("intents", () => {
  const intent = (choice: string) => ({ survey: "visitor-intent", choice });
  const components = async () => (await shop.total("visitor-intent", dayBefore(1), dayBefore(-1))).components;

  it("that a public key makes up leave real ones their names", async () => {
    await sendAsStranger(madeUp(30).map(intent));
    await shop.recordAll(
      "responses",
      Array.from({ length: 30 }, (_, index) => intent(`real-${index}`)),
    );
    const named = await components();
    expect(named).toMatchObject({ "answers real-0": 1, "answers real-29": 1, "answers (other)": 20 });
  });

  it("count as others from when they are removed", async () => {
    await sendAsStranger([intent("made-up")]);
    await change("visitor-intent", { remove: ["made-up"] });
    await sendAsStranger([intent("made-up")]);
    // What this process remembers of the list may be a minute old.
    expect((await shop.get<Dimension>("/v1/dimensions/visitor-intent")).json.values).toMatchObject([
      { value: "made-up", status: "removed", countsAs: "(other)" },
    ]);
  });
});
