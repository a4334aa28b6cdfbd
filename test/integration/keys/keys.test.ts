import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Method } from "../../../lib/route.ts";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

let test: ApiCloud;
let api: ApiClient;

interface Key {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

function call<Body = Key>(
  method: Method,
  path: string,
  { body, key = api.key, origin }: { body?: unknown; key?: string; origin?: string } = {},
) {
  return api.send<Body>(method, path, { body, key, headers: origin ? { origin } : {} });
}

async function makeKey(scopes: string[], more: object = {}): Promise<Key> {
  const { status, json } = await call("POST", "/v1/keys", { body: { name: "test", scopes, ...more } });
  expect(status).toBe(201);
  return json;
}

const answer = { survey: "nps", score: 9 };

beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
});

afterAll(() => test?.end());

describe("API keys", () => {
  it("are shown once, and afterwards listed without their text", async () => {
    const made = await makeKey(["read"], { name: "dashboard" });
    expect(made.key).toMatch(/^cxm_[A-Za-z0-9_-]{43}$/);
    const { json } = await call<{ items: Key[] }>("GET", "/v1/keys");
    expect(json.items.map(({ name }) => name)).toEqual(["admin", "dashboard"]);
    expect(JSON.stringify(json)).not.toContain(made.key);
  });

  it("are listed page by page, each once and in the order in which they were made", async () => {
    const all = await call<{ items: Key[] }>("GET", "/v1/keys");
    const paged: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const query: string = next === "" ? "limit=1" : `limit=1&cursor=${next}`;
      const { json } = await call<{ items: Key[]; nextCursor: string | null }>("GET", `/v1/keys?${query}`);
      expect(json.items).toHaveLength(1);
      paged.push(...json.items.map(({ id }) => id));
      next = json.nextCursor;
    }
    expect(paged.length).toBeGreaterThan(1);
    expect(paged).toEqual(all.json.items.map(({ id }) => id));
    expect((await call("GET", "/v1/keys?cursor=nonsense")).status).toBe(400);
  });

  it("may do what their scopes say and nothing else", async () => {
    const [ingest, read] = [await makeKey(["ingest"]), await makeKey(["read"])];
    const statuses = async (key: string) => [
      (await call("POST", "/v1/responses", { key, body: answer })).status,
      (await call("GET", "/v1/metrics", { key })).status,
      (await call("POST", "/v1/keys", { key, body: { name: "x", scopes: ["admin"] } })).status,
      (await call("GET", "/v1/keys", { key })).status,
    ];
    expect(await statuses(ingest.key)).toEqual([201, 403, 403, 403]);
    expect(await statuses(read.key)).toEqual([403, 200, 403, 403]);
  });

  it("that are limited to origins work from these alone", async () => {
    const { key } = await makeKey(["ingest"], { origins: ["https://shop.example"] });
    const from = async (origin?: string) =>
      (await call("POST", "/v1/responses", { key, body: answer, ...(origin ? { origin } : {}) })).status;
    expect(await from("https://shop.example")).toBe(201);
    expect(await from("https://shop.example.evil.test")).toBe(403);
    expect(await from("null")).toBe(403);
    expect(await from()).toBe(403);
  });

  it("are refused on every route that has not seen them once they are revoked", async () => {
    const { id, key } = await makeKey(["read"]);
    expect((await call("DELETE", `/v1/keys/${id}`)).status).toBe(200);
    expect((await call("GET", "/v1/metrics", { key })).status).toBe(401);
    expect((await call("DELETE", `/v1/keys/${id}`)).status).toBe(404);
  });

  it("end at the instant of their expiry, also where the authorizer still remembers them", async () => {
    const expiresAt = new Date(Date.now() + 3_000).toISOString();
    const { key } = await makeKey(["read"], { expiresAt });
    const ask = async () => (await call("GET", "/v1/metrics", { key })).status;
    await ask();
    // The authorizer remembers for a minute.
    await expect.poll(ask, { timeout: 30_000, interval: 500 }).toBe(401);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  });

  it("cannot use a route by what the authorizer remembers of another one", async () => {
    const { key } = await makeKey(["read"]);
    const read = () => call("GET", "/v1/workspace", { key });
    const change = () => call("PATCH", "/v1/workspace", { key, body: { margin: 0.5 } });
    const statuses = [];
    for (const ask of [read, change, read, change]) statuses.push((await ask()).status);
    expect(statuses).toEqual([200, 403, 200, 403]);
  });

  it("remember the hour in which they were last used", async () => {
    const { id, key } = await makeKey(["read"]);
    const lastUse = async () => {
      const { json } = await call<{ items: { id: string; lastUsedAt: string | null }[] }>("GET", "/v1/keys");
      return json.items.find((item) => item.id === id)?.lastUsedAt;
    };
    expect(await lastUse()).toBeNull();
    await call("GET", "/v1/metrics", { key });
    expect(Date.parse((await lastUse()) ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });

  it("never leave a workspace without an admin key", async () => {
    const { json } = await call<{ items: Key[] }>("GET", "/v1/keys");
    const admin = json.items.find(({ name }) => name === "admin");
    expect((await call("DELETE", `/v1/keys/${admin?.id}`)).status).toBe(409);
    expect((await call("GET", "/v1/keys")).status).toBe(200);
  });

  it("are 90 at most, however many are made at once, and one more once one is revoked", async () => {
    const listed = async () => {
      const { json } = await call<{ items: Key[] }>("GET", "/v1/keys?limit=200");
      return json.items;
    };
    const before = (await listed()).length;
    const make = () => call("POST", "/v1/keys", { body: { name: "many", scopes: ["read"] } });
    const made = await Promise.all(Array.from({ length: 160 }, make));
    const statuses = Map.groupBy(made, ({ status }) => status);
    expect([...statuses.keys()].sort()).toEqual([201, 409]);
    expect(statuses.get(201)).toHaveLength(90 - before);
    expect(await listed()).toHaveLength(90);
    expect(
      (await call("DELETE", `/v1/keys/${made.find(({ status }) => status === 201)?.json.id}`)).status,
    ).toBe(200);
    expect([(await make()).status, (await make()).status]).toEqual([201, 409]);
  });

  it.each([
    [{ scopes: ["read"] }, "/name"],
    [{ name: "x", scopes: [] }, "/scopes"],
    [{ name: "x", scopes: ["root"] }, "/scopes/0"],
    [{ name: "x", scopes: ["read", "read"] }, "/scopes"],
    [{ name: "x", scopes: ["read"], origins: ["https://shop.example"] }, "/origins"],
    [{ name: "x", scopes: ["ingest"], origins: ["https://shop.example/path"] }, "/origins/0"],
    [{ name: "x", scopes: ["ingest"], origins: ["*"] }, "/origins/0"],
    [{ name: "x", scopes: ["read"], expiresAt: "2020-01-01T00:00:00Z" }, "/expiresAt"],
    [{ name: "x", scopes: ["read"], workspace: "other" }, "/workspace"],
  ])("are not made of %j", async (body, pointer) => {
    const { status, json } = await call<{ errors: { pointer: string }[] }>("POST", "/v1/keys", { body });
    expect({ status, pointer: json.errors[0]?.pointer }).toEqual({ status: 422, pointer });
  });
});
