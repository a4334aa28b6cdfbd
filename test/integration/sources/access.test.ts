import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { payloadsOf } from "../../fixtures/sources/payloads.ts";
import { secretOf, signed } from "../../fixtures/sources/sign.ts";
import { SourceClient } from "../../fixtures/sources/source-client.ts";
import { storedItems } from "../../fixtures/stored.ts";

let test: ApiCloud;
let api: ApiClient;
beforeAll(async () => {
  test = await sharedCloud();
  api = await test.workspace();
});
afterAll(() => test?.end());

const purchase = payloadsOf("stripe").find(({ name }) => name === "charge-succeeded-gbp")?.body ?? "";

async function sales(client: ApiClient): Promise<number> {
  return (await client.total("sales", "2026-10-01", "2026-10-31")).n;
}

describe("who may send", () => {
  it("the provider alone: an address without a signature, or with another secret's, changes nothing", async () => {
    const own = await test.workspace({ currency: "GBP" });
    const source = await SourceClient.make(own, "stripe");
    const headers = { "content-type": "application/json" };
    for (const wrong of [
      headers,
      { ...headers, authorization: `Bearer ${await test.key(own, "admin")}` },
      signed("stripe", purchase, { secret: "whsec_somebody-else" }),
      signed("stripe", `${purchase} `),
      signed("stripe", purchase, { at: Date.now() - 301_000 }),
    ]) {
      const { status } = await source.post(purchase, wrong);
      expect(status).toBe(401);
    }
    expect(await sales(own)).toBe(0);
    expect((await own.get<{ items: object[] }>("/v1/sources/stripe/unmapped")).json.items).toEqual([]);
    await source.deliver("charge-succeeded-gbp");
    expect(await sales(own)).toBe(1);
  });

  it("nobody while the source has no secret; the answer says what is missing", async () => {
    const made = await api.send<{ address: string; verifiedBy: string }>("PUT", "/v1/sources/bare", {
      body: { provider: "stripe" },
    });
    expect(made).toMatchObject({ status: 201, json: { verifiedBy: "nothing" } });
    const source = new SourceClient("stripe", made.json.address);
    const response = await source.post(purchase, signed("stripe", purchase, { secret: "" }));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining("has no secret yet") });
    const body = { provider: "stripe", secret: secretOf["stripe"] };
    const changed = await api.send("PUT", "/v1/sources/bare", { body });
    expect(changed).toMatchObject({ status: 200, json: { verifiedBy: "signature" } });
    expect(changed.json).not.toHaveProperty("address");
    expect(await source.deliver("charge-succeeded-gbp")).toMatchObject({ recorded: 1 });
  });

  it("a source that cannot sign is taken by its address, once an administrator says so", async () => {
    const body = { provider: "chatwoot", unsigned: true };
    const made = await api.send<{ address: string }>("PUT", "/v1/sources/chat", { body });
    expect(made.json).toMatchObject({ verifiedBy: "address" });
    const payload = payloadsOf("chatwoot").find(({ name }) => name === "conversation-created")?.body ?? "";
    const source = new SourceClient("chatwoot", made.json.address);
    expect((await source.post(payload, { "content-type": "application/json" })).status).toBe(200);
    const refused = await api.send("PUT", "/v1/sources/other", {
      body: { provider: "stripe", unsigned: true },
    });
    expect(refused).toMatchObject({ status: 422, json: { errors: [{ pointer: "/unsigned" }] } });
  });

  it("an address that is nobody's, deleted, or no address answers 404, to HEAD too", async () => {
    const source = await SourceClient.make(api, "stripe", { id: "short-lived" });
    const there = await fetch(source.address, { method: "HEAD" });
    expect(there.status).toBe(200);
    const unknown = source.address.replace(/.{5}$/, "AAAAA");
    const byName = source.address.replace(/src_.*$/, "short-lived");
    expect((await api.send("DELETE", "/v1/sources/short-lived")).status).toBe(200);
    for (const address of [source.address, unknown, byName, `${source.address}A`]) {
      expect((await fetch(address, { method: "HEAD" })).status).toBe(404);
      const gone = new SourceClient("stripe", address);
      expect((await gone.post(purchase, signed("stripe", purchase))).status).toBe(404);
    }
  });

  it("either secret while one is changed, and the old one no more after that", async () => {
    const source = await SourceClient.make(api, "stripe", { id: "rotated" });
    const [before = "", after] = [secretOf["stripe"], "whsec_the-new-one"];
    const send = async (secret: string) =>
      (await source.post(purchase, signed("stripe", purchase, { secret }))).status;
    const put = (body: object) =>
      api.send("PUT", "/v1/sources/rotated", { body: { provider: "stripe", ...body } });
    expect((await put({ secret: after, previousSecret: before })).status).toBe(200);
    expect([await send(before), await send(after)]).toEqual([200, 200]);
    // Other settings change no secret.
    expect((await put({ dimensions: { channel: "web" } })).status).toBe(200);
    expect([await send(before), await send(after)]).toEqual([200, 200]);
    expect((await put({ secret: after })).status).toBe(200);
    expect([await send(before), await send(after)]).toEqual([401, 200]);
    expect((await put({ previousSecret: before })).status).toBe(422);
  });
});

