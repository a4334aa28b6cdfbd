import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { publicRules } from "../../../lib/domain/facts/sender-rules.ts";
import { type ApiClient, type BatchBody, dayBefore, type FactBody } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** What whoever reads a public key in a page can do with it, and what they cannot. */

const origin = "https://shop.example";

let test: ApiCloud;
let shop: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  shop = await test.workspace();
});

/** A holder of a public key of the workspace. */
class Stranger {
  readonly id: string;
  readonly #key: string;

  private constructor(id: string, key: string) {
    this.id = id;
    this.#key = key;
  }

  static async with(more: object = {}): Promise<Stranger> {
    const body = { name: "page", scopes: ["ingest"], origins: [origin], ...more };
    const { status, json } = await shop.post<{ id: string; key: string }>("/v1/keys", body);
    expect(status, JSON.stringify(json)).toBe(201);
    return new Stranger(json.id, json.key);
  }

  send<Body = FactBody>(path: "/v1/responses" | "/v1/events", body: unknown) {
    return shop.send<Body>("POST", path, { body, key: this.#key, headers: { origin } });
  }

  /** Sends many facts, a batch at a time. Returns how many were recorded. */
  async sendMany(field: "responses" | "events", facts: readonly unknown[]): Promise<number> {
    let recorded = 0;
    for (let start = 0; start < facts.length; start += 100) {
      const batch = { [field]: facts.slice(start, start + 100) };
      const { status, json } = await this.send<BatchBody>(`/v1/${field}`, batch);
      expect(status, JSON.stringify(json).slice(0, 500)).toBe(200);
      recorded += json.recorded;
    }
    return recorded;
  }
}

function purchase(id: string, amount = "20.00") {
  const money = { amount, currency: "USD" };
  return { type: "purchase.made", id, orderId: id, customerId: "c-1", money };
}

const soldToday = async () => (await shop.total("sales", dayBefore(1), dayBefore(-1))).value;

describe("ids of a public key's facts", () => {
  it("are none of another sender's: an order whose id it sent before is recorded", async () => {
    const stranger = await Stranger.with({ eventTypes: ["cart.bought"] });
    const claimed = await stranger.send("/v1/events", { type: "cart.bought", id: "order-1001", cartId: "1" });
    expect(claimed.status).toBe(201);
    expect(claimed.json.id).toBe(`${stranger.id}:order-1001`);
    expect((await shop.post("/v1/events", purchase("order-1001"))).status).toBe(201);
    expect(await soldToday()).toBe("20.00");
  });

  it("are none of another public key's", async () => {
    const [one, other] = [await Stranger.with(), await Stranger.with()];
    const answer = { id: "answer-1", survey: "nps", score: 9 };
    expect((await one.send("/v1/responses", answer)).status).toBe(201);
    expect((await other.send("/v1/responses", answer)).status).toBe(201);
  });

  it("name the answer in lists, by itself, where it is taken out, and where facts are counted again", async () => {
    const stranger = await Stranger.with();
    await stranger.send("/v1/responses", { id: "answer-1", survey: "nps", score: 0 });
    const { json } = await shop.get<{ items: { id: string }[] }>("/v1/responses?survey=nps");
    const id = json.items[0]?.id ?? "";
    expect(id).toBe(`${stranger.id}:answer-1`);
    expect((await shop.get(`/v1/responses/${id}`)).status).toBe(200);
    const body = { excluded: true, reason: "made up" };
    expect((await shop.send("PATCH", `/v1/responses/${id}`, { body })).status).toBe(200);
    expect((await shop.total("nps", dayBefore(1), dayBefore(-1))).n).toBe(0);
    const days = { from: dayBefore(1), to: dayBefore(0) };
    expect((await shop.post("/v1/reconciliation", days)).json).toMatchObject({ differencesTotal: 0 });
  });

  it("have at most 115 characters, so that the key's own fits before them", async () => {
    const stranger = await Stranger.with();
    const answer = (length: number) => ({ id: "a".repeat(length), survey: "nps", score: 9 });
    const { status, json } = await stranger.send("/v1/responses", answer(116));
    expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 422, pointer: "/id" });
    const longest = await stranger.send("/v1/responses", answer(115));
    expect(longest.status).toBe(201);
    expect((await shop.get(`/v1/responses/${longest.json.id}`)).status).toBe(200);
  });
});

