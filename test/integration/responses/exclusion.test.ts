import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { pageOf, type ResponseItem } from "./responses.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

const day = "2024-05-02";

function answer(id: string, score: number, more: object = {}) {
  return { id, survey: "nps", score, occurredAt: `${day}T10:00:00Z`, ...more };
}

function patch(id: string, excluded: boolean, reason = "a test", key?: string) {
  const options = { body: { excluded, reason }, ...(key === undefined ? {} : { key }) };
  return api.send<ResponseItem>("PATCH", `/v1/responses/${id}`, options);
}

async function promoters(more = ""): Promise<number> {
  const { components } = await api.total("nps", day, day, more);
  return Number(components["promoters"]);
}

describe("a response that is taken out of the counts", () => {
  it("leaves its day in the total and in every segment where it was counted, and comes back whole", async () => {
    const dimensions = { channel: "web", touchpoint: "checkout" };
    await api.recordAll("responses", [
      answer("a", 10, { dimensions }),
      answer("b", 9, { dimensions }),
      answer("c", 2),
    ]);
    const counts = async () => [
      (await api.total("nps", day, day)).n,
      await promoters(),
      await promoters("&filter.channel=web"),
      await promoters("&filter.touchpoint=checkout"),
      await promoters("&filter.channel=web&filter.touchpoint=checkout"),
    ];
    expect(await counts()).toEqual([3, 2, 2, 2, 2]);
    expect((await patch("a", true)).json.excluded).toBe(true);
    expect(await counts()).toEqual([2, 1, 1, 1, 1]);
    expect((await patch("a", false)).json.excluded).toBe(false);
    expect(await counts()).toEqual([3, 2, 2, 2, 2]);
  });

  it("is still listed, and says that it is out", async () => {
    await api.recordAll("responses", [answer("a", 10), answer("b", 9)]);
    await patch("a", true);
    const { items } = await pageOf(api);
    expect(items.map(({ id, excluded }) => [id, excluded])).toEqual([
      ["b", false],
      ["a", true],
    ]);
  });

  it("is audited: when, with which key, and why", async () => {
    await api.recordAll("responses", [answer("a", 10)]);
    const made = await api.post<{ id: string; key: string }>("/v1/keys", { name: "x", scopes: ["admin"] });
    await patch("a", true, "Wrong person\nasked", made.json.key);
    await patch("a", false, "After all");
    const { json } = await api.get<ResponseItem>("/v1/responses/a");
    expect(json.audit).toEqual([
      { at: expect.any(String), keyId: made.json.id, excluded: true, reason: "Wrong person\nasked" },
      { at: expect.any(String), keyId: expect.any(String), excluded: false, reason: "After all" },
    ]);
    expect(json.audit?.[1]?.keyId).not.toBe(made.json.id);
  });

  it("is changed once by a request that is repeated", async () => {
    await api.recordAll("responses", [answer("a", 10), answer("b", 10)]);
    await patch("a", true, "first");
    const again = await patch("a", true, "second");
    expect([again.status, again.json.audit?.length]).toEqual([200, 1]);
    expect((await patch("b", false)).json.audit).toEqual([]);
    expect(await promoters()).toBe(1);
  });

  it("counts once when many take it out and put it back at the same time", async () => {
    await api.recordAll("responses", [answer("a", 10), answer("b", 10)]);
    const outs = await Promise.all(Array.from({ length: 12 }, () => patch("a", true)));
    expect(outs.map(({ status }) => status)).toEqual(Array<number>(12).fill(200));
    expect(await promoters()).toBe(1);
    expect((await api.get<ResponseItem>("/v1/responses/a")).json.audit).toHaveLength(1);
    await Promise.all(Array.from({ length: 24 }, (_, index) => patch("a", index % 2 === 0)));
    const { json } = await api.get<ResponseItem>("/v1/responses/a");
    expect(await promoters()).toBe(json.excluded ? 1 : 2);
    expect(json.audit?.map(({ excluded }) => excluded)).toEqual(
      json.audit?.map((_, index) => index % 2 === 0),
    );
  });

  it("stays out when it is sent again: that is a duplicate", async () => {
    await api.recordAll("responses", [answer("a", 10)]);
    await patch("a", true);
    expect((await api.post("/v1/responses", answer("a", 10))).json.status).toBe("duplicate");
    expect(await promoters()).toBe(0);
  });

  it("leaves every counter as the stored facts say", async () => {
    const dimensions = { channel: "web" };
    await api.recordAll("responses", [answer("a", 10, { dimensions }), answer("b", 0)]);
    await patch("a", true);
    await patch("b", true);
    await patch("b", false);
    const range = { from: day, to: day };
    const { json } = await api.post<{ differencesTotal: number }>("/v1/reconciliation", range);
    expect(json.differencesTotal).toBe(0);
  });

  it("can be changed a hundred times and not once more", async () => {
    await api.recordAll("responses", [answer("a", 10)]);
    for (let change = 0; change < 100; change += 1) {
      expect((await patch("a", change % 2 === 0)).status).toBe(200);
    }
    expect((await patch("a", true)).status).toBe(409);
    expect(await promoters()).toBe(1);
  });
});

