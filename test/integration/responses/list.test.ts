import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { idsOf, pageOf, type ResponseItem } from "./responses.ts";

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

const sent = {
  id: "full",
  survey: "nps",
  scale: "0-10",
  score: 3,
  surveyId: "after-purchase",
  invitationId: "inv-1",
  customerId: "c 1",
  comment: "Livraison très lente,\nmais le café était bon",
  tags: ["delivery", "=cmd"],
  dimensions: { channel: "web", plan: "gold" },
  occurredAt: "2024-03-31T01:30:00+02:00",
};

function answer(id: string, occurredAt: string, more: object = {}) {
  return { id, survey: "nps", score: 9, occurredAt, ...more };
}

describe("a response", () => {
  it("is answered with all that was sent and where it counts", async () => {
    await api.recordAll("responses", [sent]);
    const { status, json } = await api.get<ResponseItem>("/v1/responses/full");
    const known = { occurredAt: "2024-03-30T23:30:00.000Z", day: "2024-03-30", excluded: false };
    expect(status).toBe(200);
    expect(json).toEqual({ ...sent, ...known, audit: [], recordedAt: expect.stringMatching(/Z$/) });
    const [listed] = (await pageOf(api)).items;
    expect({ ...listed, audit: [] }).toEqual(json);
  });

  it("is not found by an id that is an event's, nobody's or none", async () => {
    await api.recordAll("events", [{ id: "e-1", type: "customer.joined", customerId: "c" }]);
    for (const id of ["e-1", "unknown", "not%20an%20id", "%2e%2e%2f"]) {
      expect((await api.get(`/v1/responses/${id}`)).status, id).toBe(404);
    }
  });

  it("is not found in another workspace", async () => {
    await api.recordAll("responses", [sent]);
    const other = await test.workspace();
    expect((await other.get("/v1/responses/full")).status).toBe(404);
    expect(await idsOf(other)).toEqual([]);
  });

  it("comes as CSV in one row that a spreadsheet reads as it was sent, without formulas", async () => {
    await api.recordAll("responses", [sent]);
    const { headers, text } = await api.csv("/v1/responses");
    expect(headers.get("content-type")).toContain("text/csv");
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(rows).toEqual([
      expect.objectContaining({
        ...{
          id: "full",
          score: "3",
          comment: sent.comment,
          dimensions: '{"channel":"web","plan":"gold"}',
          excluded: "false",
        },
        tags: "delivery; =cmd",
      }),
    ]);
  });
});

