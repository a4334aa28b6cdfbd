import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ApiClient, Entry } from "../../fixtures/api-client.ts";
import { onTable } from "../../fixtures/archived.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { expectNoDifferences, satisfiedByGroup } from "../../fixtures/linked-answers.ts";

/** What stands behind a score: answers take what they do not say from the purchase with the order number that they name. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace({ trackedDimensions: ["channel"], linkOrders: true });
});

const noon = (day: string) => ({ occurredAt: `2024-${day}T12:00:00Z` });

const answer = (id: string, score: number, more: object = {}) => ({
  ...{ id, survey: "csat", score, ...noon("03-10"), ...more },
});

const bought = (id: string, orderId: string, dimensions: object, more: object = {}) => ({
  ...{ id, type: "purchase.made", orderId, dimensions, ...noon("03-09"), ...more },
  money: { amount: "10.00", currency: "USD" },
});

const days = "from=2024-03-01&to=2024-03-31";

const groups = (by: string) => satisfiedByGroup(api, days, by);
const expectReconciled = () => expectNoDifferences(api, "2024-03-01", "2024-03-31");

async function set(path: string, excluded: boolean): Promise<void> {
  const { status, json } = await api.send("PATCH", path, { body: { excluded, reason: "a test" } });
  expect(status, JSON.stringify(json)).toBe(200);
}

it("channel and category behind a score, whichever arrives first, twice, corrected, refunded and taken out", async () => {
  const first = [
    answer("1", 1, { orderId: "A", comment: "slow" }),
    answer("2", 5, { orderId: "A", dimensions: { channel: "phone" } }),
    answer("3", 2, { orderId: "B", customerId: "kim" }),
    answer("4", 5),
    answer("5", 3, { orderId: "unknown" }),
  ];
  await api.recordAll("responses", first);
  expect(await groups("channel")).toEqual({ phone: [1, 1], "(none)": [1, 4] });
  const purchases = [
    bought("p1", "A", { channel: "web", category: "shoes" }),
    bought("p2", "B", { channel: "shop", category: "hats" }, { customerId: "kim" }),
  ];
  await api.recordAll("events", purchases);
  expect(await api.batch("events", purchases)).toMatchObject({ duplicate: 2 });
  expect(await api.batch("responses", first)).toMatchObject({ duplicate: 5 });
  const expected = { phone: [1, 1], web: [0, 1], shop: [0, 1], "(none)": [1, 2] };
  expect(await groups("channel")).toEqual(expected);
  expect(await groups("category")).toEqual({ shoes: [1, 2], hats: [0, 1], "(none)": [1, 2] });
  expect(await groups("channel,category")).toMatchObject({ "web,shoes": [0, 1], "phone,shoes": [1, 1] });
  await expectReconciled();

  // A correction and a refund under the same number say nothing; an earlier purchase does.
  await api.recordAll("events", [
    bought("p1-corrected", "A", { channel: "app", category: "gifts" }, noon("03-12")),
    { ...bought("r1", "A", { channel: "till" }, noon("03-05")), type: "purchase.refunded" },
  ]);
  expect(await groups("channel")).toEqual(expected);
  await api.recordAll("events", [
    bought("p1-late", "A", { channel: "shop", category: "bags" }, noon("03-02")),
  ]);
  const late = { phone: [1, 1], shop: [0, 2], "(none)": [1, 2] };
  expect(await groups("channel")).toEqual(late);
  expect(await groups("category")).toEqual({ bags: [1, 2], hats: [0, 1], "(none)": [1, 2] });
  await expectReconciled();

  await set("/v1/events/p1-late", true);
  expect(await groups("channel")).toEqual(expected);
  await set("/v1/events/p1", true);
  expect(await groups("channel")).toEqual({ phone: [1, 1], app: [0, 1], shop: [0, 1], "(none)": [1, 2] });
  await set("/v1/events/p1-corrected", true);
  await set("/v1/responses/3", true);
  expect(await groups("channel")).toEqual({ phone: [1, 1], "(none)": [1, 3] });
  await expectReconciled();
  for (const id of ["p1", "p1-late", "p1-corrected"]) await set(`/v1/events/${id}`, false);
  await set("/v1/responses/3", false);
  expect(await groups("channel")).toEqual(late);
  expect((await api.get("/v1/responses/1")).json).toMatchObject({ orderId: "A" });
  await expectReconciled();
});

it("an answer that names a ticket as well takes from the ticket alone", async () => {
  await api.recordAll("responses", [answer("1", 5, { orderId: "A", ticketId: "t1" })]);
  await api.recordAll("events", [
    bought("p1", "A", { channel: "web", category: "shoes" }),
    { id: "o1", type: "ticket.opened", ticketId: "t1", dimensions: { channel: "phone" }, ...noon("03-09") },
  ]);
  expect(await groups("channel")).toEqual({ phone: [1, 1] });
  expect(await groups("category")).toEqual({ "(none)": [1, 1] });
  await expectReconciled();
});

it("answers and their words are filtered by what they take from their orders, tracked or not, as metrics are", async () => {
  await api.recordAll("events", [
    bought("p1", "A", { channel: "web", category: "shoes" }),
    bought("p2", "B", { channel: "shop", category: "hats" }),
  ]);
  await api.recordAll("responses", [
    answer("1", 1, { orderId: "A", comment: "slow answers" }),
    answer("2", 5, { orderId: "A", dimensions: { channel: "phone" }, comment: "friendly" }),
    answer("3", 2, { orderId: "B", comment: "rude" }),
    answer("4", 5, { comment: "great" }),
  ]);
  for (const [filter, ids] of [
    ["filter.channel=web", ["1"]],
    ["filter.channel=web,shop", ["1", "3"]],
    ["filter.category=shoes", ["1", "2"]],
    ["filter.category=shoes&filter.channel=web", ["1"]],
    ["filter.channel=(none)", ["4"]],
  ] as const) {
    const { json } = await api.get<{ items: readonly { readonly id: string }[] }>(
      `/v1/responses?${days}&${filter}`,
    );
    expect({ filter, ids: json.items.map(({ id }) => id).sort() }).toEqual({ filter, ids });
    const counted = await api.series("csat", `${days}&${filter}`);
    expect({ filter, n: counted[0]?.n }).toEqual({ filter, n: ids.length });
  }
  const { json } = await api.get<{ lookedAt: object }>(`/v1/terms?survey=csat&${days}&filter.category=hats`);
  expect(json.lookedAt).toMatchObject({ comments: 1, complete: true });
});

it("erasing a customer changes no figure and leaves no order number, in answers that name nobody neither; taking out an answer stays exact", async () => {
  const number = "order-of-kim-4711";
  await api.recordAll("events", [
    bought("p1", number, { channel: "web", category: "shoes" }, { customerId: "kim" }),
    bought("p2", "B", { channel: "shop" }, { customerId: "lee" }),
  ]);
  await api.recordAll("responses", [
    answer("1", 1, { orderId: number, customerId: "kim", comment: "slow" }),
    answer("2", 5, { orderId: number }),
    answer("3", 4, { orderId: number, comment: "I, Kim, am fine" }),
    answer("4", 4, { orderId: "B", customerId: "kim" }),
  ]);
  const before = { web: [2, 3], shop: [1, 1] };
  expect(await groups("channel")).toEqual(before);
  expect((await api.send("DELETE", "/v1/customers?customerId=kim")).status).toBe(200);
  expect(await groups("channel")).toEqual(before);
  expect(await groups("category")).toEqual({ shoes: [2, 3], "(none)": [1, 1] });
  await expectReconciled();
  const stored = await onTable(test.cloud, async ({ client, name }) => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
    return JSON.stringify(Items, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
  });
  expect(stored).not.toContain(number);
  expect(stored).not.toContain("I, Kim");

  await set("/v1/responses/1", true);
  await set("/v1/responses/2", true);
  expect(await groups("channel")).toEqual({ web: [1, 1], shop: [1, 1] });
  await expectReconciled();
  await set("/v1/responses/1", false);
  await set("/v1/responses/2", false);
  expect(await groups("channel")).toEqual(before);
  // What comes later belongs to the same order, which names nobody any more.
  await api.recordAll("responses", [answer("5", 5, { orderId: number })]);
  expect(await groups("channel")).toEqual({ web: [3, 4], shop: [1, 1] });
  await expectReconciled();
});

it("a workspace that does not link orders says so, and from when on it does", async () => {
  const plain = await test.workspace({ trackedDimensions: ["channel"] });
  await plain.recordAll("events", [bought("p1", "A", { channel: "web" })]);
  const refused = await plain.post("/v1/responses", answer("1", 5, { orderId: "A" }));
  expect(refused.status).toBe(422);
  expect(refused.json).toMatchObject({
    errors: [{ pointer: "/orderId", detail: expect.stringContaining("linkOrders") }],
  });
  const changed = await plain.send("PATCH", "/v1/workspace", { body: { linkOrders: true } });
  expect(changed.json).toMatchObject({
    ...{ linkOrders: true, ordersLinkedSince: expect.stringMatching(/^20/) },
    effects: [expect.stringContaining("recorded from now on are linked")],
  });
  expect(JSON.stringify(changed.json)).not.toContain("ecret");
  await plain.recordAll("responses", [answer("1", 5, { orderId: "A" }), answer("2", 5, { orderId: "B" })]);
  await plain.recordAll("events", [bought("p2", "B", { channel: "shop" })]);
  const { json } = await plain.get<{ series: readonly Entry[] }>(`/v1/metrics/csat?${days}&groupBy=channel`);
  expect(json.series).toMatchObject([
    { group: "shop", n: 1 },
    { group: "(none)", n: 1 },
  ]);
  const { json: found } = await plain.post("/v1/reconciliation", { from: "2024-03-01", to: "2024-03-31" });
  expect(found).toMatchObject({ differencesTotal: 0, historiesTotal: 0 });
  const off = await plain.send("PATCH", "/v1/workspace", { body: { linkOrders: false } });
  expect(off.json).toMatchObject({ linkOrders: false, ordersLinkedSince: null });
  expect((await plain.post("/v1/responses", answer("3", 5, { orderId: "A" }))).status).toBe(422);
});
