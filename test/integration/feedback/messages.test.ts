import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** What mentions and tickets say: listed, searched, counted by terms, and erased like comments. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
  await api.recordAll("events", [
    ticket("1", "opened", "Where is my parcel? The parcel is late.", { customerId: "kim" }),
    ticket("2", "opened", "Das Paket fehlt", { ticketId: "another" }),
    ticket("3", "replied", "Your parcel arrives tomorrow", { customerId: "kim" }),
    ticket("4", "opened"),
    mention("5", "negative", "Parcels always late with them"),
    mention("6", "positive", "Lovely shoes"),
    mention("7", "neutral"),
  ]);
});

const occurredAt = "2024-05-02T09:00:00Z";

const ticket = (id: string, kind: string, message?: string, more: object = {}) => ({
  ...{ id, type: `ticket.${kind}`, ticketId: "t", occurredAt, ...more },
  ...(message === undefined ? {} : { message }),
});

const mention = (id: string, sentiment: string, message?: string) => ({
  ...{ id, type: "mention.seen", sentiment, occurredAt },
  ...(message === undefined ? {} : { message }),
});

async function ids(query: string): Promise<string[]> {
  const { status, json } = await api.get<{ items: { id: string }[] }>(`/v1/events?${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json.items.map(({ id }) => id).sort();
}

interface TermsBody {
  readonly groups: readonly {
    group: string;
    comments: number;
    terms: { term: string; comments: number }[];
  }[];
}

/** Term → messages, by group. */
async function terms(query: string): Promise<Record<string, Record<string, number>>> {
  const { status, json } = await api.get<TermsBody>(`/v1/terms?${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return Object.fromEntries(
    json.groups.map(({ group, terms: found }) => [
      group,
      Object.fromEntries(found.map(({ term, comments }) => [term.toLowerCase(), comments])),
    ]),
  );
}

it("messages are listed and searched, of all types or of some", async () => {
  expect(await ids("hasMessage=true")).toEqual(["1", "2", "3", "5", "6"]);
  expect(await ids("hasMessage=false")).toEqual(["4", "7"]);
  expect(await ids("q=parcel")).toEqual(["1", "3", "5"]);
  expect(await ids("q=LATE%20parcel&type=ticket.opened")).toEqual(["1"]);
  expect(await ids("q=parcel&filter.sentiment=negative")).toEqual(["5"]);
  const { json } = await api.get<{ items: object[] }>("/v1/events?q=fehlt");
  expect(json.items).toMatchObject([{ message: "Das Paket fehlt" }]);
  expect((await api.get("/v1/events?q=%20")).status).toBe(400);
});

it("their terms are counted: tickets by type, mentions by sentiment", async () => {
  expect(await terms("type=ticket.opened,ticket.replied")).toMatchObject({
    "ticket.opened": { parcel: 1, late: 1, paket: 1 },
    "ticket.replied": { parcel: 1, tomorrow: 1 },
  });
  expect(await terms("type=mention.seen")).toMatchObject({
    ...{ negative: { parcels: 1, late: 1 }, neutral: {}, positive: { lovely: 1, shoes: 1 } },
  });
  const { json } = await api.get("/v1/terms?type=ticket.opened");
  expect(json).toMatchObject({ type: ["ticket.opened"], lookedAt: { comments: 2, complete: true } });
  expect(json).not.toHaveProperty("survey");
});

it.each([
  ["survey=nps&type=ticket.opened", "/survey"],
  ["from=2024-01-01", "/survey"],
  ["type=ticket.opened&surveyId=s", "/surveyId"],
  ["type=page.loaded", "/type/0"],
])("terms of %s are refused", async (query, pointer) => {
  const { status, json } = await api.get(`/v1/terms?${query}`);
  expect([status, json.errors?.map((error) => error.pointer)]).toEqual([400, [pointer]]);
});

it("a person's messages are erased with it, and found no more", async () => {
  const { status, json } = await api.send("DELETE", "/v1/customers?customerId=kim");
  expect([status, json]).toMatchObject([200, { erased: { facts: 2, comments: 2 } }]);
  expect(await ids("q=parcel")).toEqual(["5"]);
  expect(await ids("type=ticket.opened,ticket.replied&hasMessage=true")).toEqual(["2"]);
  expect(await terms("type=ticket.opened")).toEqual({ "ticket.opened": { paket: 1, fehlt: 1 } });
});

it("a message that is too long is refused, and one of as many characters as may be is taken", async () => {
  const longest = "ö".repeat(5_000);
  const sent = await api.batch("events", [
    ticket("fits", "opened", longest),
    ticket("not", "opened", `${longest}!`),
  ]);
  expect(sent).toMatchObject({ results: [{ status: "recorded" }, { status: "invalid" }] });
});
