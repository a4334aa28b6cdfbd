import { beforeAll, describe, expect, it } from "vitest";
import type { ProblemBody } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let cloud: ApiCloud;

beforeAll(async () => {
  cloud = await sharedCloud();
});

const definition = { url: "https://example.com/hook", events: ["response.recorded"] };

describe("a webhook", () => {
  it("is made with a secret that is shown this once, replaced, and deleted", async () => {
    const api = await cloud.workspace();
    const put = (body: object) => api.send<{ secret?: string }>("PUT", "/v1/webhooks/one", { body });
    const made = await put(definition);
    expect([made.status, made.json]).toMatchObject([
      201,
      {
        id: "one",
        ...definition,
        enabled: true,
        format: "standard",
        secret: expect.stringMatching(/^whsec_/),
      },
    ]);
    const again = await put(definition);
    expect([again.status, again.json.secret]).toEqual([200, undefined]);
    expect((await put({ ...definition, enabled: false })).json).toMatchObject({ enabled: false });
    const shown = await api.get("/v1/webhooks/one");
    expect(shown.text).not.toContain("whsec_");
    expect(shown.json).toMatchObject({ enabled: false, switchedOff: null, failingSince: null });
    expect((await api.send("DELETE", "/v1/webhooks/one")).status).toBe(200);
    for (const method of ["GET", "DELETE"] as const) {
      expect((await api.send(method, "/v1/webhooks/one")).status).toBe(404);
    }
  });

  it("is known to its workspace alone", async () => {
    const [api, other] = [await cloud.workspace(), await cloud.workspace()];
    await api.send("PUT", "/v1/webhooks/mine", { body: definition });
    for (const path of ["/v1/webhooks/mine", "/v1/webhooks/mine/deliveries"]) {
      expect((await other.get(path)).status).toBe(404);
    }
    expect((await other.send("POST", "/v1/webhooks/mine/test", { body: {} })).status).toBe(404);
    expect((await other.get("/v1/webhooks")).json).toEqual({ items: [], nextCursor: null });
  });

  it("can be seen and set with the scope admin alone", async () => {
    const api = await cloud.workspace();
    for (const scope of ["read", "ingest"] as const) {
      const key = await cloud.key(api, scope);
      expect((await api.send("GET", "/v1/webhooks", { key })).status).toBe(403);
      expect((await api.send("PUT", "/v1/webhooks/one", { key, body: definition })).status).toBe(403);
    }
  });

  it("is one of ten at the most", async () => {
    const api = await cloud.workspace();
    const ids = Array.from({ length: 11 }, (_, index) => `w-${index}`);
    const statuses: number[] = [];
    for (const id of ids)
      statuses.push((await api.send("PUT", `/v1/webhooks/${id}`, { body: definition })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 409]);
    await api.send("DELETE", "/v1/webhooks/w-0");
    expect((await api.send("PUT", "/v1/webhooks/w-10", { body: definition })).status).toBe(201);
  });
});

describe("a webhook is refused", () => {
  it("under a name that the settings of its workspace cannot have", async () => {
    const api = await cloud.workspace();
    const sent = await api.send<ProblemBody>("PUT", "/v1/webhooks/__proto__", { body: definition });
    expect([sent.status, sent.json.errors?.map(({ pointer }) => pointer)]).toEqual([400, ["/id"]]);
    expect((await api.send("PUT", "/v1/webhooks/constructor", { body: definition })).status).toBe(201);
  });

  it.each<[string, object, string]>([
    ["without an event", { events: [] }, "/events"],
    ["with an event that there is not", { events: ["response.deleted"] }, "/events/0"],
    ["with an event twice", { events: ["goal.missed", "goal.missed"] }, "/events"],
    ["with a URL of this machine's network", { url: "https://10.0.0.1/" }, "/url"],
    ["with a URL of the metadata service", { url: "http://169.254.169.254/latest" }, "/url"],
    ["with a URL without https", { url: "http://example.com/" }, "/url"],
    ["with a URL and a target", { target: { eventBridge: true } }, ""],
    ["with a chat's format for facts", { format: "slack" }, "/format"],
    ["with a survey that there is not", { filter: { survey: "npz" } }, "/filter/survey"],
    ["with scores that are none", { filter: { scores: { from: 7, to: 6 } } }, "/filter/scores"],
    ["with a field that there is not", { secret: "whsec_mine" }, "/secret"],
  ])("%s", async (_, fields, pointer) => {
    const api = await cloud.workspace();
    const { status, json } = await api.send<ProblemBody>("PUT", "/v1/webhooks/bad", {
      body: { ...definition, ...fields },
    });
    expect([status, json.errors?.map((error) => error.pointer)]).toEqual([422, [pointer]]);
    expect((await api.get("/v1/webhooks/bad")).status).toBe(404);
  });
});