describe("answers to a public key", () => {
  it("are the same for every guess under a known id, right or wrong, alone and in a batch", async () => {
    const stranger = await Stranger.with();
    const guess = (score: number) => ({ id: "answer-1", survey: "nps", score });
    await stranger.send("/v1/responses", guess(7));
    for (let score = 0; score <= 10; score += 1) {
      const { status, json } = await stranger.send("/v1/responses", guess(score));
      const id = `${stranger.id}:answer-1`;
      expect({ status, json }).toEqual({ status: 200, json: { id, status: "duplicate" } });
    }
    const batch = { responses: [guess(7), guess(8)] };
    const { json } = await stranger.send<BatchBody>("/v1/responses", batch);
    expect(json).toMatchObject({ duplicate: 2, conflict: 0 });
    expect((await shop.total("nps", dayBefore(1), dayBefore(-1))).n).toBe(1);
  });

  it("are those for an id that is new where another sender's fact has the id", async () => {
    await shop.recordAll("responses", [{ id: "answer-1", survey: "nps", score: 7 }]);
    const stranger = await Stranger.with();
    const { status } = await stranger.send("/v1/responses", { id: "answer-1", survey: "nps", score: 7 });
    expect(status).toBe(201);
  });
});

describe("a public key that is made without rules", () => {
  it.each([
    ["/v1/events", { type: "customer.left", customerId: "c-1" }, "/type"],
    ["/v1/events", { type: "ticket.resolved", ticketId: "1" }, "/type"],
    ["/v1/events", { ...purchase("1", "999999999999.99"), customerId: undefined }, "/type"],
    ["/v1/events", { type: "purchase.refunded", money: { amount: "1.00", currency: "USD" } }, "/type"],
    [
      "/v1/events",
      { type: "share.quoted", symbol: "A", money: { amount: "1.00", currency: "USD" } },
      "/type",
    ],
    ["/v1/events", { type: "probe.checked", up: false, count: 1_000_000 }, "/type"],
    ["/v1/events", { type: "page.loaded", milliseconds: 1, count: 2 }, "/count"],
    ["/v1/responses", { survey: "esat", score: 1 }, "/survey"],
    ["/v1/responses", { survey: "nps", score: 1, customerId: "c-1" }, "/customerId"],
    ["/v1/responses", { survey: "nps", score: 1, occurredAt: "2000-01-01T00:00:00Z" }, "/occurredAt"],
    ["/v1/responses", { survey: "nps", score: 1, occurredAt: `${dayBefore(3)}T23:59:59Z` }, "/occurredAt"],
  ] as const)("cannot send to %s %j", async (path, fact, pointer) => {
    const stranger = await Stranger.with();
    const { status, json } = await stranger.send(path, fact);
    expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 422, pointer });
    const batch = path === "/v1/events" ? { events: [fact] } : { responses: [fact] };
    expect((await stranger.send(path, batch)).json).toMatchObject({ recorded: 0, invalid: 1 });
  });

  it("can send what a visitor does and answers, today and on the two days before", async () => {
    const stranger = await Stranger.with();
    const occurredAt = `${dayBefore(2)}T00:00:00Z`;
    expect((await stranger.send("/v1/responses", { survey: "ces", score: 5, occurredAt })).status).toBe(201);
    const load = { type: "page.loaded", milliseconds: 1_840, page: "/help", dimensions: { channel: "web" } };
    expect((await stranger.send("/v1/events", load)).status).toBe(201);
  });

  it("is listed with all that it may do", async () => {
    await Stranger.with();
    const { json } = await shop.get<{ items: { name: string }[] }>("/v1/keys");
    const made = json.items.find(({ name }) => name === "page");
    expect(made).toMatchObject({ public: true, origins: [origin], ...publicRules });
  });
});

