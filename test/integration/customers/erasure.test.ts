import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { storedItems } from "../../fixtures/stored.ts";
import { customerOf, differencesOf, erase, purchase } from "./customers.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await ApiCloud.start();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

const person = "jane.doe@mail.example";

const facts = {
  responses: [
    {
      ...{ id: "n-1", survey: "nps", score: 3, customerId: person, occurredAt: "2024-01-10T10:00:00Z" },
      ...{ comment: "Call me: 555-1234", invitationId: "inv-1", tags: ["late"], surveyId: "s-1" },
      dimensions: { channel: "web" },
    },
    { id: "n-2", survey: "csat", score: 5, customerId: person, occurredAt: "2024-02-10T10:00:00Z" },
  ],
  events: [
    purchase("p-1", person, "2024-01-05", { orderId: "order-jane-1", dimensions: { channel: "web" } }),
    purchase("p-2", person, "2024-03-05", { orderId: "order-jane-2" }),
    { ...purchase("r-1", person, "2024-03-06", { orderId: "order-jane-2" }), type: "purchase.refunded" },
    { id: "l-1", type: "customer.left", customerId: person, occurredAt: "2024-04-01T00:00:00Z" },
  ],
};

const traces = [person, "jane", "555-1234", "Call me"];

async function recordPerson(): Promise<void> {
  await api.recordAll("responses", facts.responses);
  await api.recordAll("events", facts.events);
  await api.recordAll("events", [purchase("other", "other", "2024-01-07", { orderId: "order-other" })]);
}

/** Everything that is counted of the first months of 2024, in total and for a segment. */
async function counts(): Promise<unknown[]> {
  const ids = ["nps", "csat", "sales", "customers", "churn-rate", "repeat-purchase-rate", "clv"];
  return Promise.all(
    ids.flatMap((id) => [
      api.series(id, "from=2024-01-01&to=2024-05-31&interval=month"),
      api.series(id, "from=2024-01-01&to=2024-05-31&interval=month&filter.channel=web"),
    ]),
  );
}