describe("whose facts they are", () => {
  it("the workspace's of the address, and of its source alone: two sources never share an id", async () => {
    const [one, other] = [
      await test.workspace({ currency: "GBP" }),
      await test.workspace({ currency: "GBP" }),
    ];
    const [first, second, third] = [
      await SourceClient.make(one, "stripe"),
      await SourceClient.make(one, "stripe", { id: "stripe-2" }),
      await SourceClient.make(other, "stripe"),
    ];
    for (const source of [first, second, third, first]) await source.deliver("charge-succeeded-gbp");
    expect([await sales(one), await sales(other)]).toEqual([2, 1]);
    const { json } = await one.get<{ items: { id: string }[] }>("/v1/events");
    expect(json.items.map(({ id }) => id).sort()).toEqual([
      "source:stripe-2:ch_3SA01",
      "source:stripe:ch_3SA01",
    ]);
  });

  it("a source made again under its id goes on with its ids", async () => {
    const own = await test.workspace();
    const before = await SourceClient.make(own, "stripe");
    await before.deliver("charge-succeeded-gbp");
    expect((await own.send("DELETE", "/v1/sources/stripe")).status).toBe(200);
    const after = await SourceClient.make(own, "stripe");
    expect(after.address).not.toBe(before.address);
    expect(await after.deliver("charge-succeeded-gbp")).toMatchObject({ recorded: 0, duplicate: 1 });
  });

  it("a public key cannot send a fact in a source's name", async () => {
    const own = await test.workspace();
    const body = { name: "page", scopes: ["ingest"], public: true };
    const { json } = await own.post<{ key: string }>("/v1/keys", body);
    const fact = { id: "source:stripe:ch_3SA01", type: "page.loaded", milliseconds: 5 };
    await own.send("POST", "/v1/events", { key: json.key, body: fact });
    const source = await SourceClient.make(own, "stripe");
    expect(await source.deliver("charge-succeeded-gbp")).toMatchObject({ recorded: 1 });
  });
});

describe("what nobody reads again", () => {
  it("secrets, access tokens and addresses are in no answer", async () => {
    const own = await test.workspace();
    const body = { accessToken: "made-up-access-token" };
    const source = await SourceClient.make(own, "surveymonkey", { body });
    const answers = [await own.get("/v1/sources"), await own.get("/v1/sources/surveymonkey")];
    const token = source.address.split("/").at(-1) ?? "";
    for (const { text } of answers) {
      expect(text).toContain('"hasAccessToken":true');
      for (const secret of ["made-up-access-token", "client-secret", token, "sealed"]) {
        expect(text).not.toContain(secret);
      }
    }
  });

  it("the table holds neither a secret nor an address", async () => {
    const own = await test.workspace();
    const accessToken = "made-up-access-token";
    const source = await SourceClient.make(own, "surveymonkey", { body: { accessToken } });
    const token = source.address.split("/").at(-1) ?? "";
    const stored = (await storedItems(test.cloud, own.workspace)).join("\n");
    expect(stored).toContain("sealedSecrets");
    for (const secret of [accessToken, secretOf["surveymonkey"] ?? "", token]) {
      expect(stored.includes(secret)).toBe(false);
    }
  });

  it("a key without the scope admin reads and changes no source", async () => {
    for (const scope of ["read", "ingest"] as const) {
      const key = await test.key(api, scope);
      for (const path of ["/v1/sources", "/v1/sources/bare", "/v1/sources/bare/unmapped"]) {
        expect((await api.send("GET", path, { key })).status).toBe(403);
      }
      const put = { key, body: { provider: "stripe" } };
      expect((await api.send("PUT", "/v1/sources/bare", put)).status).toBe(403);
      expect((await api.send("POST", "/v1/sources/bare/replay", { key, body: {} })).status).toBe(403);
    }
  });
});

it("a source keeps its provider, no name looks like an address, and options have a size", async () => {
  await SourceClient.make(api, "segment", { id: "kept" });
  const other = await api.send("PUT", "/v1/sources/kept", { body: { provider: "stripe" } });
  expect(other.status).toBe(409);
  const named = await api.send("PUT", "/v1/sources/src_mine", { body: { provider: "stripe" } });
  expect(named).toMatchObject({ status: 400, json: { errors: [{ pointer: "/id" }] } });
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`label ${index}`, 1]));
  const questions = [{ question: "q", survey: "csat", values: many }];
  const large = { provider: "typeform", options: { questions } };
  const refused = await api.send("PUT", "/v1/sources/large", { body: large });
  expect(refused).toMatchObject({ status: 422, json: { errors: [{ pointer: "/options" }] } });
  const unknown = await api.send("PUT", "/v1/sources/x", { body: { provider: "fax" } });
  expect(unknown).toMatchObject({ status: 422, json: { errors: [{ pointer: "/provider" }] } });
});
