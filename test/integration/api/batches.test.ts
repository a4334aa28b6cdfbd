import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, type BatchBody, nothingCounted } from "../../fixtures/api-client.ts";
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
const answer = (id: string, score: unknown = 9) => ({ id, survey: "nps", score, occurredAt });
const purchase = (id: string, customerId: string, amount = "1.00") => ({
  ...{ id, type: "purchase.made", orderId: `order-${id}`, customerId, occurredAt },
  money: { amount, currency: "USD" },
});
const statusesOf = ({ results }: BatchBody) => results.map(({ status }) => status);

describe("a batch", () => {
  it("with facts of the beginning of all years refuses these alone, as they are refused alone", async () => {
    const beginnings = ["0001-01-01T00:00:00Z", "0000-06-01T00:00:00Z", "0001-01-02T00:00:00+23:59"];
    const early = beginnings.map((at, index) => ({ ...answer(`early-${index}`), occurredAt: at }));
    const batch = await api.batch("responses", [answer("a"), ...early, answer("b")]);
    const errors = [{ pointer: "/occurredAt", detail: "must not be before 2000-01-01" }];
    expect(batch).toMatchObject({ recorded: 2, invalid: 3 });
    for (const [index, fact] of early.entries()) {
      expect(batch.results[index + 1]).toMatchObject({ status: "invalid", errors });
      const alone = await api.post("/v1/responses", fact);
      expect([alone.status, alone.json]).toMatchObject([422, { errors }]);
    }
  });

  it("of 500 answers is recorded whole, and a duplicate whole when it comes again", async () => {
    const batch = Array.from({ length: 500 }, (_, index) => answer(`a-${index}`, index % 11));
    const first = await api.batch("responses", batch);
    const again = await api.batch("responses", batch);
    expect(first).toMatchObject({ recorded: 500, duplicate: 0, conflict: 0, invalid: 0 });
    expect(again).toMatchObject({ recorded: 0, duplicate: 500, conflict: 0, invalid: 0 });
    expect(first.results).toEqual(batch.map(({ id }, index) => ({ index, id, status: "recorded" })));
    // Scores 0 to 10 in turn: 46 of each from 0 to 4, 45 of each from 5 to 10.
    const components = { promoters: 90, passives: 90, detractors: 5 * 46 + 2 * 45 };
    expect(await api.total("nps", day, day)).toMatchObject({ n: 500, components });
  });

  it("of 500 purchases by 120 customers is recorded whole", async () => {
    const batch = Array.from({ length: 500 }, (_, index) => purchase(`p-${index}`, `c-${index % 120}`));
    expect(await api.batch("events", batch)).toMatchObject({ recorded: 500 });
    expect(await api.total("sales", day, day)).toMatchObject({ value: "500.00", n: 500 });
    expect(await api.total("customers", day, day)).toMatchObject({ value: 120 });
    expect(await api.total("repeat-purchase-rate", day, day)).toMatchObject({ value: 100, n: 120 });
  });

  it("with every kind of item answers each in the order sent, with counts that add up", async () => {
    await api.recordAll("responses", [answer("known"), answer("taken")]);
    const batch = await api.batch("responses", [
      answer("new-1"),
      answer("known"),
      answer("bad", 11),
      answer("taken", 0),
      null,
      answer("new-2", 0),
    ]);
    expect(batch).toEqual({
      ...{ recorded: 2, duplicate: 1, conflict: 1, invalid: 2 },
      results: [
        { index: 0, id: "new-1", status: "recorded" },
        { index: 1, id: "known", status: "duplicate" },
        {
          index: 2,
          id: "bad",
          status: "invalid",
          errors: [{ pointer: "/score", detail: "must be an integer from 0 to 10" }],
        },
        { index: 3, id: "taken", status: "conflict" },
        { index: 4, status: "invalid", errors: [{ pointer: "", detail: expect.any(String) }] },
        { index: 5, id: "new-2", status: "recorded" },
      ],
    });
    // known, taken and new-1 are 9; new-2 is 0.
    expect(await api.total("nps", day, day)).toMatchObject({ n: 4, value: 50 });
  });

  it("records its good items however many bad ones are among them", async () => {
    const good = Array.from({ length: 25 }, (_, index) => answer(`good-${index}`));
    const bad = Array.from({ length: 475 }, (_, index) => answer(`bad-${index}`, "nine"));
    const mixed = [...bad, ...good].sort((a, b) => a.id.slice(-2).localeCompare(b.id.slice(-2)));
    const batch = await api.batch("responses", mixed);
    expect(batch).toMatchObject({ recorded: 25, invalid: 475 });
    expect(batch.results.map(({ id }) => id)).toEqual(mixed.map(({ id }) => id));
    expect((await api.total("nps", day, day)).n).toBe(25);
  });

  it("that holds an id twice counts it once: the same is a duplicate, other content a conflict", async () => {
    const batch = await api.batch("responses", [answer("a"), answer("a"), answer("a", 0), answer("b", 0)]);
    expect(statusesOf(batch)).toEqual(["recorded", "duplicate", "conflict", "recorded"]);
    expect(await api.total("nps", day, day)).toMatchObject({ n: 2, value: 0 });
  });

  it("takes an id that only an invalid item had before it", async () => {
    const batch = await api.batch("responses", [answer("a", 11), answer("a", 9)]);
    expect(statusesOf(batch)).toEqual(["invalid", "recorded"]);
  });

  it("gives each item without an id one of its own", async () => {
    const { id: _, ...unnamed } = answer("");
    const { results } = await api.batch("responses", [unnamed, unnamed, unnamed]);
    expect(new Set(results.map(({ id }) => id)).size).toBe(3);
    for (const { id } of results) expect(id).toMatch(/^[0-9a-f-]{14}7[0-9a-f-]{21}$/);
    expect((await api.total("nps", day, day)).n).toBe(3);
  });

  it("that 10 clients send at the same time, each in another order, is recorded once in all", async () => {
    const batch = Array.from({ length: 60 }, (_, index) => answer(`a-${index}`));
    const rotated = (by: number) => [...batch.slice(by), ...batch.slice(0, by)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => api.batch("responses", rotated(index * 6))),
    );
    expect(answers.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(60);
    expect(answers.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(540);
    expect((await api.total("nps", day, day)).n).toBe(60);
  });

  it("that comes again with one more item records that one", async () => {
    const batch = Array.from({ length: 150 }, (_, index) => purchase(`p-${index}`, `c-${index % 7}`));
    await api.recordAll("events", batch);
    const again = await api.batch("events", [...batch, purchase("late", "c-1")]);
    expect(again).toMatchObject({ recorded: 1, duplicate: 150 });
    expect((await api.total("sales", day, day)).n).toBe(151);
  });

  it("in any order ends the same: a refund before its purchase, a return before the leaving", async () => {
    const at = (time: string, event: object) => ({ ...event, occurredAt: `2024-05-${time}:00Z` });
    const events = [
      at("09T08:00", {
        type: "purchase.refunded",
        orderId: "order-p",
        customerId: "c",
        money: { amount: "0.40", currency: "USD" },
      }),
      at("07T08:00", { type: "customer.returned", customerId: "c" }),
      at("03T08:00", { type: "customer.left", customerId: "c" }),
      at("01T08:00", { ...purchase("p", "c") }),
    ];
    const mirror = await test.workspace();
    await api.recordAll("events", events);
    await mirror.recordAll("events", events.toReversed());
    for (const client of [api, mirror]) {
      expect(await client.total("customers", "2024-05-01", "2024-05-31")).toMatchObject({
        value: 1,
        components: { start: 0, new: 1, returned: 1, lost: 1, end: 1 },
      });
      expect(await client.total("sales", "2024-05-01", "2024-05-31")).toMatchObject({ value: "0.60", n: 1 });
    }
  });
});

describe("a batch as a whole is refused and nothing of it stored", () => {
  const first = answer("a");
  it.each([
    [
      "of 501 items",
      { responses: Array.from({ length: 501 }, (_, index) => answer(`a-${index}`)) },
      "/responses",
    ],
    ["of none", { responses: [] }, "/responses"],
    ["that is no list", { responses: { 0: first } }, "/responses"],
    ["that is null", { responses: null }, "/responses"],
    ["with a field beside it", { responses: [first], dryRun: true }, "/dryRun"],
    ["of the other route", { events: [first] }, "/events"],
    ["of both routes", { responses: [first], events: [] }, "/events"],
    ["with a fact beside it", { ...first, responses: [first] }, "/id"],
  ])("%s", async (_name, body, pointer) => {
    const { status, json } = await api.post("/v1/responses", body);
    expect(status).toBe(422);
    expect(json.errors?.map((error) => error.pointer)).toContain(pointer);
    expect(await api.counted()).toEqual(nothingCounted);
  });

  it("with an Idempotency-Key for items without an id", async () => {
    const { id: _, ...unnamed } = first;
    const keyed = (facts: object[]) =>
      api.send("POST", "/v1/responses", { body: { responses: facts }, headers: { "idempotency-key": "k" } });
    expect((await keyed([first, unnamed])).status).toBe(400);
    expect(await api.counted()).toEqual(nothingCounted);
    expect((await keyed([first])).status).toBe(200);
  });
});
