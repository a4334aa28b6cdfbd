import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/calendar/days.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** Lists of customers: by conditions, in any order, from the archive and the table alike. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
});
beforeEach(async () => {
  api = await test.workspace({ timeZone: "UTC" }, 10);
});
afterAll(() => test?.end());

interface Entry {
  readonly id: string;
  readonly [field: string]: unknown;
}

interface List {
  readonly items: readonly Entry[];
  readonly total: number;
  readonly through: string;
  readonly changedDays: number;
  readonly nextCursor: string | null;
}

const day = dayBefore(9);
const on = (date: string) => `${date}T12:00:00Z`;

async function list(query = ""): Promise<List> {
  const { status, json } = await api.get<List>(`/v1/customers?${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

async function idsOf(query = ""): Promise<string[]> {
  return (await list(query)).items.map(({ id }) => id);
}

function bought(id: string, customerId: string, date: string, amount: string, more: object = {}) {
  const money = { amount, currency: "USD" };
  return { type: "purchase.made", id, orderId: id, customerId, money, occurredAt: on(date), ...more };
}

function scored(id: string, survey: string, customerId: string, score: number, date: string) {
  return { id, survey, customerId, score, occurredAt: on(date) };
}

/** Three customers and somebody who only answered a survey. */
async function recordSome(): Promise<void> {
  await api.recordAll("events", [
    bought("p-1", "anna", day, "10.00", { dimensions: { plan: "pro" } }),
    bought("p-2", "anna", addDays(day, 2), "5.50"),
    bought("p-3", "béa & co?", addDays(day, 1), "100.00", { dimensions: { plan: "free" } }),
    { ...bought("r-1", "béa & co?", addDays(day, 1), "1.00"), type: "purchase.refunded" },
    { ...bought("p-4", "carl", addDays(day, 3), "1"), money: { amount: "700", currency: "JPY" } },
    { id: "l-1", type: "customer.left", customerId: "carl", occurredAt: on(addDays(day, 5)) },
  ]);
  await api.recordAll("responses", [
    scored("c-1", "ces", "anna", 2, addDays(day, 3)),
    scored("n-1", "nps", "anna", 9, addDays(day, 4)),
    scored("n-0", "nps", "anna", 1, addDays(day, 1)),
    scored("c-2", "ces", "béa & co?", 6, addDays(day, 3)),
    scored("n-2", "nps", "béa & co?", 3, addDays(day, 3)),
    scored("n-3", "nps", "dora", 10, addDays(day, 6)),
  ]);
}

/** What a list must answer whether its days are archived or not. */
async function expectSome(): Promise<void> {
  const { items, total, changedDays, through } = await list("sort=revenue");
  expect({ total, changedDays, through }).toEqual({ total: 4, changedDays: 0, through: dayBefore(0) });
  expect(items.map(({ id }) => id)).toEqual(["béa & co?", "anna", "carl", "dora"]);
  expect(items[1]).toEqual({
    ...{ id: "anna", state: "active", joinedOn: day, lostOn: null, returnedOn: null },
    ...{ lastSeenOn: addDays(day, 4), lastPurchaseOn: addDays(day, 2), orders: 2 },
    revenue: { amount: "15.50", currency: "USD" },
    refunds: { amount: "0.00", currency: "USD" },
    ...{ otherRevenue: [], otherRefunds: [], prediction: null, rfm: null, dimensions: { plan: "pro" } },
    scores: {
      nps: { score: 9, scale: "0-10", day: addDays(day, 4), id: "n-1" },
      ces: { score: 2, scale: "1-7", day: addDays(day, 3), id: "c-1" },
    },
  });
  expect(items[0]).toMatchObject({ refunds: { amount: "1.00", currency: "USD" } });
  expect(items[2]).toMatchObject({
    ...{ state: "lost", lostOn: addDays(day, 5), otherRevenue: [{ amount: "700", currency: "JPY" }] },
  });
  expect(items[3]).toMatchObject({ state: "none", joinedOn: null, lastSeenOn: addDays(day, 6), orders: 0 });
}

describe("a list of customers", () => {
  it("says the same before its days are archived and after", async () => {
    await recordSome();
    await expectSome();
    await test.hour();
    await expectSome();
  });

  it("finds who had a bad interaction but likes us, and the reverse", async () => {
    await recordSome();
    expect(await idsOf("score.ces=1..3&score.nps=9..10")).toEqual(["anna"]);
    expect(await idsOf("score.ces=5..&score.nps=..6")).toEqual(["béa & co?"]);
    expect(await idsOf("score.nps=9..&scored.nps=..2000-01-01")).toEqual([]);
    expect(await idsOf(`score.nps=9..10&scored.nps=${addDays(day, 5)}..`)).toEqual(["dora"]);
  });

  it("chooses by state, dimensions and days", async () => {
    await recordSome();
    expect(await idsOf("state=lost")).toEqual(["carl"]);
    expect(await idsOf("state=active,none&sort=joined&order=asc")).toEqual(["anna", "béa & co?", "dora"]);
    expect(await idsOf("filter.plan=free,pro&sort=orders")).toEqual(["anna", "béa & co?"]);
    expect(await idsOf("filter.plan=(none)&sort=orders&order=desc")).toEqual(["carl", "dora"]);
    expect(await idsOf(`joinedFrom=${addDays(day, 1)}&joinedTo=${addDays(day, 2)}`)).toEqual(["béa & co?"]);
    expect(await idsOf(`seenFrom=${addDays(day, 6)}`)).toEqual(["dora"]);
    expect(await idsOf(`seenTo=${addDays(day, 3)}`)).toEqual(["béa & co?"]);
  });

  it("comes in full pages, in every order, each customer once", async () => {
    const many = Array.from({ length: 23 }, (_, index) =>
      bought(`p-${index}`, `customer ${index}`, addDays(day, index % 3), `${index % 4}.00`),
    );
    await api.recordAll("events", many);
    await test.hour();
    for (const sort of ["joined", "lastSeen", "revenue", "orders"]) {
      for (const order of ["asc", "desc"]) {
        const sizes: number[] = [];
        const seen: string[] = [];
        let cursor: string | null = "";
        while (cursor !== null) {
          const page: List = await list(
            `sort=${sort}&order=${order}&limit=10${cursor && `&cursor=${cursor}`}`,
          );
          sizes.push(page.items.length);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        }
        expect(sizes).toEqual([10, 10, 3]);
        expect(new Set(seen).size).toBe(23);
      }
    }
  });

  it("follows a late fact, a response that is taken out, and an erasure at once", async () => {
    await recordSome();
    await test.hour();
    await api.recordAll("events", [bought("p-9", "carl", addDays(day, 6), "900.00")]);
    expect((await list("sort=revenue")).items[0]).toMatchObject({ id: "carl", state: "active", orders: 2 });
    const change = { body: { excluded: true, reason: "test" } };
    expect((await api.send("PATCH", "/v1/responses/n-1", change)).status).toBe(200);
    expect(await idsOf("score.nps=9..10")).toEqual(["dora"]);
    expect((await api.send("DELETE", "/v1/customers?customerId=anna")).status).toBe(200);
    expect(await idsOf("sort=orders")).toEqual(["carl", "béa & co?", "dora"]);
    await test.hour();
    expect(await idsOf("sort=orders")).toEqual(["carl", "béa & co?", "dora"]);
  });

  it("says how many there were over time, by what is known of the days up to then", async () => {
    await recordSome();
    await test.hour();
    const counts = async (query: string) => {
      const { status, json } = await api.get<{ items: { customers: number }[] }>(
        `/v1/customers/counts?interval=day&from=${day}&to=${addDays(day, 6)}&${query}`,
      );
      expect(status, JSON.stringify(json)).toBe(200);
      return json.items.map(({ customers }) => customers);
    };
    expect(await counts("state=active")).toEqual([1, 2, 2, 3, 3, 2, 2]);
    expect(await counts("score.nps=9..10&score.ces=1..3")).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(await counts("score.nps=..6")).toEqual([0, 1, 1, 2, 1, 1, 1]);
  });

  it("is CSV with the same columns on every page", async () => {
    await recordSome();
    const { text: first } = await api.csv("/v1/customers?sort=revenue&limit=2");
    const header = first.split("\r\n")[0] ?? "";
    expect(header).toContain("id,state,joinedOn");
    expect(header).toContain("scores.nps.score,scores.nps.scale,scores.nps.day");
    expect(first).toContain('"{""plan"":""pro""}",9,0-10,');
    const { nextCursor } = await list("sort=revenue&limit=2");
    const { text: second } = await api.csv(`/v1/customers?sort=revenue&limit=2&cursor=${nextCursor}`);
    expect(second.split("\r\n")[0]).toBe(header);
  });

  it("refuses conditions that it does not understand, naming them", async () => {
    for (const query of [
      "score.ces=11",
      "score.ces=3..1",
      "score.ces=..",
      "score.ces=1..2..3",
      "score.nps=good",
      "scored.nps=2026-02-30",
      "state=left",
      "sort=name",
      "order=down",
      `joinedFrom=${day}&joinedTo=${addDays(day, -1)}`,
      "dimension.plan=pro",
      "cursor=x",
      "unknown=1",
    ]) {
      const { status } = await api.get(`/v1/customers?${query}`);
      expect({ query, status }).toEqual({ query, status: 400 });
    }
  });
});