describe("a person who is erased", () => {
  it("is nowhere in the answers and nowhere in the table, and says what went", async () => {
    await recordPerson();
    await api.send("PATCH", "/v1/responses/n-1", { body: { excluded: true, reason: "jane asked us" } });
    await api.send("PATCH", "/v1/responses/n-1", { body: { excluded: false, reason: "jane again" } });
    expect(await erase(api, person)).toEqual({ facts: 6, comments: 1, customer: true, deliveries: 0 });

    const response = await api.get("/v1/responses/n-1");
    expect(response.json).toMatchObject({
      ...{ score: 3, tags: ["late"], surveyId: "s-1", erasedAt: expect.any(String) },
      audit: [{ reason: "" }, { reason: "" }],
    });
    const list = await api.get<{ items: unknown[] }>("/v1/responses");
    const theirs = await api.get(`/v1/responses?customerId=${encodeURIComponent(person)}`);
    const search = await api.get("/v1/responses?q=call");
    expect(list.json.items).toHaveLength(2);
    expect([theirs.json, search.json]).toEqual(Array(2).fill({ items: [], nextCursor: null }));
    const gone = await api.get(`/v1/customers?customerId=${encodeURIComponent(person)}`);
    expect(gone.status).toBe(404);
    const items = await storedItems(test.cloud, api.workspace);
    const texts = [response, list, theirs, search, gone].map(({ json }) => JSON.stringify(json));
    for (const text of [...texts, ...items]) for (const trace of traces) expect(text).not.toContain(trace);
    expect(items.length).toBeGreaterThan(10);
  });

  it("leaves every number and everybody else as they were", async () => {
    await recordPerson();
    const before = await counts();
    await erase(api, person);
    expect(await counts()).toEqual(before);
    expect(await differencesOf(api, "2024-01-01", "2024-05-31")).toBe(0);
    expect(await customerOf(api, "other")).toMatchObject({ purchases: 1 });
  });

  it("is not restored by sending the same facts again, nor by others with their ids", async () => {
    await recordPerson();
    const before = await counts();
    await erase(api, person);
    for (const field of ["responses", "events"] as const) {
      const again = await api.batch(field, facts[field]);
      expect(again).toMatchObject({ recorded: 0, duplicate: facts[field].length, conflict: 0 });
    }
    const changed = { ...facts.responses[0], score: 10, comment: "other" };
    expect((await api.post("/v1/responses", changed)).json.status).toBe("duplicate");
    expect(await counts()).toEqual(before);
    expect((await api.get(`/v1/customers?customerId=${encodeURIComponent(person)}`)).status).toBe(404);
  });

  it("is erased by a repetition no second time, and nobody is where nobody was", async () => {
    await recordPerson();
    await erase(api, person);
    const nothing = { facts: 0, comments: 0, customer: false, deliveries: 0 };
    expect(await erase(api, person)).toEqual(nothing);
    expect(await erase(api, "nobody")).toEqual(nothing);
  });

  it("starts as a new person with the next fact, who can be erased as well", async () => {
    await recordPerson();
    await erase(api, person);
    await api.recordAll("events", [purchase("later", person, "2024-05-01")]);
    expect(await customerOf(api, person)).toMatchObject({
      state: "active",
      joinedOn: "2024-05-01",
      purchases: 1,
    });
    const entry = await api.total("customers", "2024-01-01", "2024-05-31");
    expect(entry.components).toMatchObject({ new: 3, lost: 1, returned: 0 });
    expect(await erase(api, person)).toEqual({ facts: 1, comments: 0, customer: true, deliveries: 0 });
    expect(await differencesOf(api, "2024-01-01", "2024-05-31")).toBe(0);
  });

  it.each(["a?b", "a#b", "a/b", "a&customerId=a", "a%3Fb"])(
    "is nobody else: who is called a stays when %s goes",
    async (id) => {
      await api.recordAll("events", [purchase("p", "a", "2024-05-01"), purchase("q", id, "2024-05-02")]);
      expect(await erase(api, id)).toEqual({ facts: 1, comments: 0, customer: true, deliveries: 0 });
      expect(await customerOf(api, "a")).toMatchObject({ purchases: 1, items: [{ id: "p" }] });
      expect((await api.get(`/v1/customers?customerId=${encodeURIComponent(id)}`)).status).toBe(404);
    },
  );

  it("is named by the query: no path and no missing name erases anybody", async () => {
    await api.recordAll("events", [purchase("p", "a", "2024-05-01")]);
    const answered = await Promise.all(
      ["/a", "/a%3Fb", "/", "", "?customerId=", "?customerId=a%00"].map(async (rest) => {
        const { status, json } = await api.send("DELETE", `/v1/customers${rest}`);
        return [rest, status, json.errors?.[0]?.pointer];
      }),
    );
    expect(answered).toEqual([
      ["/a", 404, undefined],
      ["/a%3Fb", 404, undefined],
      ["/", 404, undefined],
      ["", 400, "/customerId"],
      ["?customerId=", 400, "/customerId"],
      ["?customerId=a%00", 400, "/customerId"],
    ]);
    expect(await customerOf(api, "a")).toMatchObject({ purchases: 1 });
  });

  it("stays erased in one workspace alone", async () => {
    await recordPerson();
    const other = await test.workspace();
    await other.recordAll("events", [purchase("p", person, "2024-01-05")]);
    await erase(api, person);
    expect(await customerOf(other, person)).toMatchObject({ purchases: 1 });
  });
});

describe("a person of whom only such facts are known as make nobody a customer", () => {
  const money = { amount: "3.00", currency: "USD" };
  const named = [
    { type: "article.written", articleId: "KB1" },
    { type: "article.used", articleId: "KB1", ticketId: "T1" },
    { type: "probe.checked", up: true },
    { type: "mobile.scored", score: 80 },
    { type: "mention.seen", sentiment: "positive" },
    { type: "share.quoted", symbol: "ACME", money },
    { type: "spend.recorded", money },
  ].map((fact, index) => ({
    ...{ id: `f-${index}`, customerId: person, occurredAt: `2024-01-1${index}T10:00:00Z` },
    ...fact,
  }));
  const metrics = ["knowledge-contributions", "uptime", "social-mentions", "share-price", "acquisition-cost"];
  const measured = () => Promise.all(metrics.map((id) => api.total(id, "2024-01-01", "2024-01-31")));

  it("is answered with them, and can be erased: the counts stay", async () => {
    await api.recordAll("events", named);
    expect(await customerOf(api, person)).toMatchObject({ state: "none", purchases: 0 });
    expect((await customerOf(api, person)).items.map(({ id, type }) => ({ id, type }))).toEqual(
      named.map(({ id, type }) => ({ id, type })).reverse(),
    );
    expect(await api.total("customers", "2024-01-01", "2024-01-31")).toMatchObject({
      components: { new: 0, end: 0 },
    });
    const before = await measured();
    expect(await erase(api, person)).toEqual({
      facts: named.length,
      comments: 0,
      customer: false,
      deliveries: 0,
    });
    expect((await api.get(`/v1/customers?customerId=${encodeURIComponent(person)}`)).status).toBe(404);
    for (const item of await storedItems(test.cloud, api.workspace)) expect(item).not.toContain(person);
    expect(await measured()).toEqual(before);
    expect(await differencesOf(api, "2024-01-01", "2024-01-31")).toBe(0);
    expect(await api.batch("events", named)).toMatchObject({ recorded: 0, duplicate: named.length });
  });
});

