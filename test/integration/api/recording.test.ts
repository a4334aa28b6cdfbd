import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, nothingCounted } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

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
const occurredAt = `${day}T10:00:00Z`;
const answer = { survey: "nps", score: 9, occurredAt };
const purchase = {
  type: "purchase.made",
  orderId: "o-1",
  customerId: "c-1",
  money: { amount: "12.34", currency: "USD" },
  occurredAt,
};

const routes = [
  { path: "/v1/responses", field: "responses", metric: "nps", fact: answer, other: { ...answer, score: 3 } },
  {
    path: "/v1/events",
    field: "events",
    metric: "sales",
    fact: purchase,
    other: { ...purchase, orderId: "o-2" },
  },
] as const;

describe.each(routes)("a single fact sent to $path", ({ path, metric, fact, other }) => {
  it("is recorded once: the same again is a duplicate, other content a conflict", async () => {
    const first = await api.post(path, { id: "a", ...fact });
    const again = await api.post(path, { id: "a", ...fact });
    const changed = await api.post(path, { id: "a", ...other });
    expect([first.status, first.json]).toEqual([201, { id: "a", status: "recorded" }]);
    expect([again.status, again.json]).toEqual([200, { id: "a", status: "duplicate" }]);
    expect([changed.status, changed.json.title]).toEqual([409, "Conflict"]);
    expect((await api.total(metric, day, day)).n).toBe(1);
  });

  it("is the same content whatever the order of its fields and the offset of its time", async () => {
    await api.post(path, { id: "a", ...fact, dimensions: { channel: "web", plan: "pro" } });
    const reordered = Object.fromEntries(Object.entries(fact).reverse());
    const again = { ...reordered, dimensions: { plan: "pro", channel: "web" }, id: "a" };
    const elsewhere = { ...again, occurredAt: `${day}T12:00:00+02:00` };
    expect((await api.post(path, again)).json.status).toBe("duplicate");
    expect((await api.post(path, elsewhere)).json.status).toBe("duplicate");
  });

  it("without a time is a duplicate when it is sent again later", async () => {
    const { occurredAt: _, ...undated } = { ...fact, id: "a" };
    expect((await api.post(path, undated)).status).toBe(201);
    expect((await api.post(path, undated)).status).toBe(200);
  });

  it("without an id gets one from the server, a UUID of version 7, and is new each time", async () => {
    const ids = [await api.post(path, fact), await api.post(path, fact)].map(({ json }) => json.id ?? "");
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids[0]).not.toBe(ids[1]);
    expect((await api.total(metric, day, day)).n).toBe(2);
  });

  it("takes its id from Idempotency-Key where it brings none", async () => {
    const keyed = (headers: Record<string, string>, body: object) =>
      api.send<{ id: string }>("POST", path, { body, headers });
    const first = await keyed({ "idempotency-key": "k-1" }, fact);
    const again = await keyed({ "idempotency-key": "k-1" }, fact);
    const own = await keyed({ "idempotency-key": "k-1" }, { ...fact, id: "own" });
    const bad = await keyed({ "idempotency-key": "not an id" }, fact);
    expect([first.status, first.json.id]).toEqual([201, "k-1"]);
    expect(again.status).toBe(200);
    expect([own.status, own.json.id]).toEqual([201, "own"]);
    expect(bad).toMatchObject({ status: 422, json: { errors: [{ pointer: "/id" }] } });
  });

  it("sent by 40 clients at the same time is recorded once and counted once", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => api.post(path, { id: "a", ...fact })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(39).fill(200), 201]);
    expect((await api.total(metric, day, day)).n).toBe(1);
  });
});

describe("an id", () => {
  it("is one fact for ever, on whichever route it comes", async () => {
    expect((await api.post("/v1/responses", { id: "a", ...answer })).status).toBe(201);
    expect((await api.post("/v1/events", { id: "a", ...purchase })).status).toBe(409);
    const { results } = await api.batch("events", [
      { id: "a", ...purchase },
      { id: "b", ...purchase },
    ]);
    expect(results).toEqual([
      { index: 0, id: "a", status: "conflict" },
      { index: 1, id: "b", status: "recorded" },
    ]);
    expect(await api.counted()).toEqual({ ...nothingCounted, nps: 1, sales: 1, customers: 1 });
  });

  it("that 20 clients give 20 different facts at the same time goes to exactly one of them", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? api.post("/v1/responses", { id: "a", ...answer, comment: `${index}` })
          : api.post("/v1/events", { id: "a", ...purchase, orderId: `${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
    const { nps, sales } = (await api.counted()) as { nps: number; sales: number };
    expect(nps + sales).toBe(1);
  });

  it("belongs to one workspace: another one can use it for a fact of its own", async () => {
    const other = await test.workspace();
    expect((await api.post("/v1/responses", { id: "a", ...answer })).status).toBe(201);
    expect((await other.post("/v1/responses", { id: "a", ...answer, score: 0 })).status).toBe(201);
    expect((await api.total("nps", day, day)).value).toBe(100);
    expect((await other.total("nps", day, day)).value).toBe(-100);
  });
});

describe("different facts at the same time", () => {
  it("from 40 clients about one customer are all counted", async () => {
    const buy = (index: number) =>
      api.post("/v1/events", { ...purchase, id: `p-${index}`, orderId: `o-${index}` });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => buy(index)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    // 40 × 12.34
    expect(await api.total("sales", day, day)).toMatchObject({ value: "493.60", n: 40 });
    expect(await api.total("customers", day, day)).toMatchObject({ value: 1, components: { new: 1 } });
  });
});