describe("the rules of a key", () => {
  it("name event types, surveys, dimensions and their values, amounts, ages and customers", async () => {
    const stranger = await Stranger.with({
      ...{ eventTypes: ["purchase.made"], surveys: [], maxAmount: 50, maxAgeDays: 10, customers: true },
      dimensions: { channel: ["web"], plan: null },
    });
    const pointers = async (fact: object) =>
      (await stranger.send("/v1/events", fact)).json.errors?.map(({ pointer }) => pointer) ?? [];
    expect(await pointers({ ...purchase("1"), dimensions: { channel: "web", plan: "gold" } })).toEqual([]);
    expect(await pointers({ ...purchase("2"), dimensions: { channel: "app", country: "DE" } })).toEqual([
      "/dimensions/channel",
      "/dimensions/country",
    ]);
    expect(await pointers({ ...purchase("3", "50.01") })).toEqual(["/money/amount"]);
    expect(await pointers({ ...purchase("4"), occurredAt: `${dayBefore(11)}T12:00:00Z` })).toEqual([
      "/occurredAt",
    ]);
    expect(await pointers({ ...purchase("5"), occurredAt: `${dayBefore(10)}T12:00:00Z` })).toEqual([]);
    expect((await stranger.send("/v1/responses", { survey: "nps", score: 1 })).status).toBe(422);
  });

  it("limit a key of a server as well, whose facts keep the ids that it sends", async () => {
    const body = { name: "till", scopes: ["ingest"], eventTypes: ["purchase.made"] };
    const { json } = await shop.post<{ key: string }>("/v1/keys", body);
    const send = (fact: object) => shop.send<FactBody>("POST", "/v1/events", { body: fact, key: json.key });
    expect((await send({ type: "customer.left", customerId: "c-1" })).status).toBe(422);
    const sold = await send({ ...purchase("order-1"), occurredAt: "2010-01-01T12:00:00Z" });
    expect({ status: sold.status, id: sold.json.id }).toEqual({ status: 201, id: "order-1" });
    expect((await send(purchase("order-1", "21.00"))).status).toBe(409);
  });

  it.each([
    [{ scopes: ["ingest"], eventTypes: ["customer.gone"] }, "/eventTypes/0"],
    [{ scopes: ["ingest"], surveys: ["smile"] }, "/surveys/0"],
    [{ scopes: ["ingest"], maxAgeDays: -1 }, "/maxAgeDays"],
    [{ scopes: ["ingest"], dimensions: { Channel: null } }, "/dimensions/Channel"],
    [{ scopes: ["read"], maxAgeDays: 1 }, "/maxAgeDays"],
    [{ scopes: ["read"], public: true }, "/public"],
    [{ scopes: ["ingest"], public: false, origins: [origin] }, "/public"],
    [{ scopes: ["read"], requestsPerSecond: 0 }, "/requestsPerSecond"],
  ])("are not made of %j", async (body, pointer) => {
    const { status, json } = await shop.post("/v1/keys", { name: "x", ...body });
    expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 422, pointer });
  });
});

it("rules that are too long to be handed to each function are refused", async () => {
  const page = Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(100));
  const body = { name: "x", scopes: ["ingest"], dimensions: { page } };
  const { status, json } = await shop.post("/v1/keys", body);
  expect({ status, pointer: json.errors?.[0]?.pointer }).toEqual({ status: 422, pointer: "/dimensions" });
});

describe("what a public key is about", () => {
  it("leaves room for others in the history of a customer, an invitation and a ticket", async () => {
    const eventTypes = ["interaction.made", "ticket.replied"];
    const stranger = await Stranger.with({ eventTypes, customers: true, maxAgeDays: null });
    const at = (index: number) => new Date(Date.now() - index * 1_000).toISOString();
    const long = (index: number) => `${index} `.padEnd(100, "x");
    const interactions = Array.from({ length: 368 }, (_, index) => ({
      ...{ type: "interaction.made", customerId: "c-1", touchpoint: long(index) },
    }));
    const replies = Array.from({ length: 640 }, (_, index) => ({
      ...{ type: "ticket.replied", ticketId: "t-1", occurredAt: at(index) },
    }));
    const answers = Array.from({ length: 640 }, (_, index) => ({
      ...{ survey: "nps", score: 0, invitationId: "i-1", occurredAt: at(index) },
    }));
    expect(await stranger.sendMany("events", interactions)).toBeLessThan(200);
    expect(await stranger.sendMany("events", replies)).toBe(625);
    expect(await stranger.sendMany("responses", answers)).toBe(625);
    const occurredAt = at(5_000);
    await shop.recordAll("events", [
      { type: "interaction.made", customerId: "c-1", touchpoint: "shop", occurredAt },
      { type: "ticket.opened", ticketId: "t-1", occurredAt },
      { type: "invitation.sent", invitationId: "i-1", occurredAt },
    ]);
    await shop.recordAll("responses", [{ survey: "nps", score: 9, invitationId: "i-1" }]);
  });

  it("never says under which values of a dimension an entity counts that others have told of", async () => {
    const stranger = await Stranger.with({ eventTypes: ["cart.started"] });
    const started = (channel: string, secondsAgo: number) => ({
      ...{ type: "cart.started", cartId: "cart-1", dimensions: { channel } },
      occurredAt: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
    });
    await stranger.send("/v1/events", started("made-up", 60));
    await shop.recordAll("events", [started("web", 30), { type: "cart.bought", cartId: "cart-1" }]);
    const query = `from=${dayBefore(1)}&to=${dayBefore(-1)}&groupBy=channel`;
    const series = (await shop.series("cart-abandonment", query)) as readonly { group?: string }[];
    expect(series.map(({ group }) => group)).toEqual(["web"]);
    const days = { from: dayBefore(1), to: dayBefore(0) };
    expect((await shop.post("/v1/reconciliation", days)).json).toMatchObject({ differencesTotal: 0 });
  });
});