describe("the list", () => {
  it("has the newest first, over the ends of years and across years without any", async () => {
    await api.recordAll("responses", [
      answer("a", "2023-12-31T23:59:59Z"),
      answer("e", new Date().toISOString()),
      answer("c", "2024-01-01T00:00:00Z"),
      answer("first", "2001-05-01T12:00:00Z"),
      answer("b", "2023-12-31T23:59:59Z"),
    ]);
    expect(await idsOf(api)).toEqual(["e", "c", "b", "a", "first"]);
    for (const limit of [1, 2, 3]) {
      expect(await idsOf(api, `limit=${limit}`), `${limit}`).toEqual(["e", "c", "b", "a", "first"]);
    }
    const exact = await pageOf(api, "limit=5");
    expect(exact.nextCursor).toBeNull();
  });

  it("goes on where it stopped when newer and older responses arrive in between", async () => {
    await api.recordAll(
      "responses",
      [1, 3, 5, 7].map((hour) => answer(`h${hour}`, `2024-05-01T0${hour}:00:00Z`)),
    );
    const first = await pageOf(api, "limit=2");
    await api.recordAll("responses", [
      ...[8, 6, 4].map((hour) => answer(`h${hour}`, `2024-05-01T0${hour}:00:00Z`)),
      answer("next-year", "2025-01-01T00:00:00Z"),
    ]);
    expect(first.items.map(({ id }) => id)).toEqual(["h7", "h5"]);
    expect(await idsOf(api, `limit=2&cursor=${first.nextCursor}`)).toEqual(["h4", "h3", "h1"]);
  });

  it("takes each filter alone and all together", async () => {
    const occurredAt = "2024-03-30T12:00:00Z";
    await api.recordAll("responses", [
      sent,
      { id: "csat", survey: "csat", score: 5, comment: "Super café", occurredAt },
      { id: "plain", survey: "nps", score: 10, occurredAt, dimensions: { channel: "web", plan: "free" } },
      { id: "early", survey: "nps", score: 0, occurredAt: "2024-02-01T00:00:00Z", tags: ["delivery"] },
    ]);
    const cases: [query: string, ids: string[]][] = [
      ["survey=csat", ["csat"]],
      ["surveyId=after-purchase", ["full"]],
      ["from=2024-03-30", ["full", "plain", "csat"]],
      [`from=${dayBefore(-5)}`, []],
      ["to=1999-12-31", []],
      ["to=2024-03-29", ["early"]],
      ["from=2024-02-01&to=2024-02-01", ["early"]],
      ["scoreFrom=10", ["plain"]],
      ["scoreTo=0", ["early"]],
      ["scoreFrom=3&scoreTo=5", ["full", "csat"]],
      ["hasComment=true", ["full", "csat"]],
      ["hasComment=false", ["plain", "early"]],
      ["q=cafe", ["full", "csat"]],
      ["q=cafe+livr", ["full"]],
      ["customerId=c+1", ["full"]],
      ["customerId=c", []],
      ["tag=delivery", ["full", "early"]],
      ["dimension.channel=web", ["full", "plain"]],
      ["dimension.channel=web&dimension.plan=gold", ["full"]],
      ["customerId=c+1&survey=csat", []],
      ["customerId=c+1&from=2024-03-31", []],
      ["customerId=c+1&to=2024-03-30&q=lente&tag=delivery&dimension.plan=gold&hasComment=true", ["full"]],
    ];
    for (const [query, ids] of cases) expect(await idsOf(api, query), query).toEqual(ids);
  });

  it("lists a customer's responses page by page, and nobody else's", async () => {
    const times = Array.from({ length: 7 }, (_, index) => `202${index % 3}-06-0${index + 1}T10:00:00Z`);
    await api.recordAll(
      "responses",
      times.flatMap((time, index) => [
        answer(`mine-${index}`, time, { customerId: "me" }),
        answer(`other-${index}`, time, { customerId: "me#other" }),
      ]),
    );
    await api.recordAll("events", [{ type: "customer.joined", customerId: "me" }]);
    const newestFirst = times
      .map((time, index) => ({ time, id: `mine-${index}` }))
      .sort((a, b) => (a.time < b.time ? 1 : -1))
      .map(({ id }) => id);
    expect(await idsOf(api, "customerId=me&limit=2")).toEqual(newestFirst);
    expect(await idsOf(api, "customerId=me&from=2021-06-01&to=2021-12-31")).toEqual(["mine-4", "mine-1"]);
  });

  it("has full pages while there is more, however sparse what is asked for", async () => {
    const start = Date.parse("2024-06-01T00:00:00Z");
    const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
    for (let batch = 0; batch < 5; batch += 1) {
      const many = Array.from({ length: 450 }, (_, index) => batch * 450 + index);
      await api.recordAll(
        "responses",
        many.map((second) =>
          answer(`a-${second}`, at(second), second % 9 === 0 ? { comment: "needle" } : {}),
        ),
      );
    }
    const found: (readonly string[])[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await pageOf(api, `hasComment=true&limit=100${cursor ? `&cursor=${cursor}` : ""}`);
      expect(page).not.toHaveProperty("partial");
      found.push(page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    // One in nine of 2,250 answers.
    expect(found.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(new Set(found.flat()).size).toBe(250);
    expect(await idsOf(api, "q=needle&to=2024-05-31")).toEqual([]);
  });

  it.each([
    ["scoreFrom=11", "/scoreFrom"],
    ["scoreFrom=", "/scoreFrom"],
    ["scoreFrom=8&scoreTo=3", "/scoreTo"],
    ["from=2024-02-30", "/from"],
    ["from=2024-02-02&to=2024-02-01", "/to"],
    ["hasComment=yes", "/hasComment"],
    ["survey=other", "/survey"],
    ["q=", "/q"],
    ["q=%21%21", "/q"],
    ["limit=201", "/limit"],
    ["dimension.Channel=web", "/dimension.Channel"],
    ["dimension.channel=", "/dimension.channel"],
    ["channel=web", "/channel"],
    ["cursor=nonsense", "/cursor"],
  ])("refuses %s and names the parameter", async (query, pointer) => {
    const { status, json } = await api.get(`/v1/responses?${query}`);
    expect([status, json.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  it("refuses a cursor that was changed, or belongs to other filters or another workspace", async () => {
    await api.recordAll("responses", [
      answer("a", "2024-05-01T00:00:00Z"),
      answer("b", "2024-05-02T00:00:00Z"),
    ]);
    const { nextCursor } = await pageOf(api, "limit=1&survey=nps");
    const cursor = nextCursor ?? "";
    const content = JSON.parse(Buffer.from(cursor, "base64url").toString()) as { after: string };
    const forged = { ...content, after: content.after.replace("05-02", "05-03") };
    const refused = async (client: ApiClient, query: string) => {
      const { status, json } = await client.get(`/v1/responses?${query}`);
      expect([status, json.errors?.[0]?.pointer], query).toEqual([400, "/cursor"]);
    };
    await refused(api, `survey=nps&cursor=${Buffer.from(JSON.stringify(forged)).toString("base64url")}`);
    await refused(api, `survey=nps&cursor=${cursor.slice(0, -4)}`);
    await refused(api, `survey=csat&cursor=${cursor}`);
    await refused(await test.workspace(), `survey=nps&cursor=${cursor}`);
    expect(await idsOf(api, `survey=nps&limit=7&cursor=${cursor}`)).toEqual(["a"]);
  });

  it("needs the scope read", async () => {
    const ingest = await test.key(api, "ingest");
    expect((await api.get("/v1/responses", { key: ingest })).status).toBe(403);
    expect((await api.get("/v1/responses/a", { key: ingest })).status).toBe(403);
  });
});