describe("losses of an erased person by inactivity", () => {
  it("stay where they are, also those counted ahead, and move when the setting is changed", async () => {
    const counting = await test.workspace({ inactivityDays: 30 });
    await counting.recordAll("events", [
      purchase("past", person, dayBefore(80)),
      purchase("recent", person, dayBefore(10)),
    ]);
    const lossesOn = async (...days: string[]) => {
      const items = await storedItems(test.cloud, counting.workspace);
      const counters = items.filter((item) => item.includes("#C#customers#all"));
      return days.map(
        (day) => counters.filter((item) => item.includes(`${day}#`) && item.includes('"lost":1')).length,
      );
    };
    const days = [dayBefore(50), dayBefore(-20), dayBefore(35), dayBefore(-35)];
    expect(await lossesOn(...days)).toEqual([1, 1, 0, 0]);
    await erase(counting, person);
    expect(await lossesOn(...days)).toEqual([1, 1, 0, 0]);
    await counting.send("PATCH", "/v1/workspace", { body: { inactivityDays: 45 } });
    // The queue would wait until no function remembers the settings of before.
    const message = {
      messageId: "1",
      body: JSON.stringify({ workspace: counting.workspace, entity: "customer" }),
    };
    await test.cloud.invoke("recount-entities", { Records: [message] });
    expect(await lossesOn(...days)).toEqual([0, 0, 1, 1]);
    expect(await differencesOf(counting, dayBefore(90), dayBefore(0))).toBe(0);
  });
});

describe("ids of erased persons", () => {
  it("cannot be sent, asked for or erased", async () => {
    await recordPerson();
    await erase(api, person);
    const items = await storedItems(test.cloud, api.workspace);
    const [id = ""] = items.flatMap((item) => /erased:[0-9a-f-]{36}/.exec(item) ?? []);
    expect(id).not.toBe("");
    const sent = await api.post("/v1/events", purchase("x", id, "2024-05-01"));
    expect([sent.status, sent.json.errors?.[0]?.pointer]).toEqual([422, "/customerId"]);
    expect((await api.get(`/v1/customers?customerId=${id}`)).status).toBe(400);
    expect((await api.send("DELETE", `/v1/customers?customerId=${id}`)).status).toBe(400);
    expect((await api.get(`/v1/responses?customerId=${id}`)).status).toBe(400);
  });

  it("are erased with a key of the scope admin only", async () => {
    await recordPerson();
    const key = await test.key(api, "read", "ingest");
    const path = `/v1/customers?customerId=${encodeURIComponent(person)}`;
    expect((await api.send("DELETE", path, { key })).status).toBe(403);
    expect(await customerOf(api, person)).toMatchObject({ purchases: 2 });
  });
});

it("the logs say how much was erased, and never whom", async () => {
  const own = await ApiCloud.start();
  try {
    await own.client.recordAll("responses", facts.responses);
    await erase(own.client, person);
    await own.stop();
    const logs = [...(await own.logs()).entries()].filter(([file]) => !file.endsWith("access.log"));
    const lines = logs.flatMap(([, text]) => text.split("\n"));
    const line = lines.find((each) => each.includes("erasedFacts"));
    expect(JSON.parse(line ?? "{}")).toMatchObject({ erasedFacts: 2, erasedComments: 1, status: 200 });
    for (const each of lines) for (const trace of traces) expect(each).not.toContain(trace);
  } finally {
    await own.end();
  }
});
