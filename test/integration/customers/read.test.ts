import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { type CustomerBody, customerOf, factIdsOf, purchase } from "./customers.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

describe("a customer", () => {
  it("is answered with where it stands, what it bought and what it said last", async () => {
    const dimensions = { channel: "web" };
    await api.recordAll("events", [
      purchase("p-1", "c", "2024-02-01", { dimensions }),
      purchase("p-2", "c", "2024-03-01", { money: { amount: "500", currency: "JPY" } }),
      purchase("p-3", "c", "2024-03-01"),
      {
        ...purchase("r-1", "c", "2024-03-05"),
        type: "purchase.refunded",
        money: { amount: "1.50", currency: "USD" },
      },
      { id: "l-1", type: "customer.left", customerId: "c", occurredAt: "2024-04-01T00:00:00Z" },
      purchase("other", "d", "2024-03-02"),
    ]);
    await api.recordAll("responses", [
      { id: "n-1", survey: "nps", score: 3, customerId: "c", occurredAt: "2024-01-01T00:00:00Z" },
      { id: "n-2", survey: "nps", score: 8, customerId: "c", occurredAt: "2024-05-01T00:00:00Z" },
      { id: "s-1", survey: "csat", score: 4, customerId: "c", occurredAt: "2023-05-01T00:00:00Z" },
    ]);
    const { items, ...customer } = await customerOf(api, "c");
    expect(customer).toEqual({
      id: "c",
      prediction: null,
      rfm: null,
      state: "lost",
      joinedOn: "2024-02-01",
      lostOn: "2024-04-01",
      returnedOn: null,
      lapsesOn: null,
      firstPurchaseOn: "2024-02-01",
      lastPurchaseOn: "2024-03-01",
      purchases: 3,
      ...{ interactions: 0, touchpoints: 0, engaged: false },
      ...{ referred: false, referralsSent: 0, journey: [] },
      segments: { channel: "web" },
      revenue: [
        { amount: "500", currency: "JPY" },
        { amount: "20.00", currency: "USD" },
      ],
      refunds: [{ amount: "1.50", currency: "USD" }],
      latestScores: [
        expect.objectContaining({ survey: "nps", score: 8, id: "n-2", day: "2024-05-01" }),
        expect.objectContaining({ survey: "csat", score: 4, id: "s-1" }),
      ],
      addedUp: { facts: 8, complete: true },
      nextCursor: null,
    });
    expect(items.map(({ id }) => id)).toEqual(["n-2", "l-1", "r-1", "p-3", "p-2", "p-1", "n-1", "s-1"]);
    expect(items[5]).toMatchObject({
      ...{ type: "purchase.made", orderId: "o-p-1", day: "2024-02-01", dimensions },
      money: { amount: "10.00", currency: "USD" },
    });
  });

  it("who left and came back is active, and the latest dates are shown", async () => {
    const step = (type: string, day: string) => ({
      ...{ type: `customer.${type}`, customerId: "c", occurredAt: `${day}T00:00:00Z` },
    });
    await api.recordAll("events", [
      step("joined", "2024-01-01"),
      step("left", "2024-02-01"),
      step("returned", "2024-03-01"),
    ]);
    expect(await customerOf(api, "c")).toMatchObject({
      ...{ state: "active", joinedOn: "2024-01-01", lostOn: "2024-02-01", returnedOn: "2024-03-01" },
      ...{ purchases: 0, firstPurchaseOn: null, lastPurchaseOn: null },
    });
  });

  it("who only answered a survey is known, and never was a customer", async () => {
    await api.recordAll("responses", [{ survey: "nps", score: 3, customerId: "c" }]);
    expect(await customerOf(api, "c")).toMatchObject({ state: "none", joinedOn: null, purchases: 0 });
  });

  it("lapses on a day to come where the workspace counts inactivity, and is lost from that day on", async () => {
    const counting = await test.workspace({ inactivityDays: 30 });
    await counting.recordAll("events", [
      purchase("a", "recent", dayBefore(10)),
      purchase("b", "lapsed", dayBefore(30)),
    ]);
    const recent = { state: "active", lostOn: null, lapsesOn: dayBefore(-20) };
    expect(await customerOf(counting, "recent")).toMatchObject(recent);
    const lapsed = { state: "lost", lostOn: dayBefore(0), lapsesOn: null };
    expect(await customerOf(counting, "lapsed")).toMatchObject(lapsed);
  });

  it("has facts in pages that go on where they stopped, whatever arrives in between", async () => {
    const days = ["01", "02", "03", "04", "05"];
    await api.recordAll(
      "events",
      days.map((day) => purchase(day, "c", `2024-05-${day}`)),
    );
    const { json } = await api.get<CustomerBody>("/v1/customers?customerId=c&limit=2");
    await api.recordAll("events", [purchase("06", "c", "2024-05-06")]);
    const next = await api.get<CustomerBody>(`/v1/customers?customerId=c&limit=2&cursor=${json.nextCursor}`);
    expect(json.items.map(({ id }) => id)).toEqual(["05", "04"]);
    expect(next.json.items.map(({ id }) => id)).toEqual(["03", "02"]);
    expect(await factIdsOf(api, "c", 4)).toEqual(["06", "05", "04", "03", "02", "01"]);
  });

  it("leaves out of the latest scores what was taken out of the counts", async () => {
    const answer = (id: string, score: number, day: string) => ({
      ...{ id, survey: "nps", score, customerId: "c", occurredAt: `2024-05-${day}T00:00:00Z` },
    });
    await api.recordAll("responses", [answer("old", 2, "01"), answer("new", 10, "02")]);
    await api.send("PATCH", "/v1/responses/new", { body: { excluded: true, reason: "a test" } });
    expect((await customerOf(api, "c")).latestScores).toMatchObject([{ id: "old", score: 2 }]);
  });

  it.each(["a b", "ü/ö?#&=%", "日本", "..x", "c+1", "%2F", "#customer#x", "a".repeat(128)])(
    "may have the id %s",
    async (id) => {
      await api.recordAll("events", [purchase("p", id, "2024-05-01")]);
      expect(await customerOf(api, id)).toMatchObject({ id, purchases: 1 });
    },
  );

  it("is not found when nothing is known, also where another workspace knows something", async () => {
    await (await test.workspace()).recordAll("events", [purchase("p", "c", "2024-05-01")]);
    for (const id of ["c", "nobody"]) {
      expect((await api.get(`/v1/customers?customerId=${id}`)).status, id).toBe(404);
    }
  });

  it("is refused where nobody can have the id", async () => {
    for (const query of [`?customerId=${"a".repeat(129)}`, "?customerId=%00", "?customerId="]) {
      const { status, json } = await api.get(`/v1/customers${query}`);
      expect([status, json.errors?.map(({ pointer }) => pointer)], query).toEqual([400, ["/customerId"]]);
    }
  });

  it("is shown to keys with the scope read, and refuses cursors that are not its own", async () => {
    await api.recordAll("events", [purchase("p", "c", "2024-05-01"), purchase("q", "c", "2024-05-02")]);
    await api.recordAll("events", [purchase("r", "d", "2024-05-01")]);
    expect((await api.get("/v1/customers?customerId=c", { key: await test.key(api, "ingest") })).status).toBe(
      403,
    );
    const { json } = await api.get<CustomerBody>("/v1/customers?customerId=c&limit=1");
    const refused = await api.get(`/v1/customers?customerId=d&limit=1&cursor=${json.nextCursor}`);
    expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([400, "/cursor"]);
  });
});
