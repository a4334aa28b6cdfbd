import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type ApiClient, dayBefore, type ProblemBody } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Events that were made up, or sent by mistake, are taken out of the counts. */

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
const load = (id: string, milliseconds: number, more: object = {}) => ({
  ...{ id, type: "page.loaded", milliseconds, occurredAt: `${day}T10:00:00Z`, ...more },
});

interface EventDetail extends ProblemBody {
  readonly excluded: boolean;
  readonly audit: readonly { readonly reason: string; readonly excluded: boolean }[];
}

function patch(id: string, excluded: boolean, key?: string) {
  const options = { body: { excluded, reason: "a test" }, ...(key === undefined ? {} : { key }) };
  return api.send<EventDetail>("PATCH", `/v1/events/${id}`, options);
}

const loads = async (more = "") => (await api.total("page-speed", day, day, more)).n;

it("an event that counts by itself leaves the total and its segments, and comes back whole, however often it is asked for", async () => {
  const dimensions = { channel: "web", touchpoint: "checkout" };
  await api.recordAll("events", [load("a", 999_999, { dimensions }), load("b", 900)]);
  const counts = async () => [
    await loads(),
    await loads("&filter.channel=web"),
    await loads("&filter.page=(none)"),
  ];
  expect(await counts()).toEqual([2, 1, 2]);
  const taken = await Promise.all([patch("a", true), patch("a", true), patch("a", true)]);
  expect(taken.map(({ status, json }) => [status, json.excluded])).toEqual([
    [200, true],
    [200, true],
    [200, true],
  ]);
  expect(await counts()).toEqual([1, 0, 1]);
  const back = await patch("a", false);
  expect(back.json.audit.map(({ excluded }) => excluded)).toEqual([true, false]);
  expect(await counts()).toEqual([2, 1, 2]);
});

it("a closed day is restated by it, and agrees with its facts", async () => {
  await api.recordAll("events", [load("a", 999_999), load("b", 900)]);
  await api.takeSnapshots({ from: day, to: day });
  await patch("a", true);
  await api.takeSnapshots({ from: day, to: day });
  const [snapshot] = await api.snapshots(`metric=page-speed&from=${day}&to=${day}`);
  expect(snapshot).toMatchObject({
    n: 1,
    revision: 2,
    restatedBecause: { facts: 1, ids: ["a"], causes: ["excluded"] },
  });
  const { json } = await api.send("POST", "/v1/reconciliation", { body: { from: day, to: day } });
  expect(json).toMatchObject({ differencesTotal: 0 });
});

it("money that was noted by mistake is taken out", async () => {
  const spend = {
    id: "spend",
    type: "spend.recorded",
    occurredAt: `${day}T10:00:00Z`,
    money: { amount: "5.00", currency: "USD" },
  };
  await api.recordAll("events", [spend]);
  expect((await patch("spend", true)).json).toMatchObject({
    id: "spend",
    type: "spend.recorded",
    excluded: true,
  });
});

it("an event in a history is taken out of all that follows from it, and what is no event is not found", async () => {
  const money = { amount: "5.00", currency: "USD" };
  const bought = (id: string, daysAgo: number, channel: string) => ({
    ...{ id, type: "purchase.made", customerId: "c", orderId: id, money, dimensions: { channel } },
    occurredAt: `${dayBefore(daysAgo)}T10:00:00Z`,
  });
  await api.recordAll("events", [
    bought("first", 9, "shop"),
    bought("second", 5, "web"),
    { id: "opened", type: "ticket.opened", ticketId: "t", occurredAt: `${dayBefore(3)}T10:00:00Z` },
  ]);
  const [from, to] = [dayBefore(10), dayBefore(1)];
  const counts = async () => [
    (await api.total("customers", from, to)).components["new"],
    (await api.total("customers", from, to, "&filter.channel=shop")).value,
    (await api.total("customers", from, to, "&filter.channel=web")).value,
    (await api.total("repeat-purchase-rate", from, to)).value,
    (await api.total("sales", from, to)).value,
    (await api.total("contact-volume", from, to)).value,
  ];
  const before = [1, 1, 0, 100, "10.00", 1];
  expect(await counts()).toEqual(before);
  for (const id of ["first", "opened"]) expect((await patch(id, true)).status).toBe(200);
  // The customer was then won by the second purchase, in the channel of that.
  expect(await counts()).toEqual([1, 0, 1, 0, "5.00", 0]);
  const known = await api.get<{ readonly revenue: object }>("/v1/customers?customerId=c");
  expect(known.json).toMatchObject({ purchases: 1, revenue: [{ amount: "5.00", currency: "USD" }] });
  for (const id of ["opened", "first"]) expect((await patch(id, false)).status).toBe(200);
  expect(await counts()).toEqual(before);

  await api.recordAll("responses", [{ id: "answer", survey: "nps", score: 9 }]);
  expect((await patch("answer", true)).status).toBe(404);
  expect((await patch("nobody", true)).status).toBe(404);
  expect(
    (await api.send("PATCH", "/v1/responses/opened", { body: { excluded: true, reason: "x" } })).status,
  ).toBe(404);
});

it("an event about a customer who has been erased stays as it is", async () => {
  const occurredAt = `${dayBefore(3)}T10:00:00Z`;
  await api.recordAll("events", [{ id: "joined", type: "customer.joined", customerId: "gone", occurredAt }]);
  await api.send("DELETE", "/v1/customers?customerId=gone");
  const { status, json } = await patch("joined", true);
  expect({ status, detail: json.detail }).toEqual({ status: 409, detail: expect.stringContaining("erased") });
});

it("an event that names nobody, of a ticket of a customer who has been erased, is taken out all the same", async () => {
  const opened = { type: "ticket.opened", ticketId: "T-1", occurredAt: `${day}T10:00:00Z` };
  await api.recordAll("events", [
    { ...opened, id: "opened", customerId: "gone" },
    { ...opened, id: "again", message: "Call Kim", occurredAt: `${day}T12:00:00Z` },
    { ...opened, id: "anew", type: "ticket.reopened", message: "Kim", occurredAt: `${day}T13:00:00Z` },
  ]);
  await api.send("DELETE", "/v1/customers?customerId=gone");
  const opens = async () => (await api.total("contact-volume", day, day)).n;
  const before = await opens();
  for (const id of ["again", "anew"]) {
    expect((await patch(id, true)).status).toBe(200);
    expect((await patch(id, false)).status).toBe(200);
    expect(await opens()).toBe(before);
  }
  expect((await patch("opened", true)).status).toBe(409);
});

it("only a key with the scope admin may", async () => {
  await api.recordAll("events", [load("a", 900)]);
  const key = await test.key(api, "ingest", "read");
  expect((await patch("a", true, key)).status).toBe(403);
  expect(await loads()).toBe(1);
});