describe("a closed day", () => {
  it("is restated by the next run, which says why", async () => {
    const closed = dayBefore(3);
    const facts = ["a", "b"].map((id) => answer(id, 10, { occurredAt: `${closed}T12:00:00Z` }));
    await api.recordAll("responses", facts);
    // What the hourly run does, for this workspace alone.
    const run = () => api.takeSnapshots({ from: closed, to: closed });
    await run();
    const latest = async () => {
      const query = `from=${closed}&to=${closed}&metric=nps`;
      const { json } = await api.get<{ items: Record<string, unknown>[] }>(`/v1/snapshots?${query}`);
      return json.items[0];
    };
    await patch("a", true);
    await run();
    const excluded = { facts: 1, ids: ["a"], causes: ["excluded"], counters: { "0-10:10": -1 } };
    expect(await latest()).toMatchObject({ revision: 2, n: 1, restatedBecause: excluded });
    await patch("a", false);
    await run();
    const included = { facts: 1, ids: ["a"], causes: ["included"], counters: { "0-10:10": 1 } };
    expect(await latest()).toMatchObject({ revision: 3, n: 2, restatedBecause: included });
    await patch("a", false);
    await run();
    expect(await latest()).toMatchObject({ revision: 3 });
  });
});

describe("what is refused", () => {
  it.each([
    [{ excluded: true }, "/reason"],
    [{ excluded: true, reason: "" }, "/reason"],
    [{ excluded: true, reason: "x".repeat(501) }, "/reason"],
    [{ excluded: "yes", reason: "x" }, "/excluded"],
    [{ reason: "x" }, "/excluded"],
    [{ excluded: true, reason: "x", score: 3 }, "/score"],
  ])("%j", async (body, pointer) => {
    await api.recordAll("responses", [answer("a", 10)]);
    const { status, json } = await api.send("PATCH", "/v1/responses/a", { body });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it("ids that are an event's, nobody's, or another workspace's", async () => {
    await api.recordAll("responses", [answer("a", 10)]);
    await api.recordAll("events", [{ id: "e-1", type: "customer.joined", customerId: "c" }]);
    expect((await patch("e-1", true)).status).toBe(404);
    expect((await patch("unknown", true)).status).toBe(404);
    const other = await test.workspace();
    const options = { body: { excluded: true, reason: "x" } };
    expect((await other.send("PATCH", "/v1/responses/a", options)).status).toBe(404);
  });

  it("keys without the scope admin", async () => {
    await api.recordAll("responses", [answer("a", 10)]);
    expect((await patch("a", true, "x", await test.key(api, "read", "ingest"))).status).toBe(403);
    expect(await promoters()).toBe(1);
  });
});
